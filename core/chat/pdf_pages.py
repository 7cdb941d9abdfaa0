"""The text of a PDF's pages, read in a process of its own: `python -m core.chat.pdf_pages < file`.

A PDF is a program that a stranger wrote: streams that unpack to gigabytes, trees in a circle, objects that take a
parser minutes. No care taken inside a Python thread can end such work, so nothing of it happens in the web process or
on a worker that others wait for: `core.chat.documents` starts this one, and kills it when its time is up. Its memory
is bounded by the system where that can be (not on Windows and macOS, where pypdf's own bounds remain: 75 MB a stream).

It writes one JSON object: `{"pages": [...], "left_out": n}`, or `{"reason": "..."}`.
"""

from __future__ import annotations

import json
import logging
import sys
from io import BytesIO
from typing import Any

MEMORY = 1_000_000_000
"""Bytes of address space."""


def read(data: bytes, most_pages: int, most_characters: int) -> dict[str, Any]:
    """Return the pages of a PDF, or why there are none: "encrypted", "broken" or "no_text".

    Args:
        data: the file.
        most_pages: further ones are counted in `left_out`.
        most_characters: of all pages together; the page that goes over it is the last.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    try:
        reader = PdfReader(BytesIO(data))  # one that is locked against changes alone, with no password to read, opens
        pages: list[str] = []
        count, length = len(reader.pages), 0
        while len(pages) < min(count, most_pages) and length < most_characters:
            pages.append((reader.pages[len(pages)].extract_text() or "")[: most_characters - length])
            length += len(pages[-1])
    except (FileNotDecryptedError, DependencyError):
        return {"reason": "encrypted"}
    except Exception:  # a broken file breaks a parser in every way there is: KeyError, RecursionError, AttributeError …
        return {"reason": "broken"}
    if not count:
        return {"reason": "broken"}
    if not any(page.strip() for page in pages):
        return {"reason": "no_text"}
    return {"pages": pages, "left_out": count - len(pages)}


def _bound_memory() -> None:
    """Have the system refuse more memory, where it knows how."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        return


if __name__ == "__main__":
    _bound_memory()
    logging.disable()  # of what is wrong with a file pypdf says much
    found = read(sys.stdin.buffer.read(), *map(int, sys.argv[1:3]))
    sys.stdout.write(json.dumps(found))  # escapes make it ASCII: halves of characters travel too
