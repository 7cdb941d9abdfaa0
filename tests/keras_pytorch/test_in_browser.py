"""One training written twice, in a real browser: lines that run, lines that break, a guilty one, codes run here."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from components.keras_pytorch.investigation import IN_A_ROW
from core.keras_pytorch.cases import case
from tests.in_browser import settled

HERE = ".loop .line.here"


def test_a_line_runs_and_its_tensors_stand_beside_it(page: Page, url: str) -> None:
    """Next line, without a round trip: it is lit, its tensor is told, Keras' part is lit; back is free."""
    sent: list[object] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    page.goto(f"{url}/keras_pytorch?kp_turn=1&kp_piece=draw")
    settled(page)
    before = len(sent)
    forward = page.get_by_role("button", name="Ligne suivante")
    forward.click()
    expect(page.locator(HERE)).to_contain_text("emb = C[X[ix]]")
    assert len(sent) == before
    card = page.locator("article.card")
    expect(card).to_contain_text("(32, 3, 10) float32")
    expect(card.locator("canvas")).to_be_visible()
    expect(page.locator(".keras .part.here")).to_have_text(["layers.Embedding(37, 10),"])
    forward.click()
    expect(page.locator(".keras .part.here")).to_have_text(
        ["layers.Flatten(),", 'layers.Dense(200, activation="tanh"),']
    )
    page.get_by_role("button", name="Une ligne en arrière").click()
    expect(card).to_contain_text("(32, 3, 10) float32")
    expect(page).to_have_url(re.compile("kp_piece=emb"))


def test_what_fit_hides_is_framed(page: Page, url: str) -> None:
    """On `loss.backward()` no part of Keras is lit: `fit` is framed, and five gradients are told."""
    page.goto(f"{url}/keras_pytorch?kp_turn=1&kp_piece=rate")
    settled(page)
    page.locator(".loop [data-piece=backward]").click(position={"x": 300, "y": 8})
    expect(page.locator(".keras .part.within")).to_have_text("model.fit(")
    expect(page.locator(".keras .part.here")).to_have_count(0)
    expect(page.locator("article.card .name")).to_have_text(["C.grad", "W1.grad", "b1.grad", "W2.grad", "b2.grad"])


def test_a_name_is_marked_wherever_it_is_used(page: Page, url: str) -> None:
    """W1 is marked in the three lines that use it and its layer in Keras; a part of Keras marks its names back."""
    page.goto(f"{url}/keras_pytorch?kp_piece=step")
    settled(page)
    page.locator(".loop .name", has_text="W1").first.click()
    expect(page.locator(".loop .marked")).to_have_text(["W1"] * 4)
    expect(page.locator(".keras .marked")).to_have_text(['layers.Dense(200, activation="tanh"),'])
    expect(page).to_have_url(re.compile("kp_name=W1"))
    page.locator(".keras .part", has_text="layers.Embedding").click()
    assert set(page.locator(".loop .marked").all_inner_texts()) == {"C", "emb"}


def test_a_broken_line_says_what_python_said(page: Page, url: str) -> None:
    """Its switch strikes the line out, writes what runs instead, and reads the real error; once more mends it."""
    page.goto(f"{url}/keras_pytorch?kp_piece=draw")
    settled(page)
    breaker = page.get_by_role("button", name="Une mauvaise taille dans view")
    breaker.click()
    expect(page.locator(".loop .line.was")).to_contain_text("emb.view(-1, 30)")
    expect(page.locator(".loop .line.now")).to_contain_text("emb.view(-1, 20)")
    expect(page.locator(".says")).to_contain_text("mat1 and mat2 shapes cannot be multiplied (48x20 and 30x200)")
    expect(page.locator(".says li")).to_have_count(4)
    expect(breaker).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("kp_faults=wrong_view"))
    breaker.click()
    expect(page.locator(".loop .line.was")).to_have_count(0)


def test_the_other_training_keeps_the_fault(page: Page, url: str) -> None:
    """Digits instead of letters: the course's settings, the same line broken, its recorded run."""
    page.goto(f"{url}/keras_pytorch?kp_faults=no_shuffle")
    settled(page)
    page.get_by_role("radio", name="Chiffres").click()
    expect(page.locator(".loop .line.now")).to_contain_text("Y.argsort(stable=True)")
    expect(page).to_have_url(re.compile("kp_subject=digits"))
    expect(page.get_by_text("Enregistré le")).to_have_count(2)  # the run, and both versions measured


def test_the_guilty_line_is_found_twice_in_a_row(page: Page, url: str) -> None:
    """A wrong line brings a clue and breaks the row; two right ones at the first try make the mission."""
    page.goto(f"{url}/keras_pytorch?kp_case=1")
    settled(page)
    now = case(1)
    wrong = next(piece for piece in now.suspects if piece != now.guilty)
    page.locator(f".loop [data-piece={wrong}] .accuse").first.click()
    expect(page.get_by_text("Pas celle-là.")).to_be_visible()
    expect(page.locator(f".loop [data-piece={wrong}] .accuse").first).to_be_disabled()
    page.locator(f".loop [data-piece={now.guilty}] .accuse").first.click()
    expect(page.locator(".loop .line.now, .loop .line.was").first).to_be_visible()
    for number in range(2, 2 + IN_A_ROW):
        expect(page.get_by_text("Mission accomplie")).to_have_count(0)
        page.get_by_role("button", name="Une autre enquête").click()
        expect(page).to_have_url(re.compile(f"kp_case={number}"))
        expect(page.locator(".loop .line.now, .loop .line.was")).to_have_count(0)
        page.locator(f".loop [data-piece={case(number).guilty}] .accuse").first.click()
        expect(page.locator(".loop .line.now, .loop .line.was").first).to_be_visible()
    expect(page.get_by_text("Mission accomplie").first).to_be_visible()
    page.get_by_role("button", name="Refermer l’enquête").click()
    expect(page.get_by_role("button", name="Ouvrir une enquête")).to_be_visible()


def test_other_settings_run_on_a_worker(page: Page, url: str) -> None:
    """A training of 100 updates with another seed: the button runs it, and its first lines and curves are there."""
    page.goto(f"{url}/keras_pytorch?kp_updates=100&kp_seed=3&kp_piece=loss&kp_faults=no_reset")
    settled(page)
    expect(page.locator(".says")).to_have_text("Cette boucle n’a pas encore tourné.")
    page.get_by_role("button", name="Exécuter cette boucle").click()
    expect(page.locator("article.card .single")).to_have_text(re.compile(r"^\d\d,\d\d$"), timeout=120_000)
    expect(page.locator(".losses .curve:not(.faded)")).to_have_count(2)
    expect(page.get_by_text("Calculé le")).to_be_visible()


def test_a_wish_runs_here_and_both_versions_are_measured_until_stopped(page: Page, url: str) -> None:
    """A code's button prints its accuracy under it; measuring shows how far it is, and Stop ends it."""
    page.goto(f"{url}/keras_pytorch?kp_wish=clip")
    settled(page)
    page.locator(".st-key-kp-run-clip-PyTorch button").click()
    expect(page.get_by_text(re.compile(r"^0\.\d{3}$"))).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Mesurer sur cette machine").click()
    expect(page.get_by_text("Un worker entraîne les deux")).to_be_visible()
    page.locator(".st-key-kp-both-stop button").click()
    expect(page.get_by_text("Un worker entraîne les deux")).to_have_count(0)


def test_the_picture_fits_a_phone(phone: Page, url: str) -> None:
    """Nothing stands beyond 390 pixels, and the loop is seen first."""
    for query in ("kp_piece=backward", "kp_case=3", "kp_faults=wrong_view"):
        phone.goto(f"{url}/keras_pytorch?{query}")
        settled(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, query
        boxes = [phone.locator(f".code.{pane}").bounding_box() for pane in ("loop", "keras")]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["y"] < boxes[1]["y"], query


def test_the_place_is_kept_where_a_line_is_broken_or_mended(page: Page, url: str) -> None:
    """At update 100 a fault shows the broken run at the same line of the same update; mended, the healthy one."""
    page.goto(f"{url}/keras_pytorch?kp_turn=100&kp_piece=emb")
    settled(page)
    page.get_by_role("button", name="Ligne suivante").click()
    where = page.locator(".transport .moment")
    for _time in range(2):
        page.get_by_role("button", name="Taux d’apprentissage de mauvais signe").click()
        settled(page)
        expect(where).to_have_text("mise à jour 100")
        expect(page.locator(HERE)).to_contain_text("h = torch.tanh")
