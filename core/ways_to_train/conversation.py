"""One question asked of SmolLM2 bare and inside its chat template: what it really reads, and what it answers.

The template is the published one of SmolLM2-135M-Instruct, its default system prompt included.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from core.files import RECORDED, write_whole
from core.language_models.sampling import Sampling
from core.once import once

if TYPE_CHECKING:
    from core.language_models.catalogue import LanguageModel

FILE = RECORDED / "ways_to_train" / "conversation.json"
MODEL = "smollm2"
SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"
"""Stands before the first turn where nobody has written another one."""
START, END = "<|im_start|>", "<|im_end|>"
BEFORE, AFTER = f"{START}system\n{SYSTEM}{END}\n{START}user\n", f"{END}\n{START}assistant\n"
"""What stands around a question."""
HOW = ("bare", "template")
TOKENS = 48
"""Of an answer, at most."""
QUESTIONS = (
    "What is the capital of France?",
    "The capital of France is",
    "Hello",
    "Are you a human?",
    "Once upon a time",
    "Thank you!",
)
"""Recorded: those of 22 tried in which the two answers differ in the most telling ways."""

Token = dict[str, Any]
"""A token: its `id`, its `text`, and whether it is `special`, a mark that no text can hold."""


def given(loaded: LanguageModel, question: str, how: str) -> list[int]:
    """Return the tokens that the model reads.

    Args:
        loaded: SmolLM2.
        question: a student's text; what looks like a mark in it is plain text.
        how: "bare" or "template".

    Raises:
        KeyError: there is no such way.
    """
    before, after = {"bare": ("", ""), "template": (BEFORE, AFTER)}[how]
    return loaded.special(before) + loaded.encode(question) + loaded.special(after)


def converse(question: str, how: str, check: Callable[[], None] = lambda: None, tokens: int = TOKENS) -> dict[str, Any]:
    """Ask a question and return what was read and what was written, token by token, always the most probable one.

    Args:
        question: cleaned.
        how: "bare" or "template".
        check: called before each token; what it raises ends the answer.
        tokens: of the answer, at most.

    Returns:
        `how`; `read` and `written`, tokens; `ended`, whether the model itself ended its answer.

    Raises:
        core.language_models.catalogue.ModelMissing: SmolLM2 is not here.
        KeyError: there is no such way to ask.
    """
    from core.language_models import catalogue, decoding

    loaded = catalogue.load(MODEL)
    ids, written = given(loaded, question, how), list[int]()
    numbers = [0.0] * tokens
    for step in decoding.write(
        loaded.model, ids, Sampling(temperature=0), numbers, tokens=tokens, context=loaded.context, end=loaded.end
    ):
        check()
        written.append(step.token)
    ended = bool(written) and written[-1] == loaded.end
    return {"how": how, "read": _shown(loaded, ids), "written": _shown(loaded, written), "ended": ended}


def _shown(loaded: LanguageModel, ids: Sequence[int]) -> list[Token]:
    """Return tokens as words; the bytes of a sign that is spread over several tokens stand with its last one."""
    special, found, kept = loaded.tokenizer.get_added_tokens_decoder(), list[Token](), b""
    for token in ids:
        kept += loaded.vocabulary[token]
        try:
            text, kept = kept.decode(), b""
        except UnicodeDecodeError:
            text = ""
        found.append({"id": token, "text": text, "special": token in special})
    return found


@once()
def recorded() -> dict[str, Any]:
    """Return the recorded conversations: of each question, by way to ask.

    Raises:
        OSError: the file is not there.
    """
    told: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return told


def record() -> None:
    """Ask every question in both ways, and write what was read and written."""
    from core.runs.run import origin_here

    origin = origin_here()
    asked = [{"question": question, **{how: converse(question, how) for how in HOW}} for question in QUESTIONS]
    about = {"date": origin.date, "machine": origin.machine, "versions": origin.versions}
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in asked)
    write_whole(FILE, f'{json.dumps(about)[:-1]}, "questions": [\n{lines}\n]}}\n'.encode())
