"""The forward pass page's views."""
