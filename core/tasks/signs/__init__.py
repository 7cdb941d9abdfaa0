"""Learning the signs of ten digits from photographs of hands."""
