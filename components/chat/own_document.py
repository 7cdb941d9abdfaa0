"""A student's own document: pasted, or uploaded. It stays in the session, and is in no address."""

from __future__ import annotations

import streamlit as st

from components.language import _, duration, number
from core import limits
from core.chat.documents import REASONS, SECONDS, Document, DocumentError, from_file, from_text

MOST_PASTED = 200_000
_READ = "chat: the file that was read, and what became of it"


def own_document() -> Document | None:
    """Show where to paste or upload a document; return it, or say why it cannot be read."""
    allowed = limits.current()
    given = st.file_uploader(
        _("A file: .txt, .md or .pdf"), type=["txt", "md", "pdf"], key="chat doc file",
        max_upload_size=allowed.upload_mb,
    )  # fmt: skip
    pasted = st.text_area(_("Or a text"), key="chat doc text", max_chars=MOST_PASTED, height=120)
    try:
        if given is not None:
            return _read(given.file_id, given.name, given.getvalue(), allowed.upload_mb)
        return from_text(_("my text"), pasted[:MOST_PASTED]) if pasted.strip() else None
    except DocumentError as error:
        st.warning(why(error.reason))
        return None


def _read(file: str, name: str, data: bytes, megabytes: int) -> Document:
    """Read a file once: a PDF takes a process of its own, and seconds."""
    kept: tuple[str, Document | DocumentError] | None = st.session_state.get(_READ)
    if kept is None or kept[0] != file:
        found: Document | DocumentError
        with st.spinner(_("The document is being read…")):
            try:
                found = from_file(name, data, megabytes * 1_000_000)
            except DocumentError as error:
                found = error
        kept = file, found
        if not (isinstance(found, DocumentError) and found.reason == "busy"):
            st.session_state[_READ] = kept
    if isinstance(kept[1], DocumentError):
        raise kept[1]
    return kept[1]


def why(reason: str) -> str:
    """Return why a document cannot be read, in the page's language."""
    words = {
        "empty": _("This document is empty."),
        "too_large": _("This file is too large: at most {size} MB.", size=number(limits.current().upload_mb)),
        "not_text": _("This file holds something else than text."),
        "unknown_kind": _("This kind of file is not read here: .txt, .md or .pdf."),
        "encrypted": _("This PDF is locked with a password."),
        "broken": _("This PDF is damaged: it cannot be read."),
        "no_text": _("This PDF holds pictures of pages and no text: it would have to be recognised first (OCR)."),
        "too_slow": _("This PDF took more than {time} to read: it was put down.", time=duration(SECONDS)),
        "busy": _("Too many documents are being read: try again in a moment."),
    }
    assert set(words) == set(REASONS)
    return words[reason]
