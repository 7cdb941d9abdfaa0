"""Votes kept for a class: each once, from threads and processes at once, forgotten on request, bad days named."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core import ballots
from core.ballots import OUTCOMES, Ballot, Ballots, Seen, StoreFault, at
from core.files import ROOT

VOTE = Ballot("4b", f"{1:032x}", "Il était une fois", "mini", "mini@300", "un loup.", "une fée.", "mini@300", "first")


def voter(number: int) -> str:
    return f"{number:032x}"


@pytest.fixture
def store(tmp_path: Path) -> Ballots:
    return at(tmp_path / "deep" / "votes.sqlite")


def tallied(store: Ballots, room: str = "4b") -> dict[tuple[str, str, str], int]:
    return {count[:3]: count.votes for count in store.counts(room)}


def test_the_counts_are_those_of_a_tally_by_hand(store: Ballots) -> None:
    """SQL counts what a `Counter` counts, each room for itself."""
    draws, expected = random.Random(1), Counter[tuple[str, str, str, str]]()
    for number in range(60):
        first, second = sorted(draws.sample("abcd", 2))
        room, outcome = draws.choice(["", "4b"]), draws.choice(OUTCOMES)
        store.cast(Ballot(room, voter(number), "?", first, second, "", "", first, outcome))
        expected[room, first, second, outcome] += 1
    found = Counter({(room, *pair): votes for room in ("", "4b") for pair, votes in tallied(store, room).items()})
    assert found == expected


def test_the_last_word_of_a_voter_on_a_pair_and_a_prompt_counts(store: Ballots) -> None:
    """A vote sent twice is one, a changed mind replaces it; another prompt, voter or room is another vote."""
    for outcome in ("first", "first", "bad"):
        store.cast(replace(VOTE, outcome=outcome))
    assert tallied(store) == {("mini", "mini@300", "bad"): 1}
    store.cast(replace(VOTE, prompt="Un soir"))
    store.cast(replace(VOTE, voter=voter(2)))
    store.cast(replace(VOTE, room=""))
    assert tallied(store) == {("mini", "mini@300", "bad"): 1, ("mini", "mini@300", "first"): 2}
    assert store.seen("4b", VOTE.voter) == {Seen("mini", "mini@300", asked) for asked in (VOTE.prompt, "Un soir")}


def test_thirty_vote_on_one_pair_at_once(store: Ballots) -> None:
    """No vote is lost, nor half of one ever counted, and a voter who is in all of the threads counts once."""
    together = threading.Barrier(30)

    def vote(thread: int) -> list[int]:
        together.wait()
        seen = []
        for number in range(2):
            store.cast(replace(VOTE, voter=voter(100 * thread + number)))
            store.cast(replace(VOTE, voter=voter(9_999), outcome=OUTCOMES[thread % 4]))
            seen.append(sum(tallied(store).values()))
        return seen

    with ThreadPoolExecutor(30) as pool:
        boards = list(pool.map(vote, range(30)))
    assert all(2 <= first < then <= 60 + 1 for first, then in boards)
    assert sum(tallied(store).values()) == 60 + 1


SCRIPT = """
import sys
from dataclasses import replace
from pathlib import Path
from core.ballots import at
from tests.test_ballots import VOTE, voter
store = at(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(20):
    store.cast(replace(VOTE, voter=voter(1_000 * int(sys.argv[2]) + number)))
    store.cast(replace(VOTE, voter=voter(5), outcome="tie"))
"""


def test_two_processes_vote_on_one_pair_at_once(store: Ballots) -> None:
    """Two servers that share a file lose no vote, from its very first moment: both would make its tables."""
    both = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, store.where, str(number)], cwd=ROOT, stdin=subprocess.PIPE)
        for number in (1, 2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
        process.stdin.close()
    assert [process.wait(120) for process in both] == [0, 0]
    assert tallied(store) == {("mini", "mini@300", "first"): 40, ("mini", "mini@300", "tie"): 1}


def test_what_is_forgotten_is_gone(store: Ballots) -> None:
    """A voter's votes go from every room, a room's from everybody; who voted was never written."""
    for number in (1, 2):
        for room in ("4b", "4c"):
            store.cast(replace(VOTE, voter=voter(number), room=room))
    assert voter(1) not in Path(store.where).read_bytes().decode("latin-1")
    assert store.forget(voter(1)) == 2
    assert store.seen("4b", voter(1)) == set()
    assert sum(tallied(store).values()) == 1
    assert store.forget_room("4b") == 1
    assert tallied(store) == {}
    assert sum(tallied(store, "4c").values()) == 1


def test_who_only_reads_makes_no_file(store: Ballots) -> None:
    """A page that shows an empty board writes nothing."""
    assert store.counts("") == []
    assert store.seen("", voter(1)) == set()
    assert list(store.rows("")) == []
    assert store.forget(voter(1)) == 0
    assert not Path(store.where).parent.exists()


def test_the_rows_come_in_order_and_name_nobody(store: Ballots) -> None:
    """Voters are numbers from 1 on; what they typed comes back as it was, a broken half of a character aside."""
    for number, prompt in ((7, "<b>&\x00é"), (3, "\ud800x"), (7, "?")):
        store.cast(replace(VOTE, voter=voter(number), prompt=prompt))
    rows = list(store.rows("4b"))
    assert [row["voter"] for row in rows] == ["1", "2", "1"]
    assert [row["prompt"] for row in rows] == ["<b>&é", "?x", "?"]
    assert {row["left"] for row in rows} == {"mini@300"}


def test_a_board_is_counted_from_an_index_alone(store: Ballots) -> None:
    """SQLite reads no text of a vote to count it: 10,000 long ones cost what 10,000 short ones do."""
    store.cast(VOTE)
    asked = (
        "SELECT first, second, outcome, count(*) FROM curseurs_votes WHERE room = '' GROUP BY first, second, outcome"
    )
    with sqlite3.connect(store.where) as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall()
    assert [step[3] for step in plan] == ["SEARCH curseurs_votes USING COVERING INDEX curseurs_votes_counted (room=?)"]


@pytest.mark.parametrize(
    "changed",
    [
        {"voter": "a" * 10_000_000},
        {"voter": "Robert'); DROP TABLE"},
        {"room": "x" * 33},
        {"room": "4b\n"},
        {"outcome": "third"},
        {"outcome": ""},
        {"second": "mini"},
        {"first": "smollm2"},
        {"left": "gpt2"},
        {"prompt": "x" * 2_001},
        {"first_text": "x" * 8_001},
    ],
)
def test_what_is_no_vote_is_refused(changed: dict[str, str]) -> None:
    """Nothing that a browser could have made up becomes a vote."""
    with pytest.raises(ValueError, match=r"\w"):
        replace(VOTE, **changed)


def fault(store: Ballots, vote: Ballot = VOTE) -> StoreFault:
    with pytest.raises(StoreFault) as caught:
        store.cast(vote)
    return caught.value


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("votes", "address"),
        ("sqlite://", "address"),
        ("://", "address"),
        ("nonsense://x/y", "driver"),
        ("postgresql://teacher:secret@db/votes", "driver"),
        ("sqlite:////dev/null/votes.sqlite", "read-only"),
        ("sqlite:////proc/votes.sqlite", "read-only"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(url: str, why: str) -> None:
    """The page learns what is wrong with `CURSEURS_DB`, and no password with it."""
    found = fault(Ballots(url))
    assert found.why == why
    assert "secret" not in f"{found} {found.where}"


def test_a_damaged_file_is_left_alone(tmp_path: Path) -> None:
    """What is no database stays as it is."""
    file = tmp_path / "votes.sqlite"
    file.write_bytes(b"Dear diary, " * 1_000)
    assert fault(at(file)).why == "broken"
    with pytest.raises(StoreFault):
        at(file).counts("")
    assert file.read_bytes() == b"Dear diary, " * 1_000


def test_a_newer_file_is_neither_read_nor_written(store: Ballots) -> None:
    """A later version's votes are refused by name, and stay."""
    store.cast(VOTE)
    with sqlite3.connect(store.where) as connection:
        connection.execute("UPDATE curseurs_votes_version SET version = 2")
    assert fault(store, replace(VOTE, voter=voter(2))).why == "newer"
    with pytest.raises(StoreFault, match="newer"):
        store.counts("4b")


def test_another_writer_is_waited_for_and_then_named(store: Ballots, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the file for good holds up a vote, no reader; when he lets go, voting goes on."""
    monkeypatch.setattr(ballots, "PATIENCE_MS", 50)
    store.cast(VOTE)
    other = sqlite3.connect(store.where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert fault(store, replace(VOTE, voter=voter(2))).why == "locked"
    assert sum(tallied(store).values()) == 1
    other.execute("ROLLBACK")
    other.close()
    store.cast(replace(VOTE, voter=voter(2)))
    assert sum(tallied(store).values()) == 2


FULL = """
import resource, sys
from pathlib import Path
from core.ballots import StoreFault, at
from tests.test_ballots import VOTE
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    at(Path(sys.argv[1])).cast(VOTE)
except StoreFault as fault:
    print(fault.why)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_full_disk_is_named(store: Ballots) -> None:
    """A system that writes no more is not a fault of the program."""
    done = subprocess.run([sys.executable, "-c", FULL, store.where], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "full", done.stderr


def test_a_file_taken_away_in_between_begins_anew(store: Ballots) -> None:
    """Nobody sees an error: the board is empty, and fills again."""
    store.cast(VOTE)
    for file in Path(store.where).parent.iterdir():
        file.unlink()
    assert tallied(store) == {}
    store.cast(VOTE)
    assert sum(tallied(store).values()) == 1


def test_the_address_is_the_one_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`CURSEURS_DB` names the store; without it the votes are in the user's data."""
    monkeypatch.setenv(ballots.URL_VARIABLE, f"sqlite:///{tmp_path}/class.sqlite")
    assert ballots.default().where == f"{tmp_path}/class.sqlite"
    monkeypatch.delenv(ballots.URL_VARIABLE)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found: Any = Path(ballots.default().where)
    assert found.name == "votes.sqlite"
    assert "curseurs" in found.parts
