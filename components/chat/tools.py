"""What a model does that has tools: each step as it happens, beside its answer without them."""

from __future__ import annotations

from datetime import date

import streamlit as st

from components.chat import asked
from components.chat.code import text_of, title
from components.chat.faults import sentence
from components.chat.servers import called
from components.language import _, current
from components.lesson import PageLesson
from components.run_controls import session_id
from core.chat.missions import calculated
from core.chat.requests import How
from core.chat.servers import Server
from core.chat.tool_asks import ASKS, Told, recorded
from core.chat.tool_talk import Offer, ToolTalk, plain
from core.chat.tools import ANSWER, NAMES, Call
from core.chat.tools import tools as listed_tools

FIRST = "product"
_TALKS = "chat: questions that were asked with tools"
_CHOICES = "chat: whether the model chose the right tool, question by question"


def tools(lesson: PageLesson, server: Server, settings: How, refused: str) -> None:
    """Show a question with tools and without.

    Args:
        lesson: has the words.
        server: who is asked.
        settings: how.
        refused: why nobody can be.
    """
    lesson.words("text-tools")
    ready = {name: ask.question for name, ask in ASKS.items()}
    name, question = asked.choose(_("Question to a model with tools"), ready, FIRST, own=_("A question of your own"),
                                  field=_("Your question"), key="chat_tools_ask",
                                  own_key="chat tools: own question")  # fmt: skip
    talks: dict[str, ToolTalk] = st.session_state.setdefault(_TALKS, {})
    talk = asked.standing(talks, name, question, server)
    is_busy = talk is not None and not talk.is_over
    left, right = st.columns([2, 3], vertical_alignment="center")
    label = _("Stop") if is_busy else _("Ask {model}, with tools and without", model=called(server.model))
    with left:
        asked.button(label, "" if is_busy else refused, _pressed, name, question, server, settings,
                     key="chat tools: ask", icon=":material/build:", disabled=not question)  # fmt: skip
    if talk is not None and talk.is_over:
        _ended(name, talk)
    right.caption(_counted())
    _show(lesson, name, talk)


def _pressed(name: str, question: str, server: Server, settings: How) -> None:
    """Ask, or stop what is being answered."""
    asked.press(st.session_state[_TALKS], name, lambda: ToolTalk(session_id(), server, question, settings, _offer()))


def _offer() -> Offer:
    """Return the tools in the page's language and in English, of today."""
    today = date.today()
    return Offer(listed_tools(current(), today, _), listed_tools("en", today, plain))


def _show(lesson: PageLesson, name: str, talk: ToolTalk | None) -> None:
    """Show what there is: of this session, else what was recorded; look again and again while it comes."""
    if talk is None:
        if name in ASKS:
            st.caption(_("Recorded with SmolLM2 at temperature 0. Press the button to ask now."))
            told, without = recorded()[name]
            _steps(told, without, ASKS[name].right)
        return

    def draw() -> None:
        told, without, error = talk.snapshot()
        if error is not None:
            st.warning(sentence(error))
        _steps(told, without, ASKS[name].right if name in ASKS else "")

    asked.watch(lambda: not talk.is_over, draw)


def _ended(name: str, talk: ToolTalk) -> None:
    """Count an answer that is over, once."""
    told, _without, error = talk.snapshot()
    choices: dict[str, bool] = st.session_state.setdefault(_CHOICES, {})
    if name in ASKS and told.picked and error is None:
        choices[f"{talk.server.id} {id(talk)}"] = told.picked == ASKS[name].right


def _counted() -> str:
    """Return how often the model chose rightly: recorded, and in this session."""
    chose = [told.picked == ASKS[name].right for name, (told, _without) in recorded().items()]
    here = list(st.session_state.get(_CHOICES, {}).values())
    said = _("Right tool, recorded with SmolLM2: {right} of {all}.", right=sum(chose), all=len(chose))
    if not here:
        return said
    return f"{said} " + _("In this session: {right} of {all}.", right=sum(here), all=len(here))


def _steps(told: Told, without: str, right: str) -> None:
    """Show both answers, the one with tools step by step."""
    one, other = st.columns([2, 1], gap="large")
    with one, st.container(border=True):
        title(_("With tools"))
        _added(told)
        if told.picked:
            _choice(told, right)
        elif told.wrote:
            text_of(_("What the model writes"), told.wrote)
        for call in told.calls:
            _call(call)
        if told.answer:
            text_of(_("5. The answer, written with the result") if told.calls else _("The answer"), told.answer)
    with other, st.container(border=True):
        title(_("Without tools"))
        text_of(_("The answer"), without or "…")


def _added(told: Told) -> None:
    if not told.added:
        return
    is_by_schema = bool(told.schema)
    st.caption(
        _("This server is given a text, and a schema that it enforces: the model can write nothing else.")
        if is_by_schema
        else _("This server calls tools by itself: it is given their list.")
    )
    with st.expander(_("1. What is added to the question")):
        st.code(told.added, language=None, wrap_lines=True)
        if is_by_schema:
            st.caption(_("The schema"))
            st.code(told.schema, language="json")


def _choice(told: Told, right: str) -> None:
    names = tool_names()
    picked = names.get(told.picked, _("what is not there"))
    verdict = ""
    if right and told.picked == right:
        verdict = " :material/check: " + _("That is the right one.")
    elif right:
        verdict = " :material/close: " + _("The right one: {tool}.", tool=names[right])
    st.markdown(_("2. The model chooses: **{tool}**.", tool=picked) + verdict)
    if told.picked == "?":
        text_of(_("What it wrote"), told.wrote or "…")


def _call(call: Call) -> None:
    text_of(_("3. With these arguments"), call.given or "{}")
    if not call.went_well:
        st.markdown(":material/warning: " + _("The tool can do nothing with them, and says so to the model."))
    text_of(_("4. What the tool answers"), call.result)


def tool_names() -> dict[str, str]:
    """Return what each choice is called in the page's language."""
    called = (_("the calculator"), _("the calendar"), _("the search over the course"))
    return {**dict(zip(NAMES, called, strict=True)), ANSWER: _("no tool")}


def own_is_calculated() -> bool:
    """Whether this session's own question was answered wrongly without tools, and rightly with the calculator."""
    talk: ToolTalk | None = st.session_state.get(_TALKS, {}).get(asked.OWN)
    if talk is None or not talk.is_over:
        return False
    told, without, error = talk.snapshot()
    ready = {ask.question for ask in ASKS.values()}
    return error is None and talk.question not in ready and calculated(talk.question, told, without)
