"""The code tab of the page, executed: it finds the rewards of the run that it stands beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.dqn.settings import DqnSettings
from core.dqn.shown_code import library_source, sources, torch_source
from core.dqn.task import Dqn
from core.training.loop import train
from tests.helpers import execute
from tests.notebooks import check_words, run_downloads

SHORT = DqnSettings(steps=500, seed=3, epsilon_decay=0.9)


class Unjudged(Dqn):
    """The course's agent takes a while to be judged: here it only learns."""

    def milestones(self) -> list[int]:
        """Return the last update alone."""
        return [self.settings.total_updates]


@pytest.mark.parametrize(
    "settings",
    [
        SHORT,
        DqnSettings(steps=300, memory=100, target_unit="crashes", draw="latest", pickup=0.5, discount=0.8),
        DqnSettings(steps=300, target_unit="none", batch_size=16, crash=-0.5),
        DqnSettings(world="course", steps=100, batch_size=8, target_unit="crashes", epsilon_decay=0.9),
    ],
    ids=["usual", "latest", "no target", "the course's"],
)
def test_the_code_lives_through_what_the_page_does(settings: DqnSettings) -> None:
    """The same reward collected, the same crashes, the same last loss, to the last digit that both print."""
    names = execute(torch_source(settings, str))
    task = Unjudged(settings)
    for _frame in train(task, settings):
        pass
    assert names["collected"] == pytest.approx(task.explorer.total)
    assert names["crashes"] == task.explorer.crashes
    assert names["memory"][-1][2] == task.explorer.memory.at(task.explorer.memory.latest(1)).rewards.item()


def test_the_librarys_agent_flies_in_the_same_world() -> None:
    """The other version trains Stable-Baselines3's agent on the world as an environment."""
    names = execute(library_source(SHORT, str))
    assert names["agent"].num_timesteps == SHORT.steps
    assert names["agent"].gamma == SHORT.discount


def test_the_notebook_runs(tmp_path: Path) -> None:
    """Every cell runs in a kernel, in French and in English, and collects the same."""
    left = run_downloads(tmp_path, lambda _: (sources(SHORT, _)["PyTorch"], []), "collected", keras=False)
    assert left["fr"]["collected"] == left["en"]["collected"]


def test_the_code_speaks_the_pages_language() -> None:
    """Titles and comments are French on the French page, and the program is the same, in both worlds."""
    check_words(lambda _: sources(SHORT, _))
    check_words(lambda _: sources(DqnSettings(world="course", steps=100), _))
