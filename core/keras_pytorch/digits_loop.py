"""The course's MLP on digits, as a loop written out with Adam and dropout, and the same in Keras."""

from __future__ import annotations

from itertools import pairwise

from core.keras_pytorch.program import LOSS, Piece, Program, define
from core.keras_pytorch.settings import LoopSettings, epochs
from core.tasks.digits.data import SIDE, TRAIN
from core.tasks.digits.settings import MLP_WIDTHS

PIXELS = MLP_WIDTHS[0]
WRONG_VIEW = 748
"""Two digits changed places."""

COUNTERPARTS = {
    **{f"{kind}{layer}": f"dense{layer}" for layer in range(1, len(MLP_WIDTHS)) for kind in ("W", "b")},
    **{f"h{layer}": f"dense{layer}" for layer in range(1, len(MLP_WIDTHS) - 1)},
    "logits": f"dense{len(MLP_WIDTHS) - 1}",
    "x": "flatten",
    "y": "data",
    "X": "data",
    "Y": "data",
    "batches": "batch",
    "ix": "batch",
    "loss": "loss",
    "optimizer": "optimizer",
    "X_val": "validation",
    "Y_val": "validation",
    "val_loss": "validation",
    "training": "dropout",
}


AT_RISK = {
    "no_reset": "reset",
    "softmax_twice": "loss",
    "wrong_sign": "optimizer",
    "no_shuffle": "batches",
    "dropout_on": "validate",
    "wrong_view": "x",
    "shifted_labels": "y",
}


def program(settings: LoopSettings) -> Program:
    """Return the training of these settings."""
    header = f"for update in range({settings.updates:_}):"
    pictures = {"x": (SIDE, SIDE)}
    return Program(_prepare(settings), header, _body(settings), _keras(settings), COUNTERPARTS, pictures, AT_RISK)


def _prepare(settings: LoopSettings) -> tuple[Piece, ...]:
    faults = settings.faults
    layer = """\
def layer(n, m):
    W = torch.randn((n, m), generator=g) * (2 / n) ** 0.5
    return W, torch.zeros(m)"""
    weights = [
        Piece(f"W{at}", f"W{at}, b{at} = layer({inputs}, {outputs})", (f"dense{at}",))
        for at, (inputs, outputs) in enumerate(pairwise(MLP_WIDTHS), start=1)
    ]
    names = ", ".join(f"W{at}, b{at}" for at in range(1, len(MLP_WIDTHS)))
    adam = f"optimizer = torch.optim.Adam(\n    parameters, lr={settings.learning_rate!r}, eps=1e-7)"
    negative = adam.replace("lr=", "lr=-")
    mixed = f"batches = torch.randperm(len(X), generator=g).split({settings.batch_size})"
    by_class = f"batches = Y.argsort(stable=True).split({settings.batch_size})"
    return (
        Piece("generator", f"g = torch.Generator().manual_seed({settings.seed})"),
        Piece("layer", layer),
        *weights,
        Piece("parameters", f"parameters = [{names}]", ("model",)),
        Piece("requires_grad", "for p in parameters:\n    p.requires_grad = True", ("model",)),
        Piece("optimizer", negative if "wrong_sign" in faults else adam, ("optimizer",), adam),
        Piece("batches", by_class if "no_shuffle" in faults else mixed, ("batch", "fit"), mixed),
        _network(settings),
    )


def _network(settings: LoopSettings) -> Piece:
    keep = round(1 - settings.dropout, 3)
    dropped = f"""\
if training:
    kept = torch.rand(h1.shape, generator=g) < {keep!r}
    h1 = h1 * kept / {keep!r}"""
    inside = (
        Piece("h1", "h1 = torch.relu(x @ W1 + b1)", ("dense1",)),
        Piece("dropout", dropped, ("dropout",)),
        Piece("h2", "h2 = torch.relu(h1 @ W2 + b2)", ("dense2",)),
        Piece("h3", "h3 = torch.relu(h2 @ W3 + b3)", ("dense3",)),
        Piece("return", "return h3 @ W4 + b4", ("dense4",)),
    )
    return define("network", "def network(x, training):", inside, ("model",))


def _body(settings: LoopSettings) -> tuple[Piece, ...]:
    faults = settings.faults
    view = WRONG_VIEW if "wrong_view" in faults else PIXELS
    return (
        Piece("draw", "ix = batches[update % len(batches)]", ("batch", "fit")),
        Piece("x", f"x = X[ix].view(-1, {view})", ("data", "flatten"), f"x = X[ix].view(-1, {PIXELS})"),
        Piece("y", "y = Y[ix - 1]" if "shifted_labels" in faults else "y = Y[ix]", ("data",), "y = Y[ix]"),
        Piece("logits", "logits = network(x, training=True)", ("fit",), enters=True),
        Piece(
            "loss",
            f"loss = F.cross_entropy({'logits.softmax(1)' if 'softmax_twice' in faults else 'logits'}, y)",
            ("softmax", "loss"),
            "loss = F.cross_entropy(logits, y)",
        ),
        Piece("reset", "" if "no_reset" in faults else "optimizer.zero_grad()", (), "optimizer.zero_grad()"),
        Piece("backward", "loss.backward()"),
        Piece("step", "optimizer.step()", ("optimizer",)),
        Piece("validate", _validate("dropout_on" in faults), ("validation",), _validate(False)),
    )


def _validate(training: bool) -> str:
    return f"""\
if update + 1 in checks:
    with torch.no_grad():
        logits_val = network(X_val, training={training})
        val_loss = F.cross_entropy(logits_val, Y_val)"""


def _keras(settings: LoopSettings) -> str:
    first, *others = MLP_WIDTHS[1:-1]
    hidden = "\n".join(
        f'    ⟦dense{at}:layers.Dense({width}, activation="relu"),⟧' for at, width in enumerate(others, start=2)
    )
    last = len(MLP_WIDTHS) - 1
    return f"""\
⟦model:model = keras.Sequential([⟧
    keras.Input(({SIDE}, {SIDE})),
    ⟦flatten:layers.Flatten(),⟧
    ⟦dense1:layers.Dense({first}, activation="relu"),⟧
    ⟦dropout:layers.Dropout({settings.dropout!r}),⟧
{hidden}
    ⟦dense{last}:layers.Dense({MLP_WIDTHS[-1]})⟧])
model.compile(⟦optimizer:keras.optimizers.Adam({settings.learning_rate!r})⟧,
    {LOSS})
⟦fit:model.fit(⟧⟦data:X, Y⟧, ⟦batch:batch_size={settings.batch_size}⟧, epochs={epochs(settings, TRAIN)},
    ⟦validation:validation_data=(X_val, Y_val)⟧)
"""
