"""The page on sizes under the finger, in a real browser: the question, the sliders, a matrix, a pin, the axis."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.in_browser import PHONE, PROJECTOR, settled

WATCH = """() => {
    const root = [...document.querySelectorAll("*")].map(each => each.shadowRoot?.querySelector(".blocks"))
        .find(Boolean).closest(".root")
    window.seen = []
    new MutationObserver(() => window.seen.push([
        ["embedding", "attention", "feed_forward"].filter(kind => root.querySelector(`.tile.${kind}`)).join(" "),
        root.querySelector("[data-part='layer.feed_forward'] b").textContent]))
        .observe(root, { subtree: true, childList: true })
}"""
"""Notes, at each change of the picture, which parts it shows and what its list tells of the feed-forward part."""


def open_tab(page: Page, url: str, query: str = "") -> None:
    page.goto(f"{url}/model_size?opened=1{query}")
    settled(page)


def figure(page: Page, name: str) -> Locator:
    return page.locator(f"[data-figure={name}]")


def test_the_question_is_played_part_by_part_and_answered_after_it_was_seen(page: Page, url: str) -> None:
    """The parts are hidden; checking brings table, attention, feed-forward, each alone told once it stands."""
    page.goto(f"{url}/model_size")
    settled(page)
    expect(page.locator(".blocks .ask")).to_have_text("?")
    assert page.locator(".tile").count() == 0
    expect(page.locator("[data-part='layer.attention'] b")).to_have_text("?")
    page.get_by_text("L’attention, qui relie").click()
    settled(page)  # the choice runs the page again
    page.evaluate(WATCH)
    page.get_by_role("button", name="Vérifier ma prédiction").click()
    expect(page.get_by_text("57 millions dans les")).to_be_visible()
    expect(page.locator(".tile.feed_forward")).not_to_have_count(0)
    expect(page.get_by_text("la plus petite des trois grandes", exact=False)).to_be_visible()
    seen: list[list[str]] = page.evaluate("window.seen")
    shown = list(dict.fromkeys(parts for parts, _told in seen))
    assert shown[-3:] == ["embedding", "embedding attention", "embedding attention feed_forward"]
    early = {told for parts, told in seen if "feed_forward" not in parts}
    assert early == {"?"}, "the answer was told before it was seen"


def test_sliders_fields_pin_and_formulas_answer_at_once(page: Page, url: str) -> None:
    """A move changes counts, blocks and figures without a message; the address follows when the hand rests.

    A number that does not fit is told, and the nearest taken; a pin says how many times as much; a press shows how a
    figure is made.
    """
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_tab(page, url, "&ms_family=gpt2")
    total = page.locator(".total")
    expect(total).to_have_text(re.compile(r"GPT-2 124\s439\s808 paramètres"))
    page.get_by_role("button", name="Garder pour comparer").click()
    expect(page).to_have_url(re.compile("ms_pin="))
    settled(page)
    before = len(sent)
    page.get_by_role("slider", name="Couches").press("ArrowRight")
    expect(total).to_have_text(re.compile(r"Votre modèle 152\s791\s296"))
    assert len(sent) == before
    expect(page).to_have_url(re.compile("ms_layers=16"))
    expect(figure(page, "parameters").locator(".times")).to_have_text("× 1,228")
    field = page.get_by_label("Têtes, exactement")
    field.fill("7")
    field.press("Enter")
    expect(page.locator(".repair")).to_have_text(re.compile("7 têtes ne peuvent pas se partager cette largeur.*6"))
    expect(field).to_have_value("6")
    layers = page.get_by_label("Couches, exactement")
    layers.fill("0.5")
    layers.press("Enter")
    expect(page.locator(".repair")).to_have_text(re.compile("De 0 à 10"))
    layers.fill("1 000")
    layers.press("Enter")
    expect(total).to_have_text(re.compile(r"7\s127\s\d{3}\s\d{3}"))
    figure(page, "cache").click()
    expect(page.locator(".formula")).to_have_text(re.compile(r"1\s000 couches × 6 têtes clé–valeur × 128 nombres"))
    figure(page, "cache").press("ArrowRight")
    expect(figure(page, "memory")).to_be_focused()


def test_a_part_opens_down_to_one_matrix_and_back(page: Page, url: str) -> None:
    """A block is pressed, then a part in the list, by the keyboard alone too; the trail leads back."""
    open_tab(page, url, "&ms_family=gpt2")
    page.locator(".tile.attention").first.click()
    expect(page.locator(".trail")).to_have_text("Modèle › une couche sur 12 › Attention")
    page.locator("[data-part='layer.attention.k']").press("Enter")
    expect(page.locator(".blocks .matrix")).to_have_count(1)
    expect(page.locator(".blocks .name")).to_have_text(re.compile(r"768 × 768 = 589\s824"))
    expect(page.locator(".about")).to_have_text(re.compile("gardé dans le cache. 12 fois dans le modèle"))
    expect(page).to_have_url(re.compile("ms_open=layer.attention.k"))
    settled(page)
    back = page.locator(".trail").get_by_role("button", name="Attention")
    expect(back).to_be_focused()
    back.press("Enter")
    expect(page).to_have_url(re.compile("ms_open=layer.attention(&|$)"))
    settled(page)
    expect(page.locator(".trail").get_by_role("button", name="une couche")).to_be_focused()
    page.locator("[data-part='layer.attention.k']").press("Enter")
    page.get_by_role("slider", name="Largeur", exact=True).press("ArrowRight")
    expect(page.locator(".blocks .name")).to_have_text(re.compile(r"1\s024 × 1\s024"))
    page.locator(".trail").get_by_role("button", name="Modèle").click()
    expect(page.locator(".tile.embedding")).to_have_count(2)


def test_the_axis_brings_every_model_and_gpt_4_brings_none(page: Page, url: str) -> None:
    """Each name on the axis draws its model, the preset below is lit; GPT-4 draws nothing; a family goes on from it.

    A card that cannot hold the model has no speed.
    """
    open_tab(page, url, "&ms_family=gpt2")
    page.locator("[data-model=mixtral_8x7b]").click()
    expect(page.locator(".total")).to_have_text(re.compile(r"Mixtral 8×7B 46\s702\s792\s704"))
    expect(figure(page, "parameters").locator(".times")).to_have_text("12,9 Md par token")
    assert page.locator(".tile.idle").count() == 6
    page.get_by_label("Vitesses sur").select_option("t4")
    expect(figure(page, "memory").locator(".times")).to_have_text(re.compile(r"trop pour 16\sGo"))
    expect(figure(page, "writing").locator("b")).to_have_text("–")
    expect(page.get_by_text("46,7 milliards, mais un token", exact=False)).to_be_visible()
    page.locator("[data-model=gpt4]").click()
    expect(page.locator(".blocks .ask")).to_have_text("?")
    expect(figure(page, "parameters").locator("b")).to_have_text("–")
    expect(page.get_by_role("slider", name="Couches")).to_be_hidden()
    page.get_by_role("radio", name="GPT-2", exact=True).last.click()
    expect(page.locator(".tile.embedding")).to_have_count(2)
    page.locator("[data-model=letters]").click()
    expect(page.locator(".total")).to_have_text(re.compile(r"le réseau du cours 14\s007"))
    expect(page.get_by_role("slider", name="Neurones cachés")).to_be_visible()
    expect(page.get_by_role("slider", name="Couches")).to_be_hidden()
    page.get_by_role("radio", name="Llama", exact=True).click()
    expect(page.get_by_role("slider", name="Têtes clé–valeur")).to_be_visible()


def test_a_width_that_heads_do_not_share_gives_them_back(page: Page, url: str) -> None:
    """Through a width of 64 × 5, twelve heads become ten, and are twelve again where they fit.

    Where no head shares its keys, as in GPT-2, the key–value heads go with the heads.
    """
    open_tab(page, url, "&ms_family=gpt2")
    width, heads = page.get_by_role("slider", name="Largeur", exact=True), page.get_by_label("Têtes, exactement")
    width.press("ArrowLeft")
    expect(page.get_by_label("Largeur, exactement")).to_have_value("640")
    expect(heads).to_have_value("10")
    expect(page.get_by_label("Largeur feed-forward, exactement")).to_have_value(re.compile(r"2\s560"))
    width.press("ArrowRight")
    expect(heads).to_have_value("12")
    page.get_by_role("radio", name="Llama", exact=True).click()
    keys = page.get_by_label("Têtes clé–valeur, exactement")
    expect(keys).to_have_value("12")  # none shared, as in GPT-2: they go with the heads
    page.get_by_role("slider", name="Têtes", exact=True).press("ArrowLeft")
    expect(heads).not_to_have_value("12")
    expect(keys).to_have_value(heads.input_value())


def test_on_a_phone_two_sliders_stand_and_the_rest_unfolds(page: Page, url: str) -> None:
    """Layers and width at first; one press brings the others; nothing is wider than the screen."""
    page.set_viewport_size(PHONE)
    open_tab(page, url, "&ms_family=gpt2")
    expect(page.get_by_role("slider", name="Couches")).to_be_visible()
    vocabulary = page.get_by_role("slider", name="Vocabulaire")
    expect(vocabulary).to_be_hidden()
    page.get_by_role("button", name="Tous les curseurs, tous les modèles").click()
    expect(vocabulary).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 4")


def test_on_a_wall_the_axis_unfolds_once_the_question_is_put_away(page: Page, url: str) -> None:
    """Before, the question needs the room, and a button unfolds the axis; after, all models stand on the screen."""
    page.set_viewport_size(PROJECTOR)
    page.goto(f"{url}/model_size?projection=true")
    settled(page)
    models = page.locator("[data-model=llama3_70b]")
    unfold = page.get_by_role("button", name="Tous les modèles, comparer")
    expect(unfold).to_be_visible()
    expect(models).to_be_hidden()
    page.get_by_role("button", name="Passer").click()
    expect(models).to_be_visible()
    expect(unfold).to_be_hidden()
    place = models.bounding_box()
    assert place is not None
    assert place["y"] + place["height"] < PROJECTOR["height"]
