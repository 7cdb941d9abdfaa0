"""What is seen on the page of tokens."""
