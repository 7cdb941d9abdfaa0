"""What each setting does, over seeds: recorded trainings, and an experiment of one's own, seed by seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components import controls
from components.dqn.seeds_chart import Side, seeds_chart
from components.dqn.settings import labels
from components.language import _, _n, duration, number, percent
from components.lesson import PageLesson
from components.run_controls import REFRESH_SECONDS, course_runs, session_id
from core.dqn import sweeps
from core.dqn.comparison import MOST_RECORDED, curves, result, variants
from core.dqn.missions import is_shown
from core.dqn.presets import BASE, VALUES
from core.dqn.settings import DqnSettings
from core.runs.run import Run
from core.runs.sweeps import OneSweepEach, TooManyRuns, TooManySweeps, sweep_id
from core.verdict import Verdict, compare

OWN = "own"
"""The experiment of the student's own settings."""
MOST = 8
"""Seeds of each side of it."""
_SAID = "dqn: why an experiment was not begun"


def over_seeds(lesson: PageLesson, settings: DqnSettings, best: float | None) -> None:
    """Show trainings over seeds.

    Args:
        lesson: holds the words of the part.
        settings: that the page's controls stand on.
        best: the optimum of the small world, where it is known.
    """
    st.subheader(lesson.heading("text-seeds"), anchor=False)
    lesson.words("text-seeds")
    names = {name: labels()[name] for name in VALUES if name != "target_every"} | {OWN: _("Your experiment")}
    what = controls.choice(
        _("What differs"), list(names), "batch_size", key="dqn_what", format_func=names.__getitem__, kind="segmented"
    )
    if what == OWN:
        _own(lesson, settings)
        return
    count = controls.slider(_("Seeds"), 1, MOST_RECORDED, MOST_RECORDED, key="dqn_seeds")
    sides = [
        (variant, Side(_name(variant, what), curves(variant, count, lambda _settings: None)))
        for variant in variants(what)
    ]
    seeds_chart([side for _variant, side in sides], best=best)
    usual = next(side for variant, side in sides if variant == BASE)
    for variant, side in sides:
        if variant != BASE and side.curves:
            st.markdown(f"- {_verdict_words(side, usual, _compare(side, usual))}")


def _own(lesson: PageLesson, settings: DqnSettings) -> None:
    """Compare the page's own settings with both ways to draw a batch."""
    count = _count()
    pair, sides = _sides(settings, count)
    lesson.words("text-own")
    _one_more(pair, sides, count)
    seeds_chart(sides, best=None)
    verdict = _compare(sides[0], sides[1])
    if all(side.curves for side in sides):
        st.markdown(_verdict_words(sides[0], sides[1], verdict))


def has_shown(settings: DqnSettings) -> bool:
    """Whether the student's experiment says which draw is better: the mission asks for that.

    Args:
        settings: that the page's controls stand on.
    """
    if st.session_state.get("dqn_what") != OWN:
        return False
    pair, sides = _sides(settings, _count())
    return is_shown(pair[0], _compare(sides[0], sides[1]))


def _count() -> int:
    """Return how many seeds each side of the student's experiment has."""
    return controls.in_url("dqn_own", 1, lambda text: int(text) if 1 <= int(text) <= MOST else None)


def _sides(settings: DqnSettings, count: int) -> tuple[list[DqnSettings], list[Side]]:
    """Return both settings of the student's experiment, and what is known of each."""
    pair = [replace(settings, draw=draw, seed=BASE.seed) for draw in ("random", "latest")]
    return pair, [Side(_name(side, "draw"), curves(side, count, _stored)) for side in pair]


def _compare(one: Side, other: Side) -> Verdict:
    return compare([result(curve) for curve in one.curves], [result(curve) for curve in other.curves])


def _verdict_words(one: Side, other: Side, verdict: Verdict) -> str:
    """Say what each side came to, and whether chance alone may have made the difference."""
    told = [
        _("**{name}**: {mean}", name=side.name, mean=_written(summary.mean, summary.interval, len(side.curves)))
        for side, summary in ((one, verdict.first), (other, verdict.second))
    ]
    p = percent(max(verdict.p, 1e-4), 2 if verdict.p < 0.01 else 0)
    said = {
        "real": _("The difference is very probably real (p = {p}).", p=p),
        "unclear": _("One cannot say: chance alone makes such a gap often enough (p = {p}).", p=p),
        "equal": _("No difference at all."),
        "too_few": _("One seed is one seed: add another before you conclude."),
    }[verdict.kind]
    return f"{told[0]} · {told[1]}. {said}"


def _written(mean: float, interval: float, count: int) -> str:
    if count < 2:
        return number(round(mean, 1))
    return _("{mean} ± {interval}", mean=number(round(mean, 1)), interval=number(round(interval, 1)))


def _name(settings: DqnSettings, what: str) -> str:
    """Return what a training is called among those that differ in one setting."""
    value = getattr(settings, what)
    words = {
        "random": _("random moments"),
        "latest": _("the latest moments"),
        "none": _("no target network"),
        "steps": _("every {moves} moves", moves=number(settings.target_every)),
        "crashes": _("every {crashes} crashes", crashes=number(settings.target_every)),
    }
    if isinstance(value, str):
        return words[value]
    return f"{labels()[what]} {number(value)}"


def _stored(settings: DqnSettings) -> Run | None:
    return course_runs().find(settings)


def _one_more(pair: Sequence[DqnSettings], sides: Sequence[Side], count: int) -> None:
    """Show the button that adds a seed to both sides, or the trainings that go on."""
    wanted = [replace(side, seed=seed) for side in pair for seed in range(1, count + 1)]
    sweep = sweeps.default().get(sweep_id(wanted))
    if sweep is not None and not sweep.over:
        seen = len(sweep.done)

        @st.fragment(run_every=REFRESH_SECONDS)
        def following() -> None:
            left = sweep.seconds_left
            told = _("{left} left", left=duration(left)) if left else ""
            done = _n("{done} of {count} run", "{done} of {count} runs", len(wanted), done=number(len(sweep.done)))
            st.progress(min(sweep.progress, 1.0), text=", ".join(filter(None, [done, told])))
            st.button(_("Stop the rest"), icon=":material/stop:", key="dqn-sweep-stop",
                      on_click=sweeps.default().stop, args=(sweep.id, session_id()))  # fmt: skip
            if sweep.over or len(sweep.done) > seen:
                st.rerun()

        following()
        return
    is_whole = all(len(side.curves) == count for side in sides)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            _("One more seed") if is_whole else _("Train the missing runs"),
            icon=":material/casino:" if is_whole else ":material/play_arrow:",
            type="primary",
            key="dqn-one-more",
            disabled=is_whole and count >= MOST,
            on_click=_train,
            args=(tuple(pair), count + is_whole),
        )
        st.caption(_n("{count} seed each", "{count} seeds each", count))
    if said := st.session_state.pop(_SAID, None):
        st.warning(said, icon=":material/hourglass_top:")


def _train(pair: Sequence[DqnSettings], count: int) -> None:
    """Compare with so many seeds from now on, and train those that nobody has trained. Call it in a callback."""
    wanted = [replace(side, seed=seed) for side in pair for seed in range(1, count + 1)]
    missing = any(len(curves(side, count, _stored)) < count for side in pair)
    if missing:
        try:
            sweeps.default().start(wanted, session_id())
        except OneSweepEach:
            st.session_state[_SAID] = _("Your other experiment is still being computed: wait for it, or stop it first.")
            return
        except (TooManyRuns, TooManySweeps):
            st.session_state[_SAID] = _("Several experiments are being computed already. Try again in a moment.")
            return
    controls.set_values({"dqn_own": count})
