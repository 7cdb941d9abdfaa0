"""What is recorded is what the model does: the story that the page opens in, ten beginnings, answers of the workers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from core.answers import key
from core.files import from_base64
from core.language_models import writings
from core.language_models.sampling import Sampling
from core.language_models.writings import Request
from core.text_generation import inside, opening, record, recorded


def test_the_recorded_story_is_the_models() -> None:
    """Written again by the model: the same tokens; probabilities within a thousandth; the same last logits."""
    found = writings.write_all(opening.STORY)
    shipped = opening.answer(opening.STORY)
    assert shipped is not None
    assert [step["token"] for step in shipped["steps"]] == [step["token"] for step in found["steps"]]
    for ours, theirs in zip(shipped["steps"], found["steps"], strict=True):
        assert ours["bytes"] == theirs["bytes"]
        assert ours["probability"] == pytest.approx(theirs["probability"], abs=1e-3)
    last = [from_base64(answer["picture"]["logits"]) for answer in (shipped, found)]
    np.testing.assert_allclose(last[0], last[1], atol=0.02)
    assert shipped["picture"]["ids"] == found["picture"]["ids"]


def test_a_part_of_the_story_is_answered_and_nothing_else() -> None:
    """One token further, the same; another seed, setting, model, prompt or word in it: a worker is to be asked."""
    tokens = opening.opening().tokens
    one = opening.answer(Request("mini", opening.PROMPT, tokens[:9], Sampling(), 1, 1))
    assert one is not None
    assert [step["token"] for step in one["steps"]] == [tokens[9]]
    others = [
        Request("mini", opening.PROMPT, tokens[:9], Sampling(), 2, 1),
        Request("mini", opening.PROMPT, tokens[:9], Sampling(temperature=0.5), 1, 1),
        Request("smollm2", opening.PROMPT, (), Sampling(), 1, 1),
        Request("mini", "Il était", (), Sampling(), 1, 1),
        Request("mini", opening.PROMPT, (tokens[0] + 1,), Sampling(), 1, 1),
    ]
    assert [opening.answer(request) for request in others] == [None] * len(others)


@pytest.mark.parametrize("temperature", [0.0, 1.0])
def test_the_ten_recorded_beginnings_are_the_models(temperature: float) -> None:
    """The first and the last of the ten, written again."""
    request = Request("mini", opening.PROMPT, (), Sampling(temperature=temperature), 1)
    told = opening.told(request)
    assert told is not None
    assert len(told) == opening.TIMES
    for place in (0, opening.TIMES - 1):
        steps = writings.write_all(opening.ten_times(request)[place])["steps"]
        assert told[place] == [step["bytes"] for step in steps]


def test_recorded_answers_are_the_workers() -> None:
    """An age's text, the example's surprises and the last token's way, computed again."""
    aged = key(inside.aged, "mini@150", opening.PROMPT, 1, recorded.AGED)
    again = json.loads(json.dumps(inside.aged("mini@150", opening.PROMPT, 1, recorded.AGED)))
    assert [piece for piece, _chance in recorded.SHIPPED.all()[aged]] == [piece for piece, _chance in again]
    asked = record.questions()
    assert {key(function, *args) for function, *args in asked} == set(recorded.SHIPPED.all())
    for function, *args in asked[-2:]:
        shipped = recorded.SHIPPED.all()[key(function, *args)]
        assert _numbers(shipped) == pytest.approx(_numbers(json.loads(json.dumps(function(*args)))), abs=2e-3)


def _numbers(found: object) -> list[float]:
    """Return all numbers of an answer, in order."""
    if isinstance(found, (int, float)):
        return [float(found)]
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else []
    return [number for part in parts for number in _numbers(part)]
