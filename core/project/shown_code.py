"""The code of the ladder: what a student reads is what was measured, and what its lines are counted in."""

from __future__ import annotations

from core.notebooks import Translate, cell
from core.project.baselines import BATCH, DENSE, FREQUENT, LIBRARY, LOGISTIC, MADE, MODELS, NEIGHBOURS, TASKS, epochs
from core.project.shown_data import CONTEXT, SIDE, data, measuring, sealed

WIDTHS = (200, 100, 75)
"""Of the course's dense network."""
EMBEDDING, HIDDEN = 10, 200
"""Of the network made for letters: numbers that stand for one, and its tanh units."""


def sources(task: str, size: int, _: Translate, seed: int = 1) -> dict[str, str]:
    """Return the notebooks of a task by their library: one with the three baselines, one for each network."""
    return {
        library: "\n".join(
            [
                *data(task, size, seed, _),
                measuring(_),
                *(model_cell(model, task, size, seed, _) for model in MODELS if LIBRARY[model] == library),
                *sealed(task, _),
            ]
        )
        for library in dict.fromkeys(LIBRARY.values())
    }


def model_cell(model: str, task: str, size: int, seed: int, _: Translate) -> str:
    """Return the one cell that is a model: what it is, how it learns, how it is measured."""
    titles = {
        FREQUENT: _("The most frequent class"),
        NEIGHBOURS: _("The five nearest neighbours"),
        LOGISTIC: _("Logistic regression"),
        DENSE: _("The course’s dense network"),
        MADE: _("A network made for letters") if task == "letters" else _("A convolutional network"),
    }
    written = {FREQUENT: _frequent, NEIGHBOURS: _neighbours, LOGISTIC: _logistic}
    if model in written:
        code = written[model]()
    elif model == DENSE:
        code = _dense(task, size, seed)
    else:
        code = _made(task, size, seed, _)
    return cell(titles[model], code)


def lines(model: str, task: str) -> int:
    """Return the lines of code of a model's cell; empty ones and comments do not count."""
    code = model_cell(model, task, TASKS[task].all, 1, str).splitlines()
    return sum(bool(line.strip()) and not line.lstrip().startswith("#") for line in code)


def _frequent() -> str:
    return """
from sklearn.dummy import DummyClassifier

frequent = DummyClassifier(strategy="most_frequent")
measure("frequent", lambda: frequent.fit(x, y), frequent.predict)
"""


def _neighbours() -> str:
    return """
from sklearn.neighbors import KNeighborsClassifier

neighbours = KNeighborsClassifier(n_neighbors=5)
measure("neighbours", lambda: neighbours.fit(x, y), neighbours.predict)
"""


def _logistic() -> str:
    return """
from sklearn.linear_model import LogisticRegression

logistic = LogisticRegression(max_iter=1000)
measure("logistic", lambda: logistic.fit(x, y), logistic.predict)
"""


def _dense(task: str, size: int, seed: int) -> str:
    hidden = "\n".join(f'    keras.layers.Dense({width}, activation="relu"),' for width in WIDTHS)
    return f"""
import keras

keras.utils.set_random_seed({seed})
dense = keras.Sequential([
    keras.Input(({TASKS[task].inputs},)),
{hidden}
    keras.layers.Dense({TASKS[task].classes}, activation="softmax"),
])
dense.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
measure(
    "dense",
    lambda: dense.fit(x, y, batch_size={BATCH}, epochs={epochs(size)}, verbose=0),
    lambda x: dense.predict(x, verbose=0).argmax(1),
)
"""


def _made(task: str, size: int, seed: int, _: Translate) -> str:
    same = _("the table of embeddings: one-hot × matrix")
    layers = {
        "digits": """
    nn.Unflatten(1, (1, 28, 28)),
    nn.Conv2d(1, 16, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(800, 10),
""",
        "letters": f"""
    nn.Unflatten(1, ({CONTEXT}, {TASKS["letters"].classes})),
    nn.Linear({TASKS["letters"].classes}, {EMBEDDING}, bias=False),  # {same}
    nn.Flatten(), nn.Linear({CONTEXT * EMBEDDING}, {HIDDEN}), nn.Tanh(),
    nn.Linear({HIDDEN}, {TASKS["letters"].classes}),
""",
        "signs": f"""
    nn.Unflatten(1, (1, {SIDE}, {SIDE})),
    nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(512, 10),
""",
    }
    return f"""
import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed({seed})
made = nn.Sequential({layers[task].rstrip()}
)
optimizer = torch.optim.Adam(made.parameters())
inputs, targets = torch.tensor(x), torch.tensor(y)

def learn():
    for _ in range({epochs(size)}):
        for some in torch.randperm(n).split({BATCH}):
            loss = F.cross_entropy(made(inputs[some]), targets[some])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()

def answer(x):
    with torch.no_grad():
        return made(torch.tensor(x)).argmax(1).numpy()

measure("made", learn, answer)
"""
