"""Fooling the network: the mission's rule, the square, messages of every kind, and bad days."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from components.transfer_learning import own_words
from components.transfer_learning.fool import COMPONENT, Fooling, answer, sign_of
from components.transfer_learning.fool_words import verdict
from core import workers
from core.files import DamagedFile
from core.tasks.signs import photos as signs
from core.transfer_learning import fool
from core.transfer_learning.fool import LARGEST, SMALLEST, Fooled, Square, covered, recorded, square_of
from core.transfer_learning.intake import SIDE
from core.transfer_learning.missions import FOOL_AFTER, FOOL_BEFORE, FOOL_PHOTOS, FOOL_SHARE, is_fooled
from core.transfer_learning.missions import fool as is_reached
from tests.helpers import free_port, open_page

SMALL = int(SIDE * FOOL_SHARE**0.5)


def chances(sign: int, sure: float) -> list[float]:
    """Return probabilities of ten signs, this one so sure, the others alike."""
    return [sure if each == sign else (1 - sure) / 9 for each in range(10)]


def on_photo() -> tuple[Fooling, Fooled, Square]:
    """Return a session in front of the first photo, and a square that fools it."""
    found, fooling = recorded(), Fooling()
    fooling.show(int(found.numbers[0]))
    top, left = found.corners[0].tolist()
    return fooling, found, Square(top, left, SMALL)


# ---- the rule


def test_what_fools_is_small_sure_and_wrong() -> None:
    """A surely read photo, surely misread with a small square, counts; each of the four conditions is needed."""
    before, after = chances(3, FOOL_BEFORE), chances(5, FOOL_AFTER)
    assert is_fooled(3, before, after, FOOL_SHARE)
    assert not is_fooled(3, chances(3, FOOL_BEFORE - 0.01), after, FOOL_SHARE)
    assert not is_fooled(3, before, chances(5, FOOL_AFTER - 0.01), FOOL_SHARE)
    assert not is_fooled(3, before, chances(3, 0.9), FOOL_SHARE)
    assert not is_fooled(3, before, after, FOOL_SHARE + 1e-6)
    assert not is_fooled(3, before, [math.nan] * 10, FOOL_SHARE)
    assert Square(0, 0, SMALL).share <= FOOL_SHARE < Square(0, 0, SMALL + 1).share


def test_three_different_photos_make_the_mission() -> None:
    """The same photo three times does not."""
    assert not is_reached([])
    assert not is_reached([7] * FOOL_PHOTOS)
    assert is_reached([7, 8, 9, 8])


@pytest.mark.parametrize(
    ("after", "share", "says"),
    [
        ([], 0.0, "Sans le carré"),
        (chances(3, 0.9), 0.02, "toujours « 3 », 90"),
        (chances(5, 0.5), 0.02, "50 % seulement"),
        (chances(5, 0.9), 0.03, "le carré couvre 3"),
        (chances(5, 0.9), 0.02, "ce 3 est lu « 5 », 90"),
    ],
)
def test_the_verdict_says_what_is_missing(after: list[float], share: float, says: str) -> None:
    """Not placed, still right, not sure enough, too large, fooled: each in its own words."""
    said = verdict(3, chances(3, 0.97), after, share).replace("\N{NO-BREAK SPACE}", " ")
    assert says in said


# ---- the square


@given(st.integers(-5, 200), st.integers(-5, 200), st.integers(-5, 200))
def test_a_square_is_one_that_lies_on_the_photo(top: int, left: int, side: int) -> None:
    """Read from a message if all of it lies on the photo and its size is offered; it then greys exactly its pixels."""
    found = square_of({"top": top, "left": left, "side": side})
    is_one = SMALLEST <= side <= LARGEST and min(top, left) >= 0 and max(top, left) + side <= SIDE
    assert (found is not None) == is_one
    if found is None:
        return
    photo = np.zeros((SIDE, SIDE, 3), np.uint8)
    grey = np.argwhere(covered(photo, found)[..., 0] == 127)
    assert not photo.any()
    assert len(grey) == side**2
    assert (grey.min(0).tolist(), grey.max(0).tolist()) == ([top, left], [top + side - 1, left + side - 1])


HOSTILE = [math.nan, math.inf, -1, 0.5, 1e308, 10**400, "10", None, True, [], {}]


@pytest.mark.parametrize("value", HOSTILE, ids=repr)
@pytest.mark.parametrize("name", ["top", "left", "side"])
def test_a_square_that_cannot_be_is_none(name: str, value: object) -> None:
    """Not a number, endless, a fraction, huge, text, nothing: no square, and no error."""
    assert square_of({"top": 10, "left": 10, "side": 20} | {name: value}) is None


# ---- messages


@pytest.mark.parametrize("value", [*HOSTILE, "train"], ids=repr)
def test_a_hostile_message_changes_nothing(value: Any) -> None:
    """Foreign acts, signs, photos and squares are refused without a word; no worker is asked."""
    fooling, found, square = on_photo()
    before = vars(fooling) | {"fooled": []}
    good = {"act": "look", "photo": fooling.number, "top": square.top, "left": square.left, "side": square.side}
    for told in ({"act": value}, {"act": "sign", "sign": value}, good | {"photo": value}, good | {"top": value},
                 {"act": "explain", "photo": value}):  # fmt: skip
        assert answer(told, fooling, found) is None
        assert vars(fooling) == before


def test_photos_go_round_within_their_sign() -> None:
    """Next from each comes back to the first after all of the sign; previous is its opposite; a sign begins anew."""
    fooling, found, _square = on_photo()
    for sign in sorted({sign_of(int(number)) for number in found.numbers}):
        same = found.of_sign(sign)
        first = answer({"act": "sign", "sign": str(sign)}, fooling, found)
        assert first == same[0]
        seen, number = [], first
        for _ in same:
            seen.append(number)
            number = fool.next_of_sign(number, 1)
            assert fool.next_of_sign(number, -1) == seen[-1]
        assert seen == same
        assert number == first


@pytest.mark.usefixtures("cluster")
def test_a_photo_is_fooled_once_and_explained() -> None:
    """A recorded square, looked at by a worker, counts once; taken away, it is gone; the map is the plain photo's."""
    fooling, found, square = on_photo()
    number = fooling.number
    look = {"act": "look", "photo": number, "top": square.top, "left": square.left, "side": square.side}
    for _ in range(2):
        answer(look, fooling, found)
        assert not fooling.said
        assert int(np.argmax(fooling.after)) != sign_of(number)
        assert fooling.fooled == [number]
    answer({"act": "lift", "photo": number}, fooling, found)
    assert (fooling.square, fooling.after) == (None, [])
    answer({"act": "explain", "photo": number}, fooling, found)
    assert fooling.heat is not None
    assert fooling.heat.predicted == sign_of(number)
    assert fooling.heat.chances == pytest.approx(found.before(number), abs=0.02)


# ---- bad days


def test_without_a_cluster_the_words_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer is said in words, once; nothing is counted, and the photo can still be changed."""
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr(workers, "_client", None)
    monkeypatch.setattr(workers, "PATIENCE", 1)
    monkeypatch.setattr(workers, "_refused", -workers.ASK_AGAIN)
    fooling, found, square = on_photo()
    answer({"act": "look", "photo": fooling.number, **vars(square)}, fooling, found)
    assert "tcp://" in fooling.said
    assert not fooling.fooled
    assert answer({"act": "next"}, fooling, found) is not None
    answer({"act": "lift", "photo": fooling.number}, fooling, found)
    assert not fooling.said
    assert own_words.failure(RuntimeError("another"))


# ---- on the page


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def test_the_address_chooses_the_photo_and_nonsense_the_first() -> None:
    """A photo that is offered is shown, read as recorded; one learned from, or text, is not."""
    found = recorded()
    number = int(found.numbers[-1])
    data = picture(open_page("transfer_learning", tl_hand=str(number)))
    assert (data["photo"], data["sign"]) == (number, int(signs.load().signs[number]))
    assert data["chances"] == pytest.approx(found.before(number))
    assert data["square"] is None
    for nonsense in ("1e9", "-1", "hand", str(next(each for each in range(2_062) if each not in found.numbers))):
        assert picture(open_page("transfer_learning", tl_hand=nonsense))["photo"] == found.numbers[0]


def test_a_link_hides_the_part() -> None:
    """A teacher's link leaves it out."""
    app = open_page("transfer_learning", hide="tl-fool")
    assert not [each for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    assert not app.exception


def test_a_missing_or_damaged_file_is_said_on_the_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The words name the command that helps, and the rest of the page is there."""
    monkeypatch.setattr(fool, "FILE", tmp_path / "fool.safetensors")
    for content in (None, b"cut"):
        recorded.cache_clear()
        if content is not None:
            fool.FILE.write_bytes(content)
        with pytest.raises((OSError, DamagedFile)):
            recorded()
        app = open_page("transfer_learning")
        assert any("git checkout -- assets/recorded/transfer_learning/fool" in box.value for box in app.error)
        assert not app.exception
    recorded.cache_clear()
