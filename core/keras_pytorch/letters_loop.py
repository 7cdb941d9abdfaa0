"""The course's own loop: Bengio's network on letters, 200,000 updates written out, and the same in Keras."""

from __future__ import annotations

from core.keras_pytorch.program import LOSS, Piece, Program
from core.keras_pytorch.settings import LoopSettings, epochs

CONTEXT, EMBEDDING, HIDDEN = 3, 10, 200
WRONG_VIEW = 20
"""Instead of 3 × 10 = 30."""


def program(settings: LoopSettings, characters: int, examples: int) -> Program:
    """Return the training of these settings, on so many examples of an alphabet of so many characters."""
    header = f"for update in range({settings.updates:_}):"
    keras = _keras(settings, characters, epochs(settings, examples))
    return Program(_prepare(settings, characters), header, _body(settings), keras, COUNTERPARTS, at_risk=AT_RISK)


COUNTERPARTS = {
    "C": "embedding",
    "emb": "embedding",
    "W1": "hidden",
    "b1": "hidden",
    "h": "hidden",
    "W2": "output",
    "b2": "output",
    "logits": "output",
    "loss": "loss",
    "ix": "batch",
    "X": "data",
    "Y": "data",
    "X_val": "validation",
    "Y_val": "validation",
    "val_loss": "validation",
    "rate": "optimizer",
}


AT_RISK = {
    "no_reset": "reset",
    "softmax_twice": "loss",
    "wrong_sign": "step",
    "no_shuffle": "draw",
    "wrong_view": "hidden",
    "shifted_labels": "loss",
}


def _prepare(settings: LoopSettings, characters: int) -> tuple[Piece, ...]:
    inputs = CONTEXT * EMBEDDING
    return (
        Piece("generator", f"g = torch.Generator().manual_seed({settings.seed})"),
        Piece("C", f"C = torch.randn(({characters}, {EMBEDDING}), generator=g)", ("embedding",)),
        Piece("W1", f"W1 = torch.randn(({inputs}, {HIDDEN}), generator=g)", ("hidden",)),
        Piece("b1", f"b1 = torch.randn({HIDDEN}, generator=g)", ("hidden",)),
        Piece("W2", f"W2 = torch.randn(({HIDDEN}, {characters}), generator=g)", ("output",)),
        Piece("b2", f"b2 = torch.randn({characters}, generator=g)", ("output",)),
        Piece("parameters", "parameters = [C, W1, b1, W2, b2]", ("model",)),
        Piece("requires_grad", "for p in parameters:\n    p.requires_grad = True", ("model",)),
    )


def _body(settings: LoopSettings) -> tuple[Piece, ...]:
    faults, batch = settings.faults, settings.batch_size
    drawn = f"ix = torch.randint(0, len(X), ({batch},), generator=g)"
    in_order = f"ix = torch.arange({batch} * update, {batch} * (update + 1)) % len(X)"
    view = WRONG_VIEW if "wrong_view" in faults else CONTEXT * EMBEDDING
    logits = "logits.softmax(1)" if "softmax_twice" in faults else "logits"
    labels = "Y[ix - 1]" if "shifted_labels" in faults else "Y[ix]"
    sign = "" if "wrong_sign" in faults else "-"
    late = settings.updates // 2
    return (
        Piece("draw", in_order if "no_shuffle" in faults else drawn, ("batch", "fit"), drawn),
        Piece("emb", "emb = C[X[ix]]", ("embedding",)),
        Piece(
            "hidden",
            f"h = torch.tanh(emb.view(-1, {view}) @ W1 + b1)",
            ("flatten", "hidden"),
            f"h = torch.tanh(emb.view(-1, {CONTEXT * EMBEDDING}) @ W1 + b1)",
        ),
        Piece("logits", "logits = h @ W2 + b2", ("output",)),
        Piece(
            "loss",
            f"loss = F.cross_entropy({logits}, {labels})",
            ("softmax", "loss"),
            "loss = F.cross_entropy(logits, Y[ix])",
        ),
        Piece(
            "reset",
            "" if "no_reset" in faults else "for p in parameters:\n    p.grad = None",
            (),
            "for p in parameters:\n    p.grad = None",
        ),
        Piece("backward", "loss.backward()"),
        Piece(
            "rate",
            f"rate = {settings.learning_rate!r} if update < {late:_} else {settings.learning_rate / 10!r}",
            ("rate",),
        ),
        Piece(
            "step",
            f"for p in parameters:\n    p.data += {sign}rate * p.grad",
            ("optimizer",),
            "for p in parameters:\n    p.data += -rate * p.grad",
        ),
        Piece(
            "validate",
            f"""\
if update + 1 in checks:
    with torch.no_grad():
        emb_val = C[X_val].view(-1, {CONTEXT * EMBEDDING})
        h_val = torch.tanh(emb_val @ W1 + b1)
        val_loss = F.cross_entropy(h_val @ W2 + b2, Y_val)""",
            ("validation",),
        ),
    )


def _keras(settings: LoopSettings, characters: int, passes: int) -> str:
    last_fast, rate = settings.updates // 2 - 1, settings.learning_rate
    return f"""\
⟦model:model = keras.Sequential([⟧
    keras.Input(({CONTEXT},), dtype="int32"),
    ⟦embedding:layers.Embedding({characters}, {EMBEDDING}),⟧
    ⟦flatten:layers.Flatten(),⟧
    ⟦hidden:layers.Dense({HIDDEN}, activation="tanh"),⟧
    ⟦output:layers.Dense({characters})⟧])
rate = ⟦rate:schedules.PiecewiseConstantDecay(
    [{last_fast:_}], [{rate!r}, {rate / 10!r}])⟧
model.compile(⟦optimizer:keras.optimizers.SGD(rate)⟧,
    {LOSS})
⟦fit:model.fit(⟧⟦data:X, Y⟧, ⟦batch:batch_size={settings.batch_size}⟧, epochs={passes},
    ⟦validation:validation_data=(X_val, Y_val)⟧)
"""
