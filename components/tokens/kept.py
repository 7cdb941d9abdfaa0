"""What the notebook keeps of the page of tokens: how many the chosen tokenizer makes of the text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.language import _
from components.notebook.keep import keep
from components.tokens.state import is_in_link
from core.notebook.experiment import Figure
from core.tokens.recorded import encodings


def keep_cut(stem: str, here: Mapping[str, Any]) -> None:
    """Keep the tokens of the text on show; one that a link cannot hold is nobody's experiment."""
    found = encodings(here["text"]).get(here["tokenizer"])
    count = len(here["text"]) if here["tokenizer"] == "characters" else len(here["text"].encode())
    tokens = len(found.ids) if found is not None else count
    known = found is not None or here["tokenizer"] in {"characters", "bytes"}
    if not (tokens and known and is_in_link(here["text"])):
        return
    figures = {
        "tokens": Figure(_("Tokens"), tokens),
        "characters": Figure(_("Characters"), len(here["text"])),
        "each": Figure(_("Characters in a token"), len(here["text"]) / tokens),
    }
    keep(stem, ("tok_text", "tok_tokenizer"), figures)
