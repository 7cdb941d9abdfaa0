"""What was measured of the embedded model: whole, added up as said, and the same when it is asked again."""

from __future__ import annotations

from itertools import product

import pytest

from core.chat import checks, code_run, recorded, trials
from core.chat.record import FOLDER, PARTS, holds, text
from core.chat.servers import Server
from core.chat.uses import IDS, uses


def test_every_part_is_shipped_and_says_where_it_comes_from() -> None:
    """Each with its date and machine, all together below 300 kB."""
    for name in PARTS:
        assert recorded.part(name).date.startswith("2026-")
        assert recorded.part(name).machine
    assert sum((FOLDER / f"{name}.json").stat().st_size for name in PARTS) < 300_000


def test_facts_are_right_wrong_and_made_up() -> None:
    """Ten of each of the first two; nothing made up is admitted to be unknown."""
    facts = recorded.facts()
    assert [len(facts[name]) for name in ("known", "missed", "unknowable")] == [10, 10, 5]
    assert all(fact.right for fact in facts["known"])
    assert not any(fact.right for fact in facts["missed"] + facts["unknowable"])
    assert not any(fact.admits for fact in facts["unknowable"])
    for fact, asked in zip(facts["known"] + facts["missed"], trials.KNOWN + trials.MISSED, strict=True):
        assert fact.right == holds(fact.answer, asked.right)


def test_a_text_makes_right_what_was_wrong() -> None:
    """In English, each likeliest answer is wrong without the text and right with it, most of those drawn too."""
    assert len(recorded.documents()) == sum(len(document.asked) for document in trials.DOCUMENTS)
    for row in recorded.documents():
        assert row.right in row.text
        assert not row.ways["without"].right
        assert row.ways["without"].seeds_right <= 1, "a year may be guessed"
        if row.language == "en":
            assert row.ways["system"].right
            assert row.ways["question"].right
            assert row.ways["system"].seeds_right > row.seeds / 2
    best = [row for row in recorded.documents() if row.question == "What year was the museum founded?"]
    assert {way: share.seeds_right for way, share in best[0].ways.items()} == {
        "system": 10, "question": 10, "without": 0}  # fmt: skip


def test_the_good_prompt_makes_no_mistake_and_the_naive_ones_do() -> None:
    """Of the ten messages in English; scores are those of the labels read again from the answers."""
    scores = {(row.language, row.name): row.score for row in recorded.mission()}
    assert set(scores) == {(language, name) for language, names in trials.PROMPTS.items() for name in names}
    assert scores["en", "good"] == 10 > max(scores["en", "bare"], scores["en", "naive"])
    for row in recorded.mission():
        told = [trials.label(answer, row.language) for answer in row.answers]
        right = [label for _, label in trials.REVIEWS[row.language]]
        assert row.score == sum(one == other for one, other in zip(told, right, strict=True))


def test_the_uses_are_checked_as_their_answers_say() -> None:
    """Every use in both languages, likeliest and twice drawn; what holds is what the checks say of the answer now."""
    assert [(row.language, row.use) for row in recorded.used() if row.seed is None] == list(product(("en", "fr"), IDS))
    assert len(recorded.used()) == 72
    for row in recorded.used():
        if row.use != "write-code":  # runs a program each time: once in the record is enough
            assert row.holds == checks.checked(row.use, row.language, uses(row.language)[row.use].prompt, row.answer)
    assert {way["asked"] for way in recorded.tools().values()} == {20}


def test_a_longer_window_forgets_later() -> None:
    """What was told first falls out of a window of 128 tokens before it does out of 256, and of 512."""
    for row in recorded.part("forgetting").told["rows"]:
        falls = [row["falls"][str(window)] for window in recorded.part("forgetting").told["windows"]]
        assert falls == sorted(set(falls))
        assert falls[0] == 2
        assert not holds(row["without"], [row["right"]]), "it cannot know what it does not receive"


def test_a_tool_is_chosen_only_where_a_schema_forces_a_choice() -> None:
    """Told of the tools, or given them, it calls none; forced, half of its choices are right at most."""
    told = recorded.tools()
    assert told["told"]["right_tool"] == told["own"]["right_tool"] == 0
    assert 0 < told["schema"]["right"] <= told["schema"]["right_tool"] <= 10


def test_what_is_checked_holds_of_a_right_answer() -> None:
    """A right answer holds in everything; one that repeats its prompt does not."""
    right = {
        "classify": "1. positive\n2. mixed\n3. negative\n4. positive",
        "extract": '{"name": "Nadia Benali", "date": "2027-03-05", "people": 6, "allergies": ["nuts", "sesame"]}',
        "answer": "1. No, it is closed by then.\n2. Yes, that is allowed.\n3. The rules do not say what it is.",
        "write-code": "```python\ndef palindrome(text):\n    kept = [c for c in text.lower() if c.isalnum()]\n"
        "    return kept == kept[::-1]\n```",
    }
    for use, answer in right.items():
        prompt = uses("en")[use].prompt
        assert all(checks.checked(use, "en", prompt, answer).values()), use
        assert not all(checks.checked(use, "en", prompt, prompt).values()), use
    code_run.stop()


@pytest.mark.parametrize("fact", trials.KNOWN[:1])
def test_an_answer_is_the_same_when_it_is_asked_again(smollm2: Server, fact: trials.Asked) -> None:
    """At temperature 0, this engine writes what it wrote."""
    assert text(fact.question) == recorded.facts()["known"][0].answer
