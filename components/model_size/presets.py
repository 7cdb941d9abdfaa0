"""The presets of the page on sizes: every model with a name, and one whose parameters are nearly all in a table."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.language import _, number
from components.lesson import PageLesson
from components.model_size.state import set_from_outside, values
from components.presets import EMPTY, standing_on
from components.presets import presets as row
from components.projection import is_projected
from core.model_size.chosen import of_preset
from core.model_size.presets import Preset, presets

ONLY_SHOWN = ("ms_precision", "ms_machine", "ms_open", "ms_pin")
"""Moving these leaves the model what it is."""
TABLE: dict[str, Any] = {
    "layers": 2,
    "width": 64,
    "heads": 4,
    "kv_heads": 4,
    "feed_forward": 256,
    "vocabulary": 256_000,
}
"""What differs from the opening in the bad one."""


def where() -> dict[str, dict[str, Any]]:
    """Return where the hands stand for each preset."""
    return {name: of_preset(preset) for name, preset in presets().items()} | {"table": TABLE}


def presets_row(lesson: PageLesson) -> None:
    """Show the presets."""
    found = where()
    standing = standing_on({name: _model(preset) for name, preset in found.items()}, _model({}))
    row(
        lesson,
        found,
        lit=standing,
        apply=lambda name: set_from_outside(found[name]),
        key="ms-presets",
    )
    if not is_projected():
        said = source_in_words(presets()[standing]) if standing in presets() else EMPTY
        st.markdown(f":small[{said}]")  # in the paler colour of a caption a link is too pale to be read


def source_in_words(preset: Preset) -> str:
    """Say where a model's configuration is published, with links, as Streamlit shows it."""
    if preset.source is None:
        return _("Source: trained for this course, on the stories.")
    source, said = preset.source, []
    if source.card:
        at = f"https://huggingface.co/{source.card}/blob/main/config.json"
        said.append(_("[configuration of {card}]({url})", card=source.card, url=at))
    article = f"[{source.article}]({source.url})"
    if source.table:
        article = _("{article}, table {number}", article=article, number=source.table)
    elif source.section:
        article = _("{article}, section {number}", article=article, number=source.section)
    said.append(article)
    if source.prints and preset.blocks is not None:
        mine, theirs = number(preset.blocks.parameters / 1e9), number(source.prints / 1e9)
        said.append(_("counted with GPT-2’s vocabulary, {mine} billion; the article writes {theirs}", mine=mine,
                      theirs=theirs))  # fmt: skip
    return _("Source: {sources}.", sources=" · ".join(said))


def _model(moved: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values(moved).items() if key not in ONLY_SHOWN}
