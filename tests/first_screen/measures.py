"""What a student has before them when a page opens: how much of it is the picture, and how many controls are not."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, ViewportSize

from core.lessons import load
from tests.in_browser import LAPTOP, PHONE, PROJECTOR, settled

MODES: dict[str, tuple[ViewportSize, str, float]] = {
    "laptop": (LAPTOP, "", 0.5),
    "phone": (PHONE, "", 0.45),
    "projection": (PROJECTOR, "projection=true", 0.65),
}
"""Size of the screen, query, and the share of the main column that the picture has at least."""
MOST_CONTROLS = 6
_MEASURE = """() => {
    const inside = element => {
        const { left, top, right, bottom } = element.getBoundingClientRect()
        const width = Math.min(right, innerWidth) - Math.max(left, 0)
        const height = Math.min(bottom, innerHeight) - Math.max(top, 0)
        return width > 0 && height > 0 ? width * height : 0
    }
    const column = document.querySelector("[data-testid=stMainBlockContainer]")
    const picture = document.querySelector(".st-key-main-picture")
    const shown = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    // A word of the glossary is a link in the prose, read rather than set.
    const CONTROLS = "button, input, select, textarea, summary, a:not([href*=glossary]), [role=slider], [tabindex='0']"
    const controls = []
    const look = root => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) look(element.shadowRoot)
            if (element.matches(CONTROLS)) controls.push(element)
        }
    }
    look(column)
    const outer = element => picture.contains(element.getRootNode().host ?? element)
    // Streamlit's radio is an input of no size inside its label: the label is what is seen.
    const seen = element => {
        const place = element.closest("label") ?? element
        return shown(place) && inside(place) > 0
    }
    const nested = element => {
        const around = element.parentElement?.closest(CONTROLS)
        return around && column.contains(around)
    }
    // One answer to choose is one control; each button of a row of them is one.
    const answers = new Set()
    const again = element => {
        const answer = element.matches("[type=radio]") && element.closest("[role=radiogroup]")
        return answer && (answers.has(answer) || !answers.add(answer))
    }
    return {
        share: inside(picture) / inside(column),
        controls: controls.filter(element => !outer(element) && seen(element) && !nested(element) && !again(element))
            .map(element => element.getAttribute("aria-label") || element.textContent.trim() || element.tagName),
        bottom: picture.getBoundingClientRect().bottom,
        question: Math.max(...["[class*='st-key-'][class*='-question']", ".st-key-guide"].map(
            question => document.querySelector(question)?.getBoundingClientRect().bottom ?? Infinity)),
    }
}"""


@dataclass(frozen=True)
class Screen:
    """What stands on a first screen.

    Attributes:
        share: of the main column, which the picture has.
        controls: names of those outside the picture.
        bottom: where the picture ends, in pixels.
        question: where the question ends, and all that stands beside the picture with it.
    """

    share: float
    controls: list[str]
    bottom: float
    question: float


def measure(page: Page) -> Screen:
    """Measure the page as it stands."""
    return Screen(**page.evaluate(_MEASURE))


def fits(page: Page, mode: str) -> Screen:
    """Check what stands on a first screen: the picture has its share, at most six controls stand beside it."""
    settled(page)
    screen = measure(page)
    assert screen.share >= MODES[mode][2], screen
    assert len(screen.controls) <= MOST_CONTROLS, screen
    return screen


def guess_wrong(page: Page, stem: str) -> None:
    """Choose a wrong option of the page's question, and have it checked."""
    question = load(stem, "fr").section("predict").question
    assert question is not None
    wrong = next(at for at in range(len(question.options)) if at not in question.right)
    page.locator(".st-key-guide label", has_text=question.options[wrong].replace("*", "")[:40]).click()
    page.get_by_role("button", name="Vérifier ma prédiction").click()


def place_of_the_picture(page: Page) -> list[float]:
    """Return where the picture begins on the page, however far the page is scrolled: a click may scroll it."""
    place: list[float] = page.locator(".st-key-main-picture").evaluate("""element => {
        const { x, y } = element.getBoundingClientRect()
        return [x, y + document.querySelector("[data-testid=stMain]").scrollTop]
    }""")
    return place
