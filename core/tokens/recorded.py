"""What the tokenizers make of the shipped texts, recorded: a page that opens loads no tokenizer.

OpenAI's three take 140 MB of a process; a text that somebody typed is cut by the tokenizers themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from core.files import RECORDED, write_whole
from core.once import once
from core.tokens.texts import shipped
from core.tokens.tokenizers import TOKENIZERS, Encoding, TokenizerMissing, encode

FILE = RECORDED / "tokens" / "texts.json"
CUT = tuple(name for name in TOKENIZERS if name not in {"characters", "bytes"})
"""Those that need a list or a library: a browser cuts characters and bytes by itself."""


def encodings(text: str) -> Mapping[str, Encoding | None]:
    """Return what each tokenizer of `CUT` makes of a text; None for one that is missing here.

    Args:
        text: one that `tokenizers.clean` returned.
    """
    return _recorded().get(text) or _live(text)


def encoding(name: str, text: str) -> Encoding | None:
    """Return what one of all tokenizers makes of a text; None if it is missing here."""
    if name in CUT and text in _recorded():
        return _recorded()[text][name]
    return _one(name, text)


@once(64)
def _live(text: str) -> Mapping[str, Encoding | None]:
    return {name: _try(name, text) for name in CUT}


@once(256)
def _one(name: str, text: str) -> Encoding | None:
    return _try(name, text)


def _try(name: str, text: str) -> Encoding | None:
    try:
        return encode(name, text)
    except TokenizerMissing:
        return None


@once()
def _recorded() -> Mapping[str, Mapping[str, Encoding]]:
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    return {row["text"]: {name: Encoding(*row["tokens"][name]) for name in CUT} for row in rows}


def record() -> None:
    """Cut the shipped texts and write what came out."""
    rows = []
    for text in shipped():
        tokens = {name: (found.ids, found.lengths) for name in CUT for found in [encode(name, text)]}
        rows.append({"text": text, "tokens": tokens})
    FILE.parent.mkdir(exist_ok=True)
    write_whole(FILE, json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
