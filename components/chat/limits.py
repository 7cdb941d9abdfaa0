"""Ten limits, one at a time: a question without its cure and with it, side by side, and all that the cure adds.

What models, documents and students write is shown as text, never as Markdown or HTML.
"""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chat import asked
from components.chat.code import text_of, title
from components.chat.servers import called
from components.chat.state import set_from_outside
from components.chat.turns import show
from components.language import _, _n, current, number
from components.lesson import PageLesson
from components.run_controls import session_id
from core.chat.conversation import Conversation
from core.chat.cures import HONEST, TOPIC, Cure
from core.chat.limitations import LIVE, NAMES, Pair, Piece, cure, measured, pairs, pieces
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.trials import CHARACTERS
from core.chat.twice import Twice
from core.course import concepts
from core.lessons import load

PARTS = ("documents", "memory", "tools", "code")
"""Limits with an experiment of their own on the page, under the same name."""
OPENED = {"window": "window", "facts": "moon"}
"""Limits that a recorded conversation shows."""
PAGES = ("transfer_learning", "three_phases", "ways_to_train")
"""Where the student changes weights."""
OFF = ("web", "services")
TALL, LONG = 170, 500
"""Pixels that a text has which is longer than so many characters: what is beside it stays in sight."""
_TALKS = "chat: what was asked without a cure and with it"


def limits(lesson: PageLesson, server: Server, settings: How, refused: str) -> None:
    """Show one of the ten limits.

    Args:
        lesson: has the words.
        server: who is asked.
        settings: how.
        refused: why nobody can be, in the page's language.
    """
    lesson.words("text-limits")
    names = {name: lesson.heading(f"limit-{name}") for name in NAMES}
    limit = controls.choice(_("Limit"), list(names), NAMES[0], key="chat_limit", format_func=names.__getitem__)
    lesson.words(f"limit-{limit}")
    name, one = _chosen(limit)
    talk = None
    with st.container(horizontal=True, vertical_alignment="center"):
        if one is not None:
            talk = _ask(f"{limit} {name}", one, server, settings, refused)
        _way_on(lesson, limit, one)
    if talk is None:
        ready = pairs(limit).get(name)
        if ready:
            st.caption(_whence(limit))
        _show(limit, ready or Pair(one.question if one else "", pieces(one) if one else (), ""))
        return

    asked.watch(lambda: not talk.is_over, lambda: _show(limit, talk.snapshot(), talk))


def _chosen(limit: str) -> tuple[str, Cure | None]:
    """Show the choice of a question; return its name, and its cure where any model can be asked."""
    key, own_key = f"chat_limit_{limit}", f"chat limit: own {limit}"
    if limit == "personality":
        left, right = st.columns(2)
        with left:
            ready = {name: system for name, (system, _sign) in CHARACTERS.items()}
            name, system = asked.choose(
                _("System message"), ready, next(iter(ready)), own=_("A system message of your own"),
                field=_("Your system message"), key=key, own_key=own_key,
            )  # fmt: skip
        with right:
            topic = controls.choice(_("Question"), list(TOPIC), "japan", key="chat_limit_topic", kind="select",
                                    format_func=TOPIC.__getitem__)  # fmt: skip
        if name == asked.OWN:
            return name, Cure(TOPIC[topic], system) if system else None
        return f"{name}-{topic}", cure(limit, f"{name}-{topic}")
    questions = {name: pair.question for name, pair in pairs(limit).items()}
    first = next(iter(questions))
    if limit == "facts":
        name, question = asked.choose(_("Question"), questions, first, own=_("A question of your own"),
                                      field=_("Your question"), key=key, own_key=own_key)  # fmt: skip
        if name == asked.OWN:
            return name, Cure(question, HONEST) if question else None
    elif len(questions) == 1:
        name = first
        text_of(_("Question"), questions[name])
    else:
        name = controls.choice(_("Question"), list(questions), first, key=key, kind="select",
                               format_func=questions.__getitem__)  # fmt: skip
    return name, cure(limit, name) if limit in LIVE else None


def _ask(name: str, one: Cure, server: Server, settings: How, refused: str) -> Twice | None:
    """Show the button that asks both ways, or stops it; return what it has begun."""
    talks: dict[str, Twice] = st.session_state.setdefault(_TALKS, {})
    talk = asked.standing(talks, name, one.sent, server)
    is_busy = talk is not None and not talk.is_over
    asked.button(
        _("Stop") if is_busy else _("Ask {model}, without and with", model=called(server.model)),
        "" if is_busy else refused, asked.press, talks, name, lambda: Twice(session_id(), server, one, settings),
        key="chat limits: ask", icon=":material/compare_arrows:",
    )  # fmt: skip
    return talk


def _way_on(lesson: PageLesson, limit: str, one: Cure | None) -> None:
    """Show where the student goes on: a part of the page, the conversation above, or other pages."""
    if limit in PARTS:
        there = lesson.heading(f"text-{limit}")
        st.button(_("Try it yourself: {there}", there=there), key="chat limits: part", icon=":material/arrow_forward:",
                  on_click=controls.set_values, args=({"chat_part": limit},))  # fmt: skip
    if limit in OPENED:
        there = lesson.heading(f"preset-{OPENED[limit]}")
        st.button(_("Open the conversation “{there}” above", there=there), key="chat limits: open",
                  icon=":material/arrow_upward:", on_click=set_from_outside, args=(OPENED[limit],))  # fmt: skip
    if limit == "personality" and one is not None:
        st.button(_("Use it in the conversation above"), key="chat limits: use", icon=":material/arrow_upward:",
                  on_click=controls.set_values, args=({"chat_system": one.system},))  # fmt: skip
    if limit == "tuned":
        for concept in concepts():
            if concept.stem in PAGES:
                st.page_link(concept.page, label=load(concept.stem, current()).title, icon=concept.icon)


def _whence(limit: str) -> str:
    """Return where the answers come from, and how often the cure helps."""
    helped, tried = measured(limit)
    if limit == "tuned":
        return _("Recorded: the small French model of “Training in 3 phases”, after phase 1 and after phase 2.")
    if not tried:
        return _("Recorded with SmolLM2 at temperature 0.")
    counts = _n("It helps {count} time in {tried}.", "It helps {count} times in {tried}.", helped, tried=number(tried))
    return _("Recorded with SmolLM2 at temperature 0.") + " " + counts


def _show(limit: str, pair: Pair, talk: Twice | None = None) -> None:
    """Show both ways, one beside the other, as recorded or as they come; the question stands above both."""
    without, cured = _titles(limit)
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True, height="stretch"):
        title(without)
        _answer(_("The answer"), pair.without, talk.without if talk else None)
    with right, st.container(border=True, height="stretch"):
        with st.container(horizontal=True, vertical_alignment="center"):
            title(cured)
            if pair.effect:
                _badge(*_verdicts(limit)[pair.effect])
            if limit in OFF:
                _badge("orange", "block", _("An example: nothing was sent"))
        for piece in pair.added:
            _piece(piece, "gray" if limit in OFF else "green")
        if limit == "tuned":
            _badge("green", "tune", _("Nothing is added: the weights have changed"))
        if limit not in OFF:
            label = _("What the program gives") if limit == "code" else _("The answer")
            _answer(label, pair.cured, talk.cured if talk else None)


def _answer(label: str, text: str, talk: Conversation | None) -> None:
    """Show an answer: a text, or what comes of the last question of a conversation."""
    if talk is None:
        text_of(label, text or "…")
    else:
        st.caption(label)
        show(talk.turns[-1])


def _titles(limit: str) -> tuple[str, str]:
    if limit == "tuned":
        return _("Before fine-tuning"), _("After fine-tuning")
    return _("Without"), _("With")


def _piece(piece: Piece, colour: str) -> None:
    """Show something that is added: its badge says that it is, and what it is; then its text as it is sent."""
    badge = f":{colour}-badge[:material/add: {_kinds()[piece.kind]}]"
    if piece.kind == "schema":  # long, and read by the server alone
        with st.expander(badge):
            st.code(piece.text, language="json")
        return
    st.markdown(badge)
    language = "python" if piece.kind == "program" else None
    is_tall = len(piece.text) > LONG
    st.code(piece.text or " ", language=language, wrap_lines=True, height=TALL if is_tall else "content")


def _kinds() -> dict[str, str]:
    return {
        "system": _("A system message"),
        "user": _("What you said before"),
        "assistant": _("What it answered before"),
        "question": _("A text before the question"),
        "schema": _("A schema that the server enforces"),
        "call": _("The call that the model writes"),
        "request": _("The request that the program sends"),
        "result": _("The result, given to the model"),
        "program": _("The model’s program, which runs"),
    }


def _verdicts(limit: str) -> dict[str, tuple[str, str, str]]:
    if limit == "personality":  # following is one thing, answering another
        helps, fails = _("It follows the system message"), _("It does not follow the system message")
    else:
        helps, fails = _("It helps"), _("It does not help")
    return {
        "helps": ("green", "check", helps),
        "fails": ("red", "close", fails),
        "needless": ("gray", "equal", _("It was not needed")),
        "harms": ("red", "close", _("It does harm")),
    }


def _badge(colour: str, icon: str, words: str) -> None:
    """Show words of ours on a colour: no stranger's, which Markdown would read."""
    st.markdown(f":{colour}-badge[:material/{icon}: {words}]")
