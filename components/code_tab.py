"""The code beside the picture: what you read is what ran. Copy it, or take it home as a notebook."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from components import controls
from components.language import _, catalog, current
from core.notebooks import DataFile, as_shown, notebook


def code_tab(stem: str, title: str, sources: Mapping[str, str], files: Sequence[DataFile] = ()) -> None:
    """Show the code generated from the current settings, one version at a time, and offer all that it needs.

    Args:
        stem: the page's stem; names the files.
        title: the notebook's first heading.
        sources: version ("Keras", "PyTorch") to source, in cells; the version's name is the same in every language,
            in addresses too.
        files: what the code reads.
    """
    versions = list(sources)
    version = versions[0]
    if len(versions) > 1:
        version = controls.choice(
            _("Version"),
            versions,
            versions[0],
            key=f"{stem}_code",
            format_func=version_label,
            label_visibility="collapsed",
        )
    source, heading = sources[version], f"{title} ({version_label(version)})"
    st.code(as_shown(source), language="python", line_numbers=False)
    with st.container(horizontal=True):
        download_notebook(heading, source, files, name=f"{stem}_{version}", key=f"{stem}-notebook")
        for file in files:
            st.download_button(
                _("Download {file}", file=file.name),
                data=file.read,
                file_name=file.name,
                help=file.about,
                icon=":material/database:",
                on_click="ignore",
                key=f"{stem}-{file.name}",
            )


def download_notebook(title: str, source: str, files: Sequence[DataFile], *, name: str, key: str) -> None:
    """Offer shown code as a notebook.

    Args:
        title: its first heading.
        source: shown code, in cells.
        files: what the code reads.
        name: of the file, without its ending.
        key: of the button.
    """
    say = catalog(current()).gettext  # found now: a download is made when the page no longer runs
    st.download_button(
        _("Download as notebook"),
        data=lambda: notebook(title, source, files, say),
        file_name=f"{re.sub(r'[^a-z0-9]+', '_', name.lower())}.ipynb",
        mime="application/x-ipynb+json",
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


def version_label(version: str) -> str:
    """Return what a version is called in the page's language; most are names of libraries, the same everywhere."""
    return {"Keras, same draws": _("Keras, same draws")}.get(version, version)
