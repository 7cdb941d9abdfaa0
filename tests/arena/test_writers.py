"""The hidden writers: like with like, each text the same for a whole class, and cut alike."""

from __future__ import annotations

import pytest

from core import limits
from core.arena.blind import Pairing
from core.arena.writers import LONGEST, PROMPTS, TOKENS, WRITERS, groups, refusal, writers
from core.arena.writing import seed_of, whole_sentences, write
from core.ballots import LONGEST_PROMPT
from core.language_models import catalogue
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all
from core.stories.instructions import Instruction
from core.three_phases import live


def test_a_group_speaks_one_language() -> None:
    """A French model never stands beside an English one: the language would tell."""
    for group in PROMPTS:
        models = {catalogue.description(writer.model).id for writer in WRITERS.values() if writer.group == group}
        assert models == ({"smollm2"} if group == "english" else {"mini"})
    assert all(len(writers(group)) >= 2 for group in groups())


def test_a_class_has_the_writers_that_it_may_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty students load no half gigabyte unless the teacher says so."""
    monkeypatch.setenv(limits.CLASS, "1")
    assert groups() == ["stories", "instructions"]


def test_every_ready_prompt_would_be_taken_and_every_vote_kept() -> None:
    """No writer and no prompt of ours is refused by the store."""
    for group, prompts in PROMPTS.items():
        assert LONGEST[group] <= LONGEST_PROMPT
        for prompt in prompts:
            assert refusal(LONGEST[group], prompt) == ""
            first, *others = [writer.id for writer in WRITERS.values() if writer.group == group]
            for other in others:
                Pairing(first, other, prompt, 1).ballot("", "a" * 32, ("", ""), "tie")


@pytest.mark.parametrize(
    ("prompt", "why"),
    [
        ("", "empty"),
        (" \n ", "empty"),
        ("a" * 161, "long"),
        ("a" * 10_000_000, "long"),
        ("12345 !!! ???", "words"),
        ("ab", "words"),
        ("Il\x00était une fois", "words"),
        ("Il était \ud800", "words"),
        ("<b>Un ogre</b>", ""),
        ("Une fée", ""),
    ],
)
def test_a_prompt_of_ones_own_is_of_words(prompt: str, why: str) -> None:
    """Nonsense is refused with its reason; what looks like HTML is only words."""
    assert refusal(LONGEST["stories"], prompt) == why


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Elle rit. Il pleur", "Elle rit."),
        ("Elle rit. « Viens ! » a dit le loup. Et", "Elle rit. « Viens ! » a dit le loup."),
        ("Il dit : « Viens\u00a0!\u00a0» Puis il", "Il dit : « Viens\u00a0!\u00a0»"),
        ("It costs 3.5 dollars and", "It costs 3.5 dollars…"),
        ("était une fois un lou", "était une fois un…"),
        ("One.\n\n\n\nTwo.", "One.\n\nTwo."),
        ("\N{REPLACEMENT CHARACTER}Oui.", "Oui."),
        ("", "…"),
    ],
)
def test_a_text_ends_with_its_last_whole_sentence(written: str, kept: str) -> None:
    """Where a writer was cut does not show."""
    assert whole_sentences(written) == kept


def test_a_story_is_what_the_model_writes_on_the_page_about_text_generation() -> None:
    """Equal settings and seeds give the same tokens there; equal questions the same text, another draw not."""
    name, prompt = "mini@300/T0.7", PROMPTS["stories"][0]
    request = Request("mini@300", prompt, (), Sampling(temperature=0.7), seed_of(name, prompt, 1), TOKENS["stories"])
    bytes_written = b"".join(bytes.fromhex(step["bytes"]) for step in write_all(request)["steps"])
    found = write(name, prompt, 1)
    assert found == whole_sentences(bytes_written.decode().replace("<|endoftext|>", ""))
    assert found == write(name, prompt, 1) != write(name, prompt, 2)


def test_an_order_is_obeyed_as_on_the_page_about_three_phases() -> None:
    """Each phase answers an instruction as there, token for token."""
    asked = Instruction(hero="lapin", thing="boussole", plot="lost", helper="loup")
    for phase in ("pretrained", "instructed", "aligned"):
        name = f"mini-{phase}/T0.5"
        told = live.answer(asked.to_json(), 0.5, seed_of(name, asked.text, 1))
        (text,) = [answer["text"] for answer in told if answer["by"] == phase]
        assert write(name, asked.text, 1) == whole_sentences(text)
