"""The train / validation / test page."""
