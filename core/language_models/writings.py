"""Texts being written: asked for by the page, written on a worker, followed token by token, stopped within one.

`compose` and `look` run on the worker; `Writing` stays with the page. Nothing here imports torch at import.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import uuid4

from core import workers
from core.language_models.sampling import Sampling
from core.once import once

if TYPE_CHECKING:
    from distributed import Client, Future

TOPIC = "writing"
NAMED = 400
"""Of a large vocabulary, the tokens whose words travel to the browser: the most probable ones."""
MAX_SECONDS = 300


class Written(TypedDict):
    """One token of a text: what, how probable after all cuts, how surprising (-log p in nats), and its bytes."""

    token: int
    probability: float
    surprise: float
    bytes: str


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


def compose(request: Request, name: str) -> Answer:
    """Write on a worker, sending each token as it comes under a name.

    Raises:
        InterruptedError: nobody wants it any more.
        ModelMissing: the model is not there.
    """
    from distributed import get_worker

    worker = get_worker()

    def tell(index: int, step: Written) -> None:
        if workers.cancelled():
            raise InterruptedError(name)
        worker.log_event(TOPIC, {"writing": name, "index": index, "step": step})

    return write_all(request, tell)


def write_all(request: Request, tell: Callable[[int, Written], None] = lambda index, step: None) -> Answer:
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
        steps.append(
            Written(
                token=step.token,
                probability=step.probability,
                surprise=step.surprise,
                bytes=loaded.vocabulary[step.token].hex(),
            )
        )
        tell(len(steps) - 1, steps[-1])
        if time.perf_counter() - begun > MAX_SECONDS:
            break
    speed = decoding.speed(begun, len(steps))
    written = (*request.written, *(step["token"] for step in steps))
    return Answer(steps=steps, picture=look(request.model, request.prompt, written), speed=speed)


def load(model: str) -> None:
    """Load a model on a worker, to have it ready."""
    from core.language_models import catalogue

    catalogue.load(model)


def look(model: str, prompt: str, written: Sequence[int]) -> Picture:
    """Return the next choice after a text."""
    import numpy as np

    from core.language_models import catalogue, decoding
    from core.language_models.graphemes import BROKEN, visible

    loaded = catalogue.load(model)
    ids = [*loaded.prompt(prompt), *written]
    reader = decoding.Reader(loaded.model, loaded.context)
    logits = reader.logits(ids).numpy()
    named = np.argsort(-logits)[:NAMED] if len(logits) > 4 * NAMED else np.arange(len(logits))
    words = {str(token): visible(loaded.vocabulary[token].decode("utf-8", BROKEN)) for token in named.tolist()}
    return Picture(
        prompt=[loaded.vocabulary[token].hex() for token in loaded.encode(prompt)],
        ids=ids,
        logits=decoding.pack(logits),
        highest=float(logits.max()),
        vocabulary=words,
        bytes={str(token): loaded.vocabulary[token].hex() for token in named.tolist()},
        window=reader.window,
        context=loaded.context,
        end=loaded.end,
        megabytes=sum(weight.numel() * weight.element_size() for weight in loaded.model.parameters()) / 1e6,
    )


@dataclass
class Writing:
    """A text that a worker is writing, as the page sees it.

    Attributes:
        steps: the tokens received so far.
        answer: the worker's answer, once it is there.
        error: why it failed, if it did.
    """

    request: Request
    name: str = field(default_factory=lambda: f"writing-{uuid4().hex}")
    steps: list[Written] = field(default_factory=list)
    answer: Answer | None = None
    error: BaseException | None = None
    over: Event = field(default_factory=Event)
    future: Future | None = None
    begun: float = field(default_factory=time.monotonic)

    @property
    def speed(self) -> float:
        """Tokens per second: the worker's own figure at the end, the page's before."""
        if self.answer:
            return self.answer["speed"]
        return len(self.steps) / max(time.monotonic() - self.begun, 1e-3)

    def stop(self) -> None:
        """Let the worker go: it stops before its next token."""
        future, self.future = self.future, None
        if future is not None:
            future.release()
        self.over.set()


class Writings:
    """The texts that this server's workers are writing."""

    def __init__(self) -> None:
        self._live: dict[str, Writing] = {}
        self._lock = Lock()
        self._listening_to: Client | None = None
        self._warm: set[str] = set()

    def start(self, request: Request, is_active: Callable[[], bool] = lambda: True) -> Writing:
        """Send a text to the workers.

        Args:
            request: what to write.
            is_active: whether the student is still there; when not, the worker is freed.

        Raises:
            WorkersUnavailable: the configured scheduler does not answer.
        """
        client = workers.client()
        writing = Writing(request)
        with self._lock:
            if self._listening_to is not client:
                client.subscribe_topic(TOPIC, self._on_event)
                self._listening_to = client
            self._live[writing.name] = writing
        writing.future = workers.submit(compose, request, writing.name, key=writing.name, priority=10)
        writing.future.add_done_callback(lambda future: self._on_done(writing, future))
        Thread(target=self._watch, args=(writing, is_active), daemon=True).start()
        return writing

    def warm(self, model: str) -> None:
        """Load a small model on every worker, in the background, so that the next student meets no cold one."""
        if model not in self._warm:
            self._warm.add(model)
            Thread(target=self._load_everywhere, args=(model,), daemon=True).start()

    def _load_everywhere(self, model: str) -> None:
        try:
            workers.client().run(load, model)
        except Exception:  # a worker that is going or gone loads it when it is asked to write
            self._warm.discard(model)

    def _on_event(self, event: tuple[float, dict[str, Any]]) -> None:
        _, message = event
        writing = self._live.get(message["writing"])
        if writing and message["index"] == len(writing.steps):
            if not writing.steps:
                writing.begun = time.monotonic()  # loading the model says nothing of the speed of writing
            writing.steps.append(message["step"])

    def _on_done(self, writing: Writing, future: Future) -> None:
        try:
            if writing.future is not None:
                writing.answer = future.result()
                writing.steps = writing.answer["steps"]
        except Exception as error:  # said on the page, never raised in Dask's thread
            writing.error = error
        finally:
            writing.over.set()

    def _watch(self, writing: Writing, is_active: Callable[[], bool]) -> None:
        while not writing.over.wait(0.5):
            if not is_active():
                writing.stop()
        self._live.pop(writing.name, None)


@once()
def default() -> Writings:
    """Return the texts of this process."""
    return Writings()
