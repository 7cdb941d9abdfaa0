"""Pieces of shown code that every page on digits begins with. What a student reads; a test executes it."""

from __future__ import annotations

from core.notebooks import DataFile, Translate, cell
from core.tasks.digits.data import MNIST, TRAIN

TORCH_OPTIMIZERS = {
    "sgd": "torch.optim.SGD(model.parameters(), lr={rate})",
    "momentum": "torch.optim.SGD(model.parameters(), lr={rate}, momentum=0.9)",
    "rmsprop": "torch.optim.RMSprop(model.parameters(), lr={rate}, alpha=0.9, eps=1e-7)",
    "adam": "torch.optim.Adam(model.parameters(), lr={rate}, eps=1e-7)",
}


def data(_: Translate) -> str:
    """Return the cell that reads the digits: the file beside it, or what Keras fetches."""
    beside, as_keras = _("downloaded from Curseurs"), _("the last 10%, as validation_split=0.1 cuts them")
    return cell(
        _("The 70,000 digits: mnist.npz beside this notebook, else from the Internet"),
        f"""
import os
os.environ["KERAS_BACKEND"] = "torch"
from pathlib import Path
import numpy as np

if Path("{MNIST.name}").exists():  # {beside}
    data = np.load("{MNIST.name}")
    x_train, y_train, x_test, y_test = (
        data[name] for name in ("images_train", "labels_train", "images_test", "labels_test"))
else:
    import keras
    (x_train, y_train), (x_test, y_test) = keras.datasets.mnist.load_data()

x_train, x_test = x_train.astype("float32") / 255, x_test.astype("float32") / 255
x_val, y_val = x_train[{TRAIN:_}:], y_train[{TRAIN:_}:]  # {as_keras}
""",
    )


def files(_: Translate) -> list[DataFile]:
    """Return the digits, for who works without a network."""
    about = _(
        "the 70,000 digits of MNIST (Y. LeCun, C. Cortes, C. J. C. Burges; licence CC BY-SA 3.0). With a network Keras "
        "fetches them by itself; without one, download this file from the page and put it beside the notebook."
    )
    return [DataFile(MNIST.name, about, MNIST.read_bytes)]
