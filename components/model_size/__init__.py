"""The views of the page on sizes."""
