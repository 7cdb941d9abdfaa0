"""The page on talking with a model through the router: addresses, hostile links, what is never in an address."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.chat.classify import TRIED
from components.chat.state import COMPONENT
from core.chat.classifying import PLACE, Classifying
from core.chat.presets import PRESETS, recorded
from core.chat.servers import EMBEDDED
from tests.helpers import open_page, until


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


@pytest.mark.parametrize("name", list(PRESETS))
def test_an_address_opens_its_conversation(name: str) -> None:
    """Every recorded conversation opens at once, without the model: questions, answers, what was received."""
    app = open_page("chat", chat_open=name, opened="1")
    turns = picture(app)["turns"]
    assert [turn["question"] for turn in turns] == list(PRESETS[name].questions)
    assert [turn["answer"] for turn in turns] == [turn["answer"] for turn in recorded(name)]
    assert all(turn["received"]["runs"] and turn["tokens"] for turn in turns)
    assert {turn["window"] for turn in turns} == {PRESETS[name].settings["window"] or None}
    assert [turn["fallen"] for turn in turns] == [turn["fallen"] for turn in recorded(name)]
    assert not picture(app)["busy"]


def test_what_the_model_receives_is_hidden_while_the_question_waits() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("chat"))["veiled"]
    assert not picture(open_page("chat", chat_open="moon"))["veiled"]


@pytest.mark.parametrize(
    "value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "\ufeff", "x" * 5_000, "=;=;=", "٣"]
)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once: no exception, no error, and nobody is asked anything."""
    names = ("open", "temperature", "top_p", "tokens", "window", "system", "seed", "server", "part",
             "address_own", "model_own")  # fmt: skip
    app = open_page("chat", opened="1", **{f"chat_{name}": value for name in names})
    assert not app.exception, app.exception[0].value
    assert not app.error
    app = open_page("chat", opened="1", chat_server="own", **{f"chat_{name}": value for name in names[8:]})
    assert not app.exception, app.exception[0].value
    assert picture(app)["refused"]


ASKS = {
    "uses": "chat uses: ask",
    "classify": "chat-classify-start",
    "documents": "chat-doc-ask",
    "tools": "chat tools: ask",
    "code": "chat code: ask",
}
"""The button of each further experiment that asks a model."""


@pytest.mark.parametrize("part", ASKS)
def test_a_part_asks_nobody_else_than_the_server_that_was_chosen(part: str) -> None:
    """A service without a key cannot be asked, and the button says why: SmolLM2 does not answer in its place."""
    app = open_page("chat", opened="1", chat_server="mistral", chat_part=part, lang="en")
    said = "Mistral asks for a key."
    assert app.button(ASKS[part]).disabled
    assert said in [each.value for each in app.caption]
    (field,) = [each for each in app.text_input if "key" in (each.key or "")]
    field.set_value("a-key").run()
    assert not app.button(ASKS[part]).disabled
    assert said not in [each.value for each in app.caption]


def test_a_prompt_that_is_tried_can_be_stopped() -> None:
    """While the ten messages are answered, the button that began it stops it."""
    app = open_page("chat", opened="1", chat_part="classify", lang="en")
    app.session_state[TRIED] = tried = Classifying(PLACE)
    app.run()
    assert app.button("chat-classify-start").label == "Stop"
    app.button("chat-classify-start").click().run()
    tried.start("s", EMBEDDED)
    until(lambda: tried.is_over)
    assert all(row.answer is None for row in tried.rows)


def lit(app: AppTest) -> Any:
    row: Any = next(pills for pills in app.get("button_group") if (pills.key or "").startswith("chat-presets"))
    return row.value


def test_a_preset_is_lit_only_as_it_was_recorded() -> None:
    """Opened, it is lit; with another temperature it is not."""
    app = open_page("chat", opened="1", chat_open="moon")
    assert lit(app) == "moon"
    app = open_page("chat", opened="1", chat_open="moon", chat_temperature="0.5")
    assert lit(app) is None


def test_a_key_is_in_no_address_and_a_service_without_one_is_not_asked() -> None:
    """The field hides it, the address does not hold it; without it the page says what is missing."""
    app = open_page("chat", opened="1", chat_server="mistral", lang="en")
    assert picture(app)["refused"] == "Mistral asks for a key."
    (field,) = [each for each in app.text_input if "key" in (each.key or "")]
    field.set_value("secret-of-a-student").run()
    assert not picture(app)["refused"]
    assert "secret" not in json.dumps(dict(app.query_params))
    assert "secret" not in json.dumps(picture(app))
    (field,) = [each for each in app.text_input if "key" in (each.key or "")]
    field.set_value("clé-accentuée").run()
    assert "cannot be a key" in picture(app)["refused"]
