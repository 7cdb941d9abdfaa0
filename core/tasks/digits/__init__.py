"""Handwritten digits: MNIST, the course's MLP and its small CNN."""
