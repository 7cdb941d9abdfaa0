"""The controls of the letters' part, from presets and sliders to settings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import streamlit as st

from components import controls
from components.language import _, _n, number
from components.lesson import PageLesson
from components.presets import control_presets
from components.trainings import optimizer_names
from core.embeddings.choices import BATCHES, CONTEXTS, EMBEDDINGS, HIDDEN, RATES, UPDATES
from core.embeddings.presets import ASKED, PRESETS
from core.tasks.letters.corpus import OWN_LEAST, clean, corpus
from core.tasks.letters.settings import LettersSettings, parameters
from core.training.settings import bounds

DEFAULT = ASKED
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
    values = {name: controls_of(settings) for name, settings in PRESETS.items()}
    control_presets(lesson, values, controls_of(DEFAULT), key="emb-presets")


def controls_of(settings: LettersSettings) -> dict[str, Any]:
    """Return the values of the controls that ask for these settings."""
    values = asdict(settings)
    return {f"emb_{name}": values[name] for name in SHOWN_FIELDS}


def choose_settings(lesson: PageLesson) -> LettersSettings:
    """Show the controls and return what they say; the first picture's settings while an own list is too short."""
    corpora = {"words": _("French words"), "names": _("First names"), "own": _("My list")}
    first, second, third, last = st.columns([1.1, 1.3, 1.3, 1.3], gap="medium")
    values: dict[str, Any] = {}
    with first:
        values["corpus"] = controls.choice(
            _("Learn from"),
            list(corpora),
            DEFAULT.corpus,
            key="emb_corpus",
            kind="select",
            format_func=corpora.__getitem__,
        )
    with second:
        values["context"] = controls.slider(
            _("Context, in characters"), CONTEXTS[0], CONTEXTS[-1], DEFAULT.context, key="emb_context"
        )
    with third:
        values["embedding"] = controls.slider(
            _("Embedding size"), EMBEDDINGS[0], EMBEDDINGS[-1], DEFAULT.embedding, key="emb_embedding"
        )
    if values["corpus"] == "own":
        values["words"] = _own_words(lesson)
    with st.expander(_("Advanced settings"), icon=":material/tune:"):
        values |= _advanced()
    if values["corpus"] == "own" and len(values["words"]) < OWN_LEAST:
        return ASKED
    settings = LettersSettings(**values)
    with last:
        count_parameters(settings)
    return settings


def _own_words(lesson: PageLesson) -> tuple[str, ...]:
    """Let a student paste a list; say what is kept of it, and that nobody else will ever see it."""
    lesson.words("text-own")
    given = st.text_area(_("Your words"), key="emb-own", max_chars=100_000, height=140)
    words = clean(given or "")
    if len(words) < OWN_LEAST:
        said = _n(
            "Paste at least {count} different word; found: {found}.",
            "Paste at least {count} different words; found: {found}.",
            OWN_LEAST,
            found=number(len(words)),
        )
        st.warning(said, icon=":material/edit_note:")
    else:
        letters = " ".join(sorted(set("".join(words))))
        said = _n(
            "{count} word read. Its letters: {letters}",
            "{count} words read. Their letters: {letters}",
            len(words),
            letters=letters,
        )
        st.caption(said)
    return words


def count_parameters(settings: LettersSettings) -> None:
    """Show how many numbers the network learns, and the sum that gives them."""
    size = len(corpus(settings.corpus_words()).characters)
    parts = parameters(size, settings.context, settings.embedding, settings.hidden)
    inputs = settings.context * settings.embedding
    how = "\n\n".join(
        [
            f"C: {size} × {settings.embedding} = {number(parts['C'])}",
            f"W1, b1: {inputs} × {settings.hidden} + {settings.hidden} = {number(parts['hidden'])}",
            f"W2, b2: {settings.hidden} × {size} + {size} = {number(parts['output'])}",
        ]
    )
    st.metric(_("Parameters"), number(sum(parts.values())), help=how)


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
