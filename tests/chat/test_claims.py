"""Every sentence of the lesson on talking with a model that states a fact, computed from what is recorded."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest

from core.chat.classifying import PLACE, Row, rows
from core.chat.presets import NAME, PRESETS, recorded
from core.chat.recorded import mission
from core.chat.requests import How
from core.chat.servers import EMBEDDED
from core.chat.shown_code import sources
from core.chat.templates import Part
from core.chat.told import received_from_json
from core.language_models.catalogue import description


def received(name: str, at: int) -> Any:
    """Return what the model received for a question of a recorded conversation."""
    return received_from_json(recorded(name)[at]["received"])


def answers(name: str) -> list[str]:
    """Return the answers of a recorded conversation."""
    return [turn["answer"] for turn in recorded(name)]


def test_everything_again() -> None:
    """The second question is 5 of 105 tokens: the rest are marks, a system message, and all that was said before."""
    found = received("name", 1)
    assert (len(found.tokens), found.count(Part.QUESTION)) == (105, 5)
    assert found.text.count(NAME[0]) == found.text.count(answers("name")[0]) == 1
    assert all(found.count(part) for part in (Part.TEMPLATE, Part.SYSTEM, Part.USER, Part.ASSISTANT))


def test_name_is_missed() -> None:
    """It takes the name for its own, then answers another one; 135 million parameters."""
    first, second = answers("name")
    assert "I'm Léa" in first
    assert "Léa" not in second
    assert "My name is Elena" in second
    assert description("smollm2").parameters == pytest.approx(135e6, rel=0.01)


def test_pirate() -> None:
    """One line of a system message, the same questions: Captain Blackwood, then Captain Blackbeard."""
    assert PRESETS["pirate"].questions == PRESETS["name"].questions
    assert list(PRESETS["pirate"].differs) == ["system"]
    first, second = answers("pirate")
    assert ("Captain Blackwood" in first, "Captain Blackbeard" in second) == (True, True)


def test_warm() -> None:
    """At 1.5 most of the chosen tokens are unlikely ones; no sentence of ten ordinary words stands in the answers."""
    assert PRESETS["warm"].settings["temperature"] == 1.5
    for turn in recorded("warm"):
        chances = [token[1] for token in turn["tokens"]]
        assert sum(chance < 0.01 for chance in chances) > len(chances) / 2
    for cold in recorded("name"):
        assert all(token[1] >= other[1] for token in cold["tokens"] for other in token[2])


def test_paris_alone() -> None:
    """Asked first, "Which city is the capital of France?" has the right answer, and Italy's follows."""
    assert "Paris" in answers("alone")[0]
    assert "Rome" in answers("alone")[1]


def test_paris_spoilt() -> None:
    """After the noise of another wording, the very same question gets the noise again: it was received with it."""
    noise, again = answers("paris")
    assert PRESETS["paris"].questions[1] == PRESETS["alone"].questions[0]
    assert "Paris" not in noise + again
    assert again[:40] == noise[:40]
    assert noise in received("paris", 1).text


def test_moon() -> None:
    """The invented city has 1,200,000 inhabitants."""
    assert "1,200,000" in answers("moon")[0]


def test_product() -> None:
    """381 with an explanation; 17 times 23 is 391."""
    assert "381" in answers("product")[0]
    assert 17 * 23 == 391
    assert len(answers("product")[0].split()) > 15


def test_window() -> None:
    """In 128 tokens the name has fallen out at the second question, and another one is answered."""
    assert PRESETS["window"].settings["window"] == 128
    second = recorded("window")[1]
    assert second["fallen"] == 2
    assert NAME[0] not in received("window", 1).text
    assert "Your name is" in second["answer"]
    assert "Léa" not in second["answer"]
    assert [turn["fallen"] for turn in recorded("window")] == sorted(turn["fallen"] for turn in recorded("window"))


def test_marks() -> None:
    """The template's marks are <|im_start|> and <|im_end|>, each one token."""
    found = {token.text for token in received("name", 1).tokens if token.special}
    assert found == {"<|im_start|>", "<|im_end|>"}


def test_system_unasked() -> None:
    """Nobody wrote a system message; the template has put this one."""
    assert PRESETS["name"].settings["system"] == ""
    assert all(message["role"] != "system" for message in received("name", 0).sent)
    system = "".join(token.text for token in received("name", 0).tokens if token.part is Part.SYSTEM)
    assert system.startswith("You are a helpful AI assistant named SmolLM")


def test_window_size() -> None:
    """The model sees 2,048 tokens at once."""
    assert received("name", 0).window == 2_048


def test_grows_with_the_square() -> None:
    """Ten turns of 100 tokens: 1,000 exchanged, 5,500 received; twice as many turns, nearly four times as much.

    In the recorded conversations each question receives more than the one before, as long as nothing falls out.
    """

    def in_all(turns: int) -> int:
        return sum(100 * turn for turn in range(1, turns + 1))

    assert in_all(10) == 100 * 10 * 11 // 2 == 5_500
    assert 3.5 < in_all(20) / in_all(10) < 4
    for name, preset in PRESETS.items():
        if not preset.settings["window"]:
            sizes = [len(received(name, at).tokens) for at in range(len(preset.questions))]
            assert all(before < after for before, after in pairwise(sizes))


def test_code_asks() -> None:
    """The shown code holds the conversation, the settings and the address of the chosen server, and no key."""
    messages = [{"role": "user", "content": NAME[0]}]
    source = sources(messages, How(0.5, 0.9, 40, 7, "Be brief."), EMBEDDED, str)["openai"]
    compile(source, "shown", "exec")
    for held in (NAME[0], "Be brief.", "temperature=0.5", "top_p=0.9", "max_tokens=40", "seed=7", "xllamacpp"):
        assert held in source
    assert re.findall(r"api_key=(\S+)\)", source) == ['"none"']


def test_ten_messages() -> None:
    """Ten, each positive or negative, both kinds among them."""
    labels = [row.right for row in rows()]
    assert len(labels) == 10
    assert set(labels) == {"positive", "negative"}


def test_label_is_read() -> None:
    """One label named is read; none, or both, is a mistake."""
    assert Row("x", "positive", "This is Positive!").is_right
    for answer in ("I like trains.", "positive or negative", ""):
        assert not Row("x", "positive", answer).is_right


def test_classify_recorded() -> None:
    """The recorded scores of the prompts to begin with, counted again from their answers; another one has all ten."""
    told = {row.name: row for row in mission() if row.language == "en"}
    for name, right in (("naive", 6), ("few", 4), ("bare", 1), ("good", 10)):
        found = [Row(row.message, row.right, answer) for row, answer in zip(rows(), told[name].answers, strict=True)]
        assert sum(row.is_right for row in found) == told[name].score == right
        assert PLACE in told[name].prompt
