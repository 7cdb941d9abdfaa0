"""What the page on tokens shows."""
