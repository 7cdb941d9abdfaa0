"""A student's own document: pasted, or uploaded. It stays in the session, and is in no address."""

from __future__ import annotations

import streamlit as st

from components.language import _, duration, number
from core import limits
from core.chat.documents import REASONS, SECONDS, Document, DocumentError, from_file, from_text

MOST_PASTED, MOST_FILES = 200_000, 5
# Streamlit says both in English only: what may be uploaded, which the label says, and the button.
_UPLOADER = """<style>
[data-testid=stFileUploaderDropzoneInstructions] {{ display: none; }}
[data-testid=stFileUploaderDropzone] button p {{ font-size: 0; }}
[data-testid=stFileUploaderDropzone] button p::after {{ content: "{words}"; font-size: 0.9rem; }}
</style>"""
_READ = "chat: the files that were read, and what became of each"


def own_documents() -> tuple[Document, ...]:
    """Show where to upload files and to paste a text; return what can be read, and say why the rest cannot."""
    allowed = limits.current()
    st.html(_UPLOADER.format(words=_("Choose files")))
    given = st.file_uploader(
        _("Files: .txt, .md or .pdf, of {size} MB at most", size=number(allowed.upload_mb)), type=["txt", "md", "pdf"],
        key="chat doc file", accept_multiple_files=True, max_upload_size=allowed.upload_mb,
    )  # fmt: skip
    pasted = st.text_area(_("Or a text"), key="chat doc text", max_chars=MOST_PASTED, height=120)
    read: dict[str, Document | DocumentError] = st.session_state.get(_READ, {})
    kept = {one.file_id: read[one.file_id] for one in given if one.file_id in read}
    st.session_state[_READ] = kept
    found = [_once(kept, one.file_id, one.name, one.getvalue(), allowed.upload_mb) for one in given[:MOST_FILES]]
    if len(given) > MOST_FILES:
        st.warning(_("Of these files, the first {most} are read.", most=MOST_FILES))
    for one in found:
        if isinstance(one, DocumentError):
            st.warning(why(one.reason))
    documents = [one for one in found if isinstance(one, Document)]
    if pasted.strip():
        documents.append(from_text(_("my text"), pasted[:MOST_PASTED]))
    return tuple(documents)


def _once(
    kept: dict[str, Document | DocumentError], file: str, name: str, data: bytes, megabytes: int
) -> Document | DocumentError:
    """Read a file once: a PDF takes a process of its own, and seconds. Whoever found no free reader tries again."""
    if file not in kept:
        with st.spinner(_("The document is being read…")):
            try:
                kept[file] = from_file(name, data, megabytes * 1_000_000)
            except DocumentError as error:
                if error.reason == "busy":
                    return error
                kept[file] = error
    return kept[file]


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
