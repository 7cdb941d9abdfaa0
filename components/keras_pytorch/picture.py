"""One training written twice: the loop, statement by statement, the Keras code, what each line made, the losses."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from components import controls, shown
from components.curves import Axis, Chart, Curve, chart, column
from components.in_browser import component, nothing, surroundings, transport_labels
from components.in_browser.told import take
from components.keras_pytorch.investigation import Investigation, accuse
from components.keras_pytorch.messages import reading
from components.keras_pytorch.settings import BY_HAND, fault_names, to_subject, toggled
from components.language import _
from components.lesson import PageLesson
from core.keras_pytorch.listing import Word, keras_lines, loop_lines
from core.keras_pytorch.loops import program
from core.keras_pytorch.program import Program
from core.keras_pytorch.settings import LoopSettings, possible
from core.keras_pytorch.traces import Failure, error_of, trace_of
from core.training.frames import Frame

COMPONENT = "kp-picture"
_SENT = "kp: place that was sent"
ANSWER = ("backward",)
"""The statements that tell what the question asks about."""
_NAME = re.compile(r"[A-Za-z]\w{0,15}(\.grad)?")
_PIECE = re.compile(r"\w{1,15}")
_LOWEST, _HIGHEST = 1e-3, 1e6
"""Losses beyond these leave the chart."""


def show_picture(
    lesson: PageLesson,
    settings: LoopSettings,
    frames: Sequence[Frame],
    good: Sequence[Frame],
    now: Investigation,
) -> None:
    """Show a training.

    Args:
        lesson: has a sentence for each statement, and knows how often the question was played.
        settings: what runs.
        frames: those there are; empty where it has not run.
        good: those of the same training without a fault, drawn behind; empty where there are none.
        now: the case that is open, or none: its lines read as they should.
    """
    lines, case = program(settings), now.case
    error = error_of(frames)
    written = loop_lines(lines, hidden=case is not None and not now.found)
    data = surroundings() | {
        "run": f"{settings.run_id} {now.number}",
        **_place(),
        "subject": settings.subject,
        "lines": [{"piece": line.piece, "state": line.state, "words": _words(line.words)} for line in written],
        "keras": [_words(line) for line in keras_lines(lines)],
        "counterparts": lines.counterparts,
        "parts": {piece.id: list(piece.keras) for piece in lines.pieces},
        "within": [piece.id for piece in lines.body if not piece.keras],
        "faults": {} if case else _faults(lines, settings),
        "trace": trace_of(frames),
        "chart": _chart(frames, good if settings.faults else ()),
        "height": 180,
        "error": _told(error) if error else None,
        "guess": {"pieces": list(case.suspects), "wrong": now.wrong, "found": now.found} if case else None,
        "answer": list(ANSWER),
        "plays": lesson.plays,
        "heard": lesson.heard,
        "hidden": _hidden(),
        "labels": _labels(lesson, lines, settings),
    }

    def acted() -> None:
        _act(settings)

    component("keras_pytorch/picture")(
        key=COMPONENT, data=data, on_state_change=_moved, on_seen_change=nothing, on_act_change=acted
    )


def _words(words: Sequence[Word]) -> list[list[str]]:
    return [[word.text, word.kind, word.part] if word.part else [word.text, word.kind] for word in words]


def _faults(lines: Program, settings: LoopSettings) -> dict[str, list[dict[str, Any]]]:
    """Return the switches beside each statement: what it can be damaged by."""
    names = fault_names()
    found: dict[str, list[dict[str, Any]]] = {}
    if not shown.is_shown("kp_faults", _("Switches that break a line")):
        return found
    for fault in possible(settings.subject):
        piece = lines.at_risk[fault]
        found.setdefault(piece, []).append({"id": fault, "name": names[fault], "on": fault in settings.faults})
    return found


def _chart(frames: Sequence[Frame], good: Sequence[Frame]) -> Chart:
    """Lay the losses out: what runs, over what should, on logarithmic axes."""
    curves: list[Curve] = []
    for these, is_behind in ((good, True), (frames, False)):
        train = [frame for frame in these if frame.update > 0]
        measured = [frame for frame in train if frame.measured]
        names = (_("train"), _("validation"))
        if is_behind:
            names = (_("train, without a fault"), _("validation, without a fault"))
        if train:
            running, held = column(train, "running_loss"), column(measured, "validation_loss")
            curves.append(Curve("train", names[0], [f.update for f in train], running, is_behind))
            curves.append(Curve("validation", names[1], [f.update for f in measured], held, is_behind))
    heights = [value for curve in curves for value in curve.y if value == value]
    last = max((curve.x[-1] for curve in curves if curve.x), default=10)
    low, high = max(min(heights, default=1.0), _LOWEST), min(max(heights, default=10.0), _HIGHEST)
    height = Axis(_("Loss"), low / 1.3, max(high, low * 2) * 1.3, "log")
    return chart(curves, x=Axis(_("updates"), 1, max(last, 10), "log"), y=height)


def _told(error: Failure) -> dict[str, Any]:
    return {"piece": error.piece, "kind": error.kind, "words": error.words, "parts": reading(error.words)}


def _place() -> dict[str, Any]:
    """Return where the picture is to stand, and a version that grows when others than its own hand have moved it.

    A place that the hand chose is not sent back: what is sent is then the same as before, and need not travel again.
    """
    values = {name: controls.in_url(f"kp_{name}", *limits) for name, limits in _controls().items()}
    sent: dict[str, Any] = st.session_state.setdefault(_SENT, {"version": 0, "state": None})
    if values != st.session_state.get(BY_HAND, sent["state"]):
        st.session_state.pop(BY_HAND, None)
        sent.update(version=sent["version"] + 1, state=values)
    return sent


def _controls() -> dict[str, tuple[Any, Callable[[str], Any]]]:
    """Return each value's default, and how its text in the address is read; None refuses it."""
    return {
        "turn": (1, lambda text: int(text) if text.isdecimal() and int(text) <= 200_000 else None),
        "piece": ("backward", lambda text: text if _PIECE.fullmatch(text) else None),
        "name": ("", lambda text: text if not text or _NAME.fullmatch(text) else None),
    }


def _moved() -> None:
    """Take over where the hand rests, checked like any other input."""
    given = st.session_state[COMPONENT].get("state")
    if not isinstance(given, Mapping):
        return
    take(given, _controls(), "kp_")
    st.session_state[BY_HAND] = {name: st.session_state[f"kp_{name}"] for name in _controls()}


def _act(settings: LoopSettings) -> None:
    """Do what a button of the picture asks for."""
    given = st.session_state[COMPONENT].get("act")
    if not isinstance(given, Mapping):
        return
    match given.get("kind"), given.get("value"):
        case "fault", str(fault):
            toggled(settings, fault)
        case "subject", str(subject):
            to_subject(settings, subject)
        case "accuse", str(piece):
            accuse(piece)


def _hidden() -> list[str]:
    names = {"kp_subject": _("What is learned"), "kp_at": _("Place in the loop")}
    return shown.left_out(names)


def _labels(lesson: PageLesson, lines: Program, settings: LoopSettings) -> dict[str, Any]:
    moving = transport_labels(_("Line and update"), back=_("One line back"), forward=_("Next line"))
    sentences = {piece.id: sentence(lesson, piece.id, settings.subject) for piece in lines.pieces}
    return moving | {
        "subject": _("What is learned"),
        "subjects": {"letters": _("Letters"), "digits": _("Digits")},
        "lines": sentences,
        "loop": _("The loop in PyTorch"),
        "keras": _("The same training in Keras"),
        "loopTitle": _("PyTorch: the loop"),
        "kerasTitle": _("Keras: what you write"),
        "breakHint": _("⚡ breaks a line"),
        "guessHint": _("One line does not do what it says"),
        "accuse": _("It is this line:"),
        "accuseShort": _("this one?"),
        "chart": _("Losses over the updates, on logarithmic axes."),
        "turn": _("update %n"),
        "before": _("before the loop"),
        "waiting": _("This loop has not run yet."),
        "none": _("None: reset."),
        "mark": _("Mark wherever it is used"),
        "map": _("%n, %s numbers: blue above zero, orange below"),
        "range": _("%a to %b"),
        "length": _("length %l"),
        "moved": _("moved by %m at most"),
    }


def sentence(lesson: PageLesson, piece: str, subject: str) -> str:
    """Return what a statement does, in a sentence: layers of the same kind share theirs."""
    kind = piece.rstrip("0123456789")
    for name in (f"text-line-{subject}-{kind}", f"text-line-{kind}"):
        if name in lesson.lesson.sections:
            return lesson.body(name)
    return ""
