"""Bad days on the page on ways to train: absurd tasks, prompts too long, a worker lost, two at once, no SmolLM2."""

from __future__ import annotations

import math
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tokenizers import Tokenizer

from components import answers
from components.ways_to_train import own as own_part
from components.ways_to_train.prompt import COMPONENT as PROMPT
from core import limits, workers
from core.answers import key
from core.jobs import Job, Status
from core.language_models import smollm2
from core.language_models.prompts import Example, Prompt
from core.tasks.categories.words import CATEGORIES
from core.ways_to_train import asked, cards, live
from core.ways_to_train import own as tasks
from core.ways_to_train.presets import WORD
from core.ways_to_train.ways import WAYS
from tests.helpers import open_page
from tests.ways_to_train.test_page import picture, said

CONTEXT = 2_048


@pytest.fixture(autouse=True)
def _workers_are_there() -> None:
    """Have the workers started: a page would only say that it waits for them."""
    workers.client()


def tokens(text: str) -> int:
    """Count the tokens of a text, as its published tokenizer cuts it."""
    return len(Tokenizer.from_file(str(smollm2.cache() / smollm2.TOKENIZER)).encode(text, add_special_tokens=False).ids)


def own(learn: str, tried: str, lang: str = "en") -> AppTest:
    """Open the page on a task of one's own."""
    return open_page("ways_to_train", lang=lang, ways_part="own", ways_learn=learn, ways_try=tried)


def taught(app: AppTest) -> list[dict[str, Any]]:
    """Press the button; return what each way makes of the task, once all have answered."""
    app.button(key="ways-teach").click().run()
    settled(app)
    assert not app.error
    found: list[dict[str, Any]] = picture(app, "ways-own")["columns"]
    return found


def held(app: AppTest) -> list[Job]:
    """Return what a session waits for."""
    return [job for _question, job in app.session_state["curseurs: what they wait for"].values()]


def settled(app: AppTest) -> AppTest:
    """Wait for all that a session waits for, and run its page again."""
    while jobs := held(app):
        for job in jobs:
            assert job.wait(120)
        app.run()
    return app


def computing() -> set[str]:
    """Return the names of what the workers compute."""
    return {task for tasks in workers.client().processing().values() for task in tasks}


@contextmanager
def held_up(pids: Iterable[int]) -> Iterator[None]:
    """Let processes stand still meanwhile."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_cannot_be_taught_is_quoted_as_it_was_typed(lang: str) -> None:
    """A picture from elsewhere in a link is no Markdown, ten thousand signs are quoted short, nothing is lost."""
    picture_of = "![x](http://example.com/x.png)"
    for learn in (f"{picture_of}{'b' * 20} = a\nc = d", f"a = {picture_of}{'b' * 20}\nc = d", "🦊" * 10_000):
        app = own(learn, "cat", lang)
        (told,) = [warning.value for warning in app.warning]
        assert "![" not in told
        assert "](" not in told
        assert len(told) < 200
        assert app.text_area(key="ways_learn").value == learn[: own_part.IN_LINK]


def test_an_absurd_task_is_taught_in_all_four_ways() -> None:
    """Labels of one token and of five, two that begin alike, an example twice, empty lines, emoji, NaN, escapes."""
    learn = "fox = car\nfox = car\n\n\n👩‍🚀🦊 = car park\nNaN = a b c d e\n\x00\x1b[31m = car\nnull = car park"
    labels = {"car", "car park", "a b c d e"}
    assert [tokens(f" {label}") for label in ("car", "a b c d e")] == [1, 5]
    columns = taught(own(learn, "NaN\n🦊🦊\n\u202eevil\nfox = car"))
    assert {column["way"] for column in columns} == {"scratch", "transfer", "few_shot", "zero_shot"}
    for column in columns:
        assert len(column["puts"]) == 4
        for put in column["puts"]:
            assert put["label"] in labels
            assert math.isfinite(put["share"])
            assert 1 / 3 <= put["share"] <= 1


@pytest.mark.parametrize(
    ("fallen", "lang", "words"),
    [
        (1, "fr", "Le premier exemple n’a pas tenu."),
        (3, "fr", "Les 3 premiers exemples n’ont pas tenu."),
        (1, "en", "The first example did not fit."),
        (3, "en", "The first 3 examples did not fit."),
    ],
)
def test_examples_that_fell_out_are_said_by_their_place(fallen: int, lang: str, words: str) -> None:
    """Cards as long as may be, and a hundred lines of one's own, are more than the model looks back on: both say which.

    What the workers answer to them, `test_live.test_examples_that_fall_out_are_named` proves; it is given here.
    """
    some = tuple(("🦊" * cards.WORD, CATEGORIES[place % 5]) for place in range(cards.MOST))
    lines = tuple(("🦊" * 6, "ab"[place % 2]) for place in range(100))
    assert min(tokens(Prompt(each).text("otter")) for each in (some, lines)) > CONTEXT
    share = [0.2] * 5
    told = {"raw": share, "calibrated": share, "free": share, "tokens": 2_000, "fallen": fallen}
    answers._known[key(asked.answer, _plain(some), "otter")] = told
    shown = picture(open_page("ways_to_train", lang=lang, ways_cards=cards.text_of(some), ways_word="otter"), PROMPT)
    assert shown["answer"]["fallen"] == fallen
    assert shown["labels"]["fallen"] == words
    for way in WAYS:
        put = {"puts": [["a", 0.6]], "seconds": 1.0, "fallen": fallen if way == "few_shot" else 0}
        answers._known[key(tasks.taught, way, _plain(lines), ["otter"])] = put
    app = own("\n".join(f"{word}={label}" for word, label in lines), "otter", lang)
    told_of = {column["way"]: column["fallen"] for column in picture(app, "ways-own")["columns"]}
    assert told_of == dict.fromkeys(WAYS, "") | {"few_shot": words}


def _plain(some: Sequence[Example]) -> list[list[str]]:
    return [list(each) for each in some]


@pytest.mark.usefixtures("cluster")
def test_two_students_who_ask_the_same_survive_the_loss_of_their_worker() -> None:
    """Empty cards, one twice: computed once for both; its worker killed, one goes away, the other gets the answer."""
    client = workers.client()
    pids = client.run(os.getpid)
    address = {"ways_cards": "=food;pig=animal;pig=animal;=animal;NaN=food", "ways_word": "🦊 caterpillar"}
    with held_up(pids.values()):
        one, other = (open_page("ways_to_train", lang=lang, **address) for lang in ("fr", "en"))
        assert picture(one, PROMPT)["busy"] == picture(other, PROMPT)["busy"] == "answering"
        (name,) = {job.key for job in (*held(one), *held(other))}
        assert {task for task in computing() if task.startswith("answer-")} == {name}
    os.kill(pids[next(at for at, tasks in client.processing().items() if name in tasks)], signal.SIGKILL)
    (left,) = held(one)
    one.query_params["ways_word"], one.query_params["ways_cards"] = WORD, cards.text_of(cards.ONE_OF_EACH)
    one.run()
    assert left.status is Status.STOPPED
    assert picture(one, PROMPT)["answer"]
    assert sum(picture(settled(other), PROMPT)["answer"]["raw"]) == pytest.approx(1, abs=1e-3)
    assert name not in computing()
    for app in (one, other):
        assert not app.error


def test_another_point_can_be_measured_while_the_first_one_is() -> None:
    """The ruler moved on: the button is there again, the first measurement is let go, and the page rests."""
    app = open_page("ways_to_train", lang="en", ways_way="few_shot", ways_examples="40", opened="1")
    app.button(key="ways-point").click().run()
    assert app.button(key="ways-point").disabled
    (first,) = held(app)
    app.query_params["ways_examples"] = "20"
    app.run()
    assert not app.button(key="ways-point").disabled
    assert not app.session_state["curseurs: parts that wait"]
    assert first.status is Status.STOPPED


def test_a_task_that_a_worker_fails_on_is_asked_for_again_by_the_student_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The failure is said, no way claims to compute, nothing is asked again by itself; the button asks again."""
    monkeypatch.setattr(tasks, "taught", live.converse)  # called with too much: a fault, on the worker
    monkeypatch.setattr(answers, "PATIENCE", 0)  # no answer comes at once: the part runs again by itself
    app = own("a = b\nc = d", "e")
    for times in (1, 2):
        app.button(key="ways-teach").click().run()
        settled(app)
        assert len(app.error) == 4
        assert not app.exception
        assert len([record for record in caplog.records if record.name == answers.__name__]) == 4 * times
        assert {column["said"] for column in picture(app, "ways-own")["columns"]} == {"–"}


@pytest.mark.parametrize(("lang", "words"), [("fr", "n’est pas sur cette machine"), ("en", "is not on this machine")])
def test_a_machine_that_never_had_smollm2_shows_what_was_recorded(
    lang: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its package and its converted files are gone: each part says what to do, none waits, from scratch goes on."""
    (tmp_path / smollm2.PACKAGE).mkdir()
    (tmp_path / smollm2.PACKAGE / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path / "models"))
    assert smollm2.package() is None
    app = open_page("ways_to_train", lang=lang, opened="1", ways_word=f"dragonfly {lang}")
    assert picture(app)["ways"]
    assert app.button(key="ways-point").disabled
    told = picture(app, PROMPT)
    assert words in told["missing"]
    assert smollm2.COMMAND in told["missing"]
    assert (told["answer"], told["busy"]) == (None, "")
    assert picture(open_page("ways_to_train", lang=lang, opened="1"), PROMPT)["answer"]
    app = open_page("ways_to_train", lang=lang, ways_part="talk", ways_question="own", ways_own_question="Why?")
    assert words in said(app)
    app = own("aab = twins\nabc = none", f"ccd = twins\n{lang}", lang)
    app.button(key="ways-teach").click().run()
    assert picture(settled(app), "ways-own")["columns"][0]["puts"]
    assert all(words in column["said"] for column in picture(app, "ways-own")["columns"][1:])
    assert not app.session_state["curseurs: parts that wait"]
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(("lang", "words"), [("fr", "n’est pas pour cette classe"), ("en", "is not for this class")])
def test_a_class_is_told_that_smollm2_is_not_for_it(lang: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One machine for thirty: what was recorded is shown, the rest says why it is not, and nobody waits."""
    monkeypatch.setenv(limits.CLASS, "1")
    monkeypatch.delenv(limits.CLASS_MODELS, raising=False)
    told = picture(open_page("ways_to_train", lang=lang, opened="1", ways_word=f"firefly {lang}"), PROMPT)
    assert words in told["missing"]
    assert (told["answer"], told["busy"]) == (None, "")
