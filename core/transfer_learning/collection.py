"""The classes of one session: names, photos, and what was learned from them. Memory only, gone with the session."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from core import limits
from core.jobs import Job, Status
from core.transfer_learning import own
from core.transfer_learning.head import Features, Head
from core.transfer_learning.intake import IntakeError, Photo, encoded, photo_of
from core.transfer_learning.learned import Learned
from core.transfer_learning.ready import SIGNS, ready

FEWEST, MOST = 2, 5
"""Classes."""
LONGEST_NAME = 24
THUMB = 72
"""Pixels of a thumbnail's sides."""


@dataclass(eq=False)
class OwnPhoto:
    """One photo.

    Attributes:
        series: what it was taken with: a burst, a file, a person. Photos of one series are tested together.
        data: 160 × 160, as a file of ours.
        thumb: the same, smaller.
        features: what the base made of it, once a worker has told.
        id: its name in this session.
    """

    series: str
    data: bytes = field(repr=False)
    thumb: bytes = field(repr=False)
    features: Features | None = field(default=None, repr=False)
    id: str = field(default_factory=lambda: secrets.token_hex(6))


@dataclass(eq=False)
class OwnClass:
    """One class: its name, and its photos."""

    name: str
    photos: list[OwnPhoto] = field(default_factory=list)
    id: str = field(default_factory=lambda: secrets.token_hex(6))


@dataclass(frozen=True)
class Problem:
    """Why these classes cannot be learned.

    Attributes:
        reason: "none" has a photo, only "one" has, some are "empty", two have the "same" name.
        names: of the classes it is about.
    """

    reason: Literal["none", "one", "empty", "same"]
    names: tuple[str, ...]


class Collection:
    """The classes of one session.

    Attributes:
        classes: in the order of the page.
        learned: what the last training gave, with the names and the photos it had.
        is_ready: whether the shipped photos are in it: others of them can then be tried.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._begin(names)

    def _begin(self, names: Sequence[str]) -> None:
        self.classes = [OwnClass(name) for name in names]
        self.learned: Learned | None = None
        self.names: tuple[str, ...] = ()
        self.is_ready = False
        self.job: Job | None = None
        self.heard: list[tuple[str, float]] = []
        self._learned_from: tuple[str, ...] = ()
        self._asked_from: tuple[list[OwnPhoto], tuple[str, ...], tuple[str, ...]] = ([], (), ())

    # ---- photos and names

    @property
    def is_empty(self) -> bool:
        """Whether no class has a photo."""
        return not any(each.photos for each in self.classes)

    def find(self, name: str) -> OwnClass | None:
        """Return a class by its id."""
        return next((own_class for own_class in self.classes if own_class.id == name), None)

    def add(self, to: OwnClass, files: Sequence[bytes | str], series: str = "") -> dict[str, int]:
        """Take photos into a class; return how many files were refused, by reason.

        Args:
            to: the class.
            files: what was handed in, or why the browser refused it.
            series: where they come from; each file alone where it is empty.
        """
        refused: dict[str, int] = {}
        bounds = limits.current()
        for given in files:
            try:
                if len(to.photos) >= bounds.photos:
                    raise IntakeError("too_many")
                if isinstance(given, str):
                    raise IntakeError(given)
                photo = photo_of(given, bounds.upload_mb * 1_000_000)
            except IntakeError as error:
                refused[error.reason] = refused.get(error.reason, 0) + 1
                continue
            to.photos.append(kept(photo, series))
        return refused

    def remove_photo(self, name: str) -> None:
        """Forget a photo."""
        for own_class in self.classes:
            own_class.photos = [photo for photo in own_class.photos if photo.id != name]

    def rename(self, own_class: OwnClass, name: str) -> None:
        """Give a class another name; one without a sign to see changes nothing."""
        cleaned = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:LONGEST_NAME]
        own_class.name = cleaned or own_class.name

    def add_class(self, name: str) -> None:
        """Begin another class, if there is room."""
        if len(self.classes) < MOST:
            self.classes.append(OwnClass(name))

    def remove_class(self, own_class: OwnClass) -> None:
        """Forget a class with its photos; two always stay."""
        if len(self.classes) > FEWEST and own_class in self.classes:
            self.classes.remove(own_class)

    def forget(self, names: Sequence[str]) -> None:
        """Forget everything, what was learned too."""
        self.stop()
        self._begin(names)

    def fill(self, name: Callable[[int], str]) -> None:
        """Put the shipped photos in the place of everything: three signs, ten people.

        Args:
            name: gives the name of a sign's class.
        """
        self.forget([name(sign) for sign in SIGNS])
        for photo in ready()[0]:
            own_class = self.classes[SIGNS.index(photo.sign)]
            own_class.photos.append(kept(photo_of(photo.data), f"person {photo.person}"))
        self.is_ready = True

    # ---- learning

    @property
    def problem(self) -> Problem | None:
        """Why they cannot be learned, if they cannot."""
        with_photos = tuple(each.name for each in self.classes if each.photos)
        without = tuple(each.name for each in self.classes if not each.photos)
        if not with_photos:
            return Problem("none", ())
        if len(with_photos) == 1:
            return Problem("one", with_photos)
        if without:
            return Problem("empty", without)
        folded = [each.name.casefold() for each in self.classes]
        twice = tuple(each.name for each in self.classes if folded.count(each.name.casefold()) > 1)
        return Problem("same", twice[:1]) if twice else None

    def start(self, seed: int, wanted: Callable[[], bool]) -> None:
        """Have a worker learn the classes as they are now.

        Raises:
            core.workers.WorkersUnavailable: the cluster does not answer.
        """
        if self.problem is not None or self.is_learning:
            return
        pairs = [(photo, label) for label, each in enumerate(self.classes) for photo in each.photos]
        photos = [photo for photo, _label in pairs]
        heard: list[tuple[str, float]] = []
        known = [photo.data if photo.features is None else photo.features for photo in photos]
        labels, series = [label for _photo, label in pairs], [photo.series or photo.id for photo in photos]
        self.job = own.start_learning(known, labels, series, seed, heard.append, wanted)
        self.heard = heard
        self._asked_from = (photos, tuple(each.name for each in self.classes), self._now())

    def settle(self) -> BaseException | None:
        """Take over what a worker has learned, if it has ended; return why it failed, once, if it did."""
        job = self.job
        if job is None or not job.over:
            return None
        self.job = None
        if job.status is Status.FINISHED:
            photos, self.names, self._learned_from = self._asked_from
            self.learned = found = job.result
            for photo, features in zip(photos, found.features, strict=True):
                photo.features = features
        return job.error

    def stop(self) -> None:
        """Let the worker go."""
        if self.job is not None:
            self.job.stop()
            self.job = None

    @property
    def is_learning(self) -> bool:
        """Whether a worker learns, or is waited for."""
        return self.job is not None

    @property
    def is_stale(self) -> bool:
        """Whether photos have come or gone since it was learned."""
        return self.learned is not None and self._learned_from != self._now()

    @property
    def head(self) -> Head | None:
        """The head that was learned."""
        return self.learned.head if self.learned is not None else None

    def _now(self) -> tuple[str, ...]:
        return tuple(photo.id for each in self.classes for photo in (*each.photos, OwnPhoto("", b"", b"", id="|")))


def kept(photo: Photo, series: str) -> OwnPhoto:
    """Return a photo as a session keeps it: about 8 kB."""
    return OwnPhoto(series, encoded(photo), encoded(photo, THUMB, quality=75))


def chances_of(features: Features, head: Head) -> list[float]:
    """Return the probabilities that a head gives to one photo's features."""
    return [float(chance) for chance in np.atleast_2d(head.chances(features))[0]]
