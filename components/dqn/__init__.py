"""The views of the page on learning by replay."""
