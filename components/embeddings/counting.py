"""The curse of dimension: contexts possible and seen, and what counting them reaches."""

from __future__ import annotations

import streamlit as st

from components import controls
from components.embeddings.one_hot_figures import LONGEST, curse_figure
from components.figures import show
from components.language import _, _n, current, data_size, number
from components.lesson import PageLesson
from components.projection import is_projected
from components.run_controls import course_runs
from core.embeddings.ngrams import ORDERS, SMOOTHINGS, verdict
from core.embeddings.one_hot import comparison, possible, table_bytes
from core.embeddings.presets import PRESETS
from core.tasks.letters.corpus import corpus, load


def curse(lesson: PageLesson, size: int) -> None:
    """Show how many contexts there can be, how many there are, and what counting reaches."""
    counted = verdict(load("words"))
    read = len(corpus(load("words")).words["train"])
    lesson.words("text-curse", size=number(size), ten=number(float(possible(size, 10))))
    left, right = st.columns([1.7, 1], gap="medium")
    with left:
        rows = [_curse_row(size, n, counted.seen.get(n)) for n in range(1, LONGEST + 1)]
        st.table(rows, hide_index=True)
    with right:
        drawn = curse_figure(size, counted.seen, read, projected=is_projected(), language=current())
        alt = _("Contexts possible grow as a straight line on a log scale; contexts seen fall behind.")
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
        st.table(rows, hide_index=True)
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
    lesson.words("text-counting")
    lesson.words(f"text-counting-{chosen}")


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
