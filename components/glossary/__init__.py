"""The words of the glossary on a page: the first use of each is a link, and a card beside it says what it means."""

from __future__ import annotations

from collections.abc import Set
from urllib.parse import urlencode

import streamlit as st

from components import language
from components.in_browser import component, surroundings
from components.language import _
from components.projection import is_projected
from core.glossary import linked, terms

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


def begin_page() -> None:
    """Forget what the page before explained: the first use is found again, from the top. The router calls this."""
    st.session_state[_EXPLAINED] = {}


def explained(stem: str, section: str, markdown: str, *, known: Set[str] = frozenset()) -> str:
    """Return the Markdown of a section with the first use of each term on this page as a link to the glossary.

    The section that explains a term keeps its link while the page stands, whatever part of it runs again.

    Args:
        stem: of the page.
        section: what the words belong to, by an id that the page has once.
        markdown: what the section says, its blanks filled.
        known: ids of terms that need no explanation here.
    """
    where: dict[str, str] = st.session_state.setdefault(_EXPLAINED, {}).setdefault(f"{stem} {language.current()}", {})
    elsewhere = {term for term, there in where.items() if there != section}
    before = elsewhere | known
    text, now = linked(markdown, terms(language.current()), before, rest=_rest())
    where.update(dict.fromkeys(now - before, section))
    return text


def cards() -> None:
    """Mount what shows a card beside such a link: under the pointer, the focus or a finger. Once for each page."""
    st.html(_STYLE)
    data = surroundings() | {"more": _("Open the glossary")}
    component("glossary/popover")(key="glossary-cards", data=data)


def _rest() -> str:
    """Return the end of a link's address: a new tab knows neither the language nor the projection of this one."""
    return "&" + urlencode({"lang": language.current()} | ({"projection": "true"} if is_projected() else {}))
