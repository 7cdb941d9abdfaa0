"""A question as JSON: settings within bounds, and what is left out for a server that says what it does not take."""

from __future__ import annotations

import pytest

from core import limits
from core.chat.requests import How, Wish, body, offending
from core.chat.schemas import keeps
from tests.chat.asking import said

ASKED = body("m", [said("Hi")], How(), Wish(alternatives=3), frozenset())


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("Unrecognized request argument supplied: top_k", {"top_k", "min_p"}),
        ("Unexpected fields in the request: {'min_p', 'top_k'}", {"top_k", "min_p"}),
        ('[{"type": "extra_forbidden", "loc": ["body", "seed"]}, {"loc": ["body", "min_p"]}]',
         {"top_k", "min_p", "seed"}),
        ("Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens'",
         {"max_tokens"}),
        ("Unsupported value: 'temperature' does not support 0.7 with this model.", {"temperature"}),
        ("temperature: Input should be less than or equal to 1.5", set()),
        ("Bad Request", {"top_k", "min_p", "logprobs", "top_logprobs", "stream_options"}),
    ],
)  # fmt: skip
def test_a_refusal_names_what_to_leave_out(words: str, fields: set[str]) -> None:
    """By the field, never by the server's name; a value out of its bounds is for the student to change."""
    assert offending(ASKED, words) == fields


def test_what_is_refused_goes_by_its_other_name_or_not_at_all() -> None:
    """The length and the seed have two names; both refused, neither is sent. What is needed always is."""
    refused = frozenset({"max_tokens", "seed", "random_seed", "top_k"})
    found = body("m", [said("Hi")], How(tokens=7), Wish(), refused)
    assert found["max_completion_tokens"] == 7
    assert not refused & set(found)
    assert {"model", "messages", "stream"} <= set(found)


def test_the_length_keeps_to_the_servers_own_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is asked, in a class less than at home."""
    most = [body("m", [], How(tokens=100_000), Wish(), frozenset())["max_tokens"]]
    monkeypatch.setenv("CURSEURS_CLASS", "1")
    most.append(body("m", [], How(tokens=100_000), Wish(), frozenset())["max_tokens"])
    assert most == [limits.AT_HOME.tokens, limits.IN_CLASS.tokens]


@pytest.mark.parametrize(
    "out", [{"temperature": 2.1}, {"temperature": -1}, {"top_p": 0}, {"top_p": 1.1}, {"tokens": 0}, {"seed": -1},
            {"seed": 2**31}, {"temperature": float("nan")}]
)  # fmt: skip
def test_settings_out_of_their_bounds_are_refused(out: dict[str, float]) -> None:
    """Before anything is sent."""
    with pytest.raises(ValueError, match="How"):
        How(**out)  # type: ignore[arg-type]


FORM = {
    "type": "object",
    "properties": {
        "a": {"type": "integer"},
        "b": {"enum": ["x"]},
        "c": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["a"],
}


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [('{"a": 1}', True), ('{"a": 1, "b": "x", "c": ["y"], "d": null}', True), ('{"a": true}', False), ("{}", False),
     ('{"a": 1, "b": "y"}', False), ('{"a": 1, "c": [2]}', False), ("[]", False), ('{"a": 1', False), ("", False),
     ("[" * 100_000, False)],
)  # fmt: skip
def test_an_answer_keeps_its_schema_or_does_not(text: str, is_kept: bool) -> None:
    """Types, choices, what is required and what is in lists."""
    assert keeps(FORM, text) is is_kept
