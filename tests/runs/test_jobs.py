"""Jobs on real workers: their life, what they say, and what happens when the other side is not there."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import jobs, workers
from core.jobs import Job, Status
from tests.helpers import until

pytestmark = pytest.mark.usefixtures("cluster")
ENDS = {Status.FINISHED, Status.STOPPED, Status.FAILED}


def count_slowly(numbers: int) -> int:
    """Say every number; runs on a worker."""
    voice = jobs.Voice()
    for number in range(numbers):
        voice.say(number)
        time.sleep(0.01)
    return numbers


def say_once() -> None:
    """Say one word, and then none until nobody wants to hear; runs on a worker."""
    voice = jobs.Voice()
    voice.say("one word")
    while True:
        voice.check()
        time.sleep(0.01)


def fail() -> None:
    """Fail on a worker."""
    raise LookupError("the claim of this test")


def silent_job() -> Job:
    return Job("key", lambda: True, None, lambda result: result, lambda: None, lambda: None)


@given(st.lists(st.sampled_from(list(Status)), max_size=8))
def test_no_step_leads_out_of_an_end_nor_back(steps: list[Status]) -> None:
    """Whatever arrives in whatever order, a job goes forward, and its first end is its only one."""
    job, seen = silent_job(), [Status.WAITING]
    for step in steps:
        job._become(step)
        seen.append(job.status)
    order = [Status.WAITING, Status.RUNNING]
    for before, after in pairwise(seen):
        assert before == after or (before not in ENDS and (after in ENDS or order.index(before) < order.index(after)))


def test_messages_come_in_order_and_once_and_before_the_end() -> None:
    """What a worker says is heard completely, in its order, and the answer comes with the end."""
    heard: list[int] = []
    job = jobs.start(count_slowly, 30, key="count 30", hear=heard.append)
    assert job.wait(60)
    assert job.status is Status.FINISHED
    assert job.result == 30
    assert heard == list(range(len(heard)))


def test_a_late_follower_hears_what_was_said_before_once() -> None:
    """A job begun by another server is joined in its middle: its first messages are fetched, none is missing."""
    from distributed import Client

    address = workers.client().scheduler.address
    with Client(address, set_as_default=False) as other:
        theirs = other.submit(count_slowly, 150, key="count together", retries=0)
        until(lambda: len(workers.client().get_events("count together")) > 20)
        heard: list[int] = []
        job = jobs.start(count_slowly, 150, key="count together", hear=heard.append)
        until(lambda: len(heard) > 60)
        assert heard[:60] == list(range(60))
        assert job.wait(60)
        assert theirs.result() == job.result == 150


def test_a_job_taken_up_at_once_after_a_stop_is_computed_anew() -> None:
    """Its worker may not have let go yet, and has no more to say: it is computed anew, and nobody waits for ever."""
    for _again in range(5):
        heard: list[str] = []
        job = jobs.start(say_once, key="taken up", hear=heard.append)
        until(lambda: heard, 20)  # noqa: B023
        assert heard == ["one word"]
        job.stop()
    until(lambda: not any(workers.client().processing().values()))


def test_a_failure_is_kept_with_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    """What a function raises on a worker ends its job, is given to whoever asks why, and is logged with its lines."""
    job = jobs.start(fail, key="fails")
    assert job.wait(60)
    assert job.status is Status.FAILED
    assert isinstance(job.error, LookupError)
    assert jobs.cause(job.error) == "fault"
    until(lambda: "in fail" in caplog.text)


def test_an_answer_that_does_not_come_frees_its_worker() -> None:
    """`ask` waits so long and no longer; the worker is idle again."""
    with pytest.raises(jobs.OutOfTime):
        jobs.ask(count_slowly, 100_000, seconds=1)
    until(lambda: not any(workers.client().processing().values()))
    assert jobs.ask(count_slowly, 2, seconds=60) == 2


def test_a_job_that_nobody_wants_is_stopped_though_another_question_fails() -> None:
    """A fault in one job's question whether it is wanted does not keep the workers of the others."""

    def broken() -> bool:
        raise RuntimeError("the question itself is broken")

    asked = jobs.start(count_slowly, 100_000, key="broken question", wanted=broken, hear=lambda said: None)
    unwanted = jobs.start(count_slowly, 100_001, key="unwanted", wanted=lambda: False, hear=lambda said: None)
    assert unwanted.wait(60)
    assert unwanted.status is Status.STOPPED
    assert not asked.over
    asked.stop()
    until(lambda: not any(workers.client().processing().values()))


def test_the_cluster_forgets_what_ended_jobs_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a job has ended, neither scheduler nor client keeps its messages: the server's memory does not grow."""
    monkeypatch.setattr(jobs, "FORGET_AFTER", 0.0)
    job = jobs.start(count_slowly, 3, key="forgotten", hear=lambda said: None)
    assert job.wait(60)

    def topics(dask_scheduler: object) -> list[str]:
        return list(dask_scheduler._broker._topics)  # type: ignore[attr-defined]

    until(lambda: "forgotten" not in workers.client().run_on_scheduler(topics))
    assert "forgotten" not in workers.client()._event_handlers


@pytest.mark.usefixtures("nobody_there")
def test_without_a_cluster_nothing_is_begun_and_a_class_is_told_at_once() -> None:
    """A refusal leaves no job behind, and thirty students do not wait for the silent scheduler one after the other."""
    begun = time.monotonic()
    for _ in range(30):
        with pytest.raises(workers.WorkersUnavailable):
            jobs.start(count_slowly, 1)
    assert time.monotonic() - begun < 30 * workers.PATIENCE
    assert not jobs._jobs


def test_local_workers_get_room_for_what_they_load() -> None:
    """Many cores and little memory give fewer workers; each has at least two gigabytes, unless the machine has less."""
    assert workers.local_size(16, 16_000_000_000) == (8, 2_000_000_000)
    assert workers.local_size(2, 24_000_000_000) == (2, 12_000_000_000)
    assert workers.local_size(8, 1_500_000_000) == (1, 1_500_000_000)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://192.168.1.7:8786", True),
        ("tcp://scheduler:8786", True),
        ("tls://scheduler:8786", False),
        ("tcp://127.0.0.1:8786", False),
        ("tcp://localhost:8786", False),
        ("tcp://[::1]:8786", False),
    ],
)
def test_plain_tcp_to_another_machine_is_told_from_the_rest(address: str, said: bool) -> None:
    """Only what crosses a network in the clear is warned about."""
    assert workers.unencrypted(address) is said
