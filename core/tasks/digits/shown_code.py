"""Pieces of shown code that every page on digits begins with. What a student reads; a test executes it."""

from __future__ import annotations

DATA = """
# %% The 70,000 digits: mnist.npz beside this notebook, else from the Internet
import os
os.environ["KERAS_BACKEND"] = "torch"
from pathlib import Path
import numpy as np

if Path("mnist.npz").exists():  # downloaded from Curseurs
    data = np.load("mnist.npz")
    x_train, y_train, x_test, y_test = (
        data[name] for name in ("images_train", "labels_train", "images_test", "labels_test"))
else:
    import keras
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

x_train, x_test = x_train.astype("float32") / 255, x_test.astype("float32") / 255
x_val, y_val = x_train[54_000:], y_train[54_000:]  # the last 10 %, as validation_split=0.1 cuts them
"""
TORCH_OPTIMIZERS = {
    "sgd": "torch.optim.SGD(model.parameters(), lr={rate})",
    "momentum": "torch.optim.SGD(model.parameters(), lr={rate}, momentum=0.9)",
    "rmsprop": "torch.optim.RMSprop(model.parameters(), lr={rate}, alpha=0.9, eps=1e-7)",
    "adam": "torch.optim.Adam(model.parameters(), lr={rate}, eps=1e-7)",
}
