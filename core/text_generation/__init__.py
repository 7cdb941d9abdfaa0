"""The text generation page."""
