"""The part on tracking through the router: the run of a link, the lines, the program carried out by a worker."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from core.project.trackers import TRACKERS, pinned
from core.project.writing import VARIABLE
from core.runs import live
from core.runs.run import Run
from core.tasks.digits.settings import COURSE_MLP, DigitsSettings
from core.train_val_test.presets import PRESETS
from tests.helpers import RARELY, open_page, until
from tests.project.told import run
from tests.project.tracking_environment import HOME, python


def opened(**query: str) -> AppTest:
    app = open_page("project", pj_part="tracking", opened="1", **query)
    assert not app.exception, app.exception[0].value
    return app


def shown(app: AppTest) -> str:
    return "\n".join(block.value for block in app.code)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_link_opens_its_run_and_its_tracker(language: str, tracker: str) -> None:
    """The lines are those of the run that the address names, and the pip line is that of the tracker."""
    app = opened(lang=language, pj_run=PRESETS["overfit"].run_id, pj_tracker=tracker)
    code = shown(app)
    assert f"import {tracker}" in code
    assert f'"digits-{PRESETS["overfit"].run_id[:8]}"' in code
    assert '"examples": 300' in code
    assert f"python -m pip install {pinned(tracker)}" in code


def test_nonsense_in_the_address_opens_the_courses_run() -> None:
    """A run that is none, a tracker that is none: the course's network, wandb."""
    code = shown(opened(pj_run="../../etc/passwd", pj_tracker="<script>"))
    assert f'"digits-{COURSE_MLP.run_id[:8]}"' in code
    assert "import wandb" in code


def test_a_run_that_was_computed_here_can_be_chosen() -> None:
    """What a student has trained stands in the list, with its settings, and its lines are shown."""
    mine = Run(DigitsSettings(seed=77, epochs=3), run().frames[:3], "finished", run().origin)
    live.default().store.put(mine)
    app = opened(pj_run=mine.run_id)
    assert f'"digits-{mine.run_id[:8]}"' in shown(app)
    (listed,) = [option for option in app.selectbox(key="pj_run").options if mine.run_id[:8] in option]
    assert "seed 77" in listed
    assert "epochs 3" in listed


def test_where_nothing_is_installed_the_page_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No button that cannot work: a sentence, and the program to take home."""
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    app = opened(lang="fr")
    assert any("n’est pas installé à côté du cours" in caption.value for caption in app.caption)
    assert not [button for button in app.button if button.key == "pj-tracking-write"]


@pytest.mark.usefixtures("cluster")
def test_the_program_is_carried_out_by_a_worker() -> None:
    """A press, and the folder is there as a zip, written by the real wandb."""
    python()
    assert os.environ.get(VARIABLE) is None
    assert HOME.exists()
    app = opened(lang="fr")
    app.button(key="pj-tracking-write").click().run()
    until(lambda: not app.run().exception and app.success, every=RARELY)
    assert "Écrit, hors ligne" in app.success[0].value
    assert not app.error


@pytest.mark.usefixtures("cluster")
def test_a_program_that_fails_says_why_and_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its last words stand there instead of a zip; once there is room again, the same button writes it."""
    python()
    with monkeypatch.context() as full:
        full.setattr("components.project.tracking.program", lambda *_given: "raise SystemExit('Le disque est plein.')")
        app = opened(lang="fr", pj_run=PRESETS["overfit"].run_id)
        app.button(key="pj-tracking-write").click().run()
        until(lambda: not app.run().exception and app.error, every=RARELY)
        assert "Le disque est plein." in shown(app)
        assert not app.success
    app.button(key="pj-tracking-again").click().run()
    until(lambda: not app.run().exception and app.success, every=RARELY)
    assert not app.error
