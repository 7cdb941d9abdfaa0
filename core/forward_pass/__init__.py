"""The forward pass page."""
