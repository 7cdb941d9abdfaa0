"""Tools: what a model is offered, and what it gets back whatever it sends."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat import course_search, dates
from core.chat.arguments import ArgumentError, parsed
from core.chat.tools import NAMES, Call, Tool, choice_format, chosen, offered, told, tools, use
from core.course import concepts
from tests.chat.said import LANGUAGES, in_english

TODAY = date(2026, 11, 28)
LISTED = tools("en", TODAY, in_english)


def result(name: str, given: object, listed: list[Tool] = LISTED) -> Any:
    call = use(name, given, listed)
    return json.loads(call.result) | {"went well": call.went_well}


def test_each_tool_works_from_text_and_from_an_object() -> None:
    """Arguments come as JSON text from most servers, as an object from some."""
    assert result("calculator", '{"expression": "2,5 * 4"}') == {"value": "10", "went well": True}
    assert result("calculator", {"expression": "2 + 2"})["value"] == "4"
    assert result("calendar", "")["today"] == "2026-11-28"
    assert result("calendar", {"date": None, "add_days": 2.0})["date"] == "2026-11-30"
    assert result("course", {"query": "learning rate"})["found"]


@pytest.mark.parametrize(("language", "name"), [("en", "Saturday"), ("fr", "samedi")])
def test_the_calendar_knows_the_day_that_it_was_told(language: str, name: str) -> None:
    """Weekday, days from today, days and weeks between two dates, February 29; against Python's calendar."""
    listed = tools(language, TODAY, LANGUAGES[language])
    assert result("calendar", {}, listed)["weekday"] == name == dates.weekday(TODAY, language)
    found = result("calendar", {"date": "24/12/2026", "other_date": "2026-11-28"}, listed)
    assert (found["days_from_today"], found["days"], found["weeks"], found["and_days"]) == (26, -26, 3, 5)
    assert result("calendar", {"date": "29/02/2028", "add_days": 1}, listed)["date"] == "2028-03-01"


@pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "28/13/2026", "0000-01-01", "9" * 39, "2026-11-28x"])
def test_what_is_no_date_is_said(text: str) -> None:
    """Days that no month has, words, noise."""
    assert "no date" in result("calendar", {"date": text})["error"]
    assert "9999" in result("calendar", {"date": "9999-12-31", "add_days": 1})["error"]


@pytest.mark.parametrize(
    ("language", "query", "stem"),
    [
        ("fr", "Comment fonctionne la température ?", "text_generation"),
        ("en", "learning rate too high", "batch_learning_rate"),
        ("fr", "apprentissage par transfert", "transfer_learning"),
    ],
)
def test_the_course_is_found_with_its_pages(language: str, query: str, stem: str) -> None:
    """The page that teaches it is among the three, each link is a page of the course, and no quiz is told."""
    found = course_search.course(language).search(query)
    assert f"/{stem}" in [one["link"] for one in found]
    assert {one["link"][1:] for one in found} <= {"glossary", *(concept.stem for concept in concepts())}
    assert all("[x]" not in one["excerpt"] and "<!--" not in one["excerpt"] for one in found)
    assert course_search.course(language).search("xyzzyq") == []


@pytest.mark.parametrize(
    ("name", "given", "why"),
    [
        ("shell", {}, "no such tool"),
        ("calculator", {}, "missing argument: expression"),
        ("calculator", {"expression": "1", "mode": "fast"}, "unknown argument: mode"),
        ("calculator", {"expression": 4}, "string expected"),
        ("calculator", {"expression": None}, "string expected"),
        ("calculator", {"expression": "1" * 10_000_000}, "at most"),
        ("calculator", '{"expression": "' + "1" * 10_000_000 + '"}', "at most"),
        ("calculator", {"expression": "1/0"}, "division by zero"),
        ("calculator", "2 + 2", "no JSON"),
        ("calculator", "not json", "no JSON"),
        ("calculator", "[" * 3_000, "no JSON"),
        ("calculator", '{"expression": NaN}', "NaN is no number"),
        ("calculator", "4", "an object is expected"),
        ("calculator", "[]", "an object is expected"),
        ("calendar", {"add_days": float("nan")}, "integer expected"),
        ("calendar", {"add_days": float("inf")}, "integer expected"),
        ("calendar", {"add_days": True}, "integer expected"),
        ("calendar", {"add_days": 10**30}, "expected"),
        ("calendar", '{"add_days": 1e999}', "integer expected"),
        ("calendar", '{"add_days": ' + "9" * 3_000 + "}", "expected"),
        ("course", {"query": ["a"]}, "string expected"),
    ],
)
def test_nonsense_gets_a_result_that_says_what_was_wrong(name: str, given: object, why: str) -> None:
    """Unknown, missing, extra, of the wrong kind, not a number, ten megabytes, thousands deep: a short answer."""
    call = use(name, given, LISTED, "call_1")
    assert not call.went_well
    assert why in json.loads(call.result)["error"]
    assert len(call.result) < 400
    assert len(call.given) <= 200
    assert call.as_message() == {"role": "tool", "tool_call_id": "call_1", "content": call.result}
    assert json.loads(json.dumps(call.as_data()))["arguments"] == {}


ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
)


@given(st.sampled_from([*NAMES, "", "x"]), ANY)
def test_no_arguments_raise(name: str, given: object) -> None:
    """Whatever JSON holds and more."""
    assert json.loads(use(name, given, LISTED).result)


def test_the_two_ways_to_offer_say_the_same() -> None:
    """OpenAI's list and the enforced schema name the same tools with the same arguments, and refuse others."""
    listed = offered(LISTED)
    assert [tool["function"]["name"] for tool in listed] == list(NAMES)
    schema = choice_format(LISTED)["json_schema"]["schema"]
    *choices, answer = schema["anyOf"]
    for tool, choice in zip(listed, choices, strict=True):
        assert choice["properties"]["tool"] == {"const": tool["function"]["name"]}
        assert choice["properties"]["arguments"] == tool["function"]["parameters"]
        assert choice["additionalProperties"] is False
    assert answer["properties"]["tool"] == {"const": "answer"}
    assert all(name in told(LISTED, in_english) for name in NAMES)
    json.dumps([listed, schema])


def test_llama_cpp_can_enforce_the_choice() -> None:
    """Its own converter takes the schema: the grammar that it makes names the tools."""
    import xllamacpp

    grammar = xllamacpp.json_schema_to_grammar(json.dumps(choice_format(LISTED)["json_schema"]["schema"]))
    assert all(name in grammar for name in [*NAMES, "answer"])


@pytest.mark.parametrize("language", ["fr", "en"])
def test_models_are_told_in_the_page_s_language(language: str) -> None:
    """Descriptions and the text of a server without tool calls."""
    listed = tools(language, TODAY, LANGUAGES[language], ["calendar"])
    assert ("aujourd’hui" in listed[0].description) == (language == "fr")
    assert ("outils" in told(listed, LANGUAGES[language])) == (language == "fr")


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ('{"tool": "answer", "answer": "Bonjour"}', lambda got: got == "Bonjour"),
        ('{"tool": "answer", "answer": "' + "a" * 9_000 + '"}', lambda got: got == "a" * 9_000),
        (' {"tool": "calculator", "arguments": {"expression": "6*7"}}\n', lambda got: '"42"' in got.result),
        ('{"tool": "calculator"}', lambda got: not got.went_well),
        ('{"tool": "rm", "arguments": {}}', lambda got: "no such tool" in got.result),
        ('{"tool": 3}', lambda got: got is None),
        ('{"tool": "answer"}', lambda got: got is None),
        ("Bonjour", lambda got: got is None),
        ("[1]", lambda got: got is None),
        ('{"tool": "answer", "answer": "cut', lambda got: got is None),
        ("[" * 9_000, lambda got: got is None),
        ("x" * 1_000_000, lambda got: got is None),
    ],
)
def test_a_choice_is_read(text: str, check: Callable[[Call | str | None], bool]) -> None:
    """An answer, a call, a call that fails, and every text that is neither."""
    assert check(chosen(text, LISTED))


def test_json_of_models_holds_no_not_a_number() -> None:
    """Python's reader would take NaN and Infinity, which no JSON has."""
    for text in ("NaN", "-Infinity", '{"a": Infinity}'):
        with pytest.raises(ArgumentError):
            parsed(text)
