"""The cells that every notebook of the ladder begins with: the examples of a task, and how a model is measured."""

from __future__ import annotations

from core.notebooks import DataFile, Translate, cell
from core.project.baselines import TASKS
from core.tasks.digits import shown_code as digits
from core.tasks.letters import shown_code as letters
from core.tasks.letters.corpus import FILES
from core.tasks.signs.files import PHOTOS
from core.tasks.signs.settings import ALL
from core.tasks.signs.splits import DRAW

SIDE = 32
"""Pixels of a photo's sides, as the models read it."""
CONTEXT = 3
"""Letters that are read to say the next one."""
NAMES = FILES["names"]


def data(task: str, size: int, seed: int, _: Translate) -> list[str]:
    """Return the cells that make `x`, `y`, the validation set and, where there is one, the test set."""
    read = {"digits": _digits, "letters": _letters, "signs": _signs}[task](_)
    drawn = _("so many of them, drawn by a seed")
    draw = f"""
n = {size}
some = np.random.default_rng({seed}).permutation(len(y_train))[:n]  # {drawn}
x, y = x_train[some], y_train[some]
"""
    return [*read, cell(_("The examples to learn from"), draw)]


def measuring(_: Translate) -> str:
    """Return the cell that says how every model is measured."""
    said = _("{name}: {accuracy:.1%} of {len(y_val)}, learned in {learned:.2f} s, answers in {answered:.2f} s")
    why = _("the processor’s own time, whatever else the machine does")
    return cell(
        _("The same measure for all: accuracy on validation, and the time"),
        f"""
import time

found, answers = {{}}, {{}}

def measure(name, learn, answer):
    begun = time.process_time()  # {why}
    learn()
    learned = time.process_time() - begun
    right = answer(x_val) == y_val
    answered = time.process_time() - begun - learned
    accuracy = right.mean()
    found[name], answers[name] = (accuracy, learned, answered), answer
    print(f"{said}")
""",
    )


def sealed(task: str, _: Translate) -> list[str]:
    """Return the last cell, where the task has a test set: it is opened once, for the chosen model."""
    if not TASKS[task].test:
        return []
    said = _("{best}: {accuracy:.1%} of {len(y_test)} on the test set")
    return [
        cell(
            _("The test set, once, for the model that you chose on validation"),
            f"""
best = max(found, key=lambda name: found[name][0])
accuracy = (answers[best](x_test) == y_test).mean()
print(f"{said}")
""",
        )
    ]


def files(task: str, _: Translate) -> list[DataFile]:
    """Return what the code of a task reads."""
    if task == "digits":
        return digits.files(_)
    if task == "letters":
        about = _("1,031 French first names of the Python package Faker 40.54.0 (MIT licence).")
        return [DataFile(NAMES.name, about, NAMES.read_bytes, NAMES.read_text(encoding="utf-8"))]
    about = _(
        "2,062 photographs of hands: the Sign Language Digits Dataset (A. Mavi, Ankara Ayrancı Anadolu High School; "
        "Apache-2.0). Download this file from the page and put it beside the notebook."
    )
    return [DataFile(PHOTOS.name, about, PHOTOS.read_bytes)]


def _digits(_: Translate) -> list[str]:
    flat, held = _("one row for each image"), _("those of validation are not learned from")
    return [
        digits.data(_),
        cell(
            _("Images as rows of 784 numbers"),
            f"""
x_train, x_val, x_test = (images.reshape(len(images), -1) for images in (x_train, x_val, x_test))  # {flat}
x_train, y_train = x_train[:-len(x_val)], y_train[:-len(x_val)]  # {held}
y_train, y_val, y_test = y_train.astype(int), y_val.astype(int), y_test.astype(int)
""",
        ),
    ]


def _letters(_: Translate) -> list[str]:
    hot = _("a 1 at the place of each letter, 0 elsewhere")
    backend = 'import os\nos.environ["KERAS_BACKEND"] = "torch"\n'
    words = letters.words(NAMES.name, _).replace("\n", f"\n{backend}", 1)
    examples = f"""
def build_dataset(words):
    X, Y = [], []
    for word in words:
        context = [0] * {CONTEXT}
        for character in word + ".":
            X.append(context)
            Y.append(stoi[character])
            context = context[1:] + [stoi[character]]
    one_hot = np.eye(len(characters), dtype="float32")[X]  # {hot}
    return one_hot.reshape(len(X), -1), np.array(Y)

shuffled = [words[i] for i in order]
x_train, y_train = build_dataset(shuffled[:n1])
x_val, y_val = build_dataset(shuffled[n1:n2])
x_test, y_test = build_dataset(shuffled[n2:])
"""
    return [words, cell(_("Three letters in, one-hot, the next one out"), examples)]


def _signs(_: Translate) -> list[str]:
    shape, centred = _("photos, height, width"), _("from −1 to 1")
    photos = f"""
import os
os.environ["KERAS_BACKEND"] = "torch"
import io
import numpy as np
from PIL import Image
from safetensors.numpy import load_file

data = load_file("{PHOTOS.name}")
signs, people = data["signs"].astype(int), data["people"].astype(int)
images = np.split(data["images"], data["ends"].astype(int)[:-1])
grey = [Image.open(io.BytesIO(image.tobytes())).convert("L") for image in images]
photos = np.stack([np.asarray(image.resize(({SIDE}, {SIDE}), Image.Resampling.BOX)) for image in grey])
print(photos.shape)  # {shape}
"""
    split = f"""
x = photos.reshape(len(photos), -1).astype("float32") / 127.5 - 1  # {centred}
rng = np.random.default_rng({DRAW})
in_pool = np.isin(people, rng.permutation(people.max() + 1)[:{ALL}])
x_train, y_train, x_val, y_val = x[in_pool], signs[in_pool], x[~in_pool], signs[~in_pool]
"""
    return [
        cell(_("The photographs of hands, in grey, 32 × 32"), photos),
        cell(_("130 people to learn from; the others are never seen"), split),
    ]
