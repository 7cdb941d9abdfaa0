"""The views of the page on the size of models."""
