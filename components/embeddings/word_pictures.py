"""Pairs of words on their two principal axes, with their arrows and how parallel these are."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from components import controls
from components.ahead import go_ahead
from components.embeddings.unknown_words import say_unknown
from components.in_browser import component, surroundings
from components.language import _, number, percent
from components.lesson import PageLesson
from core.embeddings.analogies import FAMILIES, PICTURES
from core.language_models.word_vectors import UnknownWord, Words
from core.once import once
from core.pca import principal_axes

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

ASKED_MOST = 40
OWN = "chat chien cheval pain fromage pomme Paris Lyon lundi mardi"


def picture(words: Words, lesson: PageLesson, place: DeltaGenerator, under: DeltaGenerator) -> None:
    """Show the principal components of chosen pairs of words, with their arrows and cosines."""
    names = {family: lesson.heading(f"text-picture-{family}") for family in PICTURES} | {"own": _("My words")}
    with under:
        chosen = controls.choice(
            _("Picture"), list(names), PICTURES[0], key="emb_picture", format_func=names.__getitem__
        )
        if chosen == "own":
            asked = controls.text(_("Words, or pairs like homme-femme"), OWN, key="emb_words", max_chars=400)
            pairs, single = parse(asked)
        else:
            pairs, single = list(FAMILIES[chosen]), []
        rows, unknown = rows_of(words, [*(word for pair in pairs for word in pair), *single])
        for missing in unknown:
            say_unknown(missing)
        pairs = [pair for pair in pairs if pair[0] in rows and pair[1] in rows]
    if len(set(rows.values())) < 3:
        with place:
            st.info(_("Three known words at least make a picture."), icon=":material/edit_note:")
        return
    places, explained = _places(words, tuple(rows.items()))
    with place:
        _draw(places, pairs)
    go_ahead(whole=True)
    with under:
        with st.container(horizontal=True):
            st.metric(_("Variance shown"), percent(explained, 0))
            if len(pairs) > 1:
                full, flat = parallel(words, pairs), flat_parallel(places, pairs)
                st.metric(_("Arrows’ cosine, full space"), number(full, 2))
                st.metric(_("Arrows’ cosine, picture"), number(flat, 2))
        lesson.words(f"text-picture-{chosen}")


def _draw(places: dict[str, list[float]], pairs: list[tuple[str, str]]) -> None:
    order = list(places)
    joined = [[order.index(word) for word in pair] for pair in pairs if pair[0] != pair[1]]
    said = _("Words on their two principal axes; arrows join the pairs.")
    labels = {"picture": said, "x": _("axis 1 (PCA)"), "y": _("axis 2 (PCA)")}
    spots = [[word, round(x, 4), round(y, 4)] for word, (x, y) in places.items()]
    component("embeddings/word_arrows")(
        key="emb-picture", data=surroundings() | {"words": spots, "pairs": joined, "labels": labels}
    )


@once(64)
def _places(words: Words, rows: tuple[tuple[str, int], ...]) -> tuple[dict[str, list[float]], float]:
    """Return where words stand on their own two principal axes, and the share of the variance kept."""
    points = words.vectors[[row for _word, row in rows]]
    axes = principal_axes(points)
    places = dict(zip(dict(rows), axes.project(points).tolist(), strict=True))
    return places, float(axes.explained.sum())


def parse(asked: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the pairs (`homme-femme`) and the single words of a typed list, each once."""
    pairs, single = [], []
    for item in dict.fromkeys(re.split(r"[\s,;]+", asked)):
        parts = re.split(r"[-–:/→]", item)
        if len(parts) == 2 and all(parts):
            pairs.append((parts[0], parts[1]))
        elif item:
            single.append(item)
    return pairs[: ASKED_MOST // 2], single[:ASKED_MOST]


def rows_of(words: Words, asked: list[str]) -> tuple[dict[str, int], list[UnknownWord]]:
    """Return the row of each word asked for, once, and those unknown."""
    rows: dict[str, int] = {}
    unknown = []
    for word in dict.fromkeys(asked):
        try:
            rows[word] = words.row(word)
        except UnknownWord as error:
            unknown.append(error)
    return rows, unknown


def parallel(words: Words, pairs: list[tuple[str, str]]) -> float:
    """Return the mean cosine of every two arrows, in all 300 dimensions."""
    arrows = [words.vectors[words.row(b)] - words.vectors[words.row(a)] for a, b in pairs]
    return _mean_cosine(arrows)


def flat_parallel(places: dict[str, list[float]], pairs: list[tuple[str, str]]) -> float:
    """Return the mean cosine of every two arrows, as drawn."""
    return _mean_cosine([np.subtract(places[b], places[a]) for a, b in pairs])


def _mean_cosine(arrows: list[np.ndarray]) -> float:
    units = [arrow / max(float(np.linalg.norm(arrow)), 1e-12) for arrow in arrows]
    return float(np.mean([a @ b for a, b in combinations(units, 2)]))
