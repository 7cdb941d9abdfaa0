"""Hidden writers outside: chat models at servers that a student has set, what votes call them, and what both write.

Two of them are like with like when both get the same question in the page's language: two models, two servers, or one
model at two temperatures. Votes keep a name made here, never an address or a key.
"""

from __future__ import annotations

import hashlib
import random
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from core.arena.blind import DRAWS, Pairing
from core.arena.writing import seed_of, whole_sentences
from core.ballots import LONGEST_TEXT, Seen
from core.chat import answering
from core.chat.answering import Answering, State
from core.chat.answers import Answer
from core.chat.errors import ChatError
from core.chat.requests import How
from core.chat.servers import PRESETS, Server

TOKENS = 240
"""What each of the two may write at most."""
LONGEST_PROMPT = 400
"""Characters of a question of one's own."""
LONGEST_MODEL = 48
"""Characters of a model's name in votes; a longer one is cut, and told from others by a digest."""
PROMPTS: Mapping[str, tuple[str, ...]] = {
    "fr": (
        "Raconte une très courte histoire de renard, en cinq phrases.",
        "Explique à un enfant de dix ans ce qu'est un réseau de neurones, en trois phrases.",
        "Donne-moi trois idées pour un dimanche de pluie.",
        "Écris deux phrases pour remercier une professeure.",
        "Pourquoi le ciel est-il bleu ? Réponds en trois phrases.",
        "Invente un nom de boulangerie, et dis en une phrase pourquoi il est bon.",
        "Quelle est la différence entre un crocodile et un alligator ? Réponds en trois phrases.",
        "Écris un poème de quatre vers sur la mer.",
    ),
    "en": (
        "Tell a very short story about a fox, in five sentences.",
        "Explain what a neural network is to a ten-year-old, in three sentences.",
        "Give me three ideas for a rainy Sunday.",
        "Write two sentences to thank a teacher.",
        "Why is the sky blue? Answer in three sentences.",
        "Invent a name for a bakery, and say in one sentence why it is a good one.",
        "What is the difference between a crocodile and an alligator? Answer in three sentences.",
        "Write a poem of four lines about the sea.",
    ),
}
"""Ready questions, by language."""
_ID = re.compile(r"(?P<service>[a-z_]+(?:-[0-9a-f]{4})?):(?P<model>.+?)(?:/T(?P<temperature>\d(?:\.\d+)?))?")


@dataclass(frozen=True)
class Outside:
    """A writer at a server.

    Attributes:
        service: under which name of `core.chat.servers.PRESETS` the student has set it; another word for any other.
        server: whom to ask, and for which model.
        temperature: at which it draws.
    """

    service: str
    server: Server
    temperature: float

    @property
    def id(self) -> str:
        """What votes call it."""
        return f"{self.model_id}/T{self.temperature:g}"

    @property
    def model_id(self) -> str:
        """What votes call it where the server takes no temperature."""
        return f"{_service(self.service, self.server)}:{_model(self.server.model)}"


class Named(NamedTuple):
    """What the name in a vote says.

    Attributes:
        service: a name of `core.chat.servers.PRESETS`, or `own-` and a digest that tells two addresses apart.
        model: as the server knows it, or about so.
        temperature: None where the server took none.
    """

    service: str
    model: str
    temperature: float | None


def _service(name: str, server: Server) -> str:
    if name in PRESETS and PRESETS[name].address == server.address:
        return name
    return f"own-{_digest(server.address)[:4]}"


def _model(name: str) -> str:
    """Return a model's name as votes keep it: letters, digits and `-._@/`; of a path on a disk the last part alone."""
    name = unicodedata.normalize("NFKC", name)
    if name.startswith(("/", "~", ".", "\\")) or "\\" in name or re.match(r"[A-Za-z]:", name):
        name = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    kept = re.sub(r"[^\w@.:/-]+", "-", name).strip("-/") or "-"
    return kept if len(kept) <= LONGEST_MODEL else f"{kept[: LONGEST_MODEL - 9]}-{_digest(name)[:8]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def named(writer_id: str) -> Named | None:
    """Return what a vote's name for a writer outside says; None for one of the course's own."""
    found = _ID.fullmatch(writer_id)
    if found is None or not (found["service"] in PRESETS or found["service"].startswith("own-")):
        return None
    return Named(found["service"], found["model"], float(found["temperature"]) if found["temperature"] else None)


def pairing(
    writers: tuple[Outside, Outside], voter: str, seen: Collection[Seen], number: int, prompts: Collection[str]
) -> Pairing:
    """Return the next round of two writers: who stands left is chance, and so is the question among those not voted on.

    Args:
        writers: two, with two names.
        voter: the number of a browser.
        seen: what the voter has voted on.
        number: of the round in its session.
        prompts: that can be asked.
    """
    chance = random.Random(f"outside {voter} {number}")
    one, other = sorted(writer.id for writer in writers)
    unseen = [prompt for prompt in prompts if Seen(one, other, prompt) not in seen]
    left, right = chance.sample([one, other], 2)
    return Pairing(left, right, chance.choice(unseen or list(prompts)), chance.randint(1, DRAWS))


class Both:
    """Two writers at work on one question, each in a thread of `core.chat.answering`. Making one contacts the servers.

    Attributes:
        writers: the left one and the right one.
    """

    def __init__(self, session: str, writers: tuple[Outside, Outside], prompt: str, draw: int) -> None:
        """Ask both.

        Raises:
            ChatError: `BUSY`; nobody is asked then.
        """
        self.writers = writers
        self._asked: list[Answering] = []
        try:
            for writer in writers:
                how = How(writer.temperature, 1.0, TOKENS, seed_of(writer.id, prompt, draw))
                asked = [{"role": "user", "content": prompt}]
                self._asked.append(answering.start(session, writer.server, asked, how))
        except ChatError:
            self.stop()
            raise

    def stop(self) -> None:
        """Have neither write on."""
        for asked in self._asked:
            asked.stop()

    def look(self) -> Looked:
        """Return how far they are; where one has failed, the other is stopped: half a pair is no round."""
        looks = [asked.snapshot() for asked in self._asked]
        for writer, look in zip(self.writers, looks, strict=True):
            is_empty = look.state is State.FINISHED and not look.answer.text.strip()
            if look.state is State.FAILED or is_empty:
                self.stop()
                return Looked(failed=writer, error=look.answer.error)
        if any(look.state is State.STOPPED for look in looks):
            self.stop()
            return Looked(stopped=True)
        if not all(look.over for look in looks):
            return Looked()
        left, right = (whole_sentences(look.answer.text)[:LONGEST_TEXT] for look in looks)
        names = [_as_sent(*each) for each in zip(self.writers, (look.answer for look in looks), strict=True)]
        return Looked(texts=(left, right), names=(names[0], names[1]))


@dataclass(frozen=True)
class Looked:
    """How far two writers are: still writing, where nothing is said.

    Attributes:
        texts: what both have written, the left one first.
        names: what votes call them: without a temperature where the server took none.
        failed: who has written nothing to vote on.
        error: why; None where an answer came, and was empty.
        stopped: the student did not want it any more.
    """

    texts: tuple[str, str] | None = None
    names: tuple[str, str] | None = None
    failed: Outside | None = None
    error: ChatError | None = None
    stopped: bool = False

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes."""
        return self.stopped or self.failed is not None or self.texts is not None


def _as_sent(writer: Outside, answer: Answer) -> str:
    return writer.id if "temperature" in answer.sent else writer.model_id
