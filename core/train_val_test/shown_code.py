"""The code beside the picture of the train / validation / test page, generated from the settings.

Three versions: Keras as the course writes it; Keras and PyTorch with the very random numbers of the page, whose
losses equal the picture's. Tests execute all three.
"""

from __future__ import annotations

from itertools import pairwise

from core.notebooks import Translate, cell
from core.tasks.digits.data import TRAIN
from core.tasks.digits.settings import CNN_CHANNELS, MLP_WIDTHS, DigitsSettings
from core.tasks.digits.shown_code import TORCH_OPTIMIZERS, data
from core.training.shown_code import dropout

_KERAS_OPTIMIZERS = {
    "sgd": "keras.optimizers.SGD({rate}{decay})",
    "momentum": "keras.optimizers.SGD({rate}, momentum=0.9{decay})",
    "rmsprop": "keras.optimizers.RMSprop({rate}, rho=0.9, epsilon=1e-14{decay})",  # torch's, under the root
    "adam": "keras.optimizers.Adam({rate}{decay})",
}


def sources(settings: DigitsSettings, _: Translate) -> dict[str, str]:
    """Return the three versions by name."""
    return {
        "Keras": course_source(settings, _),
        "PyTorch": torch_source(settings, _),
        "Keras, same draws": keras_source(settings, _),
    }


def course_source(settings: DigitsSettings, _: Translate) -> str:
    """Return the course's Keras code: compile, fit with `validation_split`, evaluate."""
    if settings.examples == TRAIN:
        fit = f"x_train, y_train, validation_split=0.1, epochs={settings.epochs}, batch_size={settings.batch_size}"
    else:
        fit = (f"x_train[:{settings.examples}], y_train[:{settings.examples}], validation_data=(x_val, y_val),\n"
               f"                    epochs={settings.epochs}, batch_size={settings.batch_size}")  # fmt: skip
    network = f"""
import keras

keras.utils.set_random_seed({settings.seed})
{_keras_model(settings, softmax=True)}
model.compile(optimizer={_keras_optimizer(settings)},
              loss="sparse_categorical_crossentropy", metrics=["accuracy"])
"""
    test = "test_loss, test_accuracy = model.evaluate(x_test, y_test)"
    return "\n".join(
        [
            data(_),
            cell(_("The network"), network),
            cell(_("Train, watching the validation set"), f"history = model.fit({fit})"),
            cell(_("The test set, opened once, at the very end"), f"{test}\n{_say_test(_)}"),
        ]
    )


def keras_source(settings: DigitsSettings, _: Translate) -> str:
    """Return Keras code that draws the picture's own initial weights and batches."""
    turned = _("Drawn in torch's order of axes, then turned into Keras' order.")
    network = f"""
import keras
import torch

generator = torch.Generator().manual_seed({settings.seed})

def glorot(shape, dtype=None):
    # {turned}
    out_in = tuple(reversed(shape)) if len(shape) == 2 else (shape[3], shape[2], shape[0], shape[1])
    weight = torch.nn.init.xavier_uniform_(torch.empty(out_in), generator=generator)
    return weight.T if len(shape) == 2 else weight.permute(2, 3, 1, 0)

{_keras_model(settings, softmax=False, initializer="glorot")}
model.compile(optimizer={_keras_optimizer(settings)},
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
"""
    train = f"""
x, y = x_train[:{settings.examples}], y_train[:{settings.examples}]
validation_losses = []
for epoch in range({settings.epochs}):
    order = torch.randperm(len(x), generator=generator).numpy()
    model.fit(x[order], y[order], batch_size={settings.batch_size}, epochs=1, shuffle=False, verbose=0)
    validation_losses.append(model.evaluate(x_val, y_val, verbose=0)[0])
    {_say_epoch(_)}
"""
    test = "test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=0)"
    return "\n".join(
        [
            data(_),
            cell(_("The network, starting from the weights of the picture"), network),
            cell(_("Train: one fit per epoch, on the picture's own order of examples"), train),
            cell(_("The test set, opened once, at the very end"), f"{test}\n{_say_test(_)}"),
        ]
    )


def torch_source(settings: DigitsSettings, _: Translate) -> str:
    """Return the PyTorch loop that draws the picture's own initial weights, batches and dropout."""
    network = f"""
import torch
import torch.nn.functional as F
from torch import nn

generator = torch.Generator().manual_seed({settings.seed})
{dropout(_) if settings.dropout else ""}
{_torch_model(settings)}
for layer in model:
    if hasattr(layer, "weight"):
        nn.init.xavier_uniform_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)
optimizer = {TORCH_OPTIMIZERS[settings.optimizer].format(rate=settings.learning_rate)}
"""
    test = f"""
with torch.no_grad():
    logits = model(torch.tensor(x_test))
test_loss = F.cross_entropy(logits, torch.tensor(y_test, dtype=torch.int64)).item()
test_accuracy = (logits.argmax(1).numpy() == y_test).mean()
{_say_test(_)}
"""
    return "\n".join(
        [
            data(_),
            cell(_("The network"), network),
            cell(_("Train, watching the validation set"), _torch_loop(settings, _)),
            cell(_("The test set, opened once, at the very end"), test),
        ]
    )


def _torch_loop(settings: DigitsSettings, _: Translate) -> str:
    decay, decoupled = "", _("decoupled weight decay")
    if settings.weight_decay:
        decay = f"""
        with torch.no_grad():  # {decoupled}
            for parameter in model.parameters():
                parameter *= 1 - {settings.learning_rate!r} * {settings.weight_decay!r}"""
    return f"""
x, y = torch.tensor(x_train[:{settings.examples}]), torch.tensor(y_train[:{settings.examples}], dtype=torch.int64)
x_val, y_val = torch.tensor(x_val), torch.tensor(y_val, dtype=torch.int64)
validation_losses = []
for epoch in range({settings.epochs}):
    model.train()
    for indices in torch.randperm(len(x), generator=generator).split({settings.batch_size}):
        loss = F.cross_entropy(model(x[indices]), y[indices])
        optimizer.zero_grad()
        loss.backward(){decay}
        optimizer.step()
    model.eval()
    with torch.no_grad():
        validation_losses.append(F.cross_entropy(model(x_val), y_val).item())
    {_say_epoch(_)}
"""


def _say_epoch(_: Translate) -> str:
    said = _("epoch {epoch + 1}: validation loss {validation_losses[-1]:.4f}")
    return f'print(f"{said}")'


def _say_test(_: Translate) -> str:
    said = _("test: loss {test_loss:.4f}, accuracy {test_accuracy:.4f}")
    return f'print(f"{said}")'


def _keras_optimizer(settings: DigitsSettings) -> str:
    decay = f", weight_decay={settings.weight_decay!r}" if settings.weight_decay else ""
    return _KERAS_OPTIMIZERS[settings.optimizer].format(rate=repr(settings.learning_rate), decay=decay)


def _keras_model(settings: DigitsSettings, *, softmax: bool, initializer: str = "") -> str:
    init = f", kernel_initializer={initializer}" if initializer else ""
    first = "channels_first"
    lines = ["keras.Input((28, 28)),"]
    if settings.model == "mlp":
        lines.append("keras.layers.Flatten(),")
        for width in MLP_WIDTHS[1:-1]:
            lines.append(f'keras.layers.Dense({width}, activation="relu"{init}),')
            if settings.dropout:
                lines.append(f"keras.layers.Dropout({settings.dropout!r}),")
    else:
        lines.append("keras.layers.Reshape((1, 28, 28)),")
        for channels in CNN_CHANNELS:
            lines.append(f'keras.layers.Conv2D({channels}, 3, activation="relu", data_format="{first}"{init}),')
            lines.append(f'keras.layers.MaxPooling2D(2, data_format="{first}"),')
        lines.append("keras.layers.Flatten(),")
        if settings.dropout:
            lines.append(f"keras.layers.Dropout({settings.dropout!r}),")
    activation = ', activation="softmax"' if softmax else ""
    lines.append(f"keras.layers.Dense(10{activation}{init}),")
    return "model = keras.Sequential([\n    " + "\n    ".join(lines) + "\n])"


def _torch_model(settings: DigitsSettings) -> str:
    dropout = f"Dropout({settings.dropout!r})," if settings.dropout else ""
    if settings.model == "mlp":
        lines = ["nn.Flatten(),"]
        for fan_in, fan_out in pairwise(MLP_WIDTHS[:-1]):
            lines.append(f"nn.Linear({fan_in}, {fan_out}), nn.ReLU(), {dropout}".strip())
        lines.append(f"nn.Linear({MLP_WIDTHS[-2]}, 10),")
    else:
        first, second = CNN_CHANNELS
        lines = [
            "nn.Unflatten(1, (1, 28)),  # (batch, 28, 28) → (batch, 1, 28, 28)",
            f"nn.Conv2d(1, {first}, 3), nn.ReLU(), nn.MaxPool2d(2),",
            f"nn.Conv2d({first}, {second}, 3), nn.ReLU(), nn.MaxPool2d(2),",
            f"nn.Flatten(), {dropout} nn.Linear({second * 25}, 10),".replace("  ", " "),
        ]
    return "model = nn.Sequential(\n    " + "\n    ".join(lines) + "\n)"
