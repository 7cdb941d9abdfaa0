"""The code beside the picture of the batch size and learning rate page, generated from the settings.

The PyTorch version draws the picture's own random numbers and gets its losses; a test executes it. The Keras
version is what the course writes.
"""

from __future__ import annotations

from core.batch_learning_rate.settings import RateSettings
from core.notebooks import Translate, cell
from core.tasks.digits.shown_code import TORCH_OPTIMIZERS, data

_FACTORS = {
    "constant": "    return rate",
    "step": "    return rate if update < 0.5 * total else 0.1 * rate",
    "cosine": "    return rate * (1 + math.cos(math.pi * update / total)) / 2",
    "warmup": "    return rate * min(1.0, (update + 1) / max(1, round(0.1 * total)))",
}
_KERAS_OPTIMIZERS = {
    "sgd": "keras.optimizers.SGD({rate})",
    "momentum": "keras.optimizers.SGD({rate}, momentum=0.9)",
    "rmsprop": "keras.optimizers.RMSprop({rate})",
    "adam": "keras.optimizers.Adam({rate})",
}


def sources(settings: RateSettings, _: Translate) -> dict[str, str]:
    """Return the versions by name."""
    return {"PyTorch": torch_source(settings, _), "Keras": keras_source(settings, _)}


def torch_source(settings: RateSettings, _: Translate) -> str:
    """Return the PyTorch loop that gets the picture's losses."""
    optimizer = TORCH_OPTIMIZERS[settings.optimizer].format(rate="rate_at(0)")
    settled = f"""
import math
import torch
import torch.nn.functional as F
from torch import nn

batch_size, total = {settings.batch_size}, {settings.updates}

def rate_at(update):
{_rate_lines(settings, _)}
"""
    network = f"""
generator = torch.Generator().manual_seed({settings.seed})
model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 200), nn.ReLU(),
    nn.Linear(200, 100), nn.ReLU(),
    nn.Linear(100, 75), nn.ReLU(),
    nn.Linear(75, 10),
)
for layer in model:
    if hasattr(layer, "weight"):
        nn.init.xavier_uniform_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)
optimizer = {optimizer}
"""
    return "\n".join(
        [
            data(_),
            cell(_("Batch size and learning rate"), settled),
            cell(_("The network"), network),
            cell(_("Train: one update per mini-batch"), _torch_loop(settings, _)),
            cell(_("The validation set"), _torch_validation(_)),
        ]
    )


def _torch_loop(settings: RateSettings, _: Translate) -> str:
    counted, lost = _("{steps} updates per epoch"), _("diverged at update {update}")
    return f"""
x, y = torch.tensor(x_train[:{settings.examples}]), torch.tensor(y_train[:{settings.examples}], dtype=torch.int64)
x_val, y_val = torch.tensor(x_val), torch.tensor(y_val, dtype=torch.int64)
steps = math.ceil(len(x) / batch_size)
print(f"{{len(x)}} / {{batch_size}} = {{len(x) / batch_size:.1f}} → {counted}")
update = 0
while update < total:
    for indices in torch.randperm(len(x), generator=generator).split(batch_size):
        for group in optimizer.param_groups:
            group["lr"] = rate_at(update)
        loss = F.cross_entropy(model(x[indices]), y[indices])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        update += 1
        if update == total or not math.isfinite(loss.item()):
            break
    if not math.isfinite(loss.item()):
        print(f"{lost}")
        break
"""


def _torch_validation(_: Translate) -> str:
    said = _("after {update} updates: validation loss {validation_loss:.4f}, accuracy {validation_accuracy:.4f}")
    return f"""
with torch.no_grad():
    logits = model(x_val)
validation_loss = F.cross_entropy(logits, y_val).item()
validation_accuracy = (logits.argmax(1) == y_val).float().mean().item()
print(f"{said}")
"""


def keras_source(settings: RateSettings, _: Translate) -> str:
    """Return the course's Keras code, in whole epochs, with the rate set before each batch."""
    optimizer = _KERAS_OPTIMIZERS[settings.optimizer].format(rate="rate_at(0)")
    network = f"""
model = keras.Sequential([
    keras.Input((28, 28)),
    keras.layers.Flatten(),
    keras.layers.Dense(200, activation="relu"),
    keras.layers.Dense(100, activation="relu"),
    keras.layers.Dense(75, activation="relu"),
    keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer={optimizer}, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
"""
    fit = """
history = model.fit(x, y, batch_size=batch_size, epochs=epochs, validation_data=(x_val, y_val),
                    callbacks=[Schedule()])
"""
    return "\n".join(
        [
            data(_),
            cell(_("Batch size and learning rate"), _keras_schedule(settings, _)),
            cell(_("The network"), network),
            cell(_("Train"), fit),
        ]
    )


def _keras_schedule(settings: RateSettings, _: Translate) -> str:
    epochs = max(1, round(settings.updates / settings.updates_per_epoch))
    total = _("the number that fit shows, times the epochs")
    return f"""
import math
import keras

keras.utils.set_random_seed({settings.seed})
batch_size, epochs = {settings.batch_size}, {epochs}
x, y = x_train[:{settings.examples}], y_train[:{settings.examples}]
total = epochs * math.ceil(len(x) / batch_size)  # {total}

def rate_at(update):
{_rate_lines(settings, _)}

class Schedule(keras.callbacks.Callback):
    update = 0
    def on_train_batch_begin(self, batch, logs=None):
        self.model.optimizer.learning_rate = rate_at(self.update)
        self.update += 1
"""


def _rate_lines(settings: RateSettings, _: Translate) -> str:
    lines, changed = [f"    rate = {settings.learning_rate!r}"], _("changed on the way")
    for update, rate in settings.rate_changes:
        lines += [f"    if update >= {update}:  # {changed}", f"        rate = {rate!r}"]
    return "\n".join([*lines, _FACTORS[settings.schedule]])
