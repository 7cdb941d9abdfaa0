"""What tasks and models of the ladder are called, in the page's language."""

from __future__ import annotations

from components.language import _
from core.project.baselines import DENSE, FREQUENT, LOGISTIC, NEIGHBOURS


def name_of(model: str, task: str) -> str:
    """Return what a model is called in the page's language."""
    return made_names()[task] if model not in model_names() else model_names()[model]


def model_names() -> dict[str, str]:
    """Return the names of the models that are the same for every task."""
    return {
        FREQUENT: _("Most frequent class"),
        NEIGHBOURS: _("Nearest neighbours"),
        LOGISTIC: _("Logistic regression"),
        DENSE: _("Dense network"),
    }


def made_names() -> dict[str, str]:
    """Return what the network made for each task is called."""
    convolutions = _("Convolutional network")
    return {"digits": convolutions, "letters": _("Network with embeddings"), "signs": convolutions}


def task_names() -> dict[str, str]:
    """Return what each task is called."""
    return {"digits": _("Digits"), "letters": _("Letters"), "signs": _("Signs")}
