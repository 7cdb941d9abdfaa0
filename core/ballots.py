"""Votes between two writers of one text, kept for a class: in a file on this machine, or in the database of a URL.

A vote is anonymous: of who cast it only a digest of a random number is kept, by which it can be taken back. One voter
counts once for a pair and a prompt; the last word counts. Every use has a connection of its own, so threads share none;
in SQLite a writer takes its turn before it reads (`BEGIN IMMEDIATE`), and readers wait for nobody (write-ahead log).
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from platformdirs import user_data_path

from core.once import once

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

URL_VARIABLE = "CURSEURS_DB"
VERSION = 1
"""Of the tables; what a later version has written is neither read nor changed."""
OUTCOMES = ("first", "second", "tie", "bad")
"""The first writer's text is better, the second's, neither, or both are bad."""
PATIENCE_MS = 5_000
"""How long a writer waits for another one in SQLite, and for a database elsewhere to let it in."""
LOOKS = 50
"""In that time, for the tables that another server is making."""
TRIES = 8
"""Of a vote that meets the same voter's own, elsewhere than in SQLite."""
LONGEST_PROMPT, LONGEST_TEXT = 2_000, 8_000
"""Characters of a prompt and of a text that are kept."""
VOTER = re.compile(r"[0-9a-f]{16,64}")
"""The random number of a browser."""
_ROOM, _WRITER = re.compile(r"[\w-]{0,32}"), re.compile(r"[\w@.:/-]{1,100}")

_making = Lock()

log = logging.getLogger(__name__)
Why = Literal["address", "driver", "newer", "full", "locked", "read-only", "broken", "unreachable"]


class StoreFault(RuntimeError):
    """The votes can be neither read nor written.

    Attributes:
        why: what is wrong, in one word.
        where: the file or the URL, without a password; empty where the address cannot be read.
    """

    def __init__(self, why: Why, where: str) -> None:
        super().__init__(f"{why}: {where}")
        self.why, self.where = why, where


@dataclass(frozen=True)
class Ballot:
    """One vote. The writers stand in alphabetical order, whichever side each was shown on.

    Attributes:
        room: the code of a class; "" without one.
        voter: a random hexadecimal number that a browser has made up.
        prompt: what both writers were given.
        first: writer.
        second: another writer.
        first_text: what the first has written.
        second_text: what the second has written.
        left: the writer who was shown on the left.
        outcome: one of `OUTCOMES`.
    """

    room: str
    voter: str
    prompt: str
    first: str
    second: str
    first_text: str
    second_text: str
    left: str
    outcome: str

    def __post_init__(self) -> None:
        """Check what came from outside.

        Raises:
            ValueError: no vote looks so.
        """
        if not VOTER.fullmatch(self.voter):
            raise ValueError("voter")
        if not _ROOM.fullmatch(self.room):
            raise ValueError("room")
        if not (_WRITER.fullmatch(self.first) and _WRITER.fullmatch(self.second) and self.first < self.second):
            raise ValueError("writers")
        if self.left not in {self.first, self.second} or self.outcome not in OUTCOMES:
            raise ValueError("outcome")
        if len(self.prompt) > LONGEST_PROMPT or max(len(self.first_text), len(self.second_text)) > LONGEST_TEXT:
            raise ValueError("length")


class Count(NamedTuple):
    """How often a pair of writers was voted on with an outcome."""

    first: str
    second: str
    outcome: str
    votes: int


class Seen(NamedTuple):
    """What a voter has voted on."""

    first: str
    second: str
    prompt: str


@dataclass(frozen=True)
class Ballots:
    """The votes at one address: a SQLAlchemy URL."""

    url: str

    def cast(self, ballot: Ballot) -> None:
        """Count a vote, in the place of the same voter's earlier one on the same pair and prompt.

        Raises:
            StoreFault: it is not kept.
        """
        from sqlalchemy import delete, insert
        from sqlalchemy.exc import IntegrityError

        votes = _tables()[0]
        row = {name: _plain(value) for name, value in vars(ballot).items()}
        row |= {"voter": _digest(ballot.voter), "prompt_key": _digest(ballot.prompt)}
        row["at"] = datetime.now(UTC).isoformat(timespec="seconds")
        same = [votes.c[name] == row[name] for name in ("room", "voter", "first", "second", "prompt_key")]
        for tries_left in reversed(range(TRIES)):
            try:
                with self._used(writes=True) as connection:
                    connection.execute(delete(votes).where(*same))
                    connection.execute(insert(votes).values(**row))
                return
            except (IntegrityError, StoreFault) as error:
                # Elsewhere than in SQLite, the same vote may arrive between the two, or each wait for the other.
                meets = isinstance(error, IntegrityError) or (error.why == "locked" and not _is_sqlite(self.url))
                if not meets:
                    raise
                if not tries_left:
                    raise StoreFault("locked", self.where) from error

    def counts(self, room: str) -> list[Count]:
        """Return how often each pair of writers had each outcome in a room.

        Raises:
            StoreFault: the votes cannot be read.
        """
        from sqlalchemy import func, select

        votes = _tables()[0]
        by = (votes.c.first, votes.c.second, votes.c.outcome)
        with self._used() as connection:
            if connection is None:
                return []
            asked = select(*by, func.count()).where(votes.c.room == room).group_by(*by).order_by(*by)
            return [Count(*row) for row in connection.execute(asked)]

    def seen(self, room: str, voter: str) -> set[Seen]:
        """Return what a voter has voted on in a room.

        Raises:
            StoreFault: the votes cannot be read.
        """
        from sqlalchemy import select

        votes = _tables()[0]
        with self._used() as connection:
            if connection is None:
                return set()
            asked = select(votes.c.first, votes.c.second, votes.c.prompt)
            rows = connection.execute(asked.where(votes.c.room == room, votes.c.voter == _digest(voter)))
            return {Seen(*row) for row in rows}

    def rows(self, room: str) -> Iterator[dict[str, str]]:
        """Yield a room's votes in their order, without holding them all; who cast them is a number from 1 on.

        Raises:
            StoreFault: the votes cannot be read.
        """
        from sqlalchemy import select

        votes = _tables()[0]
        voters: dict[str, int] = {}
        told = ("at", "first", "second", "outcome", "left", "prompt", "first_text", "second_text")
        with self._used() as connection:
            if connection is None:
                return
            asked = select(votes.c.voter, *(votes.c[name] for name in told)).where(votes.c.room == room)
            for voter, *values in connection.execution_options(yield_per=500).execute(asked.order_by(votes.c.id)):
                number = voters.setdefault(voter, len(voters) + 1)
                yield {"voter": str(number), **dict(zip(told, values, strict=True))}

    def forget(self, voter: str) -> int:
        """Forget all votes of a voter, in every room; return how many there were.

        Raises:
            StoreFault: they are still there.
        """
        return self._forget("voter", _digest(voter))

    def forget_room(self, room: str) -> int:
        """Forget all votes of a room; return how many there were.

        Raises:
            StoreFault: they are still there.
        """
        return self._forget("room", room)

    @property
    def where(self) -> str:
        """The file or the URL, without its password; "" where the address cannot be read."""
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            url = make_url(self.url)
        except (ArgumentError, ValueError):
            return ""
        return (url.database or "") if _is_sqlite(self.url) else url.render_as_string(hide_password=True)

    @property
    def _is_no_file_yet(self) -> bool:
        file = self.where
        return _is_sqlite(self.url) and bool(file) and not file.startswith("file:") and not Path(file).exists()

    def _forget(self, column: str, value: str) -> int:
        from sqlalchemy import delete

        votes = _tables()[0]
        with self._used() as here:
            if here is None:
                return 0
        with self._used(writes=True) as connection:
            gone: int = connection.execute(delete(votes).where(votes.c[column] == value)).rowcount
            return gone

    @contextmanager
    def _used(self, *, writes: bool = False) -> Iterator[Any]:
        """Give a connection of one's own for one transaction; None to a reader of what nobody has written yet."""
        from sqlalchemy.exc import DBAPIError, IntegrityError

        if not writes and self._is_no_file_yet:
            yield None  # reading makes none
            return
        try:
            engine = _engine(self.url)
            with engine.connect().execution_options(curseurs_writes=writes) as connection, connection.begin():
                yield connection if _is_ready(connection, self.where, make=writes) else None
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            log.warning("votes at %s: %r", self.where, error)
            raise StoreFault(_why(error), self.where) from error


def default() -> Ballots:
    """Return the votes of this server: those at the URL in `CURSEURS_DB`, else in a file of this user's data."""
    if given := os.environ.get(URL_VARIABLE):
        return Ballots(given)
    return at(user_data_path("curseurs", appauthor=False) / "votes.sqlite")


def at(file: Path) -> Ballots:
    """Return the votes in a file of SQLite."""
    return Ballots(f"sqlite:///{file}")


def _is_sqlite(url: str) -> bool:
    return url.partition(":")[0].partition("+")[0] == "sqlite"


@once(8)
def _engine(url: str) -> Engine:
    """Return what opens connections at a URL; none stays open between two uses.

    Raises:
        StoreFault: no such URL, or no driver for it.
    """
    from sqlalchemy import create_engine, event, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError
    from sqlalchemy.pool import NullPool

    where = Ballots(url).where
    if not where or (_is_sqlite(url) and where == ":memory:"):  # each connection would have a memory of its own
        raise StoreFault("address", "")
    driver = make_url(url).drivername.partition("+")
    waits: dict[str, float] = {"timeout": PATIENCE_MS / 1_000} if _is_sqlite(url) else {}
    if driver[2] in _PATIENT or driver[0] == "postgresql":
        waits = {"connect_timeout": PATIENCE_MS // 1_000}  # a network that swallows all would hold up a class
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=waits, hide_parameters=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreFault("driver", where) from error
    except (ArgumentError, TypeError, ValueError) as error:
        raise StoreFault("address", where) from error
    if _is_sqlite(url):
        event.listen(engine, "do_connect", partial(_make_folder, Path(where)))
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(file: Path, *_about: object) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # sqlite3 shall begin nothing by itself: `_begin_sqlite` does
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("curseurs_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_LETTER_BY_LETTER: dict[str, Any] = {
    f"{dialect}_{option}": value
    for dialect in ("mysql", "mariadb")
    for option, value in {"charset": "utf8mb4", "collate": "utf8mb4_bin"}.items()
}
"""Left alone, MySQL takes é for E, and some of its databases have no place for an emoji."""


@once()
def _tables() -> tuple[Table, Table]:
    """Return the table of votes, and the one that says which version of it this is."""
    from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

    everything = MetaData()
    votes = Table(
        "curseurs_votes",
        everything,
        Column("id", Integer, primary_key=True),
        *(Column(name, String(length), nullable=False) for name, length in
          {"at": 40, "room": 32, "voter": 64, "first": 100, "second": 100, "left": 100, "outcome": 10,
           "prompt_key": 64}.items()),
        *(Column(name, Text, nullable=False) for name in ("prompt", "first_text", "second_text")),
        UniqueConstraint("room", "voter", "first", "second", "prompt_key"),
        **_LETTER_BY_LETTER,
    )  # fmt: skip
    Index("curseurs_votes_counted", votes.c.room, votes.c.first, votes.c.second, votes.c.outcome)
    Index("curseurs_votes_voter", votes.c.voter)
    return votes, Table("curseurs_votes_version", everything, Column("version", Integer, nullable=False))


def _is_ready(connection: Connection, where: str, *, make: bool) -> bool:
    """Whether the tables are there; a writer makes them. A file that was taken away in between begins anew.

    Raises:
        StoreFault: a later version of the course has made them.
    """
    from sqlalchemy import insert, inspect, select

    _votes, version = _tables()
    if inspect(connection).has_table(version.name):
        found = connection.scalar(select(version.c.version))
        if found is not None and found > VERSION:
            raise StoreFault("newer", where)
        return True
    if make and _is_sqlite(connection.engine.url.drivername):
        version.metadata.create_all(connection)  # in this writer's turn, which is nobody else's
        connection.execute(insert(version).values(version=VERSION))
    elif make:
        _make_tables(connection.engine)
    return make


def _make_tables(engine: Engine) -> None:
    """Make the tables in a database that other servers may be about to make them in as well: one of them does."""
    from sqlalchemy import insert, inspect
    from sqlalchemy.exc import DBAPIError

    version = _tables()[1]
    with _making:
        if inspect(engine).has_table(version.name):
            return
        try:
            with engine.begin() as connection:
                version.metadata.create_all(connection)  # the version comes last: where it is, all is
                connection.execute(insert(version).values(version=VERSION))
        except DBAPIError:
            if not any(_appears(engine, version.name) for _look in range(LOOKS)):
                raise


def _appears(engine: Engine, table: str) -> bool:
    from sqlalchemy import inspect

    time.sleep(PATIENCE_MS / 1_000 / LOOKS)
    return inspect(engine).has_table(table)


_SQLITE: dict[str, Why] = {
    "FULL": "full", "BUSY": "locked", "LOCKED": "locked", "READONLY": "read-only", "CANTOPEN": "read-only",
    "PERM": "read-only", "AUTH": "read-only", "CORRUPT": "broken", "NOTADB": "broken", "ERROR": "broken",
}  # fmt: skip
_ELSEWHERE: dict[object, Why] = {
    "53100": "full", "42501": "read-only", "25006": "read-only",
    "40001": "locked", "40P01": "locked", 1205: "locked", 1213: "locked",
    1021: "full", 1114: "full", 1142: "read-only", 1290: "read-only",
}  # fmt: skip
"""SQLSTATE codes of PostgreSQL (its manual, appendix A), and error numbers of MySQL (its error reference)."""
_PATIENT = {"psycopg", "psycopg2", "pymysql", "mysqldb"}
"""Drivers that call the same thing `connect_timeout`, in seconds."""


def _why(error: BaseException) -> Why:
    """Return what is wrong with the store, by SQLite's own name for it (sqlite.org/rescode.html), or another's code."""
    said = getattr(error, "orig", None)
    for code in (getattr(said, "sqlstate", None), *getattr(said, "args", ())[:1]):
        if code in _ELSEWHERE:
            return _ELSEWHERE[code]
    name = getattr(said, "sqlite_errorname", "")
    if name.startswith("SQLITE_IOERR") or isinstance(error, OSError):
        return "read-only" if isinstance(error, (PermissionError, FileExistsError, NotADirectoryError)) else "full"
    return _SQLITE.get(name.removeprefix("SQLITE_").partition("_")[0], "unreachable")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _plain(text: str) -> str:
    """Return a text that every database keeps: no half of a character, no zero."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")
