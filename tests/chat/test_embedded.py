"""The embedded model: what its server answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.chat import capabilities, client, embedded
from core.chat.answers import Answer, Token
from core.chat.errors import Kind
from core.chat.requests import How, Message, Wish
from core.chat.servers import Server
from core.once import once
from tests.chat.asking import ask, said

COLD = How(temperature=0, tokens=12)
TOLERANCE = 0.25
"""Of a natural logarithm, on average: llama.cpp multiplies in 8 bits what transformers multiplies in 32."""
FORM = {
    "type": "object",
    "properties": {"animal": {"enum": ["otter", "wolf"]}, "legs": {"type": "integer"}},
    "required": ["animal", "legs"],
    "additionalProperties": False,
}


def test_an_answer_comes_in_pieces_and_is_counted(smollm2: Server) -> None:
    """Twelve tokens asked, twelve counted and not fewer than pieces; the first comes before the end."""
    answer = ask(smollm2, "Tell me a story.", COLD)
    assert answer.error is None
    assert answer.usage is not None
    assert (answer.reason, answer.usage.answer) == ("length", 12)
    assert 1 < len(answer.pieces) <= 12
    assert answer.first is not None
    assert answer.first < answer.seconds
    assert "".join(piece.text for piece in answer.pieces) == answer.text


def test_alternatives_are_the_models_own_probabilities(smollm2: Server) -> None:
    """Sorted, together at most 1; cold, the first of them is taken; the tokens' bytes make the text."""
    answer = ask(smollm2, "Count: one, two,", COLD, Wish(alternatives=5))
    assert answer.usage is not None
    assert len(answer.tokens) == answer.usage.answer
    assert b"".join(token.bytes for token in answer.tokens).decode() == answer.text
    for token in answer.tokens:
        found = [other.logprob for other in token.alternatives]
        assert len(found) == 5
        assert found == sorted(found, reverse=True)
        assert sum(math.exp(each) for each in found) <= 1 + 1e-6
        assert (token.bytes, token.logprob) == (token.alternatives[0].bytes, token.alternatives[0].logprob)


def test_the_same_seed_writes_the_same_text(smollm2: Server) -> None:
    """Another one writes another."""
    first, again, other = (ask(smollm2, "Hello", How(1.5, tokens=16, seed=seed)).text for seed in (3, 3, 4))
    assert first == again != other


def test_what_was_asked_before_changes_no_answer(smollm2: Server) -> None:
    """The last question of a conversation, asked as it went on and by a process that starts with it: the same tokens.

    So it is in the middle of others too. With what was read kept for the next question, all of it is rounded otherwise.
    """
    conversation: list[Message] = []
    for question in ("Hi! My name is Léa.", "I like the sea.", "What is my name?"):
        conversation.append(said(question))
        went_on = _tokens(smollm2, conversation)
        conversation.append(said("Hello Léa, and the sea!", "assistant"))
    embedded.stop()
    with ThreadPoolExecutor(4) as together:
        for found in together.map(lambda _turn: _tokens(smollm2, conversation[:-1]), range(4)):
            assert found == went_on


def _tokens(server: Server, conversation: Sequence[Message]) -> list[Token]:
    answer = Answer()
    for event in client.ask(server, conversation, COLD, Wish(alternatives=3)):
        answer.take(event)
    assert answer.tokens
    return answer.tokens


def test_no_cut_but_the_sliders(smollm2: Server) -> None:
    """At temperature 2 the server draws tokens that its own default, a twentieth of the likeliest, would not let by."""
    answer = ask(smollm2, "Hello", How(temperature=2, tokens=16), Wish(alternatives=1))
    behind = [token.logprob - token.alternatives[0].logprob for token in answer.tokens]
    assert min(behind) < math.log(0.05)
    narrow = ask(smollm2, "Hello", How(temperature=2, top_p=0.01, tokens=8), Wish(alternatives=1))
    assert all(token.bytes == token.alternatives[0].bytes for token in narrow.tokens)


def test_a_schema_is_enforced(smollm2: Server) -> None:
    """However small the model and hot the drawing: JSON of that form, and the row says that it can."""
    answer = ask(smollm2, "Which animal?", How(1.5, tokens=80), Wish(schema=FORM))
    assert answer.reason == "stop"
    assert capabilities.of(smollm2).schema is True


def test_the_row_of_capabilities_is_what_came_back(smollm2: Server) -> None:
    """Nothing is known before; after some questions, what they have shown, and no more."""
    assert capabilities.of(smollm2) == capabilities.Capabilities()
    ask(smollm2)
    row = capabilities.of(smollm2)
    assert (row.streams, row.usage, row.logprobs, row.schema, row.models) == (True, True, None, None, None)
    ask(smollm2, wish=Wish(alternatives=2))
    assert client.models(smollm2) == ["smollm2"]
    row = capabilities.of(smollm2)
    assert (row.logprobs, row.models, row.refused) == (True, True, frozenset())


def test_a_conversation_beyond_the_window_is_too_long(smollm2: Server) -> None:
    """The server's own refusal, by its kind."""
    error = ask(smollm2, "one " * 2_500).error
    assert error is not None
    assert (error.kind, error.status) == (Kind.TOO_LONG, 400)


def test_a_system_message_comes_first_and_counts(smollm2: Server) -> None:
    """It takes the place of the template's own: its words are in the prompt that the server counts."""
    brief, long = (ask(smollm2, how=How(tokens=1, system=text)).usage for text in ("Be brief.", "Be brief. " * 50))
    assert brief is not None
    assert long is not None
    assert long.prompt > brief.prompt + 100


@once()
def own_model() -> Any:
    """The same weights, read by transformers."""
    from core.language_models import catalogue

    return catalogue.load("smollm2")


@pytest.mark.slow
@pytest.mark.parametrize("temperature", [0, 1.5])
def test_its_log_probabilities_are_those_of_our_own_forward_pass(smollm2: Server, temperature: float) -> None:
    """Token by token: within the rounding of 4-bit products, and before the temperature, which would move them far."""
    import torch

    from core.chat import received

    how = How(temperature, tokens=12)
    answer = ask(smollm2, "What is the capital of France?", how, Wish(alternatives=3))
    prompt = [token.id for token in received.receive(smollm2, [said("What is the capital of France?")], how).tokens]
    loaded = own_model()
    numbers = {word: at for at, word in enumerate(loaded.vocabulary)}
    written = [numbers[token.bytes] for token in answer.tokens]
    with torch.inference_mode():
        logits = loaded.model(torch.tensor([prompt + written])).logits[0, len(prompt) - 1 : -1]
    ours = torch.log_softmax(logits.float(), -1)
    differences = [abs(float(ours[at, number]) - token.logprob)
                   for at, (number, token) in enumerate(zip(written, answer.tokens, strict=True))]  # fmt: skip
    assert sum(differences) / len(differences) < TOLERANCE, differences
