"""A student's own classes: photos that live in this session's memory only, learned on a worker. No torch here.

Photos are private. They are never written and never logged: what travels to a worker is sealed, so that neither a
message of Dask nor an error shows a byte of it; and a job's name is drawn by chance, so that no other session can ask
for its answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from core import jobs, workers
from core.jobs import Job, OutOfTime, Status
from core.transfer_learning.head import Features, Head, HeadSettings
from core.transfer_learning.intake import Photo, photo_of
from core.transfer_learning.learned import Learned

if TYPE_CHECKING:
    from core.transfer_learning.occlusion import Occlusion

SECONDS = 60.0
"""That a training may hold a worker; thirty photos take less than one."""
PATIENCE = 15.0
"""Seconds that the answer on one photo is waited for."""


class Sealed:
    """Something private on its way to a worker: it shows nothing of itself, wherever it is written."""

    def __init__(self, content: Any) -> None:
        self.content = content

    def __repr__(self) -> str:
        """Say that there is something."""
        return "<private>"


def new_key() -> str:
    """Return the name of a job that nobody can guess."""
    return f"own classes: {secrets.token_hex(16)}"


def start_learning(
    photos: Sequence[bytes | Features],
    labels: Sequence[int],
    series: Sequence[str],
    seed: int,
    hear: Callable[[Any], None],
    wanted: Callable[[], bool],
) -> Job:
    """Have a worker learn classes; its `result` is `Learned`.

    Args:
        photos: each as an image file of ours, or the features that were made of it before.
        labels: the class of each, from 0 on.
        series: where each comes from.
        seed: of all heads.
        hear: called with [what is being done, how far it is].
        wanted: asked whether the session still is there.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
    """
    settings = HeadSettings(seed=seed)
    return jobs.start(
        _learn, Sealed(list(photos)), list(labels), Sealed(list(series)), settings, key=new_key(), priority=5,
        hear=hear, wanted=wanted,
    )  # fmt: skip


def features(photo: Photo, wanted: Callable[[], bool]) -> Features:
    """Return what the base makes of one photo, (1, FEATURES), from a worker.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
        core.jobs.OutOfTime: all workers are busy.
        core.transfer_learning.learned.BaseMissing: the base has no weights there.
    """
    found: Features = _ask(_look, Sealed(photo), wanted=wanted)
    return found


def explain(photo: Photo, head: Head, wanted: Callable[[], bool]) -> Occlusion:
    """Return the occlusion map of one photo, from a worker.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
        core.jobs.OutOfTime: all workers are busy.
        core.transfer_learning.learned.BaseMissing: the base has no weights there.
    """
    found: Occlusion = _ask(_explain, Sealed(photo), Sealed(head), wanted=wanted)
    return found


def _ask(function: Callable[..., Any], *args: Any, wanted: Callable[[], bool]) -> Any:
    job = jobs.start(function, *args, key=new_key(), priority=10, wanted=wanted)
    if not job.wait(PATIENCE):
        job.stop()
        raise OutOfTime(PATIENCE)
    if job.error is not None:
        raise job.error
    if job.status is Status.STOPPED:
        raise InterruptedError
    return job.result


# ---- on a worker


def _learn(photos: Sealed, labels: list[int], series: Sealed, settings: HeadSettings) -> Learned:
    from core.transfer_learning import on_worker

    voice = jobs.Voice()
    read = [photo_of(photo) if isinstance(photo, bytes) else photo for photo in photos.content]
    return on_worker.learn(read, labels, series.content, settings, lambda what, share: voice.say([what, share]))


def _look(photo: Sealed) -> Features:
    from core.transfer_learning import on_worker

    return on_worker.features_of([photo.content])


def _explain(photo: Sealed, head: Sealed) -> Occlusion:
    from core.transfer_learning import on_worker

    if workers.cancelled():
        raise InterruptedError
    return on_worker.explain(photo.content, head.content)
