"""The first screen of every page: the picture is the biggest thing, the question stands beside it, little else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from core.lessons import load
from tests.first_screen.measures import MODES, MOST_CONTROLS, Screen, measure
from tests.helpers import STEMS
from tests.in_browser import LAPTOP, PROJECTOR, check_accessible, settled, stand, standing_still

# A page load is two seconds of a browser's and its server's work, a page turned to less than one: each page is loaded
# once, on the phone, and turned to where what is looked at does not hang on how one came.


@pytest.mark.parametrize("stem", STEMS)
def test_a_laptop_shows_the_picture_and_plays_the_question(stay: Page, url: str, stem: str) -> None:
    """Reached from another page, the picture is the biggest thing; a guess is played, in its place, then answered.

    Also for who leaves while the answer plays: a picture that a browser builds anew while the verdict is waited for
    begins again. That the verdict comes by itself to who stays is tested on the phone.
    """
    stand(stay, url)
    stay.locator(f"[data-testid=stSidebarNavLink][href$='/{stem}']").click()
    expect(stay.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
    stay.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 0)")  # a browser keeps how far one had read
    expect(stay.get_by_role("button", name="Vérifier ma prédiction")).to_be_visible()  # a page turned to comes in parts
    screen = fits(stay, "laptop")
    assert any("Vérifier" in control for control in screen.controls), "nothing was counted"
    check = stay.get_by_role("button", name="Vérifier ma prédiction").bounding_box()
    assert check is not None
    assert check["y"] + check["height"] <= LAPTOP["height"]
    before = place_of_the_picture(stay)
    guess_wrong(stay, stem)
    stay.get_by_role("button", name="Voir la réponse").wait_for()
    assert place_of_the_picture(stay) == before
    stay.locator("[data-testid=stSidebarNavLink]", has_text="Glossaire").click()
    expect(stay.get_by_role("heading", level=1, name="Glossaire")).to_be_visible()
    stay.go_back()
    expect(stay.locator(f".st-key-{stem}-question [data-testid=stAlert]")).to_be_visible(timeout=60_000)
    expect(stay.locator(".st-key-guide").get_by_text("Vous avez dit", exact=False)).to_be_visible()
    expect(stay.get_by_text("Bonne réponse", exact=False)).to_be_visible()
    assert place_of_the_picture(stay) == before
    standing_still(stay.locator(".st-key-guide"))  # the reply comes into view: who left meanwhile would scroll on


def test_a_class_sees_picture_and_question_without_scrolling(page: Page, url: str) -> None:
    """At 1920 × 1080 type is 1.5 ×, the frame is gone, the picture has its share, the whole question is in sight.

    So on every page that a presenter's remote turns to: PageDown stays projected, Escape brings the frame back.
    """
    page.set_viewport_size(PROJECTOR)
    page.goto(f"{url}/?projection=true")
    settled(page)
    for stem in STEMS:
        page.keyboard.press("PageDown")
        expect(page.get_by_role("heading", level=1, name=load(stem, "fr").title)).to_be_visible()
        screen = fits(page, "projection")
        assert any("Vérifier" in control for control in screen.controls), "nothing was counted"
        assert 0 < screen.question <= PROJECTOR["height"], stem
        assert screen.bottom <= PROJECTOR["height"], stem
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"
        assert not page.get_by_test_id("stSidebar").is_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name="Accueil")).to_be_visible()


@pytest.mark.parametrize("stem", STEMS)
def test_a_phone_is_led_to_what_plays_and_back_to_the_verdict(page: Page, url: str, stem: str) -> None:
    """Picture and question are a screen apart there: the check brings the picture into view, its end the reply.

    The page comes without Plotly. The phone is dark: once the controls are open, Axe finds no serious fault, and
    nothing stands beyond the screen.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(MODES["phone"][0])
    page.goto(f"{url}/{stem}")
    fits(page, "phone")
    # Plotly keeps a browser from drawing for a second: a page reads it when one of its charts is asked for.
    assert asked
    assert not any("Plotly" in address for address in asked)
    guess_wrong(page, stem)
    expect(page.locator(".st-key-main-picture")).to_be_in_viewport(ratio=0.6)
    expect(page.locator(".st-key-guide").get_by_text("Vous avez dit", exact=False)).to_be_in_viewport(timeout=60_000)
    settled(page)
    go_on = page.get_by_role("button", name="Continuer")
    if go_on.count():  # the question stood in the place of the controls
        go_on.click()
    expect(page.get_by_text("Mission :").first).to_be_visible()
    settled(page)
    assert page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).colorScheme") == "dark"
    check_accessible(page)


@pytest.mark.parametrize(("window", "query"), [(LAPTOP, ""), (PROJECTOR, "?projection=true")])
def test_what_was_read_makes_place_for_the_controls(page: Page, url: str, window: ViewportSize, query: str) -> None:
    """Once the verdict is put away, a slider of the training page and the whole picture are on one screen."""
    page.set_viewport_size(window)
    page.goto(f"{url}/train_val_test{query}")
    settled(page)
    if not query:
        page.locator(".st-key-guide label:has(input[type=radio])").first.click()
    page.locator(".st-key-train_val_test-check button").click()
    go_on = page.get_by_role("button", name="Continuer")
    go_on.wait_for(timeout=60_000)
    expect(page.get_by_text("Mission :")).to_have_count(0)
    go_on.click()
    expect(page.get_by_text("Mission :")).to_have_count(2)
    settled(page)
    top = page.locator(".st-key-main-picture").evaluate("element => element.getBoundingClientRect().top")
    slider = page.locator("[data-testid=stSlider]").first
    assert slider.evaluate("element => element.getBoundingClientRect().bottom") - top <= window["height"]


def test_plotly_is_known_by_its_name(page: Page, url: str) -> None:
    """Where a chart of Plotly's is shown, the browser has asked for a file of that name: the test above could fail."""
    with page.expect_request(lambda request: "Plotly" in request.url):
        page.goto(f"{url}/batch_learning_rate?blr_view=schedules")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()


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
