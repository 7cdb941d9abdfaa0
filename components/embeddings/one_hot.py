"""The one-hot part of the embeddings page: the input drawn to scale, the curse of dimension, the lookup, distances."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import streamlit as st

from components import controls
from components.curves import Figure
from components.language import _, current, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs
from core.embeddings.ngrams import ORDERS, SMOOTHINGS, verdict
from core.embeddings.one_hot import (
    comparison,
    distances,
    lookup_seconds,
    one_hot,
    possible,
    table_bytes,
    with_embedding,
    with_one_hot,
)
from core.embeddings.presets import PRESETS
from core.tasks.letters.corpus import corpus, load
from core.tasks.letters.settings import LettersSettings

HIDDEN = 200
LONGEST = 10
SCALE = [[0.0, "#E69F00"], [0.5, "#f7f7f7"], [1.0, "#0072B2"]]
"""Orange for negative, blue for positive, the same as weights everywhere."""


def one_hot_part(lesson: PageLesson) -> None:
    """Show the part."""
    characters, table = learned_table()
    left, right = st.columns([1, 3.4], gap="medium")
    with left:
        size = controls.slider(_("Characters"), 5, 40, len(characters), key="emb_characters")
        context = controls.slider(_("Context, in characters"), 1, 8, 3, key="emb_context")
        embedding = controls.slider(_("Embedding size"), 1, 16, 10, key="emb_embedding")
        word = controls.text(_("Letters read"), "lou", key="emb_letters", max_chars=8)
    shown = drawn_alphabet(characters, size)
    found = table if table.shape == (size, embedding) else untrained(size, embedding)
    with right:
        codes = [shown.index(letter) if letter in shown else 0 for letter in word.lower()]
        codes = ([0] * context + codes)[-context:]
        figure = input_figure(codes, shown, found, labels=(_("one-hot"), _("embedding")), projected=is_projected())
        alt = _("The input drawn to scale: {n} one-hots of {size} cells beside {n} embeddings of {embedding}.",
                n=context, size=size, embedding=embedding)  # fmt: skip
        st.plotly_chart(figure, key="emb-input", alt=alt, config={"displayModeBar": False},
                        height=figure["layout"]["height"])  # fmt: skip
        _count_inputs(size, context, embedding)
    tabs = st.tabs(
        [_("The curse of dimension"), _("A row of a table"), _("Distances")], key="emb-one-hot", on_change="rerun"
    )
    with tabs[0]:
        if tabs[0].open:
            curse(lesson, size)
    with tabs[1]:
        if tabs[1].open:
            lookup(lesson, shown, found)
    with tabs[2]:
        if tabs[2].open:
            show_distances(lesson, shown, found)


def learned_table() -> tuple[str, np.ndarray]:
    """Return the alphabet of the French words and the recorded embeddings (characters, embedding) of its network."""
    characters = corpus(load("words")).characters
    run = course_runs().find(PRESETS["words"])
    if run is None:
        settings: LettersSettings = PRESETS["words"]
        return characters, untrained(len(characters), settings.embedding)
    return characters, run.measured[-1].arrays["letters"].astype(np.float32)


def untrained(size: int, embedding: int) -> np.ndarray:
    """Return a table (size, embedding) of random numbers, as before any training."""
    return np.random.default_rng(1).standard_normal((size, embedding)).astype(np.float32)


def drawn_alphabet(characters: str, size: int) -> str:
    """Return the first `size` characters, more than the corpus has if asked."""
    return (characters + "".join(letter for letter in "-'ùëï" if letter not in characters))[:size]


def input_figure(
    codes: list[int], characters: str, table: np.ndarray, *, labels: tuple[str, str], projected: bool
) -> Figure:
    """Draw a context as one-hots, and as rows of the table, cell beside cell at the same scale.

    Args:
        codes: the characters of the context, by number.
        characters: the alphabet.
        table: (characters, embedding).
        labels: names of the two blocks.
        projected: larger type.
    """
    size, embedding = table.shape
    gap = 2
    hot = np.stack([one_hot(code, size) for code in codes])  # (context, size)
    rows = table[codes]  # (context, embedding)
    reach = float(np.abs(table).max()) or 1.0
    z = np.concatenate([hot, np.full((len(codes), gap), np.nan), rows / reach], axis=1)
    names = [*characters, *("" for _ in range(gap)), *(str(k + 1) for k in range(embedding))]
    font = 20 if projected else 12
    height = min(90 + (56 if projected else 40) * len(codes), 560 if projected else 420)
    ticks = [characters[code].replace(" ", "␣") for code in codes]
    middle = [(size - 1) / 2, size + gap + (embedding - 1) / 2]
    return {
        "data": [{
            "type": "heatmap", "z": [[None if math.isnan(v) else round(float(v), 3) for v in row] for row in z],
            "zmin": -1, "zmax": 1, "colorscale": SCALE, "showscale": False, "xgap": 1, "ygap": 3,
            "hovertemplate": "%{z}<extra></extra>",
        }],
        "layout": {
            "height": height, "margin": {"l": 10, "r": 10, "t": 36, "b": 10}, "font": {"size": font},
            "xaxis": {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False, "zeroline": False,
                      "automargin": True, "tickangle": 0, "tickfont": {"size": max(9, font - 3)}},
            "yaxis": {"tickvals": list(range(len(codes))), "ticktext": ticks, "autorange": "reversed",
                      "showgrid": False, "zeroline": False, "automargin": True},
            "annotations": [
                {"x": x, "y": 1, "yref": "paper", "yanchor": "bottom", "text": f"<b>{text}</b>", "showarrow": False}
                for x, text in zip(middle, (f"{labels[0]} : {len(codes)} × {size}",
                                            f"{labels[1]} : {len(codes)} × {embedding}"), strict=True)],
        },
    }  # fmt: skip


def curse(lesson: PageLesson, size: int) -> None:
    """Show how many contexts there can be, how many there are, and what counting reaches."""
    counted = verdict(load("words"))
    read = number(len(corpus(load("words")).words["train"]), 5)
    lesson.words("text-curse", size=number(size), ten=number(float(possible(size, 10))))
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        rows = [_curse_row(size, n, counted.seen.get(n)) for n in range(1, LONGEST + 1)]
        st.dataframe(rows, hide_index=True, height=388, key="emb-curse-table")
    with right:
        figure = curse_figure(size, counted.seen, _("possible"), _("seen in {count} French words", count=read))
        alt = _("Contexts possible grow as a straight line on a log scale; contexts seen level off.")
        st.plotly_chart(figure, key="emb-curse", alt=alt, config={"displayModeBar": False}, height=388)
    counting(lesson)


def curse_figure(size: int, seen: dict[int, int], possible_name: str, seen_name: str) -> Figure:
    """Draw contexts possible and seen against their length, on a log axis."""
    orders = list(range(1, LONGEST + 1))
    series = [("#E69F00", "dash", possible_name, orders, [float(possible(size, n)) for n in orders]),
              ("#0072B2", "solid", seen_name, list(seen), list(seen.values()))]  # fmt: skip
    return {
        "data": [{"type": "scatter", "mode": "lines+markers", "name": name, "x": x, "y": y,
                  "line": {"color": colour, "dash": dash, "width": 3}, "marker": {"size": 8}}
                 for colour, dash, name, x, y in series],
        "layout": {"height": 388, "margin": {"l": 10, "r": 10, "t": 10, "b": 10},
                   "font": {"size": 18 if is_projected() else 13},
                   "xaxis": {"title": {"text": _("characters in the context")}, "dtick": 1, "automargin": True},
                   "yaxis": {"title": {"text": _("number of contexts")}, "type": "log", "exponentformat": "power",
                             "automargin": True, "dtick": 2},
                   "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
                   "separators": ", " if current() == "fr" else ".,"},
    }  # fmt: skip


def counting(lesson: PageLesson) -> None:
    """Show the validation losses of the n-grams beside the network's."""
    names = {"add_one": "add-one", "witten_bell": "Witten–Bell", "kneser_ney": "Kneser–Ney"}
    corpora = {"words": _("French words"), "names": _("First names")}
    chosen = controls.choice(
        _("Counted on"), list(corpora), "words", key="emb_counted", format_func=corpora.__getitem__
    )
    counted = verdict(load(chosen))
    rows = [{"n": str(order)} | {names[s]: number(counted.losses[order, s]) for s in SMOOTHINGS} for order in ORDERS]
    left, right = st.columns([1.25, 1], gap="medium")
    with left:
        st.dataframe(rows, hide_index=True, key="emb-ngrams")
    with right:
        order, smoothing = counted.best
        st.metric(_("Best count: {n}-gram, {smoothing}", n=order, smoothing=names[smoothing]),
                  number(counted.losses[order, smoothing]))  # fmt: skip
        for preset in ("best", "words", "names"):
            settings = PRESETS[preset]
            run = course_runs().find(settings) if settings.corpus == chosen else None
            if run is not None:
                st.metric(_("Network, context of {n}", n=settings.context),
                          number(run.measured[-1].metrics["validation_loss"]))  # fmt: skip
    st.caption(lesson.body("text-counting"))


def lookup(lesson: PageLesson, characters: str, table: np.ndarray) -> None:
    """Show that a one-hot times a table is a row of the table, and what each way costs."""
    letter = controls.choice(_("Letter"), list(characters), "e" if "e" in characters else characters[1],
                             key="emb_row", kind="select")  # fmt: skip
    index = characters.index(letter)
    figure = lookup_figure(table, characters, index)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.plotly_chart(figure, key="emb-lookup", config={"displayModeBar": False}, height=figure["layout"]["height"],
                        alt=_("The table of embeddings with the row of “{letter}” lit.", letter=letter))  # fmt: skip
    with right:
        product, row = lookup_seconds(table, index)
        equal = bool(np.array_equal(one_hot(index, len(table)) @ table, table[index]))
        lesson.words("text-lookup")
        st.metric("one_hot @ E", f"{number(product * 1e6, 3)} µs")
        st.metric("E[i]", f"{number(row * 1e6, 3)} µs")
        if equal:
            st.success(_("Equal, number for number."), icon=":material/check:")


def lookup_figure(table: np.ndarray, characters: str, index: int) -> Figure:
    """Draw one-hot column, table, and the lit row."""
    size, embedding = table.shape
    reach = float(np.abs(table).max()) or 1.0
    z = np.full((size, embedding + 3), np.nan)
    z[:, 0] = one_hot(index, size)
    z[:, 2 : 2 + embedding] = table / reach
    names = ["one-hot", "", *(str(k + 1) for k in range(embedding)), ""]
    return {
        "data": [{"type": "heatmap", "z": [[None if math.isnan(v) else round(float(v), 3) for v in row] for row in z],
                  "zmin": -1, "zmax": 1, "colorscale": SCALE, "showscale": False, "xgap": 1, "ygap": 1,
                  "hovertemplate": "%{z}<extra></extra>"}],
        "layout": {"height": 620, "margin": {"l": 10, "r": 10, "t": 10, "b": 10}, "font": {"size": 13},
                   "xaxis": {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False,
                             "zeroline": False},
                   "yaxis": {"tickvals": list(range(size)), "ticktext": list(characters), "autorange": "reversed",
                             "showgrid": False, "zeroline": False, "tickfont": {"size": 11}},
                   "shapes": [{"type": "rect", "x0": -0.5, "x1": embedding + 1.5, "y0": index - 0.5, "y1": index + 0.5,
                               "line": {"color": "#CC79A7", "width": 4}}]},
    }  # fmt: skip


def show_distances(lesson: PageLesson, characters: str, table: np.ndarray) -> None:
    """Show the distance of every two letters, as one-hots and as embeddings."""
    kinds = {"one_hot": _("one-hot"), "embedding": _("embedding")}
    kind = controls.choice(
        _("Letters as"), list(kinds), "embedding", key="emb_distances", format_func=kinds.__getitem__
    )
    found = distances(np.eye(len(characters), dtype=np.float32) if kind == "one_hot" else table)
    figure = distance_figure(found, characters)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.plotly_chart(figure, key="emb-distances", config={"displayModeBar": False}, height=560,
                        alt=_("The distance of every two letters."))  # fmt: skip
    with right:
        lesson.words("text-distances")
        pairs = found[np.triu_indices(len(characters), 1)]
        st.metric(_("Nearest pair"), number(float(pairs.min()), 3))
        st.metric(_("Farthest pair"), number(float(pairs.max()), 3))


def distance_figure(found: np.ndarray, characters: str) -> Figure:
    """Draw a matrix of distances."""
    names = list(characters)
    axis: dict[str, Any] = {"tickvals": list(range(len(names))), "ticktext": names, "showgrid": False,
                            "zeroline": False, "tickfont": {"size": 11}, "tickangle": 0}  # fmt: skip
    return {
        "data": [{"type": "heatmap", "z": found.round(3).tolist(), "colorscale": "Viridis", "zmin": 0,
                  "x": list(range(len(names))), "y": list(range(len(names))),
                  "colorbar": {"title": {"text": _("distance")}}, "hovertemplate": "%{z}<extra></extra>"}],
        "layout": {"height": 560, "margin": {"l": 10, "r": 10, "t": 10, "b": 10}, "font": {"size": 13},
                   "xaxis": axis, "yaxis": axis | {"autorange": "reversed", "scaleanchor": "x"}},
    }  # fmt: skip


def _count_inputs(size: int, context: int, embedding: int) -> None:
    hot = with_one_hot(size, context, HIDDEN)
    small = with_embedding(size, context, embedding, HIDDEN)
    with st.container(horizontal=True):
        st.metric(_("Inputs, one-hot"), number(hot.inputs))
        st.metric(_("Inputs, embedding"), number(small.inputs))
        st.metric(_("Parameters to 200 hidden units, one-hot"), number(hot.parameters))
        st.metric(_("The same, embedding"), number(small.parameters))


def _curse_row(size: int, n: int, seen: int | None) -> dict[str, str]:
    memory = table_bytes(size, n)
    name, times = comparison(memory)
    things = {"photo": _("photos (3 MB)"), "phone": _("phones (128 GB)"), "datacentre": _("large data centres (1 EB)"),
              "internet": _("years of all the world’s data")}  # fmt: skip
    return {
        _("n"): str(n),
        _("contexts possible"): number(float(possible(size, n))),
        _("seen"): number(seen) if seen is not None else "",
        _("count table"): _bytes(memory),
        _("as much as"): f"{number(times, 2)} {things[name]}",
    }


def _bytes(size: float) -> str:
    unit = "o" if current() == "fr" else "B"
    units = [prefix + unit for prefix in ("", "k", "M", "G", "T", "P", "E", "Z")]
    power = min(int(math.log10(max(size, 1)) // 3), len(units) - 1)
    return f"{number(size / 1000**power, 3)} {units[power]}"
