"""What the transfer learning page shows."""
