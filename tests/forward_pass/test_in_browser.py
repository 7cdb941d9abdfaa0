"""The forward pass under the finger, in a real browser: mouse, touch size, keyboard; then the real network."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from core.forward_pass.by_hand import exercise
from core.forward_pass.network import STEPS, Network, forward, write_numbers
from core.tasks.digits import data as digits
from tests.in_browser import settled, stand, standing_still

BELOW = "/forward_pass?fp_step=bias&fp_digit=0&fp_neuron=5&fp_hand=3&fp_plane_w1=1&fp_plane_w2=1&fp_plane_b=0"
"""What stands below the picture, each thing where its test begins; none of them asks for another."""
WIDTHS = (700, 768, 800, 860, 920, 980, 1024, 1100, 1160, 1200, 1240, 1280, 1300, 1320, 1366, 1400)
"""Of the screen: the menu stands beside the picture from 768 pixels on."""

STANDS_INSIDE = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const inPicture = [...document.querySelectorAll('.st-key-main-picture *')];
    const product = inPicture.map(node => node.shadowRoot?.querySelector('.product')).find(Boolean);
    if (!main || !product) return false;
    const inner = product.getBoundingClientRect();
    const outer = product.closest('.root').getBoundingClientRect();
    const beyond = [main.scrollWidth - main.clientWidth, inner.right - outer.right, outer.left - inner.left];
    return Math.max(...beyond) < 1;
}"""
"""Whether neither the page nor the picture's matrices leave the screen sideways."""


def drag(page: Page, selector: str, dx: int) -> None:
    """Drag a number of the picture to the right, without letting go."""
    cell = page.locator(selector).first
    cell.scroll_into_view_if_needed()
    box = cell.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + dx, y, steps=4)


def test_a_dragged_weight_changes_every_number_at_once_and_the_address_on_release(page: Page, url: str) -> None:
    """While the finger moves no message leaves the browser; on release the address holds the weight."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{url}/forward_pass?fp_step=neurons")
    settled(page)
    before = len(sent)
    drag(page, "[data-at=w-0-0]", 40)  # ten steps of 0.1
    expect(page.locator("[data-at=w-0-0]")).to_have_text("1,5")
    moved = Network(step="neurons", w=(1.5, *Network().w[1:]))
    z = f"{forward(moved)['a'][0, 0]:.2f}".replace(".", ",").replace("-", "−")
    expect(page.locator("[data-at=a-0-0]")).to_have_text(z)
    expect(page.locator(".total")).to_have_text(f"= {z}")
    assert len(sent) == before
    page.mouse.up()
    expect(page).to_have_url(re.compile(re.escape(write_numbers(moved.w).split(",")[0]) + r"%2C-1%2C0.8"))


def test_choosing_an_output_lights_its_row_and_writes_its_sum(page: Page, url: str) -> None:
    """In either picture, the chosen output shows its row of W, the vector, and the sum with the real numbers.

    Whoever pointed at a circle or at a weight's line may move it by the arrow keys, as the page says.
    """
    page.goto(f"{url}/forward_pass?fp_step=neurons")
    settled(page)
    page.locator("[data-at=a-2-0]").click()
    for column in range(4):
        expect(page.locator(f"[data-at=w-2-{column}]")).to_have_class(re.compile("chosen"))
        expect(page.locator(f"[data-at=w-0-{column}]")).not_to_have_class(re.compile("chosen"))
        expect(page.locator(f"[data-at=x-{column}-0]")).to_have_class(re.compile("chosen"))
    expect(page.locator(".head")).to_have_text("a₃ =")
    expect(page).to_have_url(re.compile("fp_output=2"))
    page.locator("g.node.out").nth(1).click()
    expect(page.locator(".head")).to_have_text("a₂ =")
    page.locator("g.node.in").first.click()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-at=x-0-0]")).to_have_text("1,1")
    page.locator(".hit").first.click(position={"x": 60, "y": 8})
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-at=w-0-0]")).to_have_text("0,6")


def test_the_keyboard_alone_moves_numbers_and_opens_steps(page: Page, url: str) -> None:
    """Arrow keys move a focused number, a later step is locked until the one before was seen."""
    page.goto(f"{url}/forward_pass?fp_step=neuron&fp_output=0")
    settled(page)
    cell = page.locator("[data-at=w-0-0]")
    cell.press("ArrowUp")
    expect(cell).to_have_text("0,6")
    expect(page.locator("[data-at=step-bias]")).to_be_disabled()
    page.locator("[data-at=forward]").press("Enter")
    expect(page.locator("[data-at=step-bias]")).to_be_enabled()
    expect(page.locator("[data-at=step-neurons]")).to_have_attribute("aria-current", "step")
    expect(page).not_to_have_url(re.compile("fp_step"))
    page.get_by_role("button", name="Accueil").or_(page.get_by_role("link", name="Accueil")).first.focus()


def test_two_layers_collapse_until_an_activation_stands_between(page: Page, url: str) -> None:
    """The last step says equal with the identity, different with ReLU."""
    page.goto(f"{url}/forward_pass?fp_step=collapse")
    settled(page)
    expect(page.locator(".verdict")).to_contain_text("les deux couches n’en font qu’une")
    page.locator(".st-key-main-picture [data-at=relu]").click()
    expect(page.locator(".verdict")).to_contain_text("Différent")
    expect(page).to_have_url(re.compile("fp_between=relu"))
    page.goto(f"{url}/forward_pass?fp_step=collapse&fp_between=relu&fp_b=3,3,3")
    settled(page)
    expect(page.locator(".verdict")).to_have_text("Égal, mais pour ces entrées seulement.")  # ReLU cut nothing


def test_the_four_ways_run_on_a_worker(stay: Page, url: str) -> None:
    """The button answers with four equal rows, a largest difference, and a chart of four curves."""
    page = stand(stay, url + BELOW)
    page.get_by_role("button", name="Lancer les quatre calculs").click()
    expect(page.get_by_text("Plus grand écart sur ces nombres", exact=False)).to_be_visible(timeout=120_000)
    rows = page.locator("[data-testid=stTable] tbody tr")
    expect(rows).to_have_count(4)
    answers = {tuple(re.findall(r"−?\d+,?\d*", row)[-3:]) for row in rows.all_inner_texts()}
    assert len(answers) == 1, rows.all_inner_texts()
    assert answers.pop()[0].startswith("−1,"), rows.all_inner_texts()  # a minus sign, as in the picture
    page.wait_for_function("document.querySelector('.st-key-fp-times .js-plotly-plot')?._fullData?.length === 4")


def test_a_hidden_neuron_shows_its_weights_and_is_in_the_address(stay: Page, url: str) -> None:
    """Arrow keys choose another neuron of the first layer; the recorded network reads a validation digit rightly."""
    page = stand(stay, url + BELOW)
    expect(page.get_by_text("Neurone 6 de la première couche cachée")).to_be_visible()
    label = int(digits.load("validation")[1][0])
    expect(page.locator(".bar .value").nth(label)).to_have_text(re.compile(r"^(9\d|100),"))
    page.get_by_role("slider", name=re.compile("Première couche cachée")).press("ArrowRight")
    expect(page.get_by_text("Neurone 7 de la première couche cachée")).to_be_visible()
    expect(page).to_have_url(re.compile("fp_neuron=6"))


def test_a_digit_is_drawn_read_and_erased(stay: Page, url: str) -> None:
    """A stroke on the input is a digit of the student's own: other bars; erased, the chosen digit is back."""
    page = stand(stay, url + BELOW)
    paper = page.locator(".layer.input .paper")
    paper.scroll_into_view_if_needed()
    before = page.locator(".bar .value").all_inner_texts()
    expect(page.locator(".layer.input .seen")).to_be_hidden()
    box = standing_still(paper)
    x, top, bottom = box["x"] + box["width"] / 2, box["y"] + 30, box["y"] + box["height"] - 30
    page.mouse.move(x, top)
    page.mouse.down()
    page.mouse.move(x, bottom, steps=12)
    page.mouse.up()
    expect(page.locator(".bar .value").nth(1)).to_have_text(re.compile(r"^(9\d|100),"))  # a stroke down is a one
    expect(page.locator(".layer.input .seen")).to_be_visible()
    page.get_by_role("button", name="Effacer").click()
    expect(page.locator(".bar .value").nth(1)).to_have_text(before[1])
    page.get_by_role("button", name="Un autre chiffre").click()
    expect(page).to_have_url(re.compile("fp_digit=1"))


def test_the_plane_is_moved_by_the_finger_and_kept_in_the_address(stay: Page, url: str) -> None:
    """Dragging the arrow changes both weights at once, dragging the line the bias; the address holds them."""
    page = stand(stay, url + BELOW)
    tip = page.locator(".tip")
    tip.scroll_into_view_if_needed()
    box = standing_still(tip)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 50, y, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"fp_plane_w1=[12]\.[0-9]"))
    before = page.locator(".border").get_attribute("x1")
    box = standing_still(page.locator(".plane"))
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 40, middle[1], steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"fp_plane_b=[0-9]"))
    assert page.locator(".border").get_attribute("x1") != before


def test_a_sum_by_hand_is_checked_and_a_mistake_is_answered(stay: Page, url: str) -> None:
    """A forgotten ReLU gets its own reply; the right number is praised, with its sum written out."""
    asked = exercise(3)
    assert asked.sum < 0
    page = stand(stay, url + BELOW)
    field = page.get_by_role("textbox", name="Votre réponse")
    field.fill(str(asked.sum).replace("-", "−"))
    page.get_by_role("button", name="Vérifier mon nombre").click()
    expect(page.get_by_text("que fait ReLU d’un nombre négatif", exact=False)).to_be_visible()
    field.fill("0")
    page.get_by_role("button", name="Vérifier mon nombre").click()
    expect(page.get_by_text("et ReLU en fait 0", exact=False)).to_be_visible()
    page.get_by_role("button", name="Un autre", exact=True).click()
    expect(page).to_have_url(re.compile("fp_hand=4"))


def test_the_fullest_pictures_fit_a_phone(phone: Page, url: str) -> None:
    """Nothing is cut at 390 pixels: neither the page nor the picture scrolls sideways."""
    phone.goto(f"{url}/forward_pass?fp_step=activation")
    for step in STEPS[STEPS.index("activation") :]:
        expect(phone.locator(f"[data-at=step-{step}]")).to_have_attribute("aria-current", "step")
        settled(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, step
        right = phone.locator(".product").evaluate("product => product.getBoundingClientRect().right")
        assert right <= 390, step
        if step != STEPS[-1]:
            phone.locator("[data-at=forward]").tap()


def test_no_step_leaves_the_screen_at_any_width(page: Page, url: str) -> None:
    """From 700 to 1400 pixels, with and without the menu beside it, all matrices stand inside the picture.

    In French, with the sigmoid: no name of an activation is longer.
    """
    page.goto(f"{url}/forward_pass?fp_step=neuron&fp_activation=sigmoid&fp_between=sigmoid")
    settled(page)
    for step in STEPS:
        expect(page.locator(f"[data-at=step-{step}]")).to_have_attribute("aria-current", "step")
        settled(page)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            try:  # looked for and measured in one breath: a picture that is drawn anew leaves its old node behind
                page.wait_for_function(STANDS_INSIDE, timeout=5_000)
            except PlaywrightTimeout:
                pytest.fail(f"at step {step} and {width} pixels something stands outside")
        if step != STEPS[-1]:
            page.locator("[data-at=forward]").click()


def test_the_activation_in_use_is_explained(page: Page, url: str) -> None:
    """Its name above the outputs leads to the glossary, and follows the choice; the sum keeps its own look.

    Steps and activations stand beside the picture: see the link that leaves them out.
    """
    page.goto(f"{url}/forward_pass?fp_step=activation&fp_activation=tanh")
    settled(page)
    for part in (".steps", ".forward", ".segments"):
        expect(page.locator(".st-key-main-picture").locator(part)).to_have_count(1)
    term = page.locator(".product a.term")
    expect(term).to_have_attribute("href", re.compile("term=tanh"))
    page.locator(".st-key-main-picture [data-at=sigmoid]").click()
    expect(term).to_have_text("sigmoïde")
    expect(term).to_have_attribute("href", re.compile("term=sigmoid"))
    expect(page.locator(".sum small").first).not_to_have_css("text-decoration-line", "underline")


def test_a_link_leaves_out_the_steps_and_the_activation(page: Page, url: str) -> None:
    """What the teacher hides of the picture is gone: no button opens a step, none changes the activation."""
    page.goto(f"{url}/forward_pass?fp_step=activation&opened=1&hide=fp_step,fp_activation")
    settled(page)
    picture = page.locator(".st-key-main-picture")
    expect(picture.locator(".product")).to_be_visible()
    expect(picture.locator(".steps, .forward, .segments")).to_have_count(0)
