"""The course's twelve uses: a ready prompt to change, one model or two beside each other, judged by the student."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chat import asked
from components.chat.asked import OWN
from components.chat.code import title
from components.chat.rubric import before, by_model, called_in_full, judge
from components.chat.servers import SECOND, called, server
from components.chat.turns import plain, show
from components.language import _, current, number
from components.lesson import PageLesson
from components.run_controls import session_id
from core import limits
from core.chat.recorded import Used, used
from core.chat.requests import How
from core.chat.servers import EMBEDDED, Server
from core.chat.use_talk import Ready, UseTalk
from core.chat.uses import Use
from core.chat.uses import uses as listed
from core.chat.writers import WARM, Name, Writer, alone, beside, warmer

FIRST = "summarise"
ALONE, WARMER, OTHER = "alone", "warmer", "other"
SEED = 1
"""Of the recorded answer that stands beside the likeliest one."""
_TALKS = "chat: uses that were asked for"


def uses(lesson: PageLesson, first: Server, settings: How, refused: str) -> None:
    """Show a use, its prompt, who answers, and the answers to be judged.

    Args:
        lesson: has the words.
        first: who is asked.
        settings: how.
        refused: why nobody can be.
    """
    lesson.words("text-uses")
    ready = listed(current())
    titles = {name: use.title for name, use in ready.items()} | {OWN: _("A question of your own")}
    left, right = st.columns(2)
    with left:
        name = controls.choice(
            _("Use"), list(titles), FIRST, key="chat_use", format_func=titles.__getitem__, kind="select"
        )
    with right:
        way = _way(alone(first, settings))
    use = ready.get(name)
    prompt = _prompt(name, use)
    writers, refused_too = _writers(way, alone(first, settings))
    talks: dict[str, UseTalk] = st.session_state.setdefault(_TALKS, {})
    key = " ".join([name, *(str(writer.name) for writer in writers)])
    talk = asked.standing(talks, key, prompt, first)
    is_busy = talk is not None and not talk.is_over
    label = _("Ask {model}", model=called(first.model)) if len(writers) == 1 else _("Ask both")
    asked.button(
        _("Stop") if is_busy else label, "" if is_busy else refused or refused_too, _pressed, key, prompt, use, writers,
        key="chat uses: ask", icon=":material/stop:" if is_busy else ":material/send:",
        disabled=not is_busy and not prompt,
    )  # fmt: skip
    if talk is not None and not talk.is_over:
        asked.watch(lambda: not talk.is_over, lambda: _written(talk))
        return
    _to_judge(use, talk, writers, is_ready=use is not None and prompt == use.prompt)


def _way(first: Writer) -> str:
    """Show the choice of who answers beside the first model."""
    warmth = number(warmer(first).how.temperature)
    names = {
        ALONE: _("Nobody"),
        WARMER: _("The same at T = {value}", value=warmth),
        OTHER: _("Another one"),
    }
    return controls.choice(_("Beside it"), list(names), WARMER, key="chat_beside", format_func=names.__getitem__)


def _prompt(name: str, use: Use | None) -> str:
    """Show the prompt, to be changed; it is not in the address."""
    key, given = f"chat uses: prompt {current()} {name}", use.prompt if use else ""
    st.session_state.setdefault(key, given)
    prompt: str = st.text_area(
        _("Prompt, to be changed"), key=key, max_chars=limits.current().prompt, height="content"
    ).strip()
    if use and prompt != use.prompt:
        st.button(_("Back to the ready prompt"), key="chat uses: back", icon=":material/undo:",
                  on_click=controls.set_values, args=({key: given},))  # fmt: skip
    return prompt


def _writers(way: str, first: Writer) -> tuple[tuple[Writer, ...], str]:
    """Return who answers, and why nobody can be asked; another model is chosen here."""
    if way == ALONE:
        return (first,), ""
    if way == WARMER:
        return (first, warmer(first)), ""
    other, refused = server(SECOND)
    if not refused and other.id == first.server.id:
        refused = _("This one answers already: choose another model to stand beside it.")
    return (first, beside(first, other)), refused


def _pressed(key: str, prompt: str, use: Use | None, writers: tuple[Writer, ...]) -> None:
    """Ask, or stop what is being answered."""
    ready = Ready(use.id, current()) if use is not None and prompt == use.prompt else None
    asked.press(st.session_state[_TALKS], key, lambda: UseTalk(session_id(), prompt, ready, writers))


def _written(talk: UseTalk) -> None:
    """Show what there is of the answers, while they are written."""
    for column, writer, each in zip(st.columns(len(talk.writers)), talk.writers, talk.talks, strict=True):
        with column, st.container(border=True):
            title(called_in_full(writer.name))
            show(each.turns[-1])


@st.fragment
def _to_judge(use: Use | None, talk: UseTalk | None, writers: tuple[Writer, ...], *, is_ready: bool) -> None:
    """Show the answers with their criteria: of this session, else the recorded ones; and what they add up to."""
    if talk is not None:
        _live(use, talk, is_ready=is_ready)
    elif use is not None and is_ready:
        _recorded(use, writers)
    else:
        st.caption(_("Nobody was asked this yet."))
    by_model()


def _live(use: Use | None, talk: UseTalk, *, is_ready: bool) -> None:
    if use is not None and not is_ready:
        st.caption(_("The prompt is yours: no program checks its answers. Judge what still fits."))
    for place, (column, writer, each) in enumerate(
        zip(st.columns(len(talk.writers)), talk.writers, talk.talks, strict=True)
    ):
        with column, st.container(border=True):
            title(called_in_full(writer.name))
            is_whole = show(each.turns[-1])
            answer = talk.answers[place]
            if use is None:
                st.caption(_("Right or wrong? You judge."))
            elif is_whole or answer:
                judge(writer.name, use, answer, talk.marks[place], talk.found(place), place)


def _recorded(use: Use, writers: tuple[Writer, ...]) -> None:
    """Show what SmolLM2 answered when it was measured; where another model is to be asked, its place."""
    st.caption(_("Recorded with SmolLM2, 120 tokens at most. Press the button to ask now."))
    is_beside_itself = len(writers) == 2 and writers[1].name.temperature is not None
    told = [row for row in used() if (row.language, row.use) == (current(), use.id)]
    shown = [row for row in told if row.seed is None or (is_beside_itself and row.seed == SEED)]
    columns = st.columns(len(writers))
    for place, (column, row) in enumerate(zip(columns, shown, strict=False)):
        with column, st.container(border=True):
            name = _name(row)
            title(called_in_full(name))
            plain(row.answer)
            judge(name, use, row.answer, before(name, use), row.holds, place)
    for column, writer in list(zip(columns, writers, strict=True))[len(shown) :]:
        with column, st.container(border=True):
            title(called_in_full(writer.name))
            st.caption(_("Its answer will stand here."))


def _name(row: Used) -> Name:
    return Name(EMBEDDED.model, row.language, None if row.seed is None else WARM)
