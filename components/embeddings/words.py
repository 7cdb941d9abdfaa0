"""The words' part of the embeddings page: pictures with arrows, analogies, neighbours, what the axes keep."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import streamlit as st

from components import controls
from components.embeddings.words_figures import bars, kept_figure, words_figure
from components.figures import Figure, go_ahead, show
from components.language import _, _n, current, number, percent
from components.lesson import PageLesson
from components.projection import is_projected
from core.embeddings.analogies import FAMILIES, PICTURES, measured, rate
from core.embeddings.words import AXES, FILE, UnknownWord, Words, french_words
from core.files import DamagedFile
from core.once import once
from core.pca import principal_axes

ENDS = 8
ASKED_MOST = 40


def words_part(lesson: PageLesson) -> None:
    """Show the part, or say that the file of the vectors is damaged."""
    try:
        words = french_words()
    except DamagedFile:
        st.error(
            _(
                "The file of the word vectors is missing or damaged: {file}. The rest of the page works. "
                "Download the course again to get it back.",
                file=FILE.name,
            ),
            icon=":material/error:",
        )
        return
    plot(words, lesson)
    hidden = analogy(words, lesson)
    lesson.mission("hidden", hidden)
    tabs = st.tabs(
        [_("Success rate"), _("Neighbours"), _("What the axes keep"), _("Bias")], key="emb-words", on_change="rerun"
    )
    for tab, look in zip(tabs, (success, neighbours, kept, bias), strict=True):
        if tab.open:
            with tab:
                look(words, lesson)


def plot(words: Words, lesson: PageLesson) -> None:
    """Show the principal components of chosen pairs of words, with their arrows and cosines."""
    names = {family: lesson.heading(f"text-picture-{family}") for family in PICTURES} | {"own": _("My words")}
    left, right = st.columns([1, 3.4], gap="medium")
    with left:
        chosen = controls.choice(
            _("Picture"), list(names), "gender", key="emb_picture", kind="radio", format_func=names.__getitem__
        )
        if chosen == "own":
            default = "chat chien cheval pain fromage pomme Paris Lyon lundi mardi"
            asked = controls.text(_("Words, or pairs like homme-femme"), default, key="emb_words", max_chars=400)
            pairs, single = parse(asked)
        else:
            pairs, single = list(FAMILIES[chosen]), []
        rows, unknown = rows_of(words, [*(word for pair in pairs for word in pair), *single])
        for missing in unknown:
            say_unknown(missing)
        pairs = [pair for pair in pairs if pair[0] in rows and pair[1] in rows]
    with right:
        if len(set(rows.values())) < 3:
            st.info(_("Three known words at least make a picture."), icon=":material/edit_note:")
            return
        drawn, places, explained = _picture(words, tuple(rows.items()), tuple(pairs), is_projected(), current())
        show(drawn, key="emb-picture", alt=_("Words on their two principal axes; arrows join the pairs."))
        go_ahead(whole=True)
    with left:
        st.metric(_("Variance shown"), percent(explained, 0))
        if len(pairs) > 1:
            full, flat = parallel(words, pairs), flat_parallel(places, pairs)
            st.metric(_("Arrows’ cosine, full space"), number(full, 2))
            st.metric(_("Arrows’ cosine, picture"), number(flat, 2))
    if not is_projected():
        st.caption(lesson.body(f"text-picture-{chosen}") if chosen in PICTURES else lesson.body("text-picture-own"))


@once(64)
def _picture(
    words: Words,
    rows: tuple[tuple[str, int], ...],
    pairs: tuple[tuple[str, str], ...],
    projected: bool,
    language: str,
) -> tuple[Figure, dict[str, list[float]], float]:
    """Draw words on their own two principal axes; return where they stand there, and the share of the variance kept."""
    points = words.vectors[[row for _word, row in rows]]
    axes = principal_axes(points)
    places = dict(zip(dict(rows), axes.project(points).tolist(), strict=True))
    drawn = words_figure(places, list(pairs), projected=projected, language=language)
    return drawn, places, float(axes.explained.sum())


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


def say_unknown(error: UnknownWord) -> None:
    """Say that a word has no vector, and which known ones are spelled like it."""
    if error.nearest:
        near = ", ".join(error.nearest)
        st.warning(
            _("“{word}” is not among the 20,000 words. Nearest spellings: {near}.", word=_plain(error.word), near=near)
        )
    else:
        st.warning(_("“{word}” is not among the 20,000 words.", word=_plain(error.word)))


def parallel(words: Words, pairs: list[tuple[str, str]]) -> float:
    """Return the mean cosine of every two arrows, in all 300 dimensions."""
    arrows = [words.vectors[words.row(b)] - words.vectors[words.row(a)] for a, b in pairs]
    return _mean_cosine(arrows)


def flat_parallel(places: dict[str, list[float]], pairs: list[tuple[str, str]]) -> float:
    """Return the mean cosine of every two arrows, as drawn."""
    return _mean_cosine([np.subtract(places[b], places[a]) for a, b in pairs])


def analogy(words: Words, lesson: PageLesson) -> bool:
    """Ask an analogy; return whether the switch just showed that the question's own word wins."""
    st.subheader(lesson.heading("text-analogy"), anchor=False)
    a_place, b_place, c_place, switch = st.columns([1, 1, 1, 1.4], vertical_alignment="bottom")
    with a_place:
        a = controls.text(_("minus"), "homme", key="emb_minus", max_chars=40)
    with b_place:
        b = controls.text(_("word"), "roi", key="emb_word", max_chars=40)
    with c_place:
        c = controls.text(_("plus"), "femme", key="emb_plus", max_chars=40)
    with switch:
        own = controls.toggle(_("Allow the question’s own words"), False, key="emb_own")
    try:
        answers = words.analogy(a, b, c, own=own, count=8)
        asked = {words.words[words.row(word)] for word in (a, b, c)}
    except UnknownWord as error:
        say_unknown(error)
        return False
    st.markdown(f"**{_plain(b)} − {_plain(a)} + {_plain(c)} ≈ {answers[0][0]}**")
    drawn = bars(answers, asked, projected=is_projected(), language=current())
    alt = _("The nearest words and their cosines: {words}.", words=", ".join(word for word, _c in answers))
    show(drawn, key="emb-analogy", alt=alt)
    st.caption(lesson.body("text-analogy"))
    return own and answers[0][0] in asked


def success(words: Words, lesson: PageLesson) -> None:
    """Show the measured success rate of each family, and the failures."""
    found = measured(words)
    rows = [
        {
            _("family"): lesson.heading(f"text-family-{family}"),
            _("analogies"): str(len(answers)),
            _("right"): percent(rate(answers), 0),
            _("right with own words allowed"): percent(rate(answers, own=True), 0),
        }
        for family, answers in found.items()
    ]
    st.dataframe(rows, hide_index=True, key="emb-success")
    everything = [answer for answers in found.values() for answer in answers]
    lesson.words(
        "text-success",
        count=number(len(everything)),
        rate=percent(rate(everything), 0),
        own=percent(rate(everything, own=True), 0),
    )
    with st.expander(_("The failures"), icon=":material/error_outline:"):
        failures = [
            {_("question"): f"{x.a} : {x.b} = {x.c} : ?", _("expected"): x.d, _("said"): x.said or "–"}
            for x in everything
            if not x.right
        ]
        st.dataframe(failures, hide_index=True, key="emb-failures")


def neighbours(words: Words, lesson: PageLesson) -> None:
    """Show a word's neighbours in all 300 dimensions beside those on the flat picture of all words."""
    asked = controls.text(_("Word"), "fromage", key="emb_near", max_chars=40)
    try:
        row = words.row(asked)
    except UnknownWord as error:
        say_unknown(error)
        return
    full = [word for word, _c in words.neighbours(words.vectors[row], 10, (row,))]
    flat = flat_neighbours(words, row, 10)
    rows = [{_("in 300 dimensions"): a, _("on the picture, 2 dimensions"): b} for a, b in zip(full, flat, strict=True)]
    st.dataframe(rows, hide_index=True, key="emb-near-table")
    shared, share = len(set(full) & set(flat)), float(words.axes.explained[:2].sum())
    lesson.words("text-neighbours", shared=number(shared), kept=percent(share, 0))


def flat_neighbours(words: Words, row: int, count: int) -> list[str]:
    """Return the words nearest to one on the two principal axes of all words."""
    places = (words.vectors - words.axes.mean) @ words.axes.components[:2].T  # (words, 2)
    order = np.argsort(np.linalg.norm(places - places[row], axis=1))
    return [words.words[other] for other in order[: count + 1] if other != row][:count]


def kept(words: Words, lesson: PageLesson) -> None:
    """Show how much of the variance the first axes keep, and the words at the ends of each."""
    left, right = st.columns([1, 1.2], gap="medium")
    with left:
        count = controls.slider(_("Components"), 1, AXES, 2, key="emb_components")
        shares = words.axes.explained.cumsum()
        drawn = kept_figure(shares.tolist(), count, projected=is_projected(), language=current())
        alt = _n(
            "Share of the variance kept by the first components; {count} keeps {share}.",
            "Share of the variance kept by the first components; {count} keep {share}.",
            count,
            share=percent(float(shares[count - 1]), 1),
        )
        show(drawn, key="emb-kept", alt=alt)
        st.metric(_("Variance kept"), percent(float(shares[count - 1]), 1))
    with right:
        lesson.words("text-kept")
        rows = []
        for component in range(min(count, 6)):
            low, high = ends(words, component)
            rows.append({_("axis"): str(component + 1), "−": ", ".join(low), "+": ", ".join(high)})
        st.dataframe(rows, hide_index=True, key="emb-ends")


def ends(words: Words, component: int, frequent: int = 5_000) -> tuple[list[str], list[str]]:
    """Return the frequent words at both ends of a principal axis."""
    places = (words.vectors[:frequent] - words.axes.mean) @ words.axes.components[component]
    order = np.argsort(places)
    return [words.words[row] for row in order[:ENDS]], [words.words[row] for row in order[::-1][:ENDS]]


def bias(words: Words, lesson: PageLesson) -> None:
    """Say in one sentence what the vectors repeat, with an example computed here."""
    said = [word for word, _c in words.analogy("homme", "médecin", "femme", count=3)]
    lesson.words("text-bias", said=", ".join(said))


def _mean_cosine(arrows: list[np.ndarray]) -> float:
    units = [arrow / max(float(np.linalg.norm(arrow)), 1e-12) for arrow in arrows]
    return float(np.mean([a @ b for a, b in combinations(units, 2)]))


def _plain(text: str) -> str:
    """Return typed text without what Markdown would read as its own."""
    return re.sub(r"[^\w'’ -]", "", text)[:40]
