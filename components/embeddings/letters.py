"""The letters' part of the embeddings page: its controls, its run, and the map of the letters along training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components import controls
from components.embeddings.letters_settings import choose_settings, count_parameters, presets_row
from components.figures import GREY, Curve, Figure, axis_range, column, curves, show
from components.in_browser import component, nothing, surroundings, transport_labels
from components.language import _, _n, current
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs, follow, say_end, say_origin, say_settings_error, start_button
from core.embeddings.map_data import levels, map_data
from core.embeddings.missions import beats_counting
from core.runs.live import LiveRun
from core.runs.run import Run
from core.tasks.letters.corpus import OWN_LEAST, corpus
from core.tasks.letters.settings import LettersSettings
from core.training.frames import Frame
from core.training.settings import SettingsError

FRAGMENT = "emb-letters-fragment"


def letters_part(lesson: PageLesson) -> LettersSettings | None:
    """Show the part; return its settings, or None if they cannot be."""
    presets_row(lesson)
    left, right = st.columns([1, 3.4], gap="medium")
    with left:
        try:
            settings = choose_settings()
        except SettingsError as error:
            if error.name == "words":
                said = _n(
                    "Paste at least {count} different word; found: {found}.",
                    "Paste at least {count} different words; found: {found}.",
                    OWN_LEAST,
                    found=error.value,
                )
                st.warning(said, icon=":material/edit_note:")
            else:
                say_settings_error(error)
            return None
        count_parameters(settings)
    with right:
        run = picture(settings)
    lesson.mission("beat", run is not None and beats_counting(run))
    return settings


def picture(settings: LettersSettings) -> Run | None:
    """Show the map of the finished run, or the live one's losses, or the button that starts it."""
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is None and live is not None and not live.over:

        def draw(growing: LiveRun) -> None:
            _show_losses(settings, growing.frames)

        follow(settings, draw)
        return None
    if found is None:
        say_end(live)
        start_button(settings, label=_("Train this network"), key="emb-start")
        _show_losses(settings, live.frames if live else [])
        return None

    @st.fragment(key=FRAGMENT)
    def finished() -> None:
        _map(found)

    finished()
    if found.status == "diverged":
        st.warning(_("This run diverged: the loss left the numbers. Lower the learning rate."), icon=":material/bolt:")
    say_origin(found)
    return found


def _map(run: Run) -> None:
    """Show the component; its frame and its letter live in the URL."""
    key = f"emb-map-{run.run_id}"
    last = len(run.measured) - 1
    moved = st.session_state.get(key, {})
    frame = _kept("emb_frame", moved.get("frame"), -1)
    letter = _kept("emb_letter", moved.get("letter"), -1)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        prefix = controls.text(_("A beginning of a word"), "ch", key="emb_prefix", max_chars=20, width=220)
        names = {"last": _("Those of the last frame"), "own": _("Each frame its own")}
        axes = controls.choice(
            _("Axes of the picture"), list(names), "last", key="emb_axes", format_func=names.__getitem__
        )
    data = surroundings() | _map_data(run, own_axes=axes == "own", prefix=prefix)
    data["levels"] = _levels(_words(run))
    data |= {"labels": _labels(run, prefix), "letter": letter, "frame": frame if 0 <= frame <= last else last}
    component("embeddings/letter_map")(
        key=key,
        data=data,
        default={"frame": frame, "letter": letter},
        on_frame_change=nothing,
        on_letter_change=nothing,
    )


def _words(run: Run) -> tuple[str, ...]:
    return run.settings.corpus_words() if isinstance(run.settings, LettersSettings) else ()


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def _map_data(run: Run, *, own_axes: bool, prefix: str) -> dict[str, Any]:
    return map_data(run, own_axes=own_axes, prefix=prefix)


def _kept(key: str, moved: object, default: int) -> int:
    """Return a whole number kept in the URL; `moved` is what the student's hand just said."""
    return controls.in_url(key, default, int, int(moved) if isinstance(moved, (int, float)) else None)


def _labels(run: Run, prefix: str) -> dict[str, str]:
    flat = getattr(run.settings, "embedding", 3) <= 2
    moving = transport_labels(_("Update on the slider"), back=_("One frame back"), forward=_("One frame forward"))
    return moving | {
        "update": _("update %s"),
        "map": _("Map of the letters"),
        "vowel": _("vowels"),
        "consonant": _("consonants"),
        "accented": _("accented"),
        "other": _("end of word, marks"),
        "x": _("number 1") if flat else "PC 1",
        "y": _("number 2") if flat else "PC 2",
        "kept": _("The picture shows %s of the letters’ variance."),
        "near": _("Nearest to “%a” in the full space (distance): %s"),
        "choose": _("Choose a letter to see its nearest neighbours in the full space."),
        "invented": _("Ten words it invents"),
        "known": _("in the list"),
        "chances": _("After “{prefix}”, it expects", prefix=prefix),
        "end": _("end"),
        "rest": _("the others"),
        "loss": _("Loss of train and validation along the frames, in nats per character"),
        "train": "train %s",
        "validation": "validation %s",
    }


def _show_losses(settings: LettersSettings, frames: Sequence[Frame]) -> None:
    """Show the losses of a run that is not finished, against counting and chance."""
    measured = [frame for frame in frames if frame.measured and frame.update > 0]
    to_beat = {line["name"]: line["loss"] for line in _levels(settings.corpus_words())}
    drawn = losses_figure(measured, settings.updates, to_beat, projected=is_projected(), language=current())
    show(drawn, key="emb-losses", alt=_("Loss over updates; dotted lines show chance and counting."))


def losses_figure(
    measured: Sequence[Frame], updates: int, to_beat: dict[str, float], *, projected: bool = False, language: str = "fr"
) -> Figure:
    """Draw the losses of a run that grows, with a dotted line at each loss to beat.

    Args:
        measured: the frames so far, without the first.
        updates: of the whole run.
        to_beat: the losses of counting and of chance (nats per character), by name.
        projected: larger type, thicker lines.
        language: writes the decimal separator.
    """
    x = [float(frame.update) for frame in measured]
    drawn = [
        Curve("train", _("train"), x, column(measured, "train_loss")),
        Curve("validation", _("validation"), x, column(measured, "validation_loss")),
    ]
    values = [value for curve in drawn for value in curve.y] + list(to_beat.values())
    found = curves(
        drawn,
        y_title=_("loss (cross-entropy, nats)"),
        x_title=_("updates"),
        log=False,
        x_range=(0, updates),
        y_range=axis_range(values, log=False),
        projected=projected,
        height=400,
        language=language,
    )
    dotted = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "line": {"color": GREY, "dash": "dot", "width": 1}}
    at_the_end = {"xref": "paper", "x": 1, "xanchor": "right", "yanchor": "bottom", "showarrow": False}
    found["layout"]["shapes"] += [dotted | {"y0": loss, "y1": loss} for loss in to_beat.values()]
    found["layout"]["annotations"] += [at_the_end | {"y": loss, "text": name} for name, loss in to_beat.items()]
    return found


def _levels(words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the losses to beat, by the name of what reaches them in the page's language."""
    size = len(corpus(words).characters)
    return [
        {"name": _("{n}-gram", n=order) if order else f"ln {size}", "loss": loss}
        for order, loss in levels(words).items()
    ]
