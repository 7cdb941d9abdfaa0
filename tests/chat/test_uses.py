"""The twelve uses, the rubric and the ten messages: whole in both languages, and judged as said."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat import code_run
from core.chat.classified import LABELS, messages, prompt, read, score
from core.chat.rubric import RubricError, judgement, scores
from core.chat.uses import IDS, USES, uses
from core.lessons import LessonError

LANGUAGES = ("fr", "en")


def test_the_twelve_uses_stand_in_both_languages() -> None:
    """The same uses with the same criteria, each with a prompt that can be sent as it is."""
    french, english = (uses(language) for language in LANGUAGES)
    assert list(french) == list(english) == list(IDS)
    assert len(IDS) == 12
    for one, other in zip(french.values(), english.values(), strict=True):
        assert [criterion.id for criterion in one.criteria] == [criterion.id for criterion in other.criteria]
        assert one.title != other.title
        assert ">" not in one.prompt + other.prompt
        assert len(one.prompt) < 1_000, "a short window must hold it"
    with pytest.raises(LessonError):
        uses("de")


def test_the_french_prompts_are_written_as_french_is() -> None:
    """A no-break space before : ; ? ! and inside guillemets."""
    text = re.sub(r"```.*?```|`[^`]*`|^[a-z]+: ", "", (USES / "fr.md").read_text(encoding="utf-8"), flags=re.S | re.M)
    assert not re.findall(r"\w [:;?!»](?=\s)|« (?=\w)", text)
    assert not any(re.search(r"\w [:;?!]", message.text) for message in messages("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_code_to_explain_prints_is_what_the_rubric_says(language: str) -> None:
    """The program of the prompt, run: [1], then [1, 2], as its first criterion has it."""
    use = uses(language)["explain-code"]
    ran = code_run.run(code_run.fenced(use.prompt) or "")
    code_run.stop()
    assert ran.output == "[1]\n[1, 2]\n"
    assert all(line in use.criteria[0].text for line in ran.output.splitlines())


def test_judgements_add_up_by_model() -> None:
    """Partly is half; every use weighs the same; the last judgement of a use counts; nonsense of a file is left out."""
    two, three = uses("fr")["classify"], uses("fr")["summarise"]
    told: list[Any] = [
        judgement("a", two, {"labels": "no"}),
        judgement(" a ", two, {"labels": "yes", "form": "partly"}),
        judgement("a", three, {"true": "no"}),
        judgement("b", three, {}),
        judgement("c", three, {"true": "yes"}),
        *(None, 3, {}, {"model": "a", "use": "fly", "marks": {"x": "yes"}}),
        {"model": "a", "use": "role", "marks": {"x": 1}},
    ]
    found = scores(json.loads(json.dumps(told)))
    assert found["a"] == {"share": 0.375, "uses": 2, "by_use": {"classify": 0.75, "summarise": 0.0}}
    assert list(found) == ["a", "c"]
    for marks in ({"labels": "maybe"}, {"other": "yes"}):
        with pytest.raises(RubricError):
            judgement("a", two, marks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_messages_of_four_kinds(language: str) -> None:
    """Each label two or three times, no message twice, and none that names its own label's neighbour."""
    asked = messages(language)
    assert len({message.text for message in asked}) == 10
    assert {sum(message.label == label for message in asked) for label in LABELS} == {2, 3}
    assert prompt(" Classez. ", language).startswith("Classez.\n\n1. ")
    assert "\n10. " in prompt("", language)


def written(form: str, language: str) -> str:
    names = [LABELS[message.label][language] for message in messages(language)]
    return {
        "lines": "\n".join(f"{number}. {name}" for number, name in enumerate(names, 1)),
        "bold": "Voici :\n" + "\n".join(f"**{number}** : **{name.upper()}**" for number, name in enumerate(names, 1)),
        "plain": "\n".join(names),
        "list": json.dumps(names),
        "object": json.dumps({"labels": names}, ensure_ascii=False),
        "numbers": "```json\n" + json.dumps({str(number): name for number, name in enumerate(names, 1)}) + "\n```",
        "items": json.dumps([{"id": 1, "label": name} for name in names]),
    }[form]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["lines", "bold", "plain", "list", "object", "numbers", "items"])
def test_a_right_answer_is_perfect_in_every_form(form: str, language: str) -> None:
    """Numbered or not, JSON of several shapes; one wrong label, or one missing line, is no longer perfect."""
    answer = written(form, language)
    assert score(answer, language).is_perfect
    wrong = answer.replace(LABELS["thanks"][language], LABELS["complaint"][language], 1)
    if form != "bold":
        assert sum(score(wrong, language).right) == 9


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("1. question ou réclamation\n2. Remerciements", [None, "thanks"]),
        ("1. Ce n’est pas clair\n2. reclamation.", [None, "complaint"]),
        ("2. annulation\n1. question\n2. question", ["question", "cancellation"]),
        ("question", [None, None]),
        ("", [None, None]),
        ("[" * 9_000, [None, None]),
        ('{"1": null, "2": ["question"]}', [None, "question"]),
        ("x" * 10**6, [None, None]),
    ],
)
def test_what_cannot_be_read_is_no_label(answer: str, told: list[str | None]) -> None:
    """Two labels in a line, none, numbers out of order and twice, nonsense: the first that says one thing counts."""
    assert read(answer, "fr", 2) == told


@given(st.text(st.sampled_from('0123456789.:[]{}"\n, question réclamation'), max_size=60))
def test_any_answer_can_be_scored(answer: str) -> None:
    """Whatever a model writes."""
    assert len(score(answer, "fr").right) == 10
