"""A French page is French: what a browser shows is held against the catalogue and common English words."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from components.language import LOCALE
from tests.helpers import STEMS
from tests.in_browser import settled

ENGLISH = re.compile(
    r"\b(the|and|with|this|that|which|from|your|you|are|was|were|has|have|been|its|not|all|each|after|before|show|of|to|press|choose|select)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^Skip to main content$|Once upon a time|Is All You Need|batch of|is Better than|«[^»]*»|“[^”]*”")
"""English that a French page quotes: a prompt, the title of a paper; and the link that Streamlit shows to keyboards."""
# Code and formulas have a language of their own.
_TEXTS = """() => {
    const found = []
    const look = (root) => {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
        for (let node = walk.currentNode; node; node = walk.nextNode()) {
            if (node.shadowRoot) look(node.shadowRoot)
            if (node.placeholder && !node.value && node.checkVisibility()) found.push(node.placeholder)
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue
            const parent = node.parentElement
            if (!parent || parent.closest("code, pre, style, script, .katex, textarea")) continue
            if (parent.checkVisibility()) found.push(node.data.trim())
        }
    }
    look(document.body)
    return found
}"""


def english_messages() -> set[str]:
    """Return the English messages of the catalogue whose French is another, those of one word apart."""
    with (LOCALE / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        pairs = [(message.id, message.string) for message in read_po(file) if isinstance(message.id, str)]
    return {english for english, french in pairs if english and english != french and " " in english}


@pytest.mark.slow
@pytest.mark.parametrize("stem", ["", "glossary", *STEMS])
def test_no_english_is_seen_on_a_french_page(page: Page, url: str, stem: str) -> None:
    """No visible text, in any of the four levels, is an English message, nor holds a common English word."""
    page.goto(f"{url}/{stem}?opened=1" if stem in STEMS else f"{url}/{stem}")
    settled(page)
    seen = set(page.evaluate(_TEXTS))
    if stem in STEMS:
        page.locator(".st-key-teacher-link summary").click()  # the panel of a teacher
        page.get_by_role("textbox").last.press_sequentially("a")  # a field says how it is left
        settled(page)
        seen |= set(page.evaluate(_TEXTS))
    for level in ("Nombres", "Formule", "Code") if stem in STEMS else ():
        page.get_by_role("tab", name=level, exact=True).click()
        settled(page)
        seen |= set(page.evaluate(_TEXTS))
    assert len(seen) > 20
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert not seen & english_messages()
    assert not [text for text in seen if ENGLISH.search(QUOTED.sub("", text))]
