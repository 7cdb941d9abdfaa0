"""A sweep on the page: choose a grid, watch it fill, stop it; closing the page does not stop it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

import streamlit as st

from components import controls
from components.batch_learning_rate.settings import OPTIMIZERS
from components.batch_learning_rate.words import batch_name
from components.language import _, _n, duration, number
from components.run_controls import REFRESH_SECONDS, session_id
from components.trainings import optimizer_names
from core import limits
from core.batch_learning_rate import sweeps
from core.batch_learning_rate.rate_map import RateMap, cell_settings, from_runs
from core.batch_learning_rate.settings import BATCHES, RATES, RateSettings
from core.runs.run import Run, origin_here
from core.runs.sweeps import OneSweepEach, Sweep, TooManyRuns, TooManySweeps, sweep_id

MOST_SEEDS = 5


@dataclass(frozen=True)
class Grid:
    """The runs of a sweep: every rate with every batch size and seed."""

    optimizer: str
    rates: tuple[float, ...]
    batches: tuple[int, ...]
    seeds: int

    def settings(self) -> list[RateSettings]:
        """Return the runs: all cells with the first seed, then all with the second …; from the middle rate outwards."""
        middle = len(self.rates) // 2
        near = sorted(self.rates, key=lambda rate: abs(self.rates.index(rate) - middle))
        return [
            cell_settings(rate, batch, seed, self.optimizer)
            for seed, rate, batch in product(range(1, self.seeds + 1), near, self.batches)
        ]

    def __str__(self) -> str:
        """Return the text of the link: "adam~0.001,0.01~64,256~2"."""
        rates = ",".join(f"{rate:.10g}" for rate in self.rates)
        return f"{self.optimizer}~{rates}~{','.join(map(str, self.batches))}~{self.seeds}"


def read_grid(text: str) -> Grid | None:
    """Read the text of a link; None for no grid, or one that cannot be."""
    try:
        optimizer, rates, batches, seeds = text.split("~")
        grid = Grid(
            optimizer,
            tuple(sorted({float(rate) for rate in rates.split(",")})),
            tuple(sorted({int(batch) for batch in batches.split(",")})),
            int(seeds),
        )
    except ValueError:
        return None
    known = optimizer in OPTIMIZERS and set(grid.rates) <= set(RATES) and set(grid.batches) <= set(BATCHES)
    runs = len(grid.rates) * len(grid.batches) * grid.seeds
    return grid if known and 1 <= grid.seeds <= MOST_SEEDS and runs <= limits.current().sweep_runs else None


def sweep_map() -> RateMap | None:
    """Return the map of the sweep that the link names, with the runs it has so far; None for the recorded map."""
    grid = read_grid(controls.in_url("blr_sweep", "", lambda text: text if read_grid(text) else None))
    if grid is None:
        return None
    sweep = sweeps.default().get(sweep_id(grid.settings()))
    done = list(sweep.done.values()) if sweep else _stored(grid)
    seeds = range(1, grid.seeds + 1)
    return from_runs(done, grid.optimizer, seeds, grid.rates, grid.batches, origin_here())


def sweep_controls() -> None:
    """Show the sweep that goes on, or the form of a new one."""
    text = st.session_state.get("blr_sweep", "")
    grid = read_grid(text)
    if grid is not None:
        _say_sweep(grid)
    else:
        _say_others()
    with st.expander(_("Compute other cells"), icon=":material/grid_on:"):
        _form()


def _say_sweep(grid: Grid) -> None:
    sweep = sweeps.default().get(sweep_id(grid.settings()))
    if sweep is not None and not sweep.over:
        follow_sweep(sweep)
        return
    if sweep is not None and sweep.lost:
        say_lost(sweep)
    missing = len(grid.settings()) - len(sweep.done if sweep else _stored(grid))
    with st.container(horizontal=True):
        if missing:
            st.button(
                _n("Compute the {count} missing run", "Compute the {count} missing runs", missing),
                icon=":material/play_arrow:",
                key="blr-sweep-resume",
                on_click=_start,
                args=(grid,),
            )
        st.button(_("Back to the recorded map"), icon=":material/undo:", key="blr-sweep-leave", on_click=_leave)


def _say_others() -> None:
    """Offer the sweeps that go on on this server: a student who closed the page finds theirs."""
    for sweep in sweeps.default().active():
        grid = _grid_of(sweep)
        if grid is None:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.info(_("A map is being computed: {done}.", done=_progress(sweep)), icon=":material/grid_on:")
            st.button(_("Show it"), key=f"blr-show-{sweep.id}", on_click=_show, args=(str(grid),))


def say_lost(sweep: Sweep) -> None:
    """Say that the cluster is gone in the middle of a sweep."""
    said = _(
        "The computing cluster does not answer any more ({address}). What was computed is kept.", address=sweep.lost
    )
    st.error(said, icon=":material/cloud_off:")


def follow_sweep(sweep: Sweep) -> None:
    """Show the progress of a sweep, by itself, with the button that stops the rest."""
    seen = len(sweep.done)

    @st.fragment(run_every=REFRESH_SECONDS)
    def following() -> None:
        nonlocal seen
        left = sweep.seconds_left
        told = _("{left} left", left=duration(left)) if left else ""
        st.progress(min(sweep.progress, 1.0), text=", ".join(filter(None, [_progress(sweep), told])))
        if sweeps.default().may_stop(sweep.id, session_id()):
            st.button(
                _("Stop the rest"),
                icon=":material/stop:",
                key="blr-sweep-stop",
                on_click=sweeps.default().stop,
                args=(sweep.id, session_id()),
            )
        if sweep.over or len(sweep.done) >= seen + 1:
            st.rerun()

    following()


def _form() -> None:
    names = optimizer_names()
    left, right = st.columns(2)
    with left:
        optimizer = st.selectbox(_("Optimizer"), OPTIMIZERS, format_func=names.__getitem__, key="blr-grid-optimizer")
        low, high = st.select_slider(_("Learning rates"), RATES, (0.01, 0.3), key="blr-grid-rates", format_func=number)
    with right:
        batches = st.multiselect(_("Batch sizes"), BATCHES, [32, 128], key="blr-grid-batches", format_func=batch_name)
        seeds = st.slider(_("Runs per cell"), 1, MOST_SEEDS, 1, key="blr-grid-seeds")
    rates = tuple(rate for rate in RATES if low <= rate <= high)
    grid = Grid(optimizer, rates, tuple(sorted(batches)), seeds)
    count = len(grid.settings())
    most = limits.current().sweep_runs
    too_many = count > most
    st.caption(_n("{count} run (at most {most})", "{count} runs (at most {most})", count, most=number(most)))
    st.button(
        _("Compute this map"),
        icon=":material/play_arrow:",
        type="primary",
        key="blr-sweep-start",
        disabled=not count or too_many,
        on_click=_start,
        args=(grid,),
    )
    if said := st.session_state.pop("blr sweep said", None):
        st.warning(said, icon=":material/hourglass_top:")


def _progress(sweep: Sweep) -> str:
    done = number(len(sweep.done))
    return _n("{done} of {count} run", "{done} of {count} runs", len(sweep.wanted), done=done)


def _start(grid: Grid) -> None:
    try:
        sweeps.default().start(grid.settings(), session_id())
    except TooManyRuns:
        st.session_state["blr sweep said"] = _n(
            "At most {count} run in one map.", "At most {count} runs in one map.", limits.current().sweep_runs
        )
        return
    except OneSweepEach:
        st.session_state["blr sweep said"] = _("Your other map is still being computed: wait for it, or stop it first.")
        return
    except TooManySweeps:
        st.session_state["blr sweep said"] = _("Several maps are being computed already. Try again in a moment.")
        return
    _show(str(grid))


def _show(text: str) -> None:
    controls.set_values({"blr_sweep": text})


def _leave() -> None:
    controls.set_values({"blr_sweep": ""})


def _stored(grid: Grid) -> list[Run]:
    return sweeps.default().find_all(grid.settings())


def _grid_of(sweep: Sweep) -> Grid | None:
    """Return the grid whose runs a sweep computes, or None if it is another kind of sweep."""
    wanted = [settings for settings in sweep.wanted if isinstance(settings, RateSettings)]
    if len(wanted) != len(sweep.wanted) or not wanted:
        return None
    grid = Grid(
        wanted[0].optimizer,
        tuple(sorted({settings.learning_rate for settings in wanted})),
        tuple(sorted({settings.batch_size for settings in wanted})),
        max(settings.seed for settings in wanted),
    )
    return grid if math.prod((len(grid.rates), len(grid.batches), grid.seeds)) == len(wanted) else None
