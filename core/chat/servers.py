"""A server that answers: where it is, which model, and a key that is never shown."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from core.chat.errors import HIDDEN, ChatError, Kind

LONGEST_KEY = 4_096
LONGEST_NAME = 200
QUOTES = "\"'`“”„«»‘’‹›"
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
"""What copying from a page or a letter brings along, and `str.strip` leaves."""


class Key:
    """A secret. It shows as dots, and does not travel: pickled or copied to elsewhere, it is empty.

    It lives as long as the object that a session holds. `secret()` is for the transport alone.
    """

    __slots__ = ("_secret",)

    def __init__(self, text: str = "") -> None:
        """Take a key as it was pasted: spaces, quotes and `Bearer` around it are dropped.

        Raises:
            ChatError: `BAD_KEY`; its reason is `long`, `not_ascii`, `control` or `space`. The key is not in it.
        """
        key = text.strip().strip(QUOTES + INVISIBLE).strip()
        if key[:7].lower() == "bearer ":
            key = key[7:].strip()
        if problem := _problem(key):
            raise ChatError(Kind.BAD_KEY, reason=problem)
        self._secret = key

    def secret(self) -> str:
        """Return the key itself."""
        return self._secret

    def __bool__(self) -> bool:
        """Whether there is one."""
        return bool(self._secret)

    def __repr__(self) -> str:
        """Return dots."""
        return f"Key({HIDDEN if self._secret else ''})"

    def __eq__(self, other: object) -> bool:
        """Compare in constant time."""
        return isinstance(other, Key) and hmac.compare_digest(self._secret, other._secret)

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self._secret)

    def __reduce__(self) -> tuple[type[Key], tuple[()]]:
        """Leave the secret behind."""
        return Key, ()

    def __copy__(self) -> Key:
        """Stay itself: within the process there is one."""
        return self

    def __deepcopy__(self, memo: object) -> Key:
        """Stay itself."""
        return self


def _problem(key: str) -> str:
    """Return why a key cannot be sent in a header, or nothing."""
    if len(key) > LONGEST_KEY:
        return "long"
    if not key.isascii():
        return "not_ascii"
    if any(not letter.isprintable() for letter in key):
        return "control"
    return "space" if " " in key else ""


@dataclass(frozen=True)
class Server:
    """Where answers come from. Making one contacts nobody.

    Attributes:
        address: the base address, such as `https://api.mistral.ai/v1`; `core.chat.addresses` says who may reach it.
        model: the name by which the server knows the model.
        key: for its owner's account; empty for a server that asks for none.
        inside: the model that comes with the course. Only `EMBEDDED` and `core.chat.embedded` set it, no form does.
    """

    address: str
    model: str
    key: Key = field(default_factory=Key)
    inside: bool = False

    @property
    def id(self) -> str:
        """What tells it from others, the key apart: for what is learned of it, and results by model."""
        return f"{self.address.rstrip('/')} {self.model}"


EMBEDDED = Server("embedded", "smollm2", inside=True)
"""SmolLM2 in a process of this app, offline; started when it is first asked."""


def server_of(address: str, model: str, key: str = "") -> Server:
    """Return the server that a student typed.

    Raises:
        ChatError: `REFUSED_ADDRESS` for an address that is none, `BAD_KEY`, or `REJECTED` (reason `model`) for a name
            of a model that cannot be one.
    """
    from core.chat import addresses

    name = model.strip().strip(QUOTES + INVISIBLE)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise ChatError(Kind.REJECTED, reason="model")
    return Server(addresses.parse(address).base, name, Key(key))


@dataclass(frozen=True)
class Preset:
    """A service that answers as OpenAI's does, as its publisher describes it.

    Attributes:
        name: its own name.
        address: the published base address.
        models: names of models to begin with, the first one proposed; empty where the server says what it has loaded.
        needs_key: whether it asks for one.
        at_home: it runs on one's own machine.
        source: where the address and the names stand.
        date: when that was read, year, month, day. Names of models age.
    """

    name: str
    address: str
    models: tuple[str, ...]
    needs_key: bool
    at_home: bool
    source: str
    date: str = "2026-11-28"


PRESETS = {
    "openai": Preset(
        "OpenAI", "https://api.openai.com/v1", ("gpt-4.1-mini", "gpt-4.1", "gpt-4o-mini", "gpt-4o", "gpt-4"),
        needs_key=True, at_home=False, source="openai 3.57.0, openai/types/shared/chat_model.py",
    ),
    "mistral": Preset(
        "Mistral", "https://api.mistral.ai/v1", ("mistral-small-latest", "open-mistral-nemo", "mistral-large-latest"),
        needs_key=True, at_home=False, source="https://docs.mistral.ai/resources/migration-guides",
    ),
    "ollama": Preset(
        "Ollama", "http://localhost:11434/v1", ("mistral", "llama3.2"),
        needs_key=False, at_home=True, source="https://docs.ollama.com/api/openai-compatibility",
    ),
    "vllm": Preset(
        "vLLM", "http://localhost:8000/v1", (),
        needs_key=False, at_home=True, source="https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
    ),
    "llama_cpp": Preset(
        "llama.cpp", "http://localhost:8080/v1", (),
        needs_key=False, at_home=True, source="https://github.com/ggml-org/llama.cpp, tools/server/README.md",
    ),
    "transformers": Preset(
        "transformers serve", "http://localhost:8000/v1", (),
        needs_key=False, at_home=True, source="transformers 5.23.0, transformers/cli/serve.py",
    ),
}  # fmt: skip
"""By stable id. Choosing one contacts nobody."""
