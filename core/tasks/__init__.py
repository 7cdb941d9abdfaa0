"""What several pages learn: data, settings, networks, what is measured."""
