"""The letters' part of the embeddings page: its controls, its run, and the map of the letters along training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import streamlit as st

from components import controls, shown
from components.curves import Axis, Chart, Curve, chart, column, measure_axis, show
from components.embeddings.foreign_signs import say_foreign
from components.embeddings.letters_settings import choose_settings, presets_row
from components.embeddings.offer import lead_to_picture, offer
from components.in_browser import component, nothing, surroundings, transport_labels
from components.language import _
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs, follow, say_end
from core.embeddings.map_data import RARE, levels, map_data, readable
from core.embeddings.presets import ASKED
from core.runs.live import LiveRun
from core.runs.run import Run
from core.tasks.letters.corpus import corpus
from core.tasks.letters.settings import LettersSettings
from core.training.frames import Frame

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

FRAGMENT = "emb-letters-fragment"
PREFIX = "ma"
_STAGE = """<style>
.st-key-emb-stage {{ min-height: calc(clamp(20rem, 100vh - {around}, 44rem) + {beside}); }}
@media (max-width: 640px) {{ .st-key-emb-stage {{ min-height: 33rem; }} }}
</style>"""


def stage() -> DeltaGenerator:
    """Return a place as high as the map with all beside it: what stands below stays where it is, whatever is shown."""
    if is_projected():  # a class sees the map alone, with the question beside it
        st.html(_STAGE.format(around="14.5rem", beside="8.4rem"))
    else:
        st.html(_STAGE.format(around="20.5rem", beside="25rem"))
    return st.container(key="emb-stage")


def picture(lesson: PageLesson, settings: LettersSettings) -> Run | None:
    """Show the map of the finished run, or the live one's losses, or what is to be beaten and an offer to train."""
    runs = course_runs()
    found, live = runs.find(settings), runs.live(settings.run_id)
    if found is None and live is not None and not live.over:

        def draw(growing: LiveRun) -> None:
            _show_losses(settings, growing.frames)

        follow(settings, draw)
        lead_to_picture()
        return None
    if found is None:
        say_end(live)
        _show_losses(settings, live.frames if live else [])
        offer(settings)
        return None

    if settings == ASKED and st.session_state.get("emb_corpus") == "own":
        st.caption(_("Your list is not here: in the meantime, the first names."))

    @st.fragment(key=FRAGMENT)
    def finished() -> None:
        _map(lesson, found)
        if lesson.asked.is_watching and st.session_state[_key(found)].get("played") == lesson.plays:
            lesson.asked.is_over = True  # a fragment alone has run: the question stands outside
            st.rerun()

    finished()
    if found.status == "diverged":
        st.warning(
            _("This run diverged: the loss is no longer a number. Lower the learning rate."), icon=":material/bolt:"
        )
    return found


def below(lesson: PageLesson) -> LettersSettings:
    """Show what stands under the map: presets, settings, and a beginning of a word; return the settings."""
    presets_row(lesson)
    settings = choose_settings(lesson)
    left, right = st.columns(2, gap="medium", vertical_alignment="bottom")
    with left:
        typed = controls.text(_("A beginning of a word"), PREFIX, key="emb_prefix", max_chars=20)
        characters = corpus(settings.corpus_words()).characters
        say_foreign(readable(typed, characters)[1], len(characters))
    if settings.embedding > 2:
        names = {"last": _("Those of the last frame"), "own": _("Each frame its own")}
        with right:
            controls.choice(
                _("Axes of the picture"), list(names), "last", key="emb_axes", format_func=names.__getitem__
            )
    return settings


def _map(lesson: PageLesson, run: Run) -> None:
    """Show the component; its frame and its letter live in the URL."""
    key = _key(run)
    last = len(run.measured) - 1
    moved = st.session_state.get(key, {})
    frame = controls.in_url("emb_frame", -1, int, _whole(moved.get("frame")))
    letter = controls.in_url("emb_letter", "", lambda told: told[:1], _letter(moved.get("letter")))
    typed = str(st.session_state.get("emb_prefix", PREFIX))
    prefix, _foreign = readable(typed, corpus(_words(run)).characters)
    own_axes = run.settings.embedding > 2 and st.session_state.get("emb_axes") == "own"  # type: ignore[attr-defined]
    # Until the question is answered its run begins where it began; any other opens on what was learned.
    natural = 0 if run.settings == ASKED and not lesson.asked.is_settled else last
    data = surroundings() | _map_data(run, own_axes=own_axes, prefix=prefix)
    data["levels"] = _levels(_words(run))
    data |= {
        "labels": _labels(run, prefix),
        "letter": letter,
        "frame": frame if 0 <= frame <= last else natural,
        "plays": lesson.plays,
        "heard": lesson.heard,
        "centred": lesson.asked.is_settled or lesson.asked.is_watching,
        "scrubs": shown.is_shown("emb_frame", _("Update on the slider")),
    }
    component("embeddings/letter_map")(
        key=key,
        data=data,
        default={"frame": frame, "letter": letter},
        on_frame_change=nothing,
        on_letter_change=nothing,
        on_played_change=nothing,
    )


def _key(run: Run) -> str:
    return f"emb-map-{run.run_id}"


def _whole(told: object) -> int | None:
    """Return what the browser told, if it is a number."""
    return int(told) if isinstance(told, (int, float)) else None


def _letter(told: object) -> str | None:
    """Return the letter that the browser told, which may be none; a character, never a place in an alphabet."""
    return told[:1] if isinstance(told, str) else None


def _words(run: Run) -> tuple[str, ...]:
    return run.settings.corpus_words() if isinstance(run.settings, LettersSettings) else ()


@st.cache_data(max_entries=16, show_spinner=False, hash_funcs={Run: lambda run: run.run_id})
def _map_data(run: Run, *, own_axes: bool, prefix: str) -> dict[str, Any]:
    return map_data(run, own_axes=own_axes, prefix=prefix)


def _labels(run: Run, prefix: str) -> dict[str, str]:
    flat = getattr(run.settings, "embedding", 3) <= 2
    moving = transport_labels(_("Update on the slider"), back=_("One frame back"), forward=_("One frame forward"))
    return moving | {
        "update": _("update %s"),
        "map": _("Map of the letters"),
        "more": _("Losses, words, next letter"),
        "vowel": _("vowels"),
        "consonant": _("consonants"),
        "accented": _("accented"),
        "other": _("end of word, marks"),
        "rare": _("rare: seen fewer than {least} times", least=str(RARE)),
        "gap": _("gap %s"),
        "x": _("number 1") if flat else _("axis 1 (PCA)"),
        "y": _("number 2") if flat else _("axis 2 (PCA)"),
        "kept": _("The picture shows %s of the letters’ variance."),
        "near": _("Nearest to “%a” in the full space (distance): %s"),
        "choose": _("Choose a letter to see its three nearest."),
        "invented": _("Ten words it invents"),
        "known": _("in the list"),
        "chances": _("After “{prefix}”, it expects", prefix=prefix) if prefix else _("To begin a word, it expects"),
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
    drawn = losses_chart(measured, settings.updates, to_beat)
    show(drawn, key="emb-losses", alt=_("Loss over updates; dotted lines show chance and counting."), height=400)


def losses_chart(measured: Sequence[Frame], updates: int, to_beat: dict[str, float]) -> Chart:
    """Draw the losses of a run that grows, with a dotted line at each loss to beat.

    Args:
        measured: the frames so far, without the first.
        updates: of the whole run.
        to_beat: the losses of counting and of chance (nats per character), by name.
    """
    x = [float(frame.update) for frame in measured]
    train, validation = column(measured, "train_loss"), column(measured, "validation_loss")
    values = [*train, *validation, *to_beat.values()]
    return chart(
        [Curve("train", _("train"), x, train), Curve("validation", _("validation"), x, validation)],
        x=Axis(_("updates"), 0, updates),
        y=measure_axis(_("loss (cross-entropy, nats)"), values, log=False),
        levels=[(loss, name) for name, loss in to_beat.items()],
    )


def _levels(words: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the losses to beat, by the name of what reaches them in the page's language."""
    size = len(corpus(words).characters)
    return [
        {"name": _("{n}-gram", n=order) if order else _("chance (ln {size})", size=size), "loss": loss}
        for order, loss in levels(words).items()
    ]


def has_played(lesson: PageLesson) -> bool:
    """Whether the letters have moved to their end since the student last asked for it."""
    return bool(st.session_state.get(f"emb-map-{ASKED.run_id}", {}).get("played") == lesson.plays)
