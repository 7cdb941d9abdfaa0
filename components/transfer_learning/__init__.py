"""What the page on transfer learning shows."""
