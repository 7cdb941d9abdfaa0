"""A document that a model is to answer from: pasted text, a text file or a PDF, with its pages; or a reason.

Everything has a bound: bytes, pages, characters, seconds. What goes over the bound on pages or characters is left out,
and counted; everything else is refused with a reason that a page can say.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import unicodedata
from dataclasses import dataclass
from typing import Any

from core.files import ROOT

MOST_BYTES, MOST_PAGES, MOST_CHARACTERS, MOST_NAME = 20_000_000, 300, 2_000_000, 80
SECONDS = 20.0
"""How long a PDF may take; 200 pages of prose take two or three."""
AT_ONCE = 2
"""PDFs read at the same time; others wait, a while."""
REASONS = ("empty", "too_large", "not_text", "unknown_kind", "encrypted", "broken", "no_text", "too_slow", "busy")
"""Why a document is refused, by its stable name; the page has the words. "no_text": scanned pages, pictures only."""
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85\v]")

_readers = threading.BoundedSemaphore(AT_ONCE)


class DocumentError(ValueError):
    """A document that cannot be used.

    Attributes:
        reason: one of `REASONS`.
        found: how large it is; 0 where that says nothing.
        most: how large it may be.
    """

    def __init__(self, reason: str, found: float = 0, most: float = 0) -> None:
        super().__init__(f"{reason}: {found}, allowed: {most}")
        self.reason, self.found, self.most = reason, found, most


@dataclass(frozen=True)
class Document:
    """A document's text.

    Attributes:
        name: as it is quoted.
        pages: the text of each; one for what has no pages.
        has_pages: whether a page's number means something.
        left_out: pages that were over a bound; of a text, characters.
    """

    name: str
    pages: tuple[str, ...]
    has_pages: bool
    left_out: int = 0

    @property
    def characters(self) -> int:
        """Of all pages."""
        return sum(map(len, self.pages))


def from_text(name: str, text: str) -> Document:
    """Return a document of a pasted text.

    Raises:
        DocumentError: it is empty.
    """
    cleaned = _clean(text[:MOST_CHARACTERS])
    if not cleaned.strip():
        raise DocumentError("empty")
    return Document(_named(name), (cleaned,), has_pages=False, left_out=max(0, len(text) - MOST_CHARACTERS))


def from_file(name: str, data: bytes, most_bytes: int = MOST_BYTES, seconds: float = SECONDS) -> Document:
    """Return a document of a file: .txt, .md or PDF. What it is, its bytes say; its name only where they are text.

    Args:
        name: the file's.
        data: its bytes.
        most_bytes: a class may have a lower bound.
        seconds: how long a PDF may take.

    Raises:
        DocumentError: too large, empty, no text, of another kind, or a PDF that cannot be read.
    """
    if len(data) > most_bytes:
        raise DocumentError("too_large", len(data), most_bytes)
    if not data:
        raise DocumentError("empty")
    if b"%PDF-" in data[:1024]:
        return _pdf(name, data, seconds)
    if name.lower().endswith(".pdf"):
        raise DocumentError("broken")
    if not name.lower().endswith((".txt", ".md", ".markdown", ".text")):
        raise DocumentError("unknown_kind")
    return from_text(name, _decoded(data))


def _pdf(name: str, data: bytes, seconds: float) -> Document:
    found = _read_elsewhere(data, seconds)
    if "reason" in found:
        raise DocumentError(found["reason"])
    pages = tuple(_clean(page) for page in found["pages"])
    return Document(_named(name), pages, has_pages=True, left_out=found["left_out"])


def _read_elsewhere(data: bytes, seconds: float) -> dict[str, Any]:
    """Have a PDF read by a process of its own, which is killed when its time is up."""
    if not _readers.acquire(timeout=seconds):
        raise DocumentError("busy")
    try:
        command = [sys.executable, "-m", "core.chat.pdf_pages", str(MOST_PAGES), str(MOST_CHARACTERS)]
        done = subprocess.run(command, cwd=ROOT, input=data, capture_output=True, timeout=seconds, check=True)
        found: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise DocumentError("too_slow", seconds, seconds) from None
    except (subprocess.CalledProcessError, ValueError):  # out of memory, or ended by the system
        raise DocumentError("broken") from None
    finally:
        _readers.release()
    return found


def _decoded(data: bytes) -> str:
    """Return a file's text: UTF-8 or UTF-16 by their marks, UTF-8, else what old editors wrote on Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data:
        raise DocumentError("not_text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _clean(text: str) -> str:
    """Return a text with plain line ends, composed letters, and without signs that control or hide something.

    Signs of the kind Cf hide: a soft hyphen breaks words, others turn the direction of what stands behind them, and
    the tags of plane 14 are letters that a model reads and no person sees.
    """
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode())
    plain = _LINE_ENDS.sub("\n", whole)
    return "".join(
        " " if sign == "\f" else sign
        for sign in plain
        if sign in "\n\t\f\u200d" or unicodedata.category(sign) not in {"Cc", "Cf"}
    )


def _named(name: str) -> str:
    """Return a name on one short line."""
    return " ".join(_clean(name).split())[:MOST_NAME] or "…"
