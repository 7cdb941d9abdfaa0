"""The constants of the optimizers, the same on every page and in every engine: those of Keras. No torch here.

RMSprop: Hinton, "Neural networks for machine learning", lecture 6e, 2012. Adam: Kingma and Ba, "Adam", 2015.
"""

MOMENTUM = 0.9
"""Share of the last step that the next one keeps; in Adam, β₁: the weight of the past in the mean gradient."""
ALPHA = 0.9
"""RMSprop: the weight of the past in the mean squared gradient; Keras calls it `rho`."""
BETA2 = 0.999
"""Adam: the weight of the past in the mean squared gradient."""
EPSILON = 1e-7
"""Added to the root of the mean square, as torch does; Keras adds it to Adam's root before the bias is corrected."""
EPSILON_UNDER_ROOT = EPSILON**2
"""For Keras' RMSprop, which adds it under the root: √(0 + ε²) = ε, so the smallest divisor is the same."""
