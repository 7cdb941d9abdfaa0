"""Transfer learning: what a network has learned elsewhere, used for what one has few photos of."""
