"""Training in three phases."""
