"""The numbers of the page on sizes: every matrix of the model on show, and its weight at each precision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.language import _, data_size, number, percent
from components.lesson import PageLesson
from components.model_size.state import model
from components.model_size.words import labels
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
    for leaf, copies, _used in blocks.leaves():
        name = names[leaf.name.removesuffix("_bias")]
        name = words["bias"].replace("%s", name) if leaf.name.endswith("_bias") else name
        parameters = 0 if leaf.tied else copies * leaf.each
        shape = " × ".join(number(size) for size in leaf.shape)
        told = words["tiedHead"] if leaf.tied else number(parameters)
        share = parameters / blocks.parameters
        cells = (name, shape, number(copies), told, percent(share, 0 if share >= 0.1 else 2))
        for column, value in zip(table.values(), cells, strict=True):
            column.append(value)
    st.table(table)
    lesson.words("text-bits")
    st.table({
        _("precision"): [words["precisionNames"][name] for name in PRECISIONS],
        _("weights"): [data_size(weight_bytes(blocks, name)) for name in PRECISIONS],
    })  # fmt: skip
