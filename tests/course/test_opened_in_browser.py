"""Every page visited in a browser: its first screen, its question, then Axe, the names of its controls, and French.

What it shows is held against the catalogue and common English words.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from components.language import LOCALE
from core.lessons import load
from tests.first_screen.measures import fits, guess_wrong, place_of_the_picture
from tests.helpers import STEMS
from tests.in_browser import LAPTOP, PHONE, check_accessible, choose, settled, stand, standing_still

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
    "arena": ("ar_part", ("lab", "ranks", "blind")),
    "chat": ("chat_part", ("uses", "limits", "classify", "documents", "memory", "tools", "code")),
    "model_size": ("ms_part", ("law", "budget", "speed")),
    "ways_to_train": ("ways_part", ("prompt", "effects", "own", "talk")),
    "three_phases": ("tp_part", ("tuning", "aligning")),
    "tokens": ("tok_part", ("learn", "compare", "cost")),
    "embeddings": ("emb_part", ("one_hot", "inputs", "table", "letters", "words")),
    "project": ("pj_part", ("notebook", "faults", "tracking", "canvas")),
}
"""Pages that show one of several parts: the name of the choice, and its values in their order."""
_CONTROL = re.compile(r'- (slider|spinbutton|textbox|switch|checkbox|combobox|radiogroup) "([^"]*)"')


@pytest.mark.parametrize("stem", STEMS)
def test_an_opened_page_is_accessible_and_french(stay: Page, url: str, stem: str) -> None:
    """One visit on a laptop: the first screen, a guess that is played and answered, then the page with its controls.

    With these open, it is read out, each control by a name of its own, and all in French. Axe finds no serious fault.
    Whatever part of the page is shown, no two controls bear one name. No visible text, in any of the four levels, is an
    English message, nor holds a common English word.
    """
    stand(stay, url)
    guess_at(stay, stem)
    go_on = stay.get_by_role("button", name="Continuer")
    if go_on.count():  # the question stood in the place of the controls
        go_on.click()
    expect(stay.get_by_text("Mission :").first).to_be_visible()
    settled(stay)
    check_names(stay, stem)
    check_accessible(stay)
    seen = set(stay.evaluate(_TEXTS))
    panel = stay.locator(".st-key-teacher-link details")  # of a teacher; it may be open from the page before
    if panel.get_attribute("open") is None:
        panel.locator("summary").click()
    stay.get_by_role("textbox").last.press_sequentially("a")  # a field says how it is left
    settled(stay)
    seen |= set(stay.evaluate(_TEXTS))
    for level in ("Nombres", "Formule", "Code"):
        stay.get_by_role("tab", name=level, exact=True).click()
        settled(stay)
        seen |= set(stay.evaluate(_TEXTS))
    check_french(stay, seen)


def guess_at(tab: Page, stem: str) -> None:
    """Turn to a page: the picture is the biggest thing, a guess is played, in its place, then answered.

    Also for who leaves while the answer plays: a picture that a browser builds anew while the verdict is waited for
    begins again. That the verdict comes by itself to who stays is tested on the phone.
    """
    tab.locator(f"[data-testid=stSidebarNavLink][href$='/{stem}']").click()
    expect(tab.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
    tab.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # a browser keeps how far one had read
    expect(tab.get_by_role("button", name="Vérifier ma prédiction")).to_be_visible()  # a page turned to comes in parts
    screen = fits(tab, "laptop")
    assert any("Vérifier" in control for control in screen.controls), "nothing was counted"
    check = tab.get_by_role("button", name="Vérifier ma prédiction").bounding_box()
    assert check is not None
    assert check["y"] + check["height"] <= LAPTOP["height"]
    before = place_of_the_picture(tab)
    guess_wrong(tab, stem)
    tab.get_by_role("button", name="Voir la réponse").wait_for()
    assert place_of_the_picture(tab) == before
    tab.locator("[data-testid=stSidebarNavLink]", has_text="Accueil").click()
    expect(tab.get_by_role("heading", level=1, name="Curseurs")).to_be_visible()
    tab.go_back()
    expect(tab.locator(f".st-key-{stem}-question [data-testid=stAlert]")).to_be_visible(timeout=60_000)
    expect(tab.locator(".st-key-guide").get_by_text("Vous avez dit", exact=False)).to_be_visible()
    expect(tab.locator(".st-key-guide").get_by_text("Bonne réponse", exact=False)).to_be_visible()
    assert place_of_the_picture(tab) == before
    standing_still(tab.locator(".st-key-guide"))  # the reply comes into view: who left meanwhile would scroll on


def check_names(tab: Page, stem: str) -> None:
    """Check that in each part of a page every control has a name of its own."""
    choice, parts = PARTS.get(stem, ("", ("",)))
    named: dict[frozenset[tuple[str, str]], str] = {}
    for place, part in enumerate(parts):
        if choice:
            choose(tab, choice, place)
        names = Counter(_CONTROL.findall(tab.locator("body").aria_snapshot()))
        assert len(names) > 5, (part, names)
        assert not [name for name, times in names.items() if times > 1], part
        assert named.setdefault(frozenset(names), part) == part, "the click did not change the part"


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
