"""Talking with a model: what it receives, what it can do, and what helps it where it fails."""
