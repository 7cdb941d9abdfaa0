"""The code of the page to take home, generated from the settings: the loop, line for line, and Keras.

What is damaged in the loop is damaged here. A test executes all versions and gets the picture's losses.
"""

from __future__ import annotations

from textwrap import indent

from core.keras_pytorch.letters_loop import CONTEXT
from core.keras_pytorch.loops import program
from core.keras_pytorch.program import unmarked
from core.keras_pytorch.settings import LoopSettings
from core.notebooks import DataFile, Translate, cell
from core.tasks.digits import shown_code as digits_code
from core.tasks.letters import shown_code as letters_code
from core.tasks.letters.corpus import FILES

_SETS = """\
X, Y = build_dataset(sorted(words[i] for i in order[:n1]))
X_val, Y_val = build_dataset([words[i] for i in order[n1:n2]])"""
CHECKS = "checks = {{round(10 ** (step / 4)) for step in range(24)}} | {{{updates:_}}}"


def sources(settings: LoopSettings, _: Translate) -> dict[str, str]:
    """Return the loop in PyTorch, and the Keras code that begins with its weights and takes its batches."""
    return {"PyTorch": torch_source(settings, _), "Keras": keras_source(settings, _)}


def files(settings: LoopSettings, _: Translate) -> list[DataFile]:
    """Return what the code reads."""
    if settings.subject == "digits":
        return digits_code.files(_)
    words = FILES["words"].read_text(encoding="utf-8").split()
    return [DataFile(FILES["words"].name, letters_code.about(_), lambda: "\n".join(words).encode(), " ".join(words))]


def torch_source(settings: LoopSettings, _: Translate) -> str:
    """Return the loop with its data; it prints the losses that the picture draws."""
    lines = program(settings)
    before = "\n".join(piece.source for piece in lines.prepare)
    turn = "\n".join(piece.source for piece in lines.body if piece.source)
    said = _("update {update + 1}: loss {loss:.4f}, validation {val_loss:.4f}")
    told = f'if update + 1 in checks:\n    losses[update + 1] = val_loss.item()\n    print(f"{said}")'
    when = _("when to measure the loss on the validation examples")
    begin = f"# {when}\n{CHECKS.format(updates=settings.updates)}\nlosses = {{}}\n"
    loop = "\n".join([begin, lines.header, indent(turn, "    "), indent(told, "    ")])
    return "\n".join([*data(settings, _), cell(_("Before the loop"), before), cell(_("The loop"), loop)])


def keras_source(settings: LoopSettings, _: Translate) -> str:
    """Return the Keras code; a fault of the loop has no line here that it could damage."""
    lines = unmarked(program(settings).keras)
    network, fit = lines.split("model.fit(")
    backend = 'import os\nos.environ["KERAS_BACKEND"] = "torch"\n'
    imports = f"{backend}import keras\nfrom keras import layers, losses\nfrom keras.optimizers import schedules\n\n"
    arrays = """\
X, Y, X_val, Y_val = (array.numpy() for array in (X, Y, X_val, Y_val))
X_val = X_val.reshape(-1, *X.shape[1:])
"""
    seed = f"keras.utils.set_random_seed({settings.seed})\n"
    return "\n".join(
        [
            *data(settings, _),
            cell(_("The network"), imports + seed + network),
            cell(_("All the loop, in one line"), f"{arrays}history = model.fit({fit}"),
        ]
    )


def data(settings: LoopSettings, _: Translate) -> list[str]:
    """Return the cells that read the examples: X and Y to learn from, X_val and Y_val to measure on."""
    return _digits(_) if settings.subject == "digits" else _letters(_)


def _digits(_: Translate) -> list[str]:
    tensors = """
import torch
import torch.nn.functional as F

X, Y = torch.tensor(x_train[:-len(x_val)]), torch.tensor(y_train[:-len(y_val)], dtype=torch.int64)
X_val, Y_val = torch.tensor(x_val).view(-1, 784), torch.tensor(y_val, dtype=torch.int64)
"""
    return [digits_code.data(_), cell(_("As tensors"), tensors)]


def _letters(_: Translate) -> list[str]:
    return [letters_code.words(FILES["words"].name, _), letters_code.examples(CONTEXT, _SETS, _)]
