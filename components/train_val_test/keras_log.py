"""The course's printed log, live: five recorded lines of `model.fit`, each number lit where it comes from."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.in_browser import component, surroundings
from components.language import _, number
from components.lesson import PageLesson
from core.tasks.digits.data import TRAIN, VALIDATION
from core.train_val_test.keras_log import BATCH, BATCHES, Epoch, batch_size, load

KINDS = ("steps", "accuracy", "loss", "val_accuracy", "val_loss")


def keras_log(lesson: PageLesson) -> None:
    """Show the section: the lines and their picture, then the trap in them."""
    st.subheader(lesson.heading("text-log"), anchor=False)
    lesson.words("text-log")
    data = surroundings() | {
        "epochs": [_epoch(epoch) for epoch in load()],
        "words": {kind: lesson.body(f"text-log-{kind}") for kind in KINDS},
        "chain": _chain(),
        "labels": {
            "log": _("Keras’ log: each number is a button"),
            "batches": _("The batches of an epoch, then the network at rest"),
            "mean": _("their mean, as printed: %s"),
            "during": _("during the epoch: 422 batches, weights moving"),
            "after": _("after it, weights at rest"),
        },
    }
    component("train_val_test/keras_log")(key="tvt-log", data=data)
    lesson.words("text-log-trap")


def _epoch(epoch: Epoch) -> dict[str, Any]:
    accuracy = [round(right / batch_size(batch), 4) for batch, right in enumerate(epoch.right)]
    return {"line": epoch.line, "accuracy": accuracy, "loss": list(epoch.losses), "after": epoch.after}


def _chain() -> list[dict[str, Any]]:
    """Return what happens to the digits, step by step, and which numbers of the log come from each."""
    every, trained, validated = list(KINDS), ["steps", "accuracy", "loss"], ["val_accuracy", "val_loss"]
    rest = batch_size(BATCHES - 1)
    return [
        {"name": f"({TRAIN + VALIDATION}, 28, 28)", "words": _("pixels from 0 to 255"), "lit": every},
        {"name": "/ 255", "words": _("pixels from 0 to 1"), "lit": every},
        {"name": f"({TRAIN + VALIDATION}, 784)", "words": _("each digit one row"), "lit": every},
        {"name": f"({TRAIN}, 784)", "words": _("train: the first 90%"), "lit": trained},
        {
            "name": f"{BATCHES - 1} × ({BATCH}, 784) + ({rest}, 784)",
            "words": _("{batches} batches, shuffled at each epoch", batches=number(BATCHES)),
            "lit": trained,
        },
        {"name": f"({VALIDATION}, 784)", "words": _("validation: the last 10%"), "lit": validated},
    ]
