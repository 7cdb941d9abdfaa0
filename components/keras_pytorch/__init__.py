"""What the page that shows one training twice shows."""
