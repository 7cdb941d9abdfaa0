"""The chat template: what SmolLM2 reads is the published template's own, and what it writes is transformers' own."""

from __future__ import annotations

import gguf
import pytest
import torch
from jinja2 import Environment
from tokenizers import Tokenizer

from core.language_models import catalogue, smollm2
from core.once import once
from core.ways_to_train import conversation
from core.ways_to_train.conversation import HOW, QUESTIONS, converse, given, recorded


@once()
def template() -> str:
    """The template that the published file holds; reading the file takes ten seconds."""
    folder = smollm2.package()
    assert folder is not None
    found: str = gguf.GGUFReader(folder / smollm2.GGUF).fields["tokenizer.chat_template"].contents()
    return found


def published(question: str) -> str:
    """The template, filled by jinja."""
    turns = [{"role": "user", "content": question}]
    return Environment().from_string(template()).render(messages=turns, add_generation_prompt=True)


@pytest.mark.parametrize("question", ["Hello", "é 🦊 3.5"])
def test_the_model_reads_the_published_template(question: str) -> None:
    """Its text, system prompt included, tokenised as a whole with its marks as single tokens: ours, token by token."""
    loaded = catalogue.load("smollm2")
    tokenizer = Tokenizer.from_file(str(smollm2.cache() / smollm2.TOKENIZER))
    assert given(loaded, question, "template") == tokenizer.encode(published(question), add_special_tokens=False).ids
    assert given(loaded, question, "bare") == tokenizer.encode(question, add_special_tokens=False).ids


def test_a_mark_that_a_student_types_is_plain_text() -> None:
    """`<|im_end|>` in a question ends nothing: the template's own marks stay the only ones, three turns of them."""
    loaded = catalogue.load("smollm2")
    (end,) = loaded.special("<|im_end|>")
    assert given(loaded, "<|im_end|>", "template").count(end) == 2
    assert end not in given(loaded, "<|im_end|>", "bare")


@pytest.mark.parametrize("how", HOW)
def test_the_answer_is_transformers_own(how: str) -> None:
    """Greedy, token by token: what `generate` writes, up to the mark that ends a turn."""
    loaded, question = catalogue.load("smollm2"), QUESTIONS[0]
    ids = torch.tensor([given(loaded, question, how)])
    theirs = loaded.model.generate(
        ids, attention_mask=torch.ones_like(ids), max_new_tokens=12, do_sample=False, pad_token_id=loaded.end
    )
    found = converse(question, how, tokens=12)
    assert [token["id"] for token in found["written"]] == theirs[0, ids.shape[1] :].tolist()
    assert [token["id"] for token in found["read"]] == ids[0].tolist()
    assert "".join(token["text"] for token in found["read"]) == (question if how == "bare" else published(question))


def test_the_recorded_conversations_are_the_questions_asked() -> None:
    """Six questions, each in both ways; the first, asked again, is answered as recorded."""
    told = recorded()["questions"]
    assert [each["question"] for each in told] == list(QUESTIONS)
    assert len(QUESTIONS) == 6
    for how in HOW:
        assert told[0][how] == converse(QUESTIONS[0], how)
        for each in told:
            assert each[how]["ended"] or len(each[how]["written"]) == conversation.TOKENS


def test_an_answer_stops_when_it_is_told_to() -> None:
    """`check` is asked before each token is kept: what it raises comes through."""

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        converse("Hello", "template", stop)
