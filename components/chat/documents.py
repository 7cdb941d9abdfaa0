"""Documents: the same question answered without and with the passages that were found for it, side by side.

Documents, questions and answers come from strangers: they are shown as plain text, never as Markdown or HTML.
"""

from __future__ import annotations

import streamlit as st

from components import controls
from components.chat.asked import OWN, button, watch
from components.chat.code import title
from components.chat.instructions import in_language
from components.chat.own_document import own_documents
from components.chat.turns import plain, show
from components.language import _, data_size, number
from components.lesson import PageLesson
from components.run_controls import session_id
from core import limits
from core.chat.compared import (
    READY,
    WAYS,
    Comparison,
    found_by,
    holds,
    index_of,
    ready_document,
    ready_index,
    recorded,
    with_passages,
)  # fmt: skip
from core.chat.conversation import Conversation
from core.chat.documents import Document
from core.chat.missions import right_with_document
from core.chat.quoting import source
from core.chat.requests import How
from core.chat.search import Found, Index
from core.chat.servers import Server

MOST_QUESTION, MOST_WORD = 300, 60
_ASKED, _INDEX = "chat: the question asked with and without a document", "chat: the student's document, cut"


def documents(lesson: PageLesson, asked: Server, settings: How, refused: str) -> None:
    """Show a document, what is found in it for a question, and the two answers.

    Args:
        lesson: holds the words.
        asked: who answers.
        settings: how.
        refused: why nobody can.
    """
    lesson.words("text-documents")
    with st.container():  # however much is said of a document, what is typed below it stays where it is
        index = _document()
    how = _(
        "Words: BM25 adds up the words of the question that a passage holds; the rarer they are, the more they count. "
        "Meaning: the cosine of the question’s vector and the passage’s, 1 at most. "
        "Both: the passages are put in order twice, and who stands high in both orders comes first."
    )
    way = controls.choice(_("Search"), WAYS, "both", key="chat_doc_by", format_func=_ways().__getitem__, help=how)
    name = _ready_question()
    question, word = _question(name)
    if index is None:
        st.caption(_("Add a file, or paste a text: passages are looked for in it."))
        return
    if not question:
        st.caption(_("Write a question: passages are looked for in the document."))
        return
    found = found_by(index, question, way)
    _show_found(found)
    here = st.session_state["chat_doc"]
    sent = with_passages([one.passage for one in found], question, _ if here == OWN else in_language(here))
    is_own = here == OWN or not name or question != READY[name].question
    comparison = Comparison(question, word, sent, is_own, *(Conversation(session_id()) for _each in range(2)))
    _ask(comparison, asked, settings, refused)
    _answers(name if not is_own else "", question)


def has_been_put_right() -> bool:
    """Whether the last question asked here was answered right with the document, and wrong without."""
    last: Comparison | None = st.session_state.get(_ASKED)
    return last is not None and right_with_document(last)


def _ways() -> dict[str, str]:
    return {"both": _("words and meaning"), "words": _("words"), "meaning": _("meaning")}


def _document() -> Index | None:
    """Show the choice of a document and its text; return its passages."""
    names = {"en": _("A school, in English"), "fr": _("A school, in French"), OWN: _("My own")}
    chosen = controls.choice(_("Document"), list(names), "en", key="chat_doc", format_func=names.__getitem__)
    if chosen != OWN:
        document = ready_document(chosen)
        with st.expander(_("The whole document")):
            plain(document.pages[0])
        return ready_index(chosen)
    own = own_documents()
    if not own:
        return None
    kept: tuple[tuple[Document, ...], Index] | None = st.session_state.get(_INDEX)
    if kept is None or kept[0] != own:
        kept = own, index_of(*own)
        st.session_state[_INDEX] = kept
    st.caption(_("{pages} pages, {size} of text, cut into {passages} passages",
                 pages=number(sum(len(one.pages) for one in own)), size=data_size(sum(one.characters for one in own)),
                 passages=number(len(kept[1].passages))))  # fmt: skip
    if any(one.left_out for one in own):
        st.warning(_("The document is too long: its end was left out."))
    return kept[1]


def _ready_question() -> str:
    """Show the ready questions of the document; return the one that is chosen, or nothing."""
    here = st.session_state["chat_doc"]
    names = [name for name, ready in READY.items() if ready.document == here]
    if not names:
        return ""
    return controls.choice(
        _("Question"), names, names[0], key=f"chat_doc_question_{here}", kind="select",
        format_func=lambda name: READY[name].question,
    )  # fmt: skip


def _question(name: str) -> tuple[str, str]:
    """Show the question, to be changed, and the word of a right answer. Neither is in the address."""
    key = f"{st.session_state['chat_doc']} {name}"
    first, second = st.columns([3, 1])
    with first:
        question = st.text_input(
            _("Question, to be changed"), READY[name].question if name else "", key=f"chat doc question {key}",
            max_chars=MOST_QUESTION,
        )  # fmt: skip
    with second:
        word = st.text_input(
            _("A right answer holds"), READY[name].word if name else "", key=f"chat doc word {key}",
            max_chars=MOST_WORD, help=_("A word or a number, said before asking: both answers are checked by it."),
        )  # fmt: skip
    return question.strip()[:MOST_QUESTION], word.strip()[:MOST_WORD]


def _show_found(found: list[Found]) -> None:
    if not found:
        st.caption(_("No passage was found."))
    for number_, one in enumerate(found, 1):
        meaning = number(one.by_meaning, 2) if one.by_meaning is not None else "–"
        scores = _(
            "[{number}] {source}; words: {words}; meaning: {meaning}",
            number=number_, source=source(one.passage, _), words=number(one.by_words, 2), meaning=meaning,
        )  # fmt: skip
        st.text(scores)
        plain(one.passage.text)


def _ask(comparison: Comparison, asked: Server, settings: How, refused: str) -> None:
    """Show the text that is sent, and the button that sends it."""
    with st.expander(_("What is sent with the document")):
        plain(comparison.sent)
    last: Comparison | None = st.session_state.get(_ASKED)
    is_busy = last is not None and last.is_busy
    is_long = len(comparison.sent) > limits.current().prompt
    if is_long:
        st.warning(_("This is longer than what may be sent here."))

    def send() -> None:
        comparison.without.send(comparison.question, asked, settings)
        comparison.with_document.send(comparison.sent, asked, settings)
        st.session_state[_ASKED] = comparison

    button(
        _("Ask twice: without and with the document"), refused, send, key="chat-doc-ask",
        disabled=is_busy or is_long or not comparison.question,
    )  # fmt: skip


def _answers(name: str, question: str) -> None:
    """Show the answers to this question that were written here, else the recorded ones."""
    last: Comparison | None = st.session_state.get(_ASKED)
    if last is None or last.question != question:
        last = None

    def is_busy() -> bool:
        return last is not None and last.is_busy

    def draw() -> None:
        if last is None:
            _recorded(name)
            return
        for column, heading, talk in zip(st.columns(2), _headings(), (last.without, last.with_document), strict=True):
            with column:
                title(heading)
                if show(talk.turns[-1]):
                    _verdict(talk.turns[-1].snapshot()[2].text, last.word)

    watch(is_busy, draw)
    if is_busy() and last is not None:
        st.button(_("Stop"), key="chat-doc-stop", on_click=last.stop)


def _headings() -> tuple[str, str]:
    return _("Without the document"), _("With the document")


def _recorded(name: str) -> None:
    if not name:
        return
    told = recorded()[name]
    st.caption(_("Recorded: SmolLM2, temperature 0, the two best passages by words and meaning."))
    for column, heading, which in zip(st.columns(2), _headings(), ("without", "with"), strict=True):
        with column:
            title(heading)
            plain(told[which]["answer"])
            _verdict(told[which]["answer"], READY[name].word)
            st.caption(_("The model received {tokens} tokens.", tokens=number(told[which]["tokens"])))


def _verdict(answer: str, word: str) -> None:
    """Say whether an answer holds the word; without a word, that is the student's to judge."""
    if not word:
        st.caption(_("Right or wrong? You judge."))
    elif holds(answer, word):
        st.text("✓ " + _("It holds “{word}”.", word=word))
    else:
        st.text("✗ " + _("It does not hold “{word}”.", word=word))
