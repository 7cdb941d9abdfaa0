"""What tips a prompt, on the page through the router: each effect in both languages, and addresses that cannot be."""

from __future__ import annotations

import json
import re
from statistics import fmean
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from core.tasks.categories.words import CATEGORIES
from core.ways_to_train.curves import EFFECTS as FILE
from core.ways_to_train.curves import FILE as CURVES
from tests.helpers import open_page

LANGUAGES = ("fr", "en")
FURNITURE = CATEGORIES.index("furniture")
FOOD = CATEGORIES.index("food")


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture of the effects was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if "ways-effects" in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def percents(*shares: float) -> list[int]:
    return [round(100 * share) for share in shares]


def mean(rows: list[dict[str, Any]], name: str) -> float:
    return fmean(row[name] for row in rows)


def at_rest() -> dict[str, list[int]]:
    """Return the numbers of each effect's sentence, from the file alone, in their order.

    The third draw's orders differ most; the majority is of furniture; food as the last label takes most words.
    """
    told = json.loads(FILE.read_text(encoding="utf-8"))
    real = json.loads(CURVES.read_text(encoding="utf-8"))["ways"]["few_shot"]["5"][:6]
    third = [[row[name] for row in told["order"]["3"]] for name in ("accuracy", "calibrated")]
    six, food, names = told["majority"]["furniture"]["6"], told["blocks"]["food"], told["meaningless"]["5"]
    few, others = told["wrong"]["few_shot"]["1.0"], [told["wrong"][way]["1.0"] for way in ("transfer", "scratch")]

    def went(rows: list[dict[str, Any]], place: int) -> list[int]:
        raw, calibrated = (round(fmean(row[name][place] for row in rows)) for name in ("read", "read_calibrated"))
        return [raw, 150, 30, calibrated, *percents(mean(rows, "accuracy"), mean(rows, "calibrated"))]

    return {
        "order": [3, 30, *percents(*(end(shares) for shares in third for end in (min, max)))],
        "majority": [6, 6, *went(six, FURNITURE)],
        "last": [20, *went(food, FOOD)],
        "wrong": [
            *(20, 20),
            *percents(mean(few, "accuracy"), mean(few, "calibrated"), *(mean(rows, "accuracy") for rows in others)),
        ],
        "names": [5, *percents(mean(names, "accuracy"), mean(names, "calibrated"), mean(real, "calibrated"))],
    }


def numbers(sentence: str) -> list[int]:
    """Return the numbers of a sentence; in English, "five examples" is none."""
    return [int(found) for found in re.findall(r"\d+", sentence)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_effect_says_the_numbers_of_the_file(language: str) -> None:
    """Five effects, one after the other: under each picture a sentence with the recorded numbers; each row has its own.

    Every row holds all its draws, in each lane; words that were put somewhere are 150.
    """
    app = open_page(
        "ways_to_train",
        lang=language,
        opened="1",
        ways_part="effects",
        ways_effect="order",
        ways_effect_label="furniture",
    )
    for effect, expected in at_rest().items():
        app.session_state["ways_effect"] = effect
        app.run()
        assert not app.exception, app.exception[0].value
        sent = picture(app)
        assert numbers(sent["said"]) == expected, sent["said"]
        said = [row["said"] for row in sent["rows"]]
        assert sent["said"] in said
        assert len(set(said)) == len(said) == {"order": 3, "names": 4}.get(effect, 5)
        draws = {"order": 30, "majority": 3, "last": 3}.get(effect, 6)
        for row in sent["rows"]:
            assert {len(row["right"][each["kind"]]) for each in sent["series"]} == {draws}
            for put in (row["put"] or {}).values():
                assert sum(put) == pytest.approx(150)
                assert row["tipped"] >= 0
        assert [row["tipped"] for row in sent["rows"]] == {
            "majority": [FURNITURE] * 5, "last": list(range(5))
        }.get(effect, [-1] * len(said))  # fmt: skip


def test_an_address_that_cannot_be_shows_the_first_effect() -> None:
    """Nonsense as effect and as label: six animals of six, without an error."""
    for value in ("magic", "<script>alert(1)</script>", "x" * 5_000):
        app = open_page("ways_to_train", ways_part="effects", ways_effect=value, ways_effect_label=value)
        assert not app.exception
        assert not app.error
        assert {row["tipped"] for row in picture(app)["rows"]} == {CATEGORIES.index("animal")}
