"""Every page opened in a browser: Axe, the names of its controls, and that a French page is French.

What it shows is held against the catalogue and common English words.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from components.language import LOCALE
from tests.helpers import STEMS
from tests.in_browser import PHONE, check_accessible, choose, settled

ENGLISH = re.compile(
    r"\b(the|and|with|this|that|which|from|your|you|are|was|were|has|have|been|its|not|all|each|after|before|show|of|to|press|choose|select)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"^Skip to main content$|Once upon a time|Is All You Need|batch of|is Better than|«[^»]*»|“[^”]*”")
"""English that a French page quotes: a prompt, the title of a paper; and the link that Streamlit shows to keyboards."""
# Code, formulas and a text that is cut into tokens have a language of their own.
_TEXTS = """() => {
    const found = []
    const look = (root) => {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
        for (let node = walk.currentNode; node; node = walk.nextNode()) {
            if (node.shadowRoot) look(node.shadowRoot)
            if (node.placeholder && !node.value && node.checkVisibility()) found.push(node.placeholder)
            if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) continue
            const parent = node.parentElement
            if (!parent || parent.closest("code, pre, style, script, .katex, textarea, [translate=no]")) continue
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


PARTS = {
    "batch_learning_rate": ("blr_view", ("runs", "map", "difference", "finder", "schedules", "elsewhere")),
    "model_size": ("ms_part", ("law", "budget", "speed")),
    "ways_to_train": ("ways_part", ("prompt", "effects", "own", "talk")),
    "three_phases": ("tp_part", ("tuning", "aligning")),
    "tokens": ("tok_part", ("learn", "compare", "cost")),
    "embeddings": ("emb_part", ("one_hot", "inputs", "table", "letters", "words")),
}
"""Pages that show one of several parts: the name of the choice in the URL, and its values in their order."""
_CONTROL = re.compile(r'- (slider|spinbutton|textbox|switch|checkbox|combobox|radiogroup) "([^"]*)"')


@pytest.mark.parametrize("stem", STEMS)
def test_an_opened_page_is_accessible_and_french(page: Page, url: str, stem: str) -> None:
    """With its controls open, a page on a laptop is read out, each control by a name of its own, and all in French.

    Axe finds no serious fault. Whatever part of the page is shown, no two controls bear one name. No visible text, in
    any of the four levels, is an English message, nor holds a common English word.
    """
    choice, parts = PARTS.get(stem, ("opened", ("1",)))
    named: dict[frozenset[tuple[str, str]], str] = {}
    page.goto(f"{url}/{stem}?opened=1&{choice}={parts[0]}")
    settled(page)
    for place, part in enumerate(parts):
        if place:
            choose(page, choice, place)
        names = Counter(_CONTROL.findall(page.locator("body").aria_snapshot()))
        assert len(names) > 5, (part, names)
        assert not [name for name, times in names.items() if times > 1], part
        assert named.setdefault(frozenset(names), part) == part, "the click did not change the part"
    check_accessible(page)
    seen = set(page.evaluate(_TEXTS))
    page.locator(".st-key-teacher-link summary").click()  # the panel of a teacher
    page.get_by_role("textbox").last.press_sequentially("a")  # a field says how it is left
    settled(page)
    seen |= set(page.evaluate(_TEXTS))
    for level in ("Nombres", "Formule", "Code"):
        page.get_by_role("tab", name=level, exact=True).click()
        settled(page)
        seen |= set(page.evaluate(_TEXTS))
    check_french(page, seen)


@pytest.mark.parametrize("stem", ["", "glossary"])
def test_home_and_glossary_are_accessible_and_french(page: Page, url: str, stem: str) -> None:
    """The same of the pages without a lesson."""
    page.goto(f"{url}/{stem}")
    settled(page)
    check_accessible(page)
    check_french(page, set(page.evaluate(_TEXTS)))


@pytest.mark.parametrize("stem", ["", "glossary"])
def test_a_dark_phone_is_accessible_and_wide_enough(page: Page, url: str, stem: str) -> None:
    """In dark colours on a phone Axe finds no serious fault either, and nothing stands beyond the screen.

    The pages with a lesson are looked at where a phone has them open: see `first_screen`.
    """
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    page.goto(f"{url}/{stem}")
    settled(page)
    check_accessible(page)


def check_french(page: Page, seen: set[str]) -> None:
    """Check that what is seen of a French page is French."""
    assert len(seen) > 20
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert not seen & english_messages()
    assert not [text for text in seen if ENGLISH.search(QUOTED.sub("", text))]
