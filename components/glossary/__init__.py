"""The words of the glossary on a page: the first use of each is a link, and a card beside it says what it means."""

from __future__ import annotations

from collections.abc import Set
from urllib.parse import urlencode

import streamlit as st

from components import language
from components.in_browser import component, surroundings
from components.language import _
from components.projection import is_projected
from core.glossary import STEM, Term, linked, terms, used

_PAGE = "curseurs: the page whose words are explained"
_EXPLAINED = "curseurs: where this page explains each term"
# The text keeps its colour: a page full of blue words would hide the links that lead somewhere.
_STYLE = """<style>
a[href*="glossary?term="] {
  color: inherit !important;
  text-decoration: underline dotted !important;
  text-underline-offset: 0.2em;
  cursor: help;
}
</style>"""


def begin_page(stem: str = "") -> None:
    """Forget what the page before explained: the first use is found again, from the top. The router calls this."""
    st.session_state[_EXPLAINED], st.session_state[_PAGE] = {}, stem


def explained(stem: str, section: str, markdown: str, *, known: Set[str] = frozenset()) -> str:
    """Return the Markdown of a section with the first use of each term on this page as a link to the glossary.

    The section that explains a term keeps its link while the page stands, whatever part of it runs again.

    Args:
        stem: of the page.
        section: what the words belong to, by an id that the page has once.
        markdown: what the section says, its blanks filled.
        known: ids of terms that need no explanation here.
    """
    where = _places(stem)
    elsewhere = {term for term, there in where.items() if there != section}
    before = elsewhere | known
    text, now = linked(markdown, terms(language.current()), before, rest=_rest())
    where.update(dict.fromkeys(now - before, section))
    return text


def tip(key: str, label: str) -> str | None:
    """Return what the words of a control's label mean that the page has not explained; None if there are none.

    Args:
        key: of the control.
        label: that the student reads.
    """
    return "\n\n".join(f"**{words}** — {term.definition}" for words, term in _new(key, label)) or None


def in_picture(key: str, text: str) -> list[dict[str, str]]:
    """Return the words of a picture's text that the page has not explained: each as `withTerms` in base.js wants it."""
    return [
        {"word": words, "href": f"{STEM}?term={term.id}{_rest()}", "title": term.definition}
        for words, term in _new(key, text)
    ]


def _new(key: str, text: str) -> list[tuple[str, Term]]:
    """Return the terms in a text whose first use on this page it is, with the words it uses."""
    where = _places(st.session_state.get(_PAGE, ""))
    found = [(words, term) for words, term in used(text, terms(language.current())) if where.get(term.id, key) == key]
    where.update({term.id: key for _words, term in found})
    return found


def _places(stem: str) -> dict[str, str]:
    """Return where this page explains each term, in this language."""
    everywhere: dict[str, dict[str, str]] = st.session_state.setdefault(_EXPLAINED, {})
    return everywhere.setdefault(f"{stem} {language.current()}", {})


def cards() -> None:
    """Mount what shows a card beside such a link: under the pointer, the focus or a finger. Once for each page."""
    st.html(_STYLE)
    data = surroundings() | {"more": _("Open the glossary")}
    component("glossary/popover")(key="glossary-cards", data=data)


def _rest() -> str:
    """Return the end of a link's address: a new tab knows neither the language nor the projection of this one."""
    return "&" + urlencode({"lang": language.current()} | ({"projection": "true"} if is_projected() else {}))
