"""The one-hot part of the embeddings page: the input drawn to scale, the curse of dimension, the lookup, distances."""

from __future__ import annotations

import numpy as np
import streamlit as st

from components import controls
from components.embeddings.one_hot_figures import LONGEST, curse_figure, distance_figure, input_figure, lookup_figure
from components.figures import show
from components.language import _, _n, current, data_size, number
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
        labels = (
            _("one-hot: {rows} × {columns}", rows=context, columns=size),
            _("embedding: {rows} × {columns}", rows=context, columns=embedding),
        )
        drawn = input_figure(codes, shown, found, labels=labels, projected=is_projected(), language=current())
        alt = _n(
            "The input drawn to scale: a one-hot of {size} cells beside an embedding of {embedding}.",
            "The input drawn to scale: {count} one-hots of {size} cells beside {count} embeddings of {embedding}.",
            context,
            size=size,
            embedding=embedding,
        )
        show(drawn, key="emb-input", alt=alt)
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


def curse(lesson: PageLesson, size: int) -> None:
    """Show how many contexts there can be, how many there are, and what counting reaches."""
    counted = verdict(load("words"))
    read = len(corpus(load("words")).words["train"])
    lesson.words("text-curse", size=number(size), ten=number(float(possible(size, 10))))
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        rows = [_curse_row(size, n, counted.seen.get(n)) for n in range(1, LONGEST + 1)]
        st.dataframe(rows, hide_index=True, height=388, key="emb-curse-table")
    with right:
        drawn = curse_figure(size, counted.seen, read, projected=is_projected(), language=current())
        alt = _("Contexts possible grow as a straight line on a log scale; contexts seen level off.")
        show(drawn, key="emb-curse", alt=alt)
    counting(lesson)


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
        best = _("Best count: {n}-gram, {smoothing}", n=order, smoothing=names[smoothing])
        st.metric(best, number(counted.losses[order, smoothing]))
        for preset in ("best", "words", "names"):
            settings = PRESETS[preset]
            run = course_runs().find(settings) if settings.corpus == chosen else None
            if run is not None:
                loss = run.measured[-1].metrics["validation_loss"]
                st.metric(_("Network, context of {n}", n=settings.context), number(loss))
    st.caption(lesson.body("text-counting"))


def lookup(lesson: PageLesson, characters: str, table: np.ndarray) -> None:
    """Show that a one-hot times a table is a row of the table, and what each way costs."""
    default = "e" if "e" in characters else characters[1]
    letter = controls.choice(_("Letter"), list(characters), default, key="emb_row", kind="select")
    index = characters.index(letter)
    drawn = lookup_figure(table, characters, index, projected=is_projected(), language=current())
    left, right = st.columns([2, 1], gap="medium")
    with left:
        show(drawn, key="emb-lookup", alt=_("The table of embeddings with the row of “{letter}” lit.", letter=letter))
    with right:
        product, row = lookup_seconds(table, index)
        equal = bool(np.array_equal(one_hot(index, len(table)) @ table, table[index]))
        lesson.words("text-lookup")
        st.metric("one_hot @ E", f"{number(product * 1e6, 3)}\u00a0µs")
        st.metric("E[i]", f"{number(row * 1e6, 3)}\u00a0µs")
        if equal:
            st.success(_("Equal, number for number."), icon=":material/check:")


def show_distances(lesson: PageLesson, characters: str, table: np.ndarray) -> None:
    """Show the distance of every two letters, as one-hots and as embeddings."""
    kinds = {"one_hot": _("one-hot"), "embedding": _("embedding")}
    kind = controls.choice(
        _("Letters as"), list(kinds), "embedding", key="emb_distances", format_func=kinds.__getitem__
    )
    found = distances(np.eye(len(characters), dtype=np.float32) if kind == "one_hot" else table)
    drawn = distance_figure(found, characters, projected=is_projected(), language=current())
    left, right = st.columns([2, 1], gap="medium")
    with left:
        show(drawn, key="emb-distances", alt=_("The distance of every two letters."))
    with right:
        lesson.words("text-distances")
        pairs = found[np.triu_indices(len(characters), 1)]
        st.metric(_("Nearest pair"), number(float(pairs.min()), 3))
        st.metric(_("Farthest pair"), number(float(pairs.max()), 3))


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
    return {
        _("n"): str(n),
        _("contexts possible"): number(float(possible(size, n))),
        _("seen"): number(seen) if seen is not None else "",
        _("count table"): data_size(memory),
        _("as much as"): _comparison(name, times),
    }


def _comparison(thing: str, times: float) -> str:
    """Say how many of a known thing hold as much."""
    count, words = round(times), number(times, 2)
    match thing:
        case "photo":
            return _n("{times} photo (3 MB)", "{times} photos (3 MB)", count, times=words)
        case "phone":
            return _n("{times} phone (128 GB)", "{times} phones (128 GB)", count, times=words)
        case "datacentre":
            return _n("{times} large data centre (1 EB)", "{times} large data centres (1 EB)", count, times=words)
    return _n("{times} year of all the world’s data", "{times} years of all the world’s data", count, times=words)
