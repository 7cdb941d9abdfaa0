"""What a browser may tell is checked, merged and counted; the browser's own script has the same rules."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from components.in_browser import COMPONENTS
from core.lessons import load
from core.progress import MARKS, MOST_CRITERIA, MOST_MODELS, MOST_USES, PageProgress, Progress, merge, tally
from tests.helpers import STEMS
from tests.node import ask

STORE: Path = COMPONENTS / "progress" / "store.js"
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4)
)
NAMES = st.sampled_from(["cancel", "sure", "quiz-1", "quiz-2", "__proto__", "constructor", "toString", "Ä", ""])
"""Names as lessons have them, and some that a script could trip over."""


def almost(field: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return what a field should hold, or anything at all."""
    return field | ANYTHING


MODELS = st.sampled_from(
    ["smollm2", "Qwen/Qwen2.5:7b [fr T=0.7]", "modèle", "__proto__", "constructor", "12", "", "\ud800", "a\n"]
)
"""Names of models, some of which none may have."""
USES = st.dictionaries(NAMES, almost(st.dictionaries(NAMES, almost(st.sampled_from(MARKS)), max_size=3)), max_size=3)
PAGES = st.fixed_dictionaries(
    {},
    optional={
        "prediction": almost(st.integers(-2, 60)),
        "missions": almost(st.lists(NAMES, max_size=4)),
        "quiz": almost(st.dictionaries(NAMES, almost(st.integers(-1, 60)), max_size=4)),
        "sentence": almost(st.text(max_size=40)),
        "judged": almost(st.dictionaries(MODELS, almost(USES), max_size=3)),
        "more": ANYTHING,
    },
)
PLACES = st.sampled_from(["forward_pass", "embeddings?emb_part=words", "forward_pass?x=é", "//elsewhere", "a:1"])
"""What a browser may think that it is on: pages of the course, and what is no address of any page."""
TOLD = st.fixed_dictionaries(
    {"version": st.just(1), "pages": almost(st.dictionaries(st.sampled_from(STEMS), almost(PAGES), max_size=3))},
    optional={"last": almost(PLACES).filter(lambda last: not _is_a_page_elsewhere(last))},
)


def _is_a_page_elsewhere(last: object) -> bool:
    """Whether it looks like a page's address and is none of ours: only the server can know that."""
    return isinstance(last, str) and re.fullmatch(r"[a-z0-9][a-z0-9_-]*", last) is not None and last not in STEMS


IN_NODE = example_settings(max_examples=8, deadline=None, phases=[Phase.generate])
"""Each example starts Node: there is no time to look for the smallest that fails."""
PROGRESS = TOLD.map(Progress.from_json)


@given(ANYTHING | TOLD | almost(st.fixed_dictionaries({"version": st.just(1), "pages": ANYTHING, "last": ANYTHING})))
def test_whatever_a_browser_tells_is_progress_or_nothing(told: object) -> None:
    """No input raises, and what is taken of it has the shape, the stems and the sizes that pages rely on."""
    found = Progress.from_json(told)
    assert set(found.pages) <= set(STEMS)
    for page in found.pages.values():
        assert page.prediction is None or (type(page.prediction) is int and -1 <= page.prediction < 50)
        assert all(type(option) is int and 0 <= option < 50 for option in page.quiz.values())
        assert all(name.isascii() and 0 < len(name) <= 64 for name in (*page.missions, *page.quiz))
        assert len(page.sentence.encode()) <= 4_000
        assert len(page.judged) <= 8
        for model, uses in page.judged.items():
            assert 0 < len(model.encode()) <= 240
            assert uses
            assert all(mark in MARKS for marks in uses.values() for mark in marks.values())
    assert Progress.from_json(found.to_json()) == found


HOSTILE: list[tuple[str, object]] = [
    ("another version", {"version": 2, "pages": {"forward_pass": {"prediction": 1}}}),
    ("another page", {"version": 1, "pages": {"no_page": {"prediction": 1}, "__proto__": {"prediction": 1}}}),
    ("a truth for a number", {"version": 1, "pages": {"forward_pass": {"prediction": True, "quiz": {"quiz-1": True}}}}),
    ("text for a list", {"version": 1, "pages": {"forward_pass": {"missions": "cancel"}}}),
    ("elsewhere", {"version": 1, "pages": {}, "last": "//example.com/forward_pass"}),
    ("a script", {"version": 1, "pages": {}, "last": "javascript:alert(1)"}),
    ("too long an address", {"version": 1, "pages": {}, "last": "forward_pass?x=" + "9" * 5_000}),
    ("a broken address", {"version": 1, "pages": {}, "last": "forward_pass?x=\n"}),
]


@pytest.mark.parametrize(("what", "told"), HOSTILE, ids=[what for what, _told in HOSTILE])
def test_what_no_page_could_have_told_is_dropped(what: str, told: object) -> None:
    """A wrong version, stem, type or address leaves nothing behind."""
    assert Progress.from_json(told) == Progress()


def test_what_is_too_much_is_cut() -> None:
    """A sentence has 1,000 characters, all of which can be sent; a page has at most 50 missions."""
    page = PageProgress.from_json(
        {"sentence": "\ud800" + "é" * 2_000, "missions": [f"m{i}" for i in range(999)], "quiz": {"quiz-1": 50}}
    )
    assert page.sentence == "?" + "é" * 999
    assert len(page.missions) == 50
    assert not page.quiz


@given(PROGRESS, PROGRESS)
def test_merging_loses_no_mission_and_keeps_the_first_guess(one: Progress, other: Progress) -> None:
    """Merging is idempotent, its missions are those of both in either order, and neither argument is changed."""
    before = one.to_json(), other.to_json()
    found, reverse = merge(one, other), merge(other, one)
    assert merge(found, other) == found == merge(one, found)
    for stem, page in found.pages.items():
        assert page.missions == reverse.page(stem).missions == one.page(stem).missions | other.page(stem).missions
        first, later = one.page(stem), other.page(stem)
        guessed = first.prediction is not None and first.prediction >= 0
        assert page.prediction == (first.prediction if guessed or later.prediction is None else later.prediction)
        assert page.quiz == first.quiz | later.quiz
        assert page.sentence == (later.sentence or first.sentence)
        for model, uses in (first.judged | later.judged).items():
            assert page.judged[model] == first.judged.get(model, {}) | later.judged.get(model, uses)
    assert (one.to_json(), other.to_json()) == before


def test_a_later_judgement_takes_the_place_of_the_earlier_whole() -> None:
    """It is of another answer: what is not judged of it is not judged. Other uses, other models stay."""
    page = PageProgress(judged={"a": {"role": {"turn": "yes", "useful": "no"}, "answer": {"first": "yes"}}, "b": {}})
    page.add(PageProgress(judged={"a": {"role": {"turn": "no"}}}))
    assert page.judged == {"b": {}, "a": {"role": {"turn": "no"}, "answer": {"first": "yes"}}}


def judged(models: Iterable[int]) -> dict[str, Any]:
    """Return that so many models were judged, one after the other."""
    found = {f"m{model}": {"role": {"turn": "yes"}} for model in models}
    return {"version": 1, "last": "", "pages": {"chat": {"judged": found}}}


CASES = [
    (judged(range(20)), judged([]), range(12, 20)),
    (judged(range(8)), judged([8]), range(1, 9)),
    (judged(range(8)), judged([0, 8]), [2, 3, 4, 5, 6, 7, 0, 8]),
]


@pytest.mark.parametrize(("one", "other", "kept"), CASES)
def test_the_models_judged_last_are_kept(one: Any, other: Any, kept: Iterable[int]) -> None:
    """Eight of them, in the order in which they were judged, here and in the browser."""
    found = merge(Progress.from_json(one), Progress.from_json(other))
    in_browser = ask(STORE, "merged(...given.map((each) => understood(JSON.stringify(each))))", [one, other])
    assert list(found.page("chat").judged) == [f"m{model}" for model in kept]
    assert list(in_browser["pages"]["chat"]["judged"]) == [f"m{model}" for model in kept]


def test_a_file_of_judgements_cannot_be_large() -> None:
    """As many models, uses and criteria as there may be, with the longest names: the browser still reads it again."""
    many = {f"{name:\uffe5<80}": {f"u{use:x<60}": {f"c{one:x<60}": "partly" for one in range(99)} for use in range(99)}
            for name in range(10, 49)}  # fmt: skip
    page = PageProgress.from_json({"judged": many})
    assert len(page.judged) == MOST_MODELS
    assert {len(uses) for uses in page.judged.values()} == {MOST_USES}
    assert {len(marks) for uses in page.judged.values() for marks in uses.values()} == {MOST_CRITERIA}
    assert len(json.dumps(page.to_json(), ensure_ascii=False)) < 100_000


@pytest.mark.parametrize("model", ["", "7", "x" * 81, "a\n", "\x1b[0m", "\ud800", "\U0001f600", 3, None])
def test_what_cannot_be_a_models_name_is_dropped(model: Any) -> None:
    """Nothing, digits alone, what is too long, controls, halves of characters; in the browser too."""
    given = {"version": 1, "pages": {"chat": {"judged": {model: {"role": {"turn": "yes"}}}}}}
    assert Progress.from_json(given) == Progress()
    if isinstance(model, str):
        understood = ask(STORE, "understood(JSON.stringify(given))", given)
        assert understood["pages"]["chat"]["judged"] == {}


def test_what_was_kept_before_there_were_judgements_still_loads() -> None:
    """A file without them is read whole."""
    given = {"version": 1, "pages": {"chat": {"prediction": 1, "missions": ["tool"], "quiz": {}, "sentence": "x"}}}
    assert Progress.from_json(given).page("chat") == PageProgress(1, {"tool"}, {}, "x", {})


def test_a_guess_after_a_skip_counts() -> None:
    """Who skipped may still predict; a second guess, or a later skip, changes nothing."""
    page = PageProgress(prediction=-1)
    page.add(PageProgress(prediction=2))
    page.add(PageProgress(prediction=0))
    page.add(PageProgress(prediction=-1))
    assert page.prediction == 2


@given(st.lists(TOLD, min_size=30, max_size=30))
@IN_NODE
def test_the_browser_understands_the_same_as_the_server(told: list[dict[str, Any]]) -> None:
    """The script reads and merges every text as Python does."""
    pairs = list(pairwise(told))
    read = "(understood(JSON.stringify(%s)) ?? { version: 1, last: '', pages: {} })"
    both = f"given.map(([a, b]) => merged({read % 'a'}, {read % 'b'}))"
    for (a, b), found in zip(pairs, ask(STORE, both, [[_finite(a), _finite(b)] for a, b in pairs]), strict=True):
        assert Progress.from_json(found) == merge(Progress.from_json(_finite(a)), Progress.from_json(_finite(b)))
        for page in found["pages"].values():
            assert page == PageProgress.from_json(page).to_json()


def _finite(told: Any) -> Any:
    """Return what JSON holds of a value: whole numbers are written without a point, those without end not at all."""
    if isinstance(told, dict):
        return {name: _finite(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_finite(value) for value in told]
    if isinstance(told, float):
        return int(told) if told.is_integer() else None if told != told or abs(told) == float("inf") else told
    return told


@given(PROGRESS, PROGRESS)
@IN_NODE
def test_the_browser_is_told_the_news_alone(before: Progress, more: Progress) -> None:
    """What was written once is no news; the news on top of what was written is everything."""
    now = merge(before, more)
    told = [before.to_json(), now.to_json()]
    again, added, whole = ask(
        STORE,
        "[news(given[0].pages, given[0].pages), news(given[1].pages, given[0].pages),"
        " merged(given[0], { ...given[1], pages: news(given[1].pages, given[0].pages) })]",
        told,
    )
    assert again == {}
    assert Progress.from_json(whole) == Progress.from_json(now.to_json())
    for stem, page in added.items():
        assert not before.page(stem).missions & set(page["missions"])


def test_resuming_leads_to_the_very_address() -> None:
    """The page and its query come back; Streamlit's own parameters, which no script may write, are left out."""
    found = Progress(last="train_val_test?tvt_epochs=3&tvt_optimizer=rmsprop&embed=true").resume()
    assert found is not None
    concept, query = found
    assert concept.stem == "train_val_test"
    assert query == {"tvt_epochs": "3", "tvt_optimizer": "rmsprop"}
    assert Progress().resume() is None


def test_counting_goes_by_the_lesson() -> None:
    """Missions and quizzes that the lesson does not have count for nothing; all of its own make the page complete."""
    lesson = load("forward_pass", "fr")
    right = {section.id: min(section.question.right) for section in lesson.named("quiz-") if section.question}
    page = PageProgress(prediction=0, missions={"cancel", "gone"}, quiz=right | {"quiz-99": 0})
    assert tally(page, lesson).missions == 1
    assert tally(page, lesson).right == tally(page, lesson).of_quizzes == 3
    assert not tally(page, lesson).complete
    page.add(PageProgress(missions={"sure", "hand"}))
    assert tally(page, lesson).complete
    page.quiz["quiz-1"] = next(option for option in range(9) if option != right["quiz-1"])
    assert tally(page, lesson).right == 2
    page.prediction = -1
    assert not tally(page, lesson).predicted
