"""What the page opens on, recorded: a story in the middle of being written, and the beginning told ten times.

The page needs no worker to show it, nor to go on with it: each choice of the story is kept, with the model's logits.
A test lets the model write all of it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.files import RECORDED
from core.language_models import decoding, writings
from core.language_models.catalogue import MODELS, vocabulary_of
from core.language_models.sampling import Logits, Sampling, process, softmax
from core.language_models.writings import Answer, Picture, Request, Written
from core.once import once
from core.tasks.mini_gpt2 import published
from core.text_generation.prompts import PROMPTS

FILE = RECORDED / "text_generation" / "opening.npz"
PROMPT = PROMPTS["mini"][0]
STORY = Request("mini", PROMPT, (), Sampling(), seed=1, tokens=160)
"""The story that the page opens in."""
BEGUN = 40
"""Tokens of it that stand there already."""
TIMES, BEGINNING = 10, 18
"""How often the beginning is told, and with how many tokens."""
COLD, WARM = Sampling(temperature=0.0), Sampling()


@dataclass(frozen=True)
class Opening:
    """The recorded texts.

    Attributes:
        before: the tokens of the prompt, the start token included.
        tokens: of the story, the end token included.
        logits: the model's at each of its tokens and after the last, (tokens + 1, vocabulary), float16.
        vocabulary: the bytes of every token.
        told: by temperature, the beginnings told with ten seeds.
    """

    before: tuple[int, ...]
    tokens: tuple[int, ...]
    logits: Logits
    vocabulary: list[bytes]
    told: dict[float, list[list[int]]]


@once()
def opening(file: Path = FILE) -> Opening:
    """Read the recorded texts."""
    kept = np.load(file)
    tokenizer = published.tokenizer()
    told = {0.0: kept["cold"].tolist(), 1.0: kept["warm"].tolist()}
    vocabulary = vocabulary_of(tokenizer, tokenizer.get_vocab_size())
    return Opening(tuple(kept["before"].tolist()), tuple(kept["tokens"].tolist()), kept["logits"], vocabulary, told)


def answer(request: Request) -> Answer | None:
    """Return what a worker would answer, if it is a part of the recorded story; else None.

    A choice after the story's own words is known at any setting; a token is known only at the settings of the record.
    """
    if (request.model, request.prompt) != (STORY.model, STORY.prompt):
        return None
    found, done = opening(), len(request.written)
    if request.written != found.tokens[:done]:
        return None
    if request.tokens and (request.how, request.seed) != (STORY.how, STORY.seed):
        return None
    last = min(done + request.tokens, len(found.tokens))
    return Answer(steps=[_step(found, at) for at in range(done, last)], picture=_picture(found, last), speed=0.0)


def begun() -> list[Written]:
    """Return the tokens that stand there when the page opens."""
    return [_step(opening(), at) for at in range(BEGUN)]


def told(request: Request) -> list[list[str]] | None:
    """Return the recorded beginnings for these settings, each token's bytes in hexadecimal; None if there are none."""
    if (request.model, request.prompt) != (STORY.model, STORY.prompt) or request.how not in (COLD, WARM):
        return None
    found = opening()
    return [[found.vocabulary[token].hex() for token in text] for text in found.told[request.how.temperature]]


def tell(request: Request) -> list[list[str]]:
    """Tell a beginning ten times, with ten seeds, on a worker; each token's bytes in hexadecimal."""
    return [[step["bytes"] for step in writings.write_all(one)["steps"]] for one in ten_times(request)]


def ten_times(request: Request) -> Sequence[Request]:
    """Return the ten requests: the same beginning and settings, the seeds from this one on."""
    return [
        Request(request.model, request.prompt, (), request.how, (request.seed + time) % 2**31, BEGINNING)
        for time in range(TIMES)
    ]


def _step(found: Opening, at: int) -> Written:
    logits, ids, token = found.logits[at].astype(float), [*found.before, *found.tokens[:at]], found.tokens[at]
    probability = float(softmax(process(logits, STORY.how, ids))[token])
    step = decoding.Step(token, probability, decoding.surprise_of(logits, token), 0, logits)
    return writings.written(step, STORY.how, ids, found.vocabulary)


def _picture(found: Opening, at: int) -> Picture:
    about, end = MODELS["mini"], found.before[0]
    return writings.picture(
        found.logits[at].astype(float),
        [*found.before, *found.tokens[:at]],
        found.before[1:],
        found.vocabulary,
        window=0,
        context=about.context,
        end=end,
        megabytes=4 * about.parameters / 1e6,
    )
