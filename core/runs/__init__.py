"""Runs: computed once, followed live, stored, replayed, swept."""
