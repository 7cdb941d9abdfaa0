"""The GPU page under the finger, in a real browser: the question, the ruler, a bet, a measurement."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.in_browser import PHONE, settled, standing_still

RULER = "Règle sur le dessin"
WATCH = """() => {
    const root = [...document.querySelectorAll("*")].map(each => each.shadowRoot?.querySelector(".plot"))
        .find(Boolean).closest(".root")
    window.seen = []
    new MutationObserver(() => window.seen.push([root.querySelectorAll(".line.card .mark").length,
        root.querySelector("[data-line=card] b").textContent.replace("\\u00a0", " ")]))
        .observe(root, { subtree: true, childList: true })
}"""
"""Notes, at each change of the picture, how many points of the card it shows and what its legend tells."""


def open_tab(page: Page, url: str, query: str = "gpu_batch=32") -> None:
    page.goto(f"{url}/gpu?{query}")
    settled(page)


def test_the_question_is_played_and_answered_after_it_was_seen(page: Page, url: str) -> None:
    """The card is hidden; checking shows its points from the right, and the verdict comes when the last one stands."""
    page.goto(f"{url}/gpu")
    settled(page)
    card = page.locator(".line.card")
    expect(page.locator(".ask")).to_have_text("?")
    assert card.count() == 0
    expect(page.locator("[data-line=card] b")).to_have_text("?")
    page.get_by_text("Plus qu’au processeur.").click()
    page.evaluate(WATCH)
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(card.locator(".mark")).not_to_have_count(0)
    expect(page.get_by_text("la carte est 1,6 fois plus lente")).to_be_visible()
    expect(card.locator(".mark")).to_have_count(8)
    expect(page.locator(".verdict")).to_have_text(re.compile("1,6 fois plus lent"))
    expect(page.locator(".verdict")).to_have_attribute("data-kind", "processor")
    seen: list[list[object]] = page.evaluate("window.seen")
    early = [told for points, told in seen if points < 6]  # type: ignore[operator]
    assert {told for points, told in seen if points == 8} == {"0,68 ms"}
    assert set(early) == {"?"}, "the time at the ruler was told before its point had come"


def test_the_ruler_answers_at_once_and_the_address_when_the_hand_rests(page: Page, url: str) -> None:
    """Dragged over the chart, lines, verdict and bar follow without a message; then the address holds the batch."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_tab(page, url, "gpu_batch=1")
    ruler = page.get_by_role("slider", name=RULER)
    box = standing_still(ruler)
    before = len(sent)
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.045 * box["width"], y)
    page.mouse.down()
    page.mouse.move(box["x"] + 0.96 * box["width"], y, steps=5)
    expect(page.locator(".verdict")).to_have_attribute("data-kind", "card")
    assert len(sent) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile("gpu_batch=16384"))


def test_the_ruler_stands_where_the_finger_is(page: Page, url: str) -> None:
    """A click on the chart brings the drawn line under it, within half the way to the next stop."""
    open_tab(page, url)
    box = standing_still(page.get_by_role("slider", name=RULER))
    for share in (0.2, 0.5, 0.8):
        x = box["x"] + share * box["width"]
        page.mouse.click(x, box["y"] + box["height"] / 2)
        line = page.locator("line.ruler").bounding_box()
        assert line is not None
        assert abs(line["x"] - x) < 0.5 * box["width"] / 14 + 6


def test_the_keyboard_alone_moves_everything(page: Page, url: str) -> None:
    """Arrows move sliders, segments and the legend; each is heard, and the bar cuts the chosen line."""
    open_tab(page, url)
    page.get_by_role("slider", name="Taille de batch").press("ArrowRight")
    expect(page).to_have_url(re.compile("gpu_batch=64"))
    page.get_by_role("slider", name="Largeur des couches cachées").press("ArrowRight")
    expect(page.locator(".title")).to_contain_text("784 → 256 → 256 → 10")
    page.get_by_role("radio", name="FP32", exact=True).press("ArrowRight")
    expect(page).to_have_url(re.compile("gpu_precision=tf32"))
    page.locator("[data-line=card]").press("ArrowLeft")
    expect(page.locator(".split-title b")).to_contain_text("processeur (2")
    expect(page.locator("[data-line=all]")).to_be_focused()
    page.get_by_role("radio", name="Batch", exact=True).press("ArrowRight")
    expect(page.locator(".plot .name")).to_contain_text("largeur des couches")


def test_what_the_bar_says_is_what_rules(page: Page, url: str) -> None:
    """Each preset with its part: launch, memory hidden or not, arithmetic, transfer; the parts fill the bar."""
    for query, part in (
        ("gpu_batch=16&gpu_line=card", "launch"),
        ("gpu_width=4096&gpu_batch=4096", "arithmetic"),
        ("gpu_batch=4096&gpu_transfer=true", "transfer"),
        ("gpu_width=1024&gpu_batch=1&gpu_line=one", "memory"),
    ):
        open_tab(page, url, query)
        widths = page.locator(".split-bar .part").evaluate_all(
            "parts => parts.map(part => [part.classList[1], part.getBoundingClientRect().width])"
        )
        assert max(widths, key=lambda each: each[1])[0] == part
        whole = page.locator(".split-bar").bounding_box()
        assert whole is not None
        assert abs(sum(width for _name, width in widths) - whole["width"]) < 2


def test_two_bets_in_a_row_reach_the_mission(page: Page, url: str) -> None:
    """Hidden, the card gives nothing away; a wrong bet is told, two right ones on two networks tick the mission."""
    open_tab(page, url, "gpu_width=64&gpu_batch=4")
    bets = [("64", "4", False), ("64", "512", True), ("256", "32", True)]
    for width, batch, _right in bets:
        page.get_by_role("button", name="Cacher le H100 et parier").click()
        assert page.locator(".line.card").count() == 0
        expect(page.locator("[data-line=card] b")).to_have_text("?")
        assert page.locator(".won").count() == 0
        move(page, "Largeur des couches cachées", ["16", "64", "course", "256", "1024", "4096"].index(width))
        move(page, "Taille de batch", [2**power for power in range(15)].index(int(batch)))
        page.get_by_role("button", name="Montrer : voici mon pari").click()
        settled(page)
        expect(page.get_by_text(re.compile(f"Pari sur le réseau {width}"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Juste\s: la carte gagne à partir de 32"))).to_be_visible()
    expect(page.get_by_text("Mission accomplie :").first).to_be_visible()


def move(page: Page, name: str, place: int) -> None:
    """Bring a slider to one of its places with the keyboard."""
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.press("Home")
    for _ in range(place):
        slider.press("ArrowRight")


def test_a_training_that_loses_is_built_by_hand(page: Page, url: str) -> None:
    """Narrowest network, 1,024 pictures, sent each time: a tie in FP32; in BF16 the card clearly loses."""
    open_tab(page, url)
    move(page, "Taille de batch", 10)
    move(page, "Largeur des couches cachées", 0)
    page.get_by_role("switch", name=re.compile("Envoyer le batch")).click()
    expect(page.locator(".verdict")).to_have_text(re.compile("à peine plus lent"))
    settled(page)
    assert page.get_by_text("Mission accomplie :").count() == 0
    page.get_by_role("radio", name="BF16", exact=True).click()
    expect(page.locator(".verdict")).to_have_text(re.compile("1,1 fois plus lent"))
    expect(page.get_by_text("Mission accomplie :").first).to_be_visible()


@pytest.mark.slow
def test_this_machine_is_measured_stopped_and_measured_to_the_end(page: Page, url: str) -> None:
    """The button measures: points come, Stop leaves the lines of before; started again, it goes on to its end.

    Then the lines are this machine's, with a model, and one press brings the recorded ones back. One test, since a
    server measures once for everybody: two tests at once would see each other's points.
    """
    open_tab(page, url)
    before = page.locator(".line.one .mark").count()
    assert before == 8
    page.get_by_role("button", name=re.compile("Mesurer cette machine")).click()
    expect(page.get_by_text(re.compile("Mesure en cours"))).to_be_visible()
    expect(page.locator(".line.one .mark")).not_to_have_count(8)
    page.get_by_role("button", name="Arrêter").click()
    expect(page.get_by_text("Arrêtée : les lignes sont celles d’avant.")).to_be_visible()
    expect(page.locator(".line.one .mark")).to_have_count(before)
    page.get_by_role("button", name=re.compile("Mesurer cette machine")).click()
    expect(page.get_by_text(re.compile("Mesuré ici le"))).to_be_visible(timeout=120_000)
    expect(page.locator(".line.one .model")).to_have_count(1)
    page.get_by_role("button", name="Revenir aux lignes enregistrées").click()
    settled(page)
    expect(page.get_by_text(re.compile("Enregistré le 26 novembre 2026 \\(AMD EPYC"))).to_be_visible()


def test_on_a_phone_the_rest_unfolds_and_nothing_leaves_the_screen(page: Page, url: str) -> None:
    """Precision, card and transfer stand behind one button; opened, they are all there and the page is no wider."""
    page.set_viewport_size(PHONE)
    open_tab(page, url)
    transfer = page.get_by_role("switch", name=re.compile("Envoyer le batch"))
    expect(transfer).to_be_hidden()
    page.get_by_role("button", name="Précision, carte, transfert").click()
    expect(transfer).to_be_visible()
    expect(page.get_by_label("Carte", exact=True)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")
    long_names = page.locator(".plot text").evaluate_all(
        "texts => texts.filter(text => text.getBoundingClientRect().right > innerWidth + 1).map(t => t.textContent)"
    )
    assert not long_names
