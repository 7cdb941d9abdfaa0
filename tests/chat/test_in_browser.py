"""Talking with the embedded model in a real browser: sent, stopped, looked into, begun anew."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.in_browser import check_accessible, settled

PICTURE = ".st-key-main-picture"


def test_a_question_is_sent_and_what_was_received_is_shown(page: Page, url: str) -> None:
    """A message is answered in pieces; its tokens and those of the conversation stand beside; a token has its rivals.

    Markup in a question is text; nothing it names is fetched.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{url}/chat?opened=1&chat_open=moon")
    settled(page)
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator(f"{PICTURE} .bubble")).to_have_count(0)
    field = page.get_by_role("textbox", name="Écrivez au modèle")
    field.fill("Which city is the capital of France? <img src=http://example.org/x.png>![](http://example.org/y.png)")
    field.press("Enter")
    expect(page.locator(f"{PICTURE} .bubble.answer.finished")).to_have_count(1, timeout=60_000)
    expect(page.locator(f"{PICTURE} .bubble.question")).to_contain_text("<img src=http://example.org/x.png>")
    expect(page.locator(f"{PICTURE} .inside .title")).to_contain_text(
        re.compile(r"Ce que le modèle reçoit\s: \d+ tokens")
    )
    expect(page.locator(f"{PICTURE} .run.question")).to_contain_text("Which city")
    page.locator(f"{PICTURE} .answer .token").first.click()
    expect(page.locator(f"{PICTURE} .other")).to_have_count(5)
    assert not [one for one in asked if "example.org" in one]
    check_accessible(page)


def test_a_long_answer_is_stopped(page: Page, url: str) -> None:
    """Stop ends it within a moment; what came stays, and the next question can be asked."""
    page.goto(f"{url}/chat?opened=1&chat_open=moon&chat_tokens=320")
    settled(page)
    field = page.get_by_role("textbox", name="Écrivez au modèle")
    field.fill("Tell me a very long story about a dragon who counts to one hundred.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(f"{PICTURE} .bubble.answer.writing")).to_contain_text(re.compile(r"\w{3}"), timeout=60_000)
    page.get_by_role("button", name="Arrêter").click()
    expect(page.locator(f"{PICTURE} .bubble.answer.stopped")).to_contain_text("Arrêté ici.")
    expect(page.get_by_role("button", name="Envoyer")).to_be_enabled()


def test_an_answer_that_is_written_again_makes_place_at_once(page: Page, url: str) -> None:
    """In the moment of the press the old answer is gone, and the same button stops the new one, which then comes."""
    page.goto(f"{url}/chat?opened=1&chat_open=moon&chat_tokens=20")
    settled(page)
    again = page.get_by_role("button", name="Réécrire la réponse")
    shown = """button => {
        const picture = button.closest(".pictures")
        button.click()
        return [picture.querySelector(".send").textContent, [...picture.querySelectorAll(".answer")].at(-1).textContent]
    }"""
    assert again.evaluate(shown) == ["Arrêter", "…"]
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible(timeout=60_000)
    expect(page.locator(f"{PICTURE} .bubble.answer.finished").last).to_contain_text(re.compile(r"\w{3}"))


def test_what_fell_out_of_the_window_is_seen_in_the_conversation(page: Page, url: str) -> None:
    """Of the last question the older turns stand apart, under the line; of the first one none has fallen.

    A new question is looked at, whatever was before: one that does not fit into it goes nowhere, and the bar says so.
    """
    page.goto(f"{url}/chat?opened=1&chat_open=window&chat_window=128&chat_tokens=40")
    settled(page)
    expect(page.locator(f"{PICTURE} .turn.fallen")).to_have_count(3)
    expect(page.locator(f"{PICTURE} .edge")).to_contain_text("tombé de la fenêtre")
    expect(page.locator(f"{PICTURE} .told")).to_contain_text("35 tokens sur les 128 que vous permettez")
    page.locator(f"{PICTURE} .bubble.question").first.click()
    expect(page.locator(f"{PICTURE} .fallen, {PICTURE} .edge")).to_have_count(0)
    field = page.get_by_role("textbox", name="Écrivez au modèle")
    field.fill("cat " * 200)
    field.press("Enter")
    expect(page.locator(f"{PICTURE} .told")).to_contain_text("rien n’est parti", timeout=60_000)


def test_another_conversation_shows_what_it_received(page: Page, url: str) -> None:
    """Two recorded conversations with the same questions differ in what was received: none shows the other's."""
    page.goto(f"{url}/chat?opened=1")
    settled(page)
    expect(page.locator(f"{PICTURE} .run.system").first).to_contain_text("helpful AI")
    page.get_by_role("radio", name="Un pirate").click()
    expect(page.locator(f"{PICTURE} .bubble.answer").first).to_contain_text("Captain Blackwood")
    expect(page.locator(f"{PICTURE} .run.system").first).to_contain_text("pirate")
