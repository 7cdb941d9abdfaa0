"""The page that shows one training twice: in Keras, and as the loop that `fit` hides."""
