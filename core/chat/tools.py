"""Tools that a model may use, offered in two ways, and what became of each call.

A server that makes tool calls itself is given `offered`; one that does not is given `told`, a text for its prompt, and
`choice_format`, a JSON schema that it enforces on the answer: the model writes which tool it wants with what, or its
answer, and `chosen` reads that. Whatever a model sends, `use` gives a result that it can be told, never an error here.
"""

from __future__ import annotations

import json
import reprlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from core.chat import calculator, course_search, dates
from core.chat.arguments import MOST_WHOLE, ArgumentError, checked, parsed

NAMES = ("calculator", "calendar", "course")
ANSWER = "answer"
"""Stands for no tool where a model must choose."""
MOST_ANSWER, MOST_SHOWN = 20_000, 200
"""Characters of a choice, its answer included; of what is kept of a call as it was sent."""


@dataclass(frozen=True)
class Tool:
    """A tool.

    Attributes:
        name: for the model; the same in every language.
        description: when to use it, in the page's language.
        parameters: the JSON schema of its arguments.
        work: gives a result of arguments that were checked; raises ValueError with what was wrong.
    """

    name: str
    description: str
    parameters: Mapping[str, Any]
    work: Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Call:
    """A call, and what came of it.

    Attributes:
        tool: the name that the model gave.
        given: what it sent, as text, cut where it is long.
        arguments: what was used of it; empty if it was refused.
        result: JSON for the model.
        went_well: whether the tool worked.
        id: the server's own for this call, if it gave one.
    """

    tool: str
    given: str
    arguments: Mapping[str, Any]
    result: str
    went_well: bool
    id: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON carries it."""
        return asdict(self)

    def as_message(self) -> dict[str, str]:
        """Return the message that hands the result to a server that called."""
        return {"role": "tool", "tool_call_id": self.id, "content": self.result}


def tools(language: str, today: date, _: Callable[..., str], names: Sequence[str] = NAMES) -> list[Tool]:
    """Return tools.

    Args:
        language: of the course that is searched, and of weekdays.
        today: the date that the calendar tells.
        _: says a message in the page's language.
        names: which of `NAMES`.
    """
    text = {"type": "string", "maxLength": calculator.MOST_CHARACTERS}
    known = (
        Tool(
            "calculator",
            _("Computes an arithmetic expression, such as 12.5 * (3 + 4) or sqrt(2). Use it for every calculation."),
            _schema({"expression": text}, ["expression"]),
            lambda given: {"value": calculator.calculate(given["expression"])},
        ),
        Tool(
            "calendar",
            _("Tells today's date, the weekday of a date, and the days between two dates (2026-11-28, or today)."),
            _schema(
                {
                    "date": {"type": "string", "maxLength": 40},
                    "other_date": {"type": "string", "maxLength": 40},
                    "add_days": {"type": "integer", "minimum": -MOST_WHOLE, "maximum": MOST_WHOLE},
                },
                [],
            ),
            lambda given: dates.answer(given, today, language),
        ),
        Tool(
            "course",
            _("Searches the lessons of this course on deep learning, and returns extracts with their pages."),
            _schema({"query": text}, ["query"]),
            lambda given: {"found": course_search.course(language).search(given["query"])},
        ),
    )
    return [tool for tool in known if tool.name in names]


def offered(listed: Sequence[Tool]) -> list[dict[str, Any]]:
    """Return the tools as OpenAI's `tools` lists them."""
    return [
        {
            "type": "function",
            "function": {"name": tool.name, "description": tool.description, "parameters": dict(tool.parameters)},
        }
        for tool in listed
    ]


def choice_format(listed: Sequence[Tool]) -> dict[str, Any]:
    """Return the `response_format` that has a server without tool calls choose one, or answer."""
    choices = [
        _schema({"tool": {"const": tool.name}, "arguments": dict(tool.parameters)}, ["tool", "arguments"])
        for tool in listed
    ]
    answer = _schema({"tool": {"const": ANSWER}, "answer": {"type": "string"}}, ["tool", "answer"])
    schema = {"anyOf": [*choices, answer]}
    return {"type": "json_schema", "json_schema": {"name": "choice", "strict": True, "schema": schema}}


def told(listed: Sequence[Tool], _: Callable[..., str]) -> str:
    """Return what is added to the prompt of a server without tool calls."""
    lines = [f"- {tool.name}: {tool.description} {json.dumps(dict(tool.parameters['properties']))}" for tool in listed]
    ask = _(
        "You may use these tools. To use one, write only {example}; you will be told its result. To answer, write "
        "only {answer}.",
        example='{"tool": "calculator", "arguments": {"expression": "2 + 2"}}',
        answer='{"tool": "answer", "answer": "…"}',
    )
    return "\n".join([ask, *lines])


def chosen(text: str, listed: Sequence[Tool]) -> Call | str | None:
    """Return what a model chose under `choice_format`: a call, done; its answer; None if its text is no choice."""
    try:
        choice = parsed(text.strip()) if len(text) <= MOST_ANSWER else None
    except ArgumentError:
        choice = _long_answer(text)
    if not isinstance(choice, Mapping):
        return None
    if choice.get("tool") == ANSWER and isinstance(answer := choice.get("answer"), str):
        return answer
    if isinstance(name := choice.get("tool"), str) and name != ANSWER:
        return use(name, choice.get("arguments", {}), listed)
    return None


def use(name: str, given: object, listed: Sequence[Tool], call_id: str = "") -> Call:
    """Use a tool with what a model sent; a result comes back in every case.

    Args:
        name: the tool's, as the model wrote it.
        given: its arguments, as an object or as JSON text.
        listed: the tools that were offered.
        call_id: the server's, which it wants back.
    """
    shown = _shown(given)
    tool = next((tool for tool in listed if tool.name == name), None)
    if tool is None:
        return _refused(name, shown, f"no such tool; there are {', '.join(tool.name for tool in listed)}", call_id)
    try:
        arguments = checked(given if given not in ("", None) else {}, tool.parameters)
        result = json.dumps(tool.work(arguments), ensure_ascii=False)
    except ValueError as error:
        return _refused(name, shown, str(error)[:200], call_id)
    return Call(name, shown, arguments, result, went_well=True, id=call_id)


def _refused(name: str, shown: str, why: str, call_id: str) -> Call:
    return Call(name[:60], shown, {}, json.dumps({"error": why}, ensure_ascii=False), went_well=False, id=call_id)


def _shown(given: object) -> str:
    """Return what a model sent as text, cut where it is long."""
    if isinstance(given, str):
        return given[:MOST_SHOWN]
    try:
        return json.dumps(given, ensure_ascii=False)[:MOST_SHOWN]
    except (TypeError, ValueError, RecursionError):
        return reprlib.repr(given)[:MOST_SHOWN]


def _long_answer(text: str) -> object:
    """Return a choice that is longer than arguments may be: an answer may be."""
    try:
        return json.loads(text) if len(text) <= MOST_ANSWER else None
    except (ValueError, RecursionError):
        return None


def _schema(properties: Mapping[str, Any], required: Sequence[str]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties), "required": list(required), "additionalProperties": False}
