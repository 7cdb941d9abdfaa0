"""The page on ways to train through the router: addresses, hostile links, the parts, what is missing, its missions."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.answers import known
from components.ways_to_train import prompt as prompt_part
from components.ways_to_train.prompt import COMPONENT as PROMPT
from components.ways_to_train.state import COMPONENT
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import asked, cards
from core.ways_to_train.presets import PROMPTS, TASKS, WORD
from core.ways_to_train.ways import COUNTS, WAYS
from tests.helpers import RARELY, open_page, until

GOOD = (("deer", "animal"), ("lemon", "food"), ("coffee table", "furniture"))
"""Three examples after which SmolLM2 does better than the best transfer from ten."""
ANIMALS, FOODS = ("pig", "lion", "tiger", "sheep", "rat", "otter"), ("bread", "pizza", "rice", "honey", "soup", "ham")
SWAPPED = tuple(
    card for animal, food in zip(ANIMALS * 2, FOODS * 2, strict=True) for card in ((animal, "food"), (food, "animal"))
)
"""Animals that are called food, and food that is called animal, again and again."""


def picture(app: AppTest, key: str = COMPONENT) -> dict[str, Any]:
    """Return what a picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if key in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.success, app.caption, app.warning)
    return " ".join(str(part.value) for kind in kinds for part in kind)


def test_an_address_opens_its_experiment_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one value at a time."""
    address = {"ways_examples": "40", "ways_way": "transfer", "ways_draw": "7", "ways_calibrated": "false"}
    told = picture(open_page("ways_to_train", **address))["state"]
    assert (told["examples"], told["way"], told["draw"], told["calibrated"]) == (40, "transfer", 7, False)
    nonsense = {"ways_examples": "4", "ways_way": "magic", "ways_draw": "99", "ways_calibrated": "false"}
    told = picture(open_page("ways_to_train", **nonsense))["state"]
    assert (told["examples"], told["way"], told["draw"], told["calibrated"]) == (5, "few_shot", 0, False)


def test_the_networks_that_learn_are_hidden_while_the_question_waits() -> None:
    """Nobody reads the answer before guessing; a shared link shows its experiment."""
    assert picture(open_page("ways_to_train"))["veiled"]
    assert not picture(open_page("ways_to_train", ways_examples="10"))["veiled"]


def test_the_picture_holds_every_word_in_its_box() -> None:
    """150 words with their French, five boxes, every way and prompts without calibration, one byte a word and draw."""
    from core.files import from_base64

    sent = picture(open_page("ways_to_train", lang="fr"))
    assert len(sent["words"]) == 150
    assert {"english": "chair", "french": "chaise", "box": CATEGORIES.index("furniture")} in sent["words"]
    assert sent["boxes"] == ["animal", "nourriture", "véhicule", "meuble", "vêtement"]
    assert set(sent["ways"]) == {*WAYS, "few_shot raw", "zero_shot raw"}
    for told in sent["ways"].values():
        boxes = from_base64(told["boxes"], "u1")
        assert boxes.max() < len(CATEGORIES)
        assert len(boxes) % (150 * len(told["counts"])) == 0
    assert sent["counts"] == list(COUNTS)


@pytest.mark.parametrize(
    "value", ["nan", "-1", "1e999", "<script>alert(1)</script>", "\x00\x1b", "\ufeff", "x" * 5_000, "=;=;=", "a=b;c=d"]
)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter at once, in each part of the page: no exception, no error."""
    names = ("examples", "way", "draw", "calibrated", "cards", "word", "learn", "try", "question", "own_question")
    for part in ("prompt", "own", "talk", value):
        app = open_page("ways_to_train", ways_part=part, **{f"ways_{name}": value for name in names})
        assert not app.exception, app.exception[0].value
        assert not app.error


def test_what_the_parts_begin_with_is_shipped() -> None:
    """Every prompt, task and question to start from is answered at once, without a worker."""
    for some, word in PROMPTS.values():
        app = open_page("ways_to_train", ways_cards=cards.text_of(some), ways_word=word, opened="1")
        assert picture(app, PROMPT)["answer"] is not None
        assert not picture(app, PROMPT)["busy"]
    for learn, tried in TASKS.values():
        app = open_page("ways_to_train", ways_part="own", ways_learn=learn, ways_try=tried)
        assert all(column["puts"] for column in picture(app, "ways-own")["columns"])
    app = open_page("ways_to_train", ways_part="talk", opened="1")
    assert all(picture(app, "ways-talk")["sides"])


def test_a_prompt_that_was_changed_is_answered_by_a_worker() -> None:
    """A new word: the model's answer comes, sums to one, and its bars know which label it prefers."""
    app = open_page("ways_to_train", ways_word="caterpillar")

    def answer() -> Any:
        app.run()
        return picture(app, PROMPT)["answer"]

    until(answer, every=RARELY)
    told = picture(app, PROMPT)["answer"]
    for name in ("raw", "calibrated", "free"):
        assert sum(told[name]) == pytest.approx(1, abs=1e-3)
    assert told["calibrated"].index(max(told["calibrated"])) == CATEGORIES.index("animal")


def test_a_prompt_tried_on_all_words_reaches_missions() -> None:
    """Three good examples beat ten learned from; animals called food, again and again, are worse than chance."""
    good = cards.text_of(GOOD)
    bad = cards.text_of(SWAPPED)
    app = open_page("ways_to_train", ways_cards=good, opened="1")

    def tried(text: str) -> bool:
        app.run()
        return any(cards.text_of(some) == text for some, _score in scored(app))

    for missions, text in enumerate((good, bad), 1):
        app.session_state["ways_cards"] = text
        app.session_state[prompt_part.SCORED] = [text]
        until(partial(tried, text), every=RARELY)
        app.run()
        assert len(app.success) == missions, "a mission is ticked, and stays ticked"


def scored(app: AppTest) -> list[Any]:
    """Return the prompts of a session whose score is known by now."""
    found = []
    for text in app.session_state[prompt_part.SCORED]:
        some = cards.read(text) or ()
        score = known(asked.score, [list(card) for card in some], shipped=asked.SHIPPED)
        if score is not None:
            found.append((some, score))
    return found


def test_a_point_is_measured_now_beside_what_was_recorded() -> None:
    """The button asks a worker; what it finds for a network that learns is what was recorded, or nearly."""
    app = open_page("ways_to_train", lang="en", ways_way="transfer", ways_examples="10", opened="1")
    app.button(key="ways-point").click()

    def measured() -> bool:
        app.run()
        return "Measured here" in said(app)

    until(measured, every=RARELY)
    now, then = re.findall(r"([\d.]+)%", said(app).split("Measured here")[1])[:2]
    assert abs(float(now) - float(then)) < 3


@pytest.mark.parametrize(
    ("learn", "tried", "words"),
    [
        ("dog", "cat", "n’a pas d’étiquette"),
        ("= animal", "cat", "n’a pas de mot"),
        ("dog = animal\ncat = animal", "cow", "la même étiquette"),
        ("dog = animal\nbus = vehicle", "", "au moins un mot"),
        ("dog = animal\nbus = vehicle", "cat = plant", "« plant »"),
        ("d" * 41 + " = animal\nbus = vehicle", "cat", "dépasse 40"),
        ("\n".join(f"w{n} = l{n}" for n in range(9)), "cat", "9 étiquettes"),
        ("dog = animal\nbus = vehicle", "\n".join(f"w{n}" for n in range(41)), "41 mots"),
    ],
)
def test_a_task_that_cannot_be_taught_says_why(learn: str, tried: str, words: str) -> None:
    """Every mistake of a typed task is told in the page's language, and nothing of it is lost."""
    app = open_page("ways_to_train", lang="fr", ways_part="own", ways_learn=learn, ways_try=tried)
    assert words in said(app).replace("\u00a0", " ")
    assert app.text_area(key="ways_learn").value == learn


def test_without_smollm2_what_was_recorded_stays_and_the_rest_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The curves, the prompts to start from and their answers are there; a new word says how to bring the model."""
    monkeypatch.setattr("components.ways_to_train.missing.available", lambda name: False)
    app = open_page("ways_to_train", opened="1")
    assert picture(app)["words"]
    assert picture(app, PROMPT)["answer"] is not None
    told = picture(open_page("ways_to_train", ways_word="dragonfly"), PROMPT)
    assert told["answer"] is None
    assert "pip install" in told["missing"]
    app = open_page("ways_to_train", ways_part="talk", ways_question="own", ways_own_question="Why?")
    assert "pip install" in said(app)


def test_the_word_that_is_asked_about_first_is_a_held_out_one() -> None:
    """No prompt to start from shows the word that it asks about."""
    assert WORD not in {word for some, _word in PROMPTS.values() for word, _label in some}
