"""Texts being written: asked for by the page, written on a worker, followed token by token, stopped within one.

`compose` and `look` run on the worker; `Writing` stays with the page. Nothing here imports torch at import.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Thread
from typing import TYPE_CHECKING, TypedDict
from uuid import uuid4

from core import jobs, workers
from core.jobs import Job
from core.language_models.sampling import Logits, Sampling

if TYPE_CHECKING:
    from core.language_models.decoding import Step

NAMED = 400
"""Of a large vocabulary, the tokens whose words travel to the browser: the most probable ones."""
MAX_SECONDS = 300

log = logging.getLogger(__name__)


class Choice(TypedDict):
    """What could be chosen at one place: tokens with their words, the probabilities after all cuts and the model's own.

    `rest` is the probability of the `others`, tokens that are not named; `bits` is the entropy after all cuts.
    """

    tokens: list[int]
    words: list[str]
    chances: list[float]
    model: list[float]
    rest: float
    others: int
    bits: float


class Written(TypedDict):
    """One token of a text: what, how probable after all cuts, how surprising (-log p in nats), and its bytes.

    `choice` is what it was chosen among; None if a hand took it from the bars.
    """

    token: int
    probability: float
    surprise: float
    bytes: str
    choice: Choice | None


class Picture(TypedDict):
    """What the page shows of the next choice.

    `prompt` holds the bytes of each token of the student's text; `ids` all tokens that the model is given;
    `logits` is base64 float32 with `highest`, the largest, subtracted; `vocabulary` and `bytes` say
    what the most probable tokens are.
    """

    prompt: list[str]
    ids: list[int]
    logits: str
    highest: float
    vocabulary: dict[str, str]
    bytes: dict[str, str]
    window: int
    context: int
    end: int
    megabytes: float


class Answer(TypedDict):
    """What a worker gives back: tokens, the next choice, tokens per second."""

    steps: list[Written]
    picture: Picture
    speed: float


@dataclass(frozen=True)
class Request:
    """A text to be continued: everything that decides it."""

    model: str
    prompt: str
    written: tuple[int, ...] = ()
    how: Sampling = field(default_factory=Sampling)
    seed: int = 1
    tokens: int = 1


def compose(request: Request) -> Answer:
    """Write on a worker, sending each token as it comes.

    Raises:
        InterruptedError: nobody wants it any more.
        ModelMissing: the model is not there.
    """
    voice = jobs.Voice()
    return write_all(request, voice.say)


def write_all(request: Request, tell: Callable[[Written], None] = lambda step: None) -> Answer:
    """Write the tokens that are asked for, and look at the choice after them."""
    from core.language_models import catalogue, decoding

    loaded = catalogue.load(request.model)
    ids = [*loaded.prompt(request.prompt), *request.written]
    done = len(request.written)
    numbers = decoding.uniforms(request.seed)[done : done + request.tokens]
    steps: list[Written] = []
    begun = time.perf_counter()
    for step in decoding.write(
        loaded.model, ids, request.how, numbers, tokens=request.tokens, context=loaded.context, end=loaded.end
    ):
        steps.append(written(step, request.how, ids, loaded.vocabulary))
        ids.append(step.token)
        tell(steps[-1])
        if time.perf_counter() - begun > MAX_SECONDS:
            break
    speed = decoding.speed(begun, len(steps))
    after = (*request.written, *(step["token"] for step in steps))
    return Answer(steps=steps, picture=look(request.model, request.prompt, after), speed=speed)


def written(step: Step, how: Sampling, before: Sequence[int], vocabulary: Sequence[bytes]) -> Written:
    """Return a token as the page shows it, with what it was chosen among.

    Args:
        step: the choice.
        how: the settings of sampling.
        before: all tokens before it.
        vocabulary: the bytes of every token.
    """
    return Written(
        token=step.token,
        probability=step.probability,
        surprise=step.surprise,
        bytes=vocabulary[step.token].hex(),
        choice=choice(step.logits, how, before, vocabulary),
    )


def choice(logits: Logits, how: Sampling, before: Sequence[int], vocabulary: Sequence[bytes]) -> Choice:
    """Return what can be chosen after some tokens, the likeliest first."""
    from core.language_models import decoding

    bars = decoding.bars(logits, how, before)
    return Choice(
        tokens=bars["tokens"],
        words=[word(vocabulary[token]) for token in bars["tokens"]],
        chances=[round(chance, 5) for chance in bars["probabilities"]],
        model=[round(chance, 5) for chance in bars["model"]],
        rest=round(bars["rest"], 5),
        others=bars["others"],
        bits=round(bars["entropy"], 4),
    )


def word(token: bytes) -> str:
    """Return the bytes of a token for the eye."""
    from core.language_models.graphemes import BROKEN, visible

    return visible(token.decode("utf-8", BROKEN))


def load(model: str) -> None:
    """Load a model on a worker, to have it ready."""
    from core.language_models import catalogue

    catalogue.load(model)


def look(model: str, prompt: str, written: Sequence[int]) -> Picture:
    """Return the next choice after a text."""
    from core.language_models import catalogue, decoding

    loaded = catalogue.load(model)
    ids = [*loaded.prompt(prompt), *written]
    reader = decoding.Reader(loaded.model, loaded.context)
    return picture(
        reader.logits(ids).numpy(),
        ids,
        loaded.encode(prompt),
        loaded.vocabulary,
        window=reader.window,
        context=loaded.context,
        end=loaded.end,
        megabytes=loaded.nbytes / 1e6,
    )


def picture(
    logits: Logits,
    ids: list[int],
    prompt: Sequence[int],
    vocabulary: Sequence[bytes],
    *,
    window: int,
    context: int,
    end: int,
    megabytes: float,
) -> Picture:
    """Return a choice as the page shows it; the names are those of `Picture`."""
    import numpy as np

    from core.language_models import decoding

    named = np.argsort(-logits)[:NAMED] if len(logits) > 4 * NAMED else np.arange(len(logits))
    return Picture(
        prompt=[vocabulary[token].hex() for token in prompt],
        ids=ids,
        logits=decoding.pack(logits),
        highest=float(logits.max()),
        vocabulary={str(token): word(vocabulary[token]) for token in named.tolist()},
        bytes={str(token): vocabulary[token].hex() for token in named.tolist()},
        window=window,
        context=context,
        end=end,
        megabytes=megabytes,
    )


@dataclass(eq=False)
class Writing:
    """A text that a worker is writing, as the page sees it; made by `start`.

    Attributes:
        request: what is written.
        job: its computation.
    """

    request: Request
    job: Job = field(init=False)
    _heard: list[Written] = field(default_factory=list)
    _began: float = field(default_factory=time.monotonic)

    @property
    def steps(self) -> list[Written]:
        """The tokens received so far."""
        return self.answer["steps"] if self.answer else list(self._heard)

    @property
    def answer(self) -> Answer | None:
        """The worker's answer, once it is there."""
        found: Answer | None = self.job.result
        return found

    @property
    def error(self) -> BaseException | None:
        """Why it failed, if it did."""
        return self.job.error

    @property
    def over(self) -> bool:
        """Whether no more tokens will come."""
        return self.job.over

    @property
    def speed(self) -> float:
        """Tokens per second: the worker's own figure at the end, the page's before."""
        if self.answer:
            return self.answer["speed"]
        return len(self._heard) / max(time.monotonic() - self._began, 1e-3)

    def stop(self) -> None:
        """Let the worker go: it stops before its next token."""
        self.job.stop()

    def hear(self, step: Written) -> None:
        """Take a token of the worker."""
        if not self._heard:
            self._began = time.monotonic()  # loading the model says nothing of the speed of writing
        self._heard.append(step)


def start(request: Request, wanted: Callable[[], bool] = lambda: True) -> Writing:
    """Send a text to the workers.

    Args:
        request: what to write.
        wanted: whether the student is still there; when not, the worker is freed.

    Raises:
        core.workers.WorkersUnavailable: the configured scheduler does not answer.
    """
    writing = Writing(request)
    writing.job = jobs.start(
        compose, request, key=f"writing-{uuid4().hex}", priority=10, wanted=wanted, hear=writing.hear
    )
    return writing


def warm(model: str) -> None:
    """Load a small model on every worker, in the background, so that the next student meets no cold one."""
    if model not in _warm:
        _warm.add(model)
        Thread(target=_load_everywhere, args=(model,), daemon=True).start()


_warm: set[str] = set()


def _load_everywhere(model: str) -> None:
    try:
        workers.client().run(load, model)
    except Exception:  # a worker that is going or gone loads it when it is asked to write
        log.info("%s not loaded everywhere", model, exc_info=True)
        _warm.discard(model)
