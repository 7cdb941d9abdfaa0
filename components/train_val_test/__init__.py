"""The train / validation / test page's views."""
