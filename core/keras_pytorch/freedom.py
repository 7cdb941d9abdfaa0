"""What each version lets one change: the same wish carried out in a loop of PyTorch and in Keras, as code that runs.

Both begin with the same weights and take the same batches, so that a test can compare where they end.
"""

from __future__ import annotations

import contextlib
import io
import os
from typing import Any

import numpy as np

from core.notebooks import Translate, cell
from core.tasks.digits import data as digits
from core.tasks.digits import shown_code as digits_code

WISHES = ("rate", "losses", "layer", "clip", "look")
VERSIONS = ("PyTorch", "Keras")
EXAMPLES = 6_400
HALF = EXAMPLES // 64 // 2

_START = f"""\
import keras
import torch
import torch.nn.functional as F
from keras import layers
from torch import nn

X, Y = x_train[:{EXAMPLES}], y_train[:{EXAMPLES}].astype("int64")
rng = np.random.default_rng(1)
first = [0.05 * rng.standard_normal((784, 50)).astype("float32"), np.zeros(50, "float32")]
last = [0.1 * rng.standard_normal((50, 10)).astype("float32"), np.zeros(10, "float32")]
one = [last[0][:, :1], last[1][:1]]

def linear(weights):
    module = nn.Linear(*weights[0].shape)
    with torch.no_grad():
        module.weight.copy_(torch.tensor(weights[0].T))
        module.bias.copy_(torch.tensor(weights[1]))
    return module

def dense(weights, **more):
    kernel, bias = (keras.initializers.Constant(array) for array in weights)
    return layers.Dense(len(weights[1]), kernel_initializer=kernel, bias_initializer=bias, **more)

def batches():
    for start in range(0, len(X), 64):
        yield torch.tensor(X[start : start + 64]), torch.tensor(Y[start : start + 64])

def accuracy(logits):
    return (np.asarray(logits).argmax(1) == y_val[:1000]).mean()

cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)"""

_TORCH_MODEL = """\
model = nn.Sequential(
    nn.Flatten(), linear(first), nn.ReLU(), linear(last))
optimizer = torch.optim.SGD(model.parameters(), 0.1)"""
_KERAS_MODEL = """\
model = keras.Sequential([
    keras.Input((28, 28)), layers.Flatten(),
    dense(first, activation="relu"), dense(last)])"""
_TORCH_END = """\
with torch.no_grad():
    logits = model(torch.tensor(x_val[:1000]))
print(f"{accuracy(logits):.3f}")"""
_KERAS_END = """\
logits = model.predict(x_val[:1000], verbose=0)
print(f"{accuracy(logits):.3f}")"""
_FIT = "model.fit(X, Y, 64, shuffle=False, verbose=0)"


def start(_: Translate) -> str:
    """Return what the code of all wishes begins with: the data, the first weights, the batches."""
    return digits_code.data(_) + "\n" + cell(_("The same first weights and batches for both"), _START)


def code(wish: str, version: str, _: Translate) -> str:
    """Return how a wish is carried out, without its beginning; it prints the accuracy on 1,000 validation digits."""
    here = _("here")
    return _CODE[wish][version].replace("# !", f"# {here}")


def source(wish: str, version: str, _: Translate) -> str:
    """Return shown code that runs as it is."""
    return start(_) + "\n" + cell(_("The training"), code(wish, version, _))


def run(wish: str, version: str) -> str:
    """Run the code of a wish and return what it printed. Runs on a worker."""
    os.environ.setdefault("KERAS_BACKEND", "torch")
    names: dict[str, Any] = {"np": np}
    for split, (x, y) in {"train": ("x_train", "y_train"), "validation": ("x_val", "y_val")}.items():
        images, labels = digits.load(split)
        names |= {x: digits.to_inputs(images), y: labels}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(_START, names)
        exec(code(wish, version, lambda text: text), names)
    return printed.getvalue().strip()


def _turn(before_loss: str = "", after_backward: str = "", loss: str = "F.cross_entropy(model(x), y)") -> str:
    lines = ["for update, (x, y) in enumerate(batches()):", before_loss, f"    loss = {loss}",
             "    optimizer.zero_grad()", "    loss.backward()", after_backward, "    optimizer.step()"]  # fmt: skip
    return "\n".join(line for line in lines if line)


_CODE: dict[str, dict[str, str]] = {
    "rate": {
        "PyTorch": "\n".join(
            [
                _TORCH_MODEL,
                _turn(
                    f"""\
    rate = 0.1 if update < {HALF} else 0.01  # !
    optimizer.param_groups[0]["lr"] = rate"""
                ),
                _TORCH_END,
            ]
        ),
        "Keras": f"""\
{_KERAS_MODEL}
schedules = keras.optimizers.schedules
rate = schedules.PiecewiseConstantDecay(  # !
    [{HALF - 1}], [0.1, 0.01])
model.compile(keras.optimizers.SGD(rate), cross_entropy)
{_FIT}
{_KERAS_END}""",
    },
    "losses": {
        "PyTorch": f"""\
body = nn.Sequential(nn.Flatten(), linear(first), nn.ReLU())
digit, odd = linear(last), linear(one)
parts = nn.ModuleList([body, digit, odd])
optimizer = torch.optim.SGD(parts.parameters(), 0.1)
for x, y in batches():
    h = body(x)
    loss_digit = F.cross_entropy(digit(h), y)
    loss_odd = F.binary_cross_entropy_with_logits(
        odd(h)[:, 0], (y % 2).float())
    loss = loss_digit + 0.5 * loss_odd  # !
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
model = nn.Sequential(body, digit)
{_TORCH_END}""",
        "Keras": f"""\
image = keras.Input((28, 28))
flat = layers.Flatten()(image)
h = dense(first, activation="relu")(flat)
digit, odd = dense(last)(h), dense(one)(h)
both = keras.Model(image, [digit, odd])
parity = keras.losses.BinaryCrossentropy(
    from_logits=True)
both.compile(
    keras.optimizers.SGD(0.1),
    [cross_entropy, parity],
    loss_weights=[1, 0.5])  # !
odds = (Y % 2)[:, None]
both.fit(X, [Y, odds], 64, shuffle=False, verbose=0)
model = keras.Model(image, digit)
{_KERAS_END}""",
    },
    "layer": {
        "PyTorch": "\n".join(
            [
                """\
class Gain(nn.Module):  # !
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.tensor(2.0))

    def forward(self, x):
        return self.gain * x

model = nn.Sequential(
    nn.Flatten(), linear(first), Gain(),
    nn.ReLU(), linear(last))
optimizer = torch.optim.SGD(model.parameters(), 0.1)""",
                _turn(),
                'print(f"{model[2].gain.item():.3f}")',
                _TORCH_END,
            ]
        ),
        "Keras": f"""\
class Gain(layers.Layer):  # !
    def build(self, shape):
        two = keras.initializers.Constant(2.0)
        self.gain = self.add_weight(shape=(), initializer=two)

    def call(self, x):
        return self.gain * x

model = keras.Sequential([
    keras.Input((28, 28)), layers.Flatten(),
    dense(first), Gain(), layers.ReLU(), dense(last)])
model.compile(keras.optimizers.SGD(0.1), cross_entropy)
{_FIT}
print(f"{{model.layers[2].gain.numpy():.3f}}")
{_KERAS_END}""",
    },
    "clip": {
        "PyTorch": "\n".join(
            [
                _TORCH_MODEL,
                _turn(after_backward="    nn.utils.clip_grad_norm_(  # !\n        model.parameters(), 0.5)"),
                _TORCH_END,
            ]
        ),
        "Keras": f"""\
{_KERAS_MODEL}
optimizer = keras.optimizers.SGD(
    0.1, global_clipnorm=0.5)  # !
model.compile(optimizer, cross_entropy)
{_FIT}
{_KERAS_END}""",
    },
    "look": {
        "PyTorch": "\n".join(
            [
                _TORCH_MODEL,
                _turn(
                    after_backward="""\
    if update % 25 == 0:  # !
        length = model[1].weight.grad.norm()
        print(update, f"{length:.3f}")"""
                ),
                _TORCH_END,
            ]
        ),
        "Keras": f"""\
class Watched(keras.Sequential):
    def train_step(self, data):  # !
        x, y = data
        self.zero_grad()
        logits = self(x, training=True)
        loss = self.compute_loss(y=y, y_pred=logits)
        loss.backward()
        weights = self.trainable_weights
        gradients = [w.value.grad for w in weights]
        update = int(self.optimizer.iterations)
        if update % 25 == 0:
            length = gradients[0].norm()
            print(update, f"{{length:.3f}}")
        with torch.no_grad():
            self.optimizer.apply(gradients, weights)
        return {{"loss": loss}}

model = Watched([
    keras.Input((28, 28)), layers.Flatten(),
    dense(first, activation="relu"), dense(last)])
model.compile(keras.optimizers.SGD(0.1), cross_entropy)
{_FIT}
{_KERAS_END}""",
    },
}
