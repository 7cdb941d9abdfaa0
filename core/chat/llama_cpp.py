"""llama.cpp's own addresses, beside those of OpenAI: the template filled, the tokens of a text, the window.

Documented in its `tools/server/README.md`: `/apply-template`, `/tokenize`, `/props`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from core.chat.errors import ChatError, Kind
from core.chat.requests import Message
from core.chat.servers import Key

if TYPE_CHECKING:
    import httpx2


class Silent(LookupError):
    """The server knows no such address: it is not llama.cpp's."""


class LlamaCpp:
    """A server that is asked for what it does to a conversation.

    Args:
        http: reaches it.
        root: its address, without `/v1`.
    """

    def __init__(self, http: httpx2.Client, root: str) -> None:
        self._http, self._root = http, root

    def apply(self, messages: Sequence[Message], to_answer: bool) -> str:
        """Return the text that the template makes of messages; `to_answer` adds the beginning of the answer.

        Raises:
            Silent: the server does not do it.
            ChatError: it refuses, or answers nonsense.
        """
        asked = {"messages": list(messages), "add_generation_prompt": to_answer}
        text: str = _of(self._post("apply-template", asked), "prompt", str)
        return text

    def tokenize(self, text: str, *, marks: bool) -> list[tuple[int, bytes]]:
        """Return the tokens of a text, numbers and bytes; with `marks`, what is written like a special token is one.

        Raises:
            Silent: the server does not do it.
            ChatError: it refuses, or answers nonsense.
        """
        asked = {"content": text, "with_pieces": True, "parse_special": marks, "add_special": marks}
        listed = _of(self._post("tokenize", asked), "tokens", list)
        return [(_of(each, "id", int), _bytes(_of(each, "piece", (str, list)))) for each in listed]

    def window(self) -> int | None:
        """Return how many tokens one conversation may have, its answer included; None if it does not say."""
        response = self._http.get(f"{self._root}/props")
        if not response.is_success:
            return None
        window: int = _of(_of(response.json(), "default_generation_settings", dict), "n_ctx", int)
        return window

    def _post(self, what: str, body: Mapping[str, Any]) -> Any:
        from core.chat import faults

        response = self._http.post(f"{self._root}/{what}", json=body)
        if response.status_code in {404, 405, 501}:
            raise Silent
        if not response.is_success:
            raise faults.of_response(response, Key())
        return response.json()


def _of(data: Any, name: str, kind: type[Any] | tuple[type[Any], ...]) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get(name), kind):
        raise ChatError(Kind.NONSENSE, reason="shape")
    return data[name]


def _bytes(piece: str | list[Any]) -> bytes:
    """Return a piece's bytes: what is no whole letter is written as a list of numbers."""
    if isinstance(piece, str):
        return piece.encode()
    if all(isinstance(each, int) and 0 <= each < 256 for each in piece):
        return bytes(piece)
    raise ChatError(Kind.NONSENSE, reason="shape")
