"""The further experiments in a real browser, with the real model: one's own document, tools, and one's own program."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from components.chat.code import BEGIN
from tests.in_browser import check_accessible, choose, settled, stand

PARTS = ("uses", "limits", "classify", "documents", "memory", "tools", "code")
FIELD = ".st-key-chat-python"


def part(page: Page, url: str, name: str) -> None:
    """Show a further experiment, on the page that all tests here stand on."""
    stand(page, f"{url}/chat?opened=1&chat_open=moon&chat_tokens=20&lang=en")
    choose(page, "chat_part", PARTS.index(name))


def test_every_part_is_accessible(stay: Page, url: str) -> None:
    """Each as it opens, with what was recorded: Axe finds no serious fault, and none is wider than the screen."""
    for name in PARTS:
        part(stay, url, name)
        check_accessible(stay)


def test_a_document_of_ones_own_is_found_and_answered(stay: Page, url: str) -> None:
    """Pasted, cut, searched, quoted in what is sent; two answers come beside each other; its markup stays text.

    A question that is typed while the document is being cut is not lost.
    """
    part(stay, url, "documents")
    stay.get_by_role("radio", name="My own").click()
    field = stay.get_by_role("textbox", name="Or a text")
    field.fill("The lighthouse keeper is called Zébulon. <img src=http://example.org/x.png> He has two goats.")
    field.press("Control+Enter")
    question = stay.get_by_role("textbox", name="Question, to be changed")
    question.fill("What is the lighthouse keeper called?")
    question.press("Enter")
    word = stay.get_by_role("textbox", name="A right answer holds")
    word.fill("Zébulon")
    word.press("Enter")
    settled(stay)
    expect(stay.get_by_text(re.compile(r"^\[1\] .*words"))).to_be_visible()
    stay.get_by_role("button", name="Ask twice").click()
    expect(stay.get_by_text(re.compile("holds? “Zébulon”"))).to_have_count(2, timeout=120_000)
    expect(stay.get_by_text("<img src=http://example.org/x.png>").first).to_be_attached()


def test_a_question_is_answered_with_tools_step_by_step(stay: Page, url: str) -> None:
    """Five steps, from what is added to the answer; while it is written the same button stops it."""
    part(stay, url, "tools")
    stay.get_by_role("button", name="with tools and without").click()
    expect(stay.get_by_role("button", name="Stop", exact=True)).to_be_visible()
    expect(stay.get_by_role("button", name="with tools and without")).to_be_visible(timeout=120_000)
    expect(stay.get_by_text("In this session:", exact=False)).to_be_visible()
    expect(stay.get_by_text("The model chooses:", exact=False)).to_be_visible()


def test_the_models_program_is_changed_and_runs_in_the_browser(stay: Page, url: str) -> None:
    """Copied into the field, changed by the student, run; what never ends is stopped, what prints without end ends."""
    part(stay, url, "code")
    field = stay.locator(f"{FIELD} textarea")
    stay.get_by_role("button", name="Copy the model’s program here").click()
    expect(field).not_to_have_value(BEGIN)
    program = field.input_value()
    field.fill(f"{program}\nprint('changed')")
    stay.get_by_role("button", name="Run", exact=True).click()
    said, printed = stay.locator(f"{FIELD} .said"), stay.locator(f"{FIELD} .printed")
    expect(printed).to_contain_text("changed", timeout=60_000)
    settled(stay)
    assert field.input_value().endswith("print('changed')"), "a run takes nothing from the student"
    field.fill("while True: pass")
    stay.get_by_role("button", name="Run", exact=True).click()
    stay.locator(f"{FIELD} .stop").click()
    expect(said).to_have_text("Stopped.")
    field.fill("for line in range(10**7):\n    print(line)")
    stay.get_by_role("button", name="Run", exact=True).click()
    expect(said).to_have_text("Stopped: the program prints too much.", timeout=60_000)
