"""An experiment as data: what goes out comes back, what is damaged is dropped, and the browser has the same rules."""

from __future__ import annotations

import json
import math
import tomllib
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from components.in_browser import COMPONENTS
from core.course import VERSION
from core.files import ROOT
from core.notebook import experiment
from core.notebook.experiment import MOST_POINTS, Experiment, identity, thinned
from tests.node import ask
from tests.notebook.rows import damaged, experiments, row

MODULE = COMPONENTS / "notebook" / "experiment.js"


@settings(max_examples=60, deadline=None)
@given(experiments())
def test_what_goes_out_comes_back(given: Experiment) -> None:
    """A whole experiment survives JSON, every field of it."""
    found = Experiment.from_json(json.loads(json.dumps(given.to_json())))
    assert found is not None
    assert repr(found) == repr(given)  # not-a-number is not equal to itself


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_what_is_damaged_is_dropped_and_the_rest_stays_whole(given: dict[str, Any]) -> None:
    """Whatever stands in a field, nothing is raised, and what is understood is understood again as the same."""
    found = Experiment.from_json(given)
    if found is not None:
        again = Experiment.from_json(json.loads(json.dumps(found.to_json())))
        assert repr(again) == repr(found)


def test_the_browser_reads_as_python_does() -> None:
    """A hundred and twenty experiments, damaged by chance, are the same in both, or no experiment in both."""
    cases: list[dict[str, Any]] = []

    @settings(max_examples=120, deadline=None, database=None, derandomize=True)
    @given(st.one_of(damaged(), experiments().map(Experiment.to_json)))
    def collect(given: dict[str, Any]) -> None:
        with suppress(ValueError):  # an endless number is none of JSON's: a browser's store and file hold no such thing
            cases.append(json.loads(json.dumps(given, allow_nan=False)))

    collect()
    assert len(cases) > 60
    theirs = ask(MODULE, "given.map(understood)", cases)
    for case, read in zip(cases, theirs, strict=True):
        ours = Experiment.from_json(case)
        assert floats(None if ours is None else ours.to_json()) == floats(read), case


def floats(value: object) -> Any:
    """Return a JSON value whose numbers are all of the one kind that a browser has."""
    return json.loads(json.dumps(value), parse_int=float)


HOSTILE: list[Any] = [
    None, 7, "x", [], {}, {"id": "0" * 16}, {"id": "0" * 16, "stem": "../x"}, {"id": "x", "stem": "gpu"},
    {"id": "0" * 16, "stem": "gpu", "settings": {"__proto__": "x", "constructor": "y", "a": 1, "b": "\u202eevil\x00"}},
    {"id": "0" * 16, "stem": "gpu", "figures": {"a": {"label": "", "value": 1e999}, "b": {"label": "", "value": True}}},
    {"id": "0" * 16, "stem": "gpu", "note": "x" * 20_000, "time": "tomorrow", "sequence": -1, "star": 1},
    {"id": "0" * 16, "stem": "gpu", "note": "\N{GRINNING FACE}" * 10_001},
    {"id": "0" * 16, "stem": "gpu", "curves": {"a": {"label": "x", "x": [1, "2", None], "y": [1, 2, 3, 4]}}},
    {"id": "0" * 16, "stem": "gpu", "curves": {"a": {"label": "x", "x": list(range(999)), "y": list(range(999))}}},
]  # fmt: skip


def test_hostile_rows_are_the_same_in_both() -> None:
    """Prototypes, endless numbers, hidden signs and texts without end are refused or cut, here and in the browser."""
    text = json.dumps(HOSTILE).replace("Infinity", "1e999")
    theirs = ask(MODULE, "JSON.parse(given).map(understood)", text)
    ours = [Experiment.from_json(each) for each in json.loads(text)]
    assert [None if each is None else each.to_json() for each in ours] == theirs
    assert [each is None for each in ours] == [True] * 8 + [False] * 6
    assert ours[8] is not None
    assert ours[8].settings == {"constructor": "y", "b": "evil"}
    assert ours[10] is not None
    assert (len(ours[10].note), ours[10].sequence, ours[10].star, ours[10].time) == (10_000, 0, False, "")
    assert ours[13] is not None
    assert len(ours[13].curves["a"].x) == MOST_POINTS


def test_the_same_experiment_is_the_same_row() -> None:
    """The order in which controls were moved says nothing; page, part and each value do."""
    moved = {"a": "1", "b": "2"}
    assert identity("gpu", "", moved) == identity("gpu", "", dict(reversed(moved.items())))
    others = {identity("gpu", "lab", moved), identity("arena", "", moved), identity("gpu", "", {"a": "12", "b": ""})}
    assert len(others | {identity("gpu", "", moved)}) == 4


def test_a_curve_is_thinned_and_keeps_its_ends() -> None:
    """Of ten thousand points a hundred stay, the first and the last among them, and infinity is no number."""
    x = [float(at) for at in range(10_000)]
    found = thinned("loss", x, [math.inf, *x[1:]], "updates", "nats")
    assert len(found.x) == len(found.y) == MOST_POINTS
    assert (found.x[0], found.x[-1]) == (0.0, 9_999.0)
    assert math.isnan(found.y[0])
    assert list(found.x) == sorted(found.x)
    assert thinned("loss", [1, 2], [3, 4]).y == (3.0, 4.0)


def test_a_link_holds_the_settings_whatever_they_are() -> None:
    """What stands in a setting is written so that it stays one value of the address."""
    assert row(settings={"x": "a&b=1#é"}).link == "train_val_test?x=a%26b%3D1%23%C3%A9"
    assert row(settings={}).link == "train_val_test"


def test_the_version_is_the_courses() -> None:
    """What a row says of the course's version is what pyproject.toml says."""
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == VERSION
    assert experiment._VERSION.fullmatch(VERSION)
