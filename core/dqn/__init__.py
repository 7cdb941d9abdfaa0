"""Drones that learn by replay: their world, its exact optimum, the agent and its memory."""
