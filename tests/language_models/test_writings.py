"""Texts written on the workers: side by side, stopped, left, refused."""

from __future__ import annotations

import pytest

from core import workers
from core.language_models import catalogue, writings
from core.language_models.sampling import Sampling
from core.language_models.writings import Request, write_all
from tests.helpers import until


@pytest.mark.usefixtures("cluster")
def test_two_students_with_one_seed_get_the_solo_text() -> None:
    """Written side by side on the workers, both texts equal the one written alone."""
    request = Request("mini", "Il était une fois", seed=5, tokens=60)
    alone = [step["token"] for step in write_all(request)["steps"]]
    both = [writings.start(request) for _ in range(2)]
    for live in both:
        assert live.job.wait(120)
        assert live.error is None
        assert [step["token"] for step in live.steps] == alone


@pytest.mark.usefixtures("cluster")
def test_stop_and_a_closed_tab_free_the_worker() -> None:
    """A long text is left: its worker is soon free for another, and what was received is kept."""
    request = Request("mini", "Il était une fois", how=Sampling(temperature=2.0), seed=5, tokens=1_000)
    stopped = writings.start(request)
    stopped.stop()
    assert stopped.over
    gone = writings.start(request, wanted=lambda: False)
    until(lambda: gone.over)
    until(lambda: not any(workers.client().processing().values()))
    after = writings.start(Request("mini", "Il", tokens=1))
    until(lambda: after.over)
    assert after.error is None


@pytest.mark.usefixtures("cluster")
def test_a_missing_model_is_said_and_others_go_on() -> None:
    """A model that is not on the machine is an error of that text only."""
    live = writings.start(Request("mini@7", "Il", tokens=1))
    until(lambda: live.over)
    assert isinstance(live.error, catalogue.ModelMissing)
