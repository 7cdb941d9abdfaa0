"""The code beside the picture: the course's loop with a `device`, and Keras, which finds the card by itself.

The tests execute both on the processor. The data are random digits: what is timed is the step.
"""

from __future__ import annotations

from itertools import pairwise

from core.gpu.work import sizes
from core.notebooks import Translate, cell


def sources(width: int, batch: int, _: Translate) -> dict[str, str]:
    """Return the two versions by name, for a network and a batch size."""
    return {"PyTorch": torch_source(width, batch, _), "Keras": keras_source(width, batch, _)}


def torch_source(width: int, batch: int, _: Translate) -> str:
    """Return the loop with everything on one device: generator, tensors, parameters."""
    lines = []
    layers = list(pairwise(sizes(width)))
    for at, (fan_in, fan_out) in enumerate(layers):
        lines.append(
            f"    nn.Linear({fan_in}, {fan_out}, device=device)," + (" nn.ReLU()," if at < len(layers) - 1 else "")
        )
    network = "\n".join(lines)
    there = _("random pictures, on the device from the start")
    goes_on = _("The card is told what to do and goes on by itself: without this, only the orders are timed.")
    first, loader = _("the first one loads what the others find loaded"), _("as a data loader gives them")
    said, sent = _("{seconds * 1000:.3f} ms an update"), _("{seconds_sent * 1000:.3f} ms with the transfer")
    device = cell(
        _("The device: a card if there is one, else the processor"),
        """
import time
import torch
import torch.nn.functional as F
from torch import nn

device = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
print(device)
""",
    )
    everything = cell(
        _("Everything on it: generator, tensors, parameters"),
        f"""
g = torch.Generator(device=device).manual_seed(1)
x = torch.rand({batch}, 784, generator=g, device=device)  # {there}
y = torch.randint(0, 10, ({batch},), generator=g, device=device)
model = nn.Sequential(
{network}
)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
""",
    )
    timing = cell(
        _("One update, timed: the card must be waited for"),
        f"""
def step(x, y):
    loss = F.cross_entropy(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss

def wait():
    # {goes_on}
    if device == "cuda":
        torch.cuda.synchronize()
    elif device == "mps":
        torch.mps.synchronize()

def fastest(work, times=20):
    found = []
    for _ in range(times):
        wait()
        begun = time.perf_counter()
        work()
        wait()
        found.append(time.perf_counter() - begun)
    return min(found)

step(x, y)  # {first}
seconds = fastest(lambda: step(x, y))
print(f"{said}")
""",
    )
    sending = cell(
        _("The batch sent to the device at every update"),
        f"""
x_here, y_here = x.cpu(), y.cpu()  # {loader}
seconds_sent = fastest(lambda: step(x_here.to(device), y_here.to(device)))
print(f"{sent}")
""",
    )
    return "\n".join([device, everything, timing, sending])


def keras_source(width: int, batch: int, _: Translate) -> str:
    """Return the same in Keras, which puts everything on the card by itself."""
    dense = "\n".join(f'    keras.layers.Dense({size}, activation="relu"),' for size in sizes(width)[1:-1])
    chosen, first = (
        _("Keras has chosen it: a card if there is one"),
        _("the first one loads what the others find loaded"),
    )
    said, waits = _("{seconds * 1000:.3f} ms an update"), _("sends the batch to the card, and waits for the loss")
    network = cell(
        _("The network: no device anywhere"),
        f"""
import os
os.environ["KERAS_BACKEND"] = "torch"
import time
import keras
import numpy as np

keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.Input((784,)),
{dense}
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")
device = model.layers[0].kernel.value.device  # {chosen}
print(device)
""",
    )
    timing = cell(
        _("One update, timed"),
        f"""
x = np.random.default_rng(1).random(({batch}, 784), dtype="float32")
y = np.random.default_rng(1).integers(0, 10, {batch})
model.train_on_batch(x, y)  # {first}
found = []
for _ in range(20):
    begun = time.perf_counter()
    model.train_on_batch(x, y)  # {waits}
    found.append(time.perf_counter() - begun)
seconds = min(found)
print(f"{said}")
""",
    )
    return "\n".join([network, timing])
