"""The GPU page: what a training step costs, measured and modelled."""
