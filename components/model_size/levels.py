"""The numbers of the page on sizes: every matrix of the model on show, and its weight at each precision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import streamlit as st

from components.language import _, data_size, number, percent
from components.lesson import PageLesson
from components.model_size.state import model
from components.model_size.words import labels
from core.model_size.blocks import Block
from core.model_size.costs import PRECISIONS, weight_bytes


def numbers(lesson: PageLesson, here: Mapping[str, Any]) -> None:
    """Show the table of matrices, and that of weights.

    Args:
        lesson: holds the words between them.
        here: where the picture stands.
    """
    blocks = model(here)[0].blocks
    if blocks is None:
        st.info(labels()["unpublished"], icon=":material/visibility_off:")
        return
    words = labels()
    names: dict[str, str] = words["blocks"] | (words["lettersBlocks"] if here["family"] == "letters" else {})
    table: dict[str, list[str]] = {
        head: [] for head in (_("part"), _("shape"), _("how many"), _("parameters"), _("share"))
    }
    for leaf, copies, group in _rows(blocks):
        name = names[leaf.name.removesuffix("_bias")]
        name = f"{names[group]}: {name.lower()}" if leaf.name in ("scale", "shift") else name
        name = words["bias"].replace("%s", name) if leaf.name.endswith("_bias") else name
        parameters = 0 if leaf.tied else copies * leaf.each
        shape = " × ".join(number(size) for size in leaf.shape)
        told = words["tiedHead"] if leaf.tied else number(parameters)
        share = parameters / blocks.parameters
        cells = (name, shape, number(copies), told, "–" if leaf.tied else _share(share))
        for column, value in zip(table.values(), cells, strict=True):
            column.append(value)
    st.table(table)
    lesson.words("text-bits")
    st.table({
        _("precision"): [words["precisionNames"][name] for name in PRECISIONS],
        _("weights"): [data_size(weight_bytes(blocks, name)) for name in PRECISIONS],
    })  # fmt: skip


def _rows(block: Block, copies: int = 1, group: str = "model") -> Iterator[tuple[Block, int, str]]:
    """Yield every matrix and vector, how many of it there are, and the part that it is in."""
    copies *= block.copies
    if block.shape:
        yield block, copies, group
    for part in block.parts:
        yield from _rows(part, copies, block.name)


def _share(share: float) -> str:
    """Write a share with enough decimals to be seen."""
    least = 0.0001
    return f"< {percent(least, 2)}" if share < least / 2 else percent(share, 0 if share >= 0.1 else 2)
