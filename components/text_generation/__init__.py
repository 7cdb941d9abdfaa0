"""The text generation page's views."""
