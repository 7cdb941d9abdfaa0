"""Transfer learning: what a base that has seen other things is worth, measured on people never seen."""
