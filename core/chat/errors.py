"""What can go wrong with a server: one exception, of a kind that a page has a sentence for."""

from __future__ import annotations

import math
from email.utils import parsedate_to_datetime
from enum import StrEnum

SHOWN = 200
"""Characters of what a server said that an error keeps."""
LONGEST_WAIT = 600.0
"""Seconds: a server that asks for more is told to wait so long; a page promises nothing beyond."""
TELLING = 8
"""Characters of a key in a row that would tell something of it."""
HIDDEN = "•••"


class Kind(StrEnum):
    """What went wrong."""

    UNREACHABLE = "unreachable"
    REFUSED_ADDRESS = "refused_address"
    REDIRECTED = "redirected"
    SLOW = "slow"
    UNAUTHORISED = "unauthorised"
    NOT_FOUND = "not_found"
    TOO_MANY = "too_many"
    REJECTED = "rejected"
    SERVER_ERROR = "server_error"
    NONSENSE = "nonsense"
    CUT = "cut"
    TOO_LONG = "too_long"
    BAD_KEY = "bad_key"
    OVER_BUDGET = "over_budget"
    BUSY = "busy"


class ChatError(Exception):
    """Why there is no answer, or only a part of one.

    It never holds a key, a request or a whole response: it may be shown, logged and kept.

    Attributes:
        kind: what went wrong.
        reason: which case of it, a word such as `inner` that a page can translate; empty where there is one only.
        detail: what the server said, in its language, at most `SHOWN` characters; may be empty.
        status: HTTP's status, if there was one.
        retry_after: seconds that the server asks to wait, at most `LONGEST_WAIT`; None if it does not say.
    """

    def __init__(
        self, kind: Kind, detail: str = "", *, reason: str = "", status: int | None = None,
        retry_after: float | None = None, key: str = "",
    ) -> None:  # fmt: skip
        self.kind, self.reason, self.status, self.retry_after = kind, reason, status, retry_after
        self.detail = shown(detail, key)
        super().__init__(": ".join(part for part in (kind, reason, self.detail) if part))


def shown(text: str, key: str = "") -> str:
    """Return a short, single line of what a server said, without any part of the key that would tell something."""
    line = " ".join(text[: 20 * SHOWN].split())
    if key and key in line:
        line = line.replace(key, HIDDEN)
    for start in range(max(0, len(key) - TELLING + 1)):
        line = line.replace(key[start : start + TELLING], HIDDEN)
    line = "".join(letter if letter.isprintable() else "\ufffd" for letter in line)
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def seconds_to_wait(header: str, now: float) -> float | None:
    """Read `Retry-After` (RFC 9110, 10.2.3): seconds, or a date.

    Args:
        header: its value; empty if there was none.
        now: seconds since 1970, for a date.

    Returns:
        Seconds from 0 to `LONGEST_WAIT`; None for none, or for nonsense.
    """
    try:
        seconds = float(header)
    except ValueError:
        try:
            seconds = max(0.0, parsedate_to_datetime(header).timestamp() - now)
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
    return min(seconds, LONGEST_WAIT) if math.isfinite(seconds) and seconds >= 0 else None
