"""The glossary: every term of the course, its definition, and where to see it."""

from __future__ import annotations

import re
import unicodedata

import streamlit as st

from components import controls, language
from components.glossary import explained
from components.language import _, _n
from core.course import concepts
from core.glossary import STEM, Term, plain, terms
from core.lessons import load


def main() -> None:
    """Run the page."""
    lesson = load(STEM, language.current())
    st.title(lesson.title, anchor=False)
    st.caption(lesson.objective)
    entries()


@st.fragment
def entries() -> None:
    """Show the search field and what it finds; the term of the address stands first."""
    known = terms(language.current()).terms
    asked = controls.in_url("term", "", lambda told: told if told in known else None)
    searched = controls.text(
        _("Search for a word"),
        "",
        key="gl_search",
        max_chars=60,
        type="search",
        live=True,
        icon=":material/search:",
        placeholder="softmax, batch, nat…",
    )
    found = sorted((term for term in known.values() if matches(term, searched)), key=lambda term: bare(term.name))
    if asked in known and not searched:
        with st.container(border=True, key="asked-term"):
            entry(known[asked])
    if searched:
        st.caption(_n("{count} term", "{count} terms", len(found)))
    for term in found:
        if searched or term.id != asked:
            entry(term)


def entry(term: Term) -> None:
    """Show a term under its name; each entry explains the others that it uses, since one may come to it alone."""
    st.subheader(term.name, anchor=term.id)
    st.markdown(explained(f"{STEM}: {term.id}", term.id, in_this_language(term.body), known={term.id}))


def in_this_language(markdown: str) -> str:
    """Add the language to the links that lead to pages: they open in a new tab, which does not know it."""
    pages = "|".join(concept.stem for concept in concepts())
    return re.sub(rf"\]\(({pages})\)", rf"](\1?lang={language.current()})", markdown)


def matches(term: Term, searched: str) -> bool:
    """Whether a term's name or one of its forms holds what is searched for, accents and case apart."""
    return any(bare(searched) in bare(words) for words in (term.name, *term.forms))


def bare(words: str) -> str:
    """Return words in small letters without accents, as they are sorted and searched."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain(words)) if not unicodedata.combining(sign))


main()
