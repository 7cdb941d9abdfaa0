"""A budget split under the finger, in a real browser: ruler, keyboard, bets and their mission, phone."""

from __future__ import annotations

import math
import re

from playwright.sync_api import Locator, Page, expect

from core.model_size.budgets import trainings, window
from core.model_size.chinchilla import EPOCH
from tests.in_browser import PHONE, check_accessible, settled, standing_still

RULER = "Paramètres : la règle sur le dessin"
FIRST = "ms_part=budget&opened=1"


def open_part(page: Page, url: str, query: str = "") -> None:
    page.goto(f"{url}/model_size?{FIRST}{query}")
    settled(page)
    page.locator(".chart .plot").evaluate("part => part.scrollIntoView({ block: 'center' })")


def training(page: Page, name: str) -> Locator:
    """Return the button of a known training."""
    return page.get_by_role("radiogroup", name="Entraînements connus").get_by_role("radio", name=name)


def figure(page: Page, name: str) -> str:
    """Return what a figure shows, its spaces plain."""
    return (page.locator(f"[data-figure={name}] b").text_content() or "").replace("\u00a0", " ").replace("\u202f", " ")


def test_the_split_follows_the_finger_and_the_address_follows_when_it_rests(page: Page, url: str) -> None:
    """Dragged from Chinchilla to a tenth of it: ten times the tokens, one budget, no message until the hand rests.

    The drawn ruler stands under the finger, and the rectangle keeps its area.
    """
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_part(page, url)
    assert (figure(page, "size"), figure(page, "ratio"), figure(page, "loss")) == ("70 milliards", "20", "1,974")
    expect(page.locator(".verdict")).to_have_attribute("data-kind", "best")
    box = standing_still(page.get_by_role("slider", name=RULER))
    before, y = len(sent), box["y"] + box["height"] / 2
    left, width = box["x"] + 8, box["width"] - 16
    page.mouse.move(left + 0.615 * width, y)
    page.mouse.down()
    page.mouse.move(left + 0.45 * width, y, steps=4)
    assert len(sent) == before  # asked first: a hand that rests is heard after 0.4 s
    line = page.locator(".chart line.ruler").bounding_box()
    assert line is not None
    assert abs(line["x"] - (left + 0.45 * width)) < width / 120 + 2
    sides = page.locator("rect.mine").evaluate("r => [r.width.baseVal.value, r.height.baseVal.value]")
    assert figure(page, "size") == "22,4 milliards"
    assert figure(page, "tokens") == "4 380 milliards"
    assert figure(page, "ops") == "5,88 × 10²³"
    page.mouse.move(left + 0.65 * width, y, steps=4)
    again = page.locator("rect.mine").evaluate("r => [r.width.baseVal.value, r.height.baseVal.value]")
    assert abs(sides[0] * sides[1] / (again[0] * again[1]) - 1) < 0.01
    assert again[0] > 3 * sides[0]
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"ms_budget_size=8\.91e(%2B|\+)10"))
    assert not page.faults  # type: ignore[attr-defined]


def test_the_keyboard_alone_moves_everything_and_a_small_budget_is_silent(page: Page, url: str) -> None:
    """Trainings, budget, ruler, figures and share answer to keys; of the mini GPT-2's budget the law says nothing."""
    open_part(page, url)
    training(page, "Chinchilla 70B").press("ArrowRight")
    expect(training(page, "Llama 3 8B")).to_be_focused()
    expect(page.locator(".chart .ask")).to_have_text("?")
    training(page, "Llama 3 8B").press("ArrowRight")
    expect(page.locator(".verdict")).to_have_attribute("data-kind", "silent")
    assert page.locator("path.law").count() == 0
    assert (figure(page, "loss"), figure(page, "ratio")) == ("?", "306")
    budget = page.get_by_role("slider", name="Budget d’opérations")
    for _ in range(6):
        budget.press("PageUp")
    expect(page.locator("path.law.fitted")).to_have_count(1)
    expect(page.locator("path.law.beyond")).to_have_count(2)
    page.get_by_role("radio", name=re.compile("Tokens lus")).press("ArrowLeft")
    expect(page.get_by_role("radio", name=re.compile("Paramètres"))).to_be_focused()
    page.get_by_role("radio", name=re.compile("Paramètres")).press("ArrowLeft")
    expect(page.locator(".formula").last).to_contain_text("NVIDIA H100 Tensor Core GPU Architecture, 2023")
    page.get_by_role("slider", name=re.compile("Part atteinte")).press("ArrowRight")
    expect(page.locator(".formula").last).to_contain_text("45 %")
    expect(page).to_have_url(re.compile("ms_budget_share=45"))
    page.get_by_label("Carte", exact=True).select_option("t4")
    expect(page.locator(".formula").last).to_contain_text("NVIDIA T4 datasheet, 2019")
    expect(page).to_have_url(re.compile("ms_budget_card=t4"))


def curve(page: Page) -> Locator:
    """Return what a hidden curve hides: the curve, the best split and its frame."""
    return page.locator("path.law, circle.best, .best-frame")


def move(page: Page, name: str, place: int) -> None:
    """Take a slider to a place, as a finger does."""
    page.get_by_role("slider", name=name).evaluate(
        "(range, place) => { range.value = place; range.dispatchEvent(new Event('input')); }", place
    )


def bet(page: Page, known: str, parameters: float) -> None:
    """Take a known training's budget, place the ruler while the curve is hidden, show it."""
    training(page, known).click()
    if not page.get_by_role("button", name="Montrer la courbe").is_visible():
        page.get_by_role("button", name="Cacher la courbe").click()
    place(page, parameters, low=1e9)
    expect(page.locator(".reply")).to_contain_text(re.compile("Pari sur le budget de " + known.split()[0]))


def place(page: Page, parameters: float, low: float) -> None:
    """Place the ruler on a hidden curve whose axis begins at a size, then show the curve."""
    assert curve(page).count() == 0
    assert (figure(page, "loss"), figure(page, "ratio")) == ("?", "?")
    move(page, RULER, round(40 * math.log10(parameters / low)))
    page.get_by_role("button", name="Montrer la courbe").click()
    settled(page)


BEST = {name: EPOCH.optimum(known.operations)[0] for name, known in trainings().items()}
DONE = "Mission accomplie :"


def test_two_bets_in_a_row_reach_the_mission(page: Page, url: str) -> None:
    """GPT-3 then Llama 3 do, each curve hidden when it is first chosen; Llama's choice is defended all the same."""
    open_part(page, url)
    bet(page, "GPT-3 175B", BEST["gpt3"])
    expect(page.locator(".reply")).to_contain_text("gagné")
    expect(page.locator(".reply")).to_contain_text("Encore un de suite")
    assert page.get_by_text(DONE).count() == 0
    bet(page, "Llama 3 8B", BEST["llama3_8b"] / 1.2)
    expect(page.locator(".reply")).to_contain_text("n’est pas une erreur")
    expect(page.get_by_text(DONE).first).to_be_visible()


def test_a_hollow_that_was_seen_wins_no_mission(page: Page, url: str) -> None:
    """Two curves are looked at, hidden again and bet on: that is practice, and the picture says where a bet counts.

    After a lost bet the mission is still open: with the curve hidden, a budget of one's own is slid to, where the
    answers come back, and two of these reach it. On the way the curve stays hidden.
    """
    open_part(page, url)
    training(page, "GPT-3 175B").click()
    page.get_by_role("button", name="Montrer la courbe").click()
    expect(curve(page).first).to_be_visible()
    page.get_by_role("button", name="Cacher la courbe").click()
    expect(page.locator(".verdict")).to_contain_text("ce pari est pour vous entraîner. La courbe de Llama 3 8B reste")
    bet(page, "GPT-3 175B", BEST["gpt3"])
    expect(page.locator(".reply")).to_contain_text("C’était pour vous entraîner")
    bet(page, "Llama 3 8B", BEST["llama3_8b"] * 3)
    expect(page.locator(".reply")).to_contain_text("mais un modèle 2,9 fois trop grand")
    page.get_by_role("button", name="Cacher la courbe").click()
    expect(page.locator(".verdict")).to_contain_text("au double ou à la moitié")
    bet(page, "Llama 3 8B", BEST["llama3_8b"])
    assert page.get_by_text(DONE).count() == 0
    page.get_by_role("button", name="Cacher la courbe").click()
    budget = page.get_by_role("slider", name="Budget d’opérations")
    here = int(budget.input_value())
    move(page, "Budget d’opérations", here - 1)
    expect(page.locator(".verdict")).to_contain_text("pour vous entraîner")
    for steps in (30, 50):
        if not page.get_by_role("button", name="Montrer la courbe").is_visible():
            page.get_by_role("button", name="Cacher la courbe").click()
        move(page, "Budget d’opérations", here - steps)
        expect(page.locator(".verdict")).to_contain_text("Où est le creux de ce budget")
        spent = read_power(figure(page, "ops"))
        assert page.get_by_text(DONE).count() == 0
        place(page, EPOCH.optimum(spent)[0], low=window(spent)[0])
        expect(page.locator(".reply")).to_contain_text("Pari sur ce budget : gagné")
    expect(page.get_by_text(DONE).first).to_be_visible()


def test_a_look_at_the_budget_next_to_it_gives_a_hollow_away(page: Page, url: str) -> None:
    """The hand rests a step beside GPT-3's budget, its curve on show: GPT-3's own then hides no more."""
    open_part(page, url)
    budget = page.get_by_role("slider", name="Budget d’opérations")
    move(page, "Budget d’opérations", int(budget.input_value()) - 7)
    expect(page).to_have_url(re.compile("ms_budget_ops=2"))
    training(page, "GPT-3 175B").click()
    expect(curve(page).first).to_be_visible()


def read_power(written: str) -> float:
    """Read a power of ten as the page writes it."""
    front, _times, power = written.replace(",", ".").rpartition("10")
    return float(front.replace("×", "") or 1) * 10.0 ** int(power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")))


def test_hiding_the_curve_takes_the_ruler_out_of_the_hollow(page: Page, url: str) -> None:
    """It goes back to the known split; at a budget of one's own, to the smallest model: its place tells nothing."""
    open_part(page, url, "&ms_budget_ops=3.15e23&ms_budget_size=5.31e10")
    assert figure(page, "size") == "53,1 milliards"
    page.get_by_role("button", name="Cacher la courbe").click()
    assert figure(page, "size") == "175 milliards"
    page.get_by_role("button", name="Montrer la courbe").click()
    move(page, "Budget d’opérations", 100)
    move(page, RULER, 60)
    page.get_by_role("button", name="Cacher la courbe").click()
    expect(page.get_by_role("slider", name=RULER)).to_have_value("0")


def leave_and_return(page: Page) -> None:
    """Look at another part of the page: the picture is built anew."""
    settled(page)
    parts = page.locator(".st-key-ms_part").get_by_role("radio")
    parts.nth(2).click()
    expect(page.locator(".verdict")).to_have_count(0)
    settled(page)
    parts.nth(1).click()
    expect(page.locator(".verdict")).not_to_be_empty()


def test_what_this_visit_has_shown_is_remembered_when_the_picture_is_built_anew(page: Page, url: str) -> None:
    """GPT-3's curve was shown, though nothing was moved: it is on show, a bet on it is for practice.

    Llama's, which waits for its bet, waits still.
    """
    with page.expect_websocket(lambda socket: "stream" in socket.url) as opened:
        open_part(page, url)
    training(page, "GPT-3 175B").click()
    expect(page).to_have_url(re.compile(r"ms_budget_ops=3\.15"))
    settled(page)
    with opened.value.expect_event("framesent"):
        page.get_by_role("button", name="Montrer la courbe").click()
    leave_and_return(page)
    expect(curve(page).first).to_be_visible()
    training(page, "Llama 3 8B").click()
    expect(page).to_have_url(re.compile(r"ms_budget_ops=7\.22"))
    leave_and_return(page)
    expect(page.locator(".chart .ask")).to_have_text("?")
    training(page, "GPT-3 175B").click()
    page.get_by_role("button", name="Cacher la courbe").click()
    expect(page.locator(".verdict")).to_contain_text("pour vous entraîner")


def test_where_no_bet_is_offered_no_curve_hides(page: Page, url: str) -> None:
    """A teacher's link without the bet: choosing a known training shows its curve, and there is no button."""
    open_part(page, url, "&hide=ms_budget_bet")
    training(page, "GPT-3 175B").click()
    expect(page.locator(".verdict")).to_contain_text("3,3 fois trop grand")
    expect(page.locator("circle.best")).to_have_count(1)
    expect(page.get_by_role("button", name="Cacher la courbe")).to_be_hidden()


def test_showing_without_moving_is_no_bet(page: Page, url: str) -> None:
    """Who only wants to see the curve sees it, and is told neither won nor lost; a link shows it at once."""
    open_part(page, url, "&ms_budget_ops=3.15e23&ms_budget_size=1.75e11")
    expect(page.locator("circle.best")).to_have_count(1)
    training(page, "Llama 3 8B").click()
    page.get_by_role("button", name="Montrer la courbe").click()
    expect(page.locator("circle.best")).to_have_count(1)
    settled(page)
    expect(page.locator(".reply")).to_be_empty()


def test_on_a_phone_and_for_axe(page: Page, url: str) -> None:
    """Card and second picture unfold by one button; nothing leaves the screen, no word leaves the charts."""
    page.set_viewport_size(PHONE)
    open_part(page, url)
    card = page.get_by_label("Carte", exact=True)
    expect(card).to_be_hidden()
    page.get_by_role("button", name="Carte, et quatre réponses").click()
    expect(card).to_be_visible()
    expect(page.locator(".answers li")).to_have_count(4)
    outside = page.locator(".plot text").evaluate_all(
        """texts => texts.filter(text => {
            const { left, right } = text.getBoundingClientRect();
            return left < -1 || right > innerWidth + 1;
        }).map(text => text.textContent)"""
    )
    assert not outside
    check_accessible(page)
