"""The views of the GPU page."""
