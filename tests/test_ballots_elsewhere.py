"""Votes in another database than SQLite: the one whose URL the tests are given, emptied for each of them.

CURSEURS_TEST_DB=postgresql+psycopg://me@localhost/scratch python -m pytest tests/test_ballots_elsewhere.py
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, make_url

from core import ballots
from core.ballots import OUTCOMES, Ballots, Seen, StoreFault
from tests.test_ballots import VOTE, fault, tallied, voter

URL = os.environ.get("CURSEURS_TEST_DB", "")
pytestmark = pytest.mark.skipif(not URL, reason="CURSEURS_TEST_DB names no database")


@pytest.fixture
def store() -> Iterator[Ballots]:
    """Return an empty store; its tables are made by the first vote."""
    engine = create_engine(URL)
    ballots._tables()[0].metadata.drop_all(engine)
    yield Ballots(URL)
    ballots._tables()[0].metadata.drop_all(engine)
    engine.dispose()


def test_who_only_reads_makes_no_table(store: Ballots) -> None:
    """A page that shows an empty board writes nothing."""
    assert store.counts("") == []
    assert store.seen("", voter(1)) == set()
    assert list(store.rows("")) == []
    assert store.forget(voter(1)) == 0


def test_the_last_word_counts_and_text_comes_back(store: Ballots) -> None:
    """A changed mind replaces the vote; letters of every writing are kept, rooms are told apart to the letter."""
    told = replace(VOTE, prompt="Éléphant 象 👩‍🚀", first_text="a\\b'c\"%_", room="éa")
    for outcome in ("first", "bad"):
        store.cast(replace(told, outcome=outcome))
    store.cast(replace(told, room="ea"))
    assert tallied(store, "éa") == {("mini", "mini@300", "bad"): 1}
    assert sum(tallied(store, "ea").values()) == 1
    (row,) = store.rows("éa")
    assert (row["prompt"], row["first_text"], row["left"]) == (told.prompt, told.first_text, "mini@300")
    assert store.seen("éa", VOTE.voter) == {Seen("mini", "mini@300", told.prompt)}


def test_writers_are_told_apart_to_the_letter(store: Ballots) -> None:
    """A model whose name differs in a capital or an accent is another one, with votes of its own."""
    for number, first in enumerate(("own:Ete/T1", "own:ete/T1", "own:été/T1")):
        store.cast(replace(VOTE, first=first, second="own:été2/T1", left=first, voter=voter(number)))
        store.cast(replace(VOTE, first=first, second="own:été2/T1", left=first, voter=voter(9)))
    assert sorted(tallied(store).values()) == [2, 2, 2]


def test_the_longest_vote_is_kept(store: Ballots) -> None:
    """8,000 letters of four bytes each, in both texts."""
    longest = replace(VOTE, first_text="👩" * 8_000, second_text="é" * 8_000, prompt="象" * 2_000)
    store.cast(longest)
    (row,) = store.rows("4b")
    assert (row["first_text"], row["second_text"]) == (longest.first_text, longest.second_text)


def test_many_threads_vote_on_one_pair_at_once(store: Ballots) -> None:
    """None loses a vote, from the very first moment: all would make the tables; one voter in all counts once."""

    def vote(thread: int) -> None:
        for number in range(6):
            store.cast(replace(VOTE, voter=voter(100 * thread + number)))
            store.cast(replace(VOTE, voter=voter(9_999), outcome=OUTCOMES[thread % 4]))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(vote, range(6)))
    assert sum(tallied(store).values()) == 36 + 1


def test_votes_are_read_while_one_is_cast(store: Ballots) -> None:
    """Thousands of rows come piece by piece, in their order, and are forgotten at once."""
    for number in range(20):
        store.cast(replace(VOTE, voter=voter(number)))
    rows = store.rows("4b")
    assert next(rows)["voter"] == "1"
    store.cast(replace(VOTE, voter=voter(99)))
    assert sum(1 for _row in rows) in {19, 20}
    assert store.forget(voter(3)) == 1
    assert store.forget_room("4b") == 20
    assert tallied(store) == {}


def test_a_wrong_password_or_no_server_is_a_fault_without_the_password(store: Ballots) -> None:
    """The page learns that the database does not answer; a vote is not lost in silence."""
    away = make_url(URL).set(host="127.0.0.1", port=9, password="secret")
    found = fault(Ballots(away.render_as_string(hide_password=False)))
    assert found.why == "unreachable"
    assert "secret" not in f"{found} {found.where}"


def test_newer_tables_are_left_alone(store: Ballots) -> None:
    """A later version's votes are refused by name."""
    store.cast(VOTE)
    version = ballots._tables()[1]
    with create_engine(URL).begin() as connection:
        connection.execute(version.update().values(version=99))
    assert fault(store, replace(VOTE, voter=voter(2))).why == "newer"
    with pytest.raises(StoreFault, match="newer"):
        store.counts("4b")
