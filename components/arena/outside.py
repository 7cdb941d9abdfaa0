"""Pairs written by servers that the student has set on the chat page: nobody is contacted before they press."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from components import controls
from components.answers import await_also
from components.arena import rounds
from components.arena.prompt import own_prompt
from components.arena.rounds import Place, Round
from components.arena.writer_names import SERVERS, writer_name
from components.chat.faults import sentence
from components.chat.keys import known_servers
from components.language import _, current
from components.run_controls import session_id
from core.arena.outside import LONGEST_PROMPT, PROMPTS, Both, Looked, Outside, pairing
from core.chat.errors import ChatError
from core.chat.servers import LONGEST_NAME, PRESETS, Server, server_of
from core.files import ROOT

TEMPERATURES = (0.0, 0.2, 0.4, 0.7, 1.0, 1.3, 1.6, 2.0)
FIRST = (0.2, 1.3)
"""Temperatures of the two at first: one server set is enough for a comparison."""
WAITS = "blind-servers"
"""What the part of the page waits for while they write."""
_SAID = "arena: why the last pair of two servers was no round"


def outside(room: str) -> None:
    """Show pairs of two writers at the student's servers."""
    known = known_servers()
    if not known:
        st.info(
            _("No server is set in this session. Set one on the page “Mistral, GPT-4”, then come back by the menu: it "
              "stays set, its key too."),
            icon=":material/dns:",
        )  # fmt: skip
        st.page_link(str(ROOT / "pages" / "chat.py"), label=_("To the page “Mistral, GPT-4”"), icon=":material/forum:")
        return
    one, other = (_writer(known, which) for which in (0, 1))
    prompt = own_prompt(_("A question of your own"), SERVERS, LONGEST_PROMPT)
    if one is None or other is None:
        return
    if one.id == other.id:
        st.info(_("Both writers are the same: change a server, a model or a temperature."), icon=":material/info:")
        return
    _compare((room, SERVERS, current(), prompt, one.id, other.id), (one, other))


def _writer(known: dict[str, Server], which: int) -> Outside | None:
    """Show the settings of one of the two writers; return it, None if its model has no name."""
    at = "ab"[which]
    names = {name: PRESETS[name].name if name in PRESETS else _("Another server") for name in known}
    first = list(known)[min(which, len(known) - 1)]
    chosen_on_chat = controls.kept("chat_server", first)
    if which == 0 and chosen_on_chat in known:
        first = chosen_on_chat
    left, middle, right = st.columns(3, vertical_alignment="bottom")
    with left:
        label = _("Server of one writer") if which == 0 else _("Server of the other")
        service = controls.choice(
            label, list(names), first, key=f"ar_server_{at}", format_func=names.__getitem__, kind="select"
        )
    server = known[service]
    with middle:
        model = controls.text(
            _("Name of the model"), server.model, key=f"ar_model_{at}_{service}", max_chars=LONGEST_NAME
        )
    with right:
        temperature = controls.steps(_("Temperature"), TEMPERATURES, FIRST[which], key=f"ar_temperature_{at}")
    try:
        asked = server_of(server.address, model, server.key.secret())
    except ChatError:
        st.info(_("Enter the name of a model."), icon=":material/info:")
        return None
    return Outside(service, asked, temperature)


def _compare(place: Place, writers: tuple[Outside, Outside]) -> None:
    """Show the pair in front of the voter, and what has it written."""
    session = rounds.session()
    rounds.take(place, lambda: _asked(place, writers))
    if session.voter and place not in session.rounds:
        session.rounds[place] = _new_round(place, writers)
    here = session.rounds.get(place)
    if here is not None and here.both is not None and here.texts is None:
        _look(place, here, here.both.look(), writers)
        here = session.rounds[place]
    is_busy = here is not None and here.both is not None and here.texts is None
    if is_busy:
        await_also(WAITS)
    if here is None or here.texts is None:
        _button(place, writers, is_busy=is_busy, is_ready=here is not None)
    if why := st.session_state.get(_SAID):
        st.warning(why + " " + _("It is no round: nothing is counted."), icon=":material/warning:")
    labels = {"asked": _("Both are asked:"), "next": _("Ask both something else")}
    if not is_busy:
        labels["waits"] = _("Nobody has been asked yet.")
    rounds.show(here, place[0], labels, current())


def _button(place: Place, writers: tuple[Outside, Outside], *, is_busy: bool, is_ready: bool) -> None:
    left, right = st.columns([1, 2], vertical_alignment="center")
    with left:
        if is_busy:
            st.button(_("Stop"), icon=":material/stop:", key="ar-servers-stop", width="stretch", on_click=_stop,
                      args=(place,))  # fmt: skip
        else:
            st.button(_("Ask both"), icon=":material/send:", type="primary", key="ar-servers-ask", width="stretch",
                      disabled=not is_ready, on_click=_ask, args=(place, writers))  # fmt: skip
    right.caption(
        _("Nothing is sent before you press. Votes keep the models’ names and temperatures, never an address or a key.")
    )


def _ask(place: Place, writers: tuple[Outside, Outside]) -> None:
    rounds.session().rounds[place] = _asked(place, writers)


def _stop(place: Place) -> None:
    here = rounds.session().rounds.get(place)
    if here is not None and here.both is not None:
        here.both.stop()


def _new_round(place: Place, writers: tuple[Outside, Outside]) -> Round:
    session = rounds.session()
    room, _group, language, own = place[:4]
    number, seen = session.number(), session.seen_in(room)
    return Round(number, pairing(writers, session.voter, seen, number, (own,) if own else PROMPTS[language]))


def _asked(place: Place, writers: tuple[Outside, Outside]) -> Round:
    """Return the pair that stands or another one, asked; if it cannot be asked, that is said."""
    st.session_state.pop(_SAID, None)
    here = rounds.session().rounds.get(place)
    if here is None or here.both is not None:
        here = _new_round(place, writers)
    left, right = sorted(writers, key=lambda writer: writer.id != here.pair.left)
    try:
        here.both = Both(session_id(), (left, right), here.pair.prompt, here.pair.draw)
    except ChatError as error:
        st.session_state[_SAID] = sentence(error)
    return here


def _look(place: Place, here: Round, looked: Looked, writers: tuple[Outside, Outside]) -> None:
    """Take what both have written; a pair of which one has failed gives way to a new one, which nobody is asked yet."""
    if not looked.is_over:
        return
    if looked.texts and looked.names and len(set(looked.names)) == 2:
        here.texts, here.pair = looked.texts, replace(here.pair, left=looked.names[0], right=looked.names[1])
        return
    if looked.failed is not None:
        why = sentence(looked.error) if looked.error else _("Its answer holds no word.")
        said = _("{name}: {why}", name=writer_name(looked.failed.id), why=why)
        st.session_state[_SAID] = said
    elif looked.texts:
        st.session_state[_SAID] = _("This server takes no temperature: both are the same writer. Choose two models.")
    rounds.session().rounds[place] = _new_round(place, writers)
