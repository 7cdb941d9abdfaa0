"""The controls of the letters' part, from presets and sliders to settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _, number
from components.lesson import PageLesson
from components.presets import presets, standing_on
from components.trainings import optimizer_names
from core.embeddings.presets import PRESETS
from core.tasks.letters.corpus import clean, corpus
from core.tasks.letters.settings import LettersSettings, parameters
from core.training.settings import bounds

DEFAULT = PRESETS["words"]
RATES = (0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.0, 3.0, 10.0)
BATCHES = (1, 8, 16, 32, 64, 128, 256, 512, 1_024)
UPDATES = (100, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
HIDDEN = (10, 20, 50, 100, 150, 200, 300, 500)
SHOWN_FIELDS = (
    "corpus",
    "context",
    "embedding",
    "hidden",
    "learning_rate",
    "batch_size",
    "updates",
    "step",
    "start",
    "optimizer",
    "seed",
)


def presets_row(lesson: PageLesson) -> None:
    """Show the presets: networks that learn, and networks that teach by what goes wrong."""
    values = {name: _controls_of(settings) for name, settings in PRESETS.items()}
    presets(
        lesson,
        PRESETS,
        lit=standing_on(values, _controls_of(DEFAULT)),
        apply=lambda name: controls.set_values(values[name]),
        key="emb-presets",
    )


def _controls_of(settings: LettersSettings) -> dict[str, Any]:
    values = asdict(settings)
    return {f"emb_{name}": values[name] for name in SHOWN_FIELDS}


def choose_settings() -> LettersSettings:
    """Show the controls and return what they say.

    Raises:
        SettingsError: a value that no run can have, or too few words.
    """
    corpora = {"words": _("French words"), "names": _("First names"), "own": _("My list")}
    values: dict[str, Any] = {
        "corpus": controls.choice(
            _("Learn from"),
            list(corpora),
            DEFAULT.corpus,
            key="emb_corpus",
            kind="select",
            format_func=corpora.__getitem__,
        ),
    }
    if values["corpus"] == "own":
        promise = _("Cleaned, cut to 5,000 words, used for this run only: never stored, never in the link.")
        given = st.text_area(_("Your words"), key="emb-own", max_chars=100_000, height=140, help=promise)
        values["words"] = clean(given or "")
    values["context"] = controls.slider(_("Context, in characters"), 1, 8, DEFAULT.context, key="emb_context")
    values["embedding"] = controls.slider(_("Embedding size"), 1, 16, DEFAULT.embedding, key="emb_embedding")
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        values |= _advanced()
    return LettersSettings(**values)


def count_parameters(settings: LettersSettings) -> None:
    """Show how many numbers the network learns, and the sum that gives them."""
    size = len(corpus(settings.corpus_words()).characters)
    parts = parameters(size, settings.context, settings.embedding, settings.hidden)
    st.metric(_("Parameters"), number(sum(parts.values())), help=_("Every number that training may change."))
    inputs = settings.context * settings.embedding
    st.caption(
        f"C {size} × {settings.embedding} = {number(parts['C'])}  \n"
        f"W1, b1 {inputs} × {settings.hidden} + {settings.hidden} = {number(parts['hidden'])}  \n"
        f"W2, b2 {settings.hidden} × {size} + {size} = {number(parts['output'])}"
    )


def _advanced() -> dict[str, Any]:
    optimizers = optimizer_names()
    steps = {"course": _("÷ 10 halfway, as in the course"), "constant": _("constant")}
    low, high = bounds(LettersSettings, "seed")
    starts = {"scaled": _("scaled: begins by believing nothing"), "course": _("standard normal, as in the course")}
    return {
        "hidden": controls.steps(_("Hidden units (tanh)"), HIDDEN, DEFAULT.hidden, key="emb_hidden"),
        "learning_rate": controls.steps(_("Learning rate"), RATES, DEFAULT.learning_rate, key="emb_learning_rate"),
        "step": controls.choice(
            _("Rate along the run"),
            list(steps),
            DEFAULT.step,
            key="emb_step",
            kind="select",
            format_func=steps.__getitem__,
        ),
        "batch_size": controls.steps(_("Batch size"), BATCHES, DEFAULT.batch_size, key="emb_batch_size"),
        "updates": controls.steps(_("Updates"), UPDATES, DEFAULT.updates, key="emb_updates"),
        "start": controls.choice(
            _("First weights"),
            list(starts),
            DEFAULT.start,
            key="emb_start",
            kind="select",
            format_func=starts.__getitem__,
        ),
        "optimizer": controls.choice(
            _("Optimizer"),
            list(optimizers),
            DEFAULT.optimizer,
            key="emb_optimizer",
            kind="select",
            format_func=optimizers.__getitem__,
        ),
        "seed": controls.number(_("Seed"), low, high, DEFAULT.seed, key="emb_seed"),
    }
