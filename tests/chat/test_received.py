"""What the model receives is what its server says; where each part comes from is found, not guessed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.chat import client, embedded
from core.chat.answers import Usage
from core.chat.errors import ChatError, Kind
from core.chat.received import keep, receive, surely_fits
from core.chat.requests import How, Message
from core.chat.servers import Server
from core.chat.templates import Part, parts
from tests.chat.asking import said
from tests.chat.odd_server import OddServer

TALK = [said("My name is Ada."), said("Hello Ada!", "assistant"), said("Et après ? 🦊")]
BRIEF = How(tokens=8, system="Be brief.")


def tell(path: str, body: dict[str, object]) -> dict[str, object]:
    """Ask the embedded server itself."""
    server, route = embedded.reached()
    headers = {"authorization": f"Bearer {server.key.secret()}"}
    found: dict[str, object] = httpx2.post(f"{route.address.root}/{path}", json=body, headers=headers).json()
    return found


@pytest.mark.parametrize("how", [BRIEF, How(tokens=8)])
@pytest.mark.parametrize("talk", [TALK, TALK[:1], [said("")], [said("<|im_end|> user\n🦊")], [said("  x  ")]])
def test_what_is_shown_is_what_the_server_says(smollm2: Server, talk: list[Message], how: How) -> None:
    """Text and tokens equal its `/apply-template` and `/tokenize`; there are as many as it counts for the answer."""
    found = receive(smollm2, talk, how)
    text = tell("apply-template", {"messages": how.messages(talk)})["prompt"]
    tokens = tell("tokenize", {"content": text, "parse_special": True, "add_special": True})["tokens"]
    assert found.text == text
    assert [token.id for token in found.tokens] == tokens
    assert b"".join(token.bytes for token in found.tokens).decode() == text
    counted = [event.prompt for event in client.ask(smollm2, talk, how) if isinstance(event, Usage)]
    assert counted == [len(found.tokens)]
    assert found.window == embedded.WINDOW


def test_each_part_is_told_apart(smollm2: Server) -> None:
    """System message, turns, question and the beginning of the answer; the marks between are the template's."""
    found = receive(smollm2, TALK, BRIEF)
    texts = {part: b"".join(token.bytes for token in found.tokens if token.part is part).decode() for part in Part}
    assert texts[Part.SYSTEM] == "Be brief."
    assert texts[Part.USER] == "My name is Ada."
    assert texts[Part.ASSISTANT] == "Hello Ada!"
    assert texts[Part.QUESTION] == "Et après ? 🦊"
    assert texts[Part.GENERATION] == "<|im_start|>assistant\n"
    assert {token.text for token in found.tokens if token.special} == {"<|im_start|>", "<|im_end|>"}
    assert {token.message for token in found.tokens if token.part is Part.QUESTION} == {3}
    assert sum(found.count(part) for part in Part) == len(found.tokens)


def test_the_templates_own_system_message_is_one(smollm2: Server) -> None:
    """Nobody wrote it, and the model reads it: it belongs to no message."""
    found = receive(smollm2, TALK, How())
    own = [token for token in found.tokens if token.part is Part.SYSTEM]
    assert "".join(token.text for token in own).startswith("You are a helpful AI assistant named SmolLM")
    assert {token.message for token in own} == {None}


def test_a_mark_that_a_student_types_is_the_mark(smollm2: Server) -> None:
    """llama.cpp reads `<|im_end|>` in a question as the end of the turn: shown as special, and as the student's."""
    found = receive(smollm2, [said("a <|im_end|> <b> b")], BRIEF)
    typed = [(token.text, token.special) for token in found.tokens if token.part is Part.QUESTION]
    assert ("<|im_end|>", True) in typed
    assert [text for text, is_special in typed if is_special] == ["<|im_end|>"]


def test_the_oldest_falls_out_of_a_short_window(smollm2: Server) -> None:
    """Turn by turn, until what is left and the answer fit; the model then no longer reads the name."""
    talk = [*TALK[:2], said("It is late."), said("Good night!", "assistant"), said("What is my name?")]
    whole = keep(smollm2, talk, BRIEF)
    assert (whole.fallen, whole.fits) == ((), True)
    window = len(whole.received.tokens) + BRIEF.tokens - 1
    short = keep(smollm2, talk, BRIEF, window)
    assert short.fallen == tuple(talk[:2])
    assert short.conversation == tuple(talk[2:])
    assert short.fits
    assert short.received.text is not None
    assert "Ada" not in short.received.text
    assert "Be brief." in short.received.text
    least = keep(smollm2, talk, BRIEF, 10)
    assert (least.conversation, least.fits) == ((talk[-1],), False)


def test_of_a_server_that_does_not_say_it_nothing_is_claimed(odd: OddServer) -> None:
    """What was sent, and no more; but a wrong answer is said to be one."""
    found = receive(odd.server("404"), TALK, BRIEF)
    assert (found.is_known, found.text, found.tokens, found.window) == (False, None, (), None)
    assert list(found.sent) == BRIEF.messages(TALK)
    with pytest.raises(ChatError) as caught:
        receive(odd.server("whole"), TALK, BRIEF)
    assert caught.value.kind is Kind.NONSENSE
    with pytest.raises(ChatError) as caught:
        receive(odd.server("401"), TALK, BRIEF)
    assert caught.value.kind is Kind.UNAUTHORISED


def chatml(messages: Sequence[Message], to_answer: bool) -> str:
    text = "".join(f"<|{message['role']}|>{message['content']}<|end|>" for message in messages)
    return text + "<|assistant|>" * to_answer


def stripping(messages: Sequence[Message], to_answer: bool) -> str:
    """As Llama 2's: turns in brackets, stripped, nothing that begins the answer."""
    return "<s>" + "".join(f"[INST] {str(message['content']).strip()} [/INST]" for message in messages)


def with_its_own(messages: Sequence[Message], to_answer: bool) -> str:
    """It has a system message unless it is given one."""
    own = [] if messages[0]["role"] == "system" else [{"role": "system", "content": "Be kind."}]
    return chatml([*own, *messages], to_answer)


def shouting(messages: Sequence[Message], to_answer: bool) -> str:
    """It rewrites what it is given."""
    return chatml([{**message, "content": str(message["content"]).upper()} for message in messages], to_answer)


@settings(deadline=None)
@given(
    st.sampled_from([chatml, stripping, with_its_own, shouting]),
    st.lists(st.tuples(st.sampled_from(["system", "user", "assistant"]), st.text("ab <|>\n")), min_size=1, max_size=5),
)
def test_the_parts_make_the_text(
    template: Callable[[Sequence[Message], bool], str], talk: list[tuple[str, str]]
) -> None:  # fmt: skip
    """Whatever the template does: joined, they are the text, and a part that is a message holds its words."""
    messages = [said(text, role) for role, text in talk]
    text = template(messages, True)
    found = parts(template, messages, text)
    assert "".join(span.text for span in found) == text
    for span in found:
        if span.message is not None:
            assert span.text.strip() == messages[span.message]["content"].strip()
    if template is shouting:
        assert [span.part for span in found] == [Part.TEMPLATE]
    else:
        assert [span.message for span in found if span.message is not None] == list(range(len(messages)))
    if template is with_its_own and talk[0][0] != "system":
        assert found[1].text == "Be kind."
        assert found[1].part is Part.SYSTEM


@pytest.mark.parametrize("letter", ["a", "a ", "é", "\u4e2d", "\U0001f600", "<|im_end|>", "\x01", "\n"])
def test_what_surely_fits_fits(smollm2: Server, letter: str) -> None:
    """The longest text that is asked about unread: the server's own count leaves room for the whole answer."""
    how = How(tokens=60, system="Be brief.")
    times = next(times for times in range(2_000) if not surely_fits(smollm2, [said(letter * (times + 1))], how))
    assert times
    assert receive(smollm2, [said(letter * times)], how).fits()
    assert not surely_fits(smollm2, [said("Hello")], how, window=128)
