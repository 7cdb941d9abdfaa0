"""Which pair comes next, what a vote on it says, and what the votes of a class tell of its writers."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from itertools import combinations

import pytest

from core.arena.blind import SIGNS, Pairing, pairing
from core.arena.sheet import COLUMNS, cell, lines
from core.arena.standings import board
from core.arena.writers import PROMPTS, writers
from core.ballots import Count, Seen

HERE = writers("stories")
NAMES = sorted(writer.id for writer in HERE)


def test_equal_questions_give_the_same_pair_and_voters_differ() -> None:
    """A page that is drawn again shows the pair that it has shown; a class sees many."""
    given = [pairing("stories", HERE, f"{number:032x}", [], set()) for number in range(60)]
    assert given == [pairing("stories", HERE, f"{number:032x}", [], set()) for number in range(60)]
    assert len({frozenset((pair.left, pair.right)) for pair in given}) > 10
    assert len({pair.prompt for pair in given}) > 5
    assert {pair.left for pair in given} == {pair.right for pair in given} == set(NAMES)


def test_the_side_says_nothing() -> None:
    """Of 400 pairs about half have their first writer on the left."""
    given = [pairing("stories", HERE, f"{number:032x}", [], set()) for number in range(400)]
    assert 160 < sum(pair.left < pair.right for pair in given) < 240


def test_the_pair_with_the_fewest_votes_comes_first() -> None:
    """Whatever the voter, the one pair that lacks votes is asked for."""
    every = list(combinations(NAMES, 2))
    counts = [Count(*pair, "tie", 3) for pair in every if pair != every[4]] + [Count(*every[4], "bad", 2)]
    for number in range(5):
        found = pairing("stories", HERE, f"{number:032x}", counts, set())
        assert {found.left, found.right} == set(every[4])


def test_nobody_is_asked_twice_while_something_is_new() -> None:
    """A voter sees each pair with each prompt once; then it begins again."""
    seen: set[Seen] = set()
    total = len(list(combinations(NAMES, 2))) * len(PROMPTS["stories"])
    for _vote in range(total):
        found = pairing("stories", HERE, "a" * 32, [], seen)
        new = Seen(min(found.left, found.right), max(found.left, found.right), found.prompt)
        assert new not in seen
        seen.add(new)
    assert pairing("stories", HERE, "a" * 32, [], seen).prompt in PROMPTS["stories"]


def test_a_prompt_of_ones_own_is_given_to_both() -> None:
    """Both writers get it, and no ready one."""
    assert pairing("stories", HERE, "a" * 32, [], set(), "Une fée").prompt == "Une fée"


@pytest.mark.parametrize("turned", [False, True])
def test_a_vote_names_the_writer_and_not_the_side(turned: bool) -> None:
    """Left or right, who was chosen is chosen, and each text stays with its writer."""
    pair = Pairing("b", "a", "?", 1) if turned else Pairing("a", "b", "?", 1)
    texts = ("of b", "of a") if turned else ("of a", "of b")
    cast = {sign: pair.ballot("", "a" * 32, texts, sign) for sign in SIGNS}
    assert [cast[sign].outcome for sign in SIGNS] == [
        *(("second", "first") if turned else ("first", "second")),
        "tie",
        "bad",
    ]
    assert {(vote.first_text, vote.second_text) for vote in cast.values()} == {("of a", "of b")}
    with pytest.raises(ValueError, match="outcome"):
        pair.ballot("", "a" * 32, texts, "c")


def test_five_votes_without_dissent_tell_two_writers_apart() -> None:
    """As a sign test does: one chance in 32 is below one in twenty, one in 16 is not."""
    told = [board([Count("a", "b", "first", votes)], ["a", "b"]).apart for votes in range(1, 8)]
    assert told == [frozenset()] * 4 + [frozenset({("a", "b")})] * 3


def test_the_board_orders_counts_and_says_what_is_open() -> None:
    """The best first, ties and bad ones half and half, other groups left out, neighbours too close named."""
    counts = [
        Count("a", "b", "second", 40), Count("a", "c", "first", 40), Count("b", "c", "first", 40),
        Count("c", "d", "tie", 3), Count("c", "d", "bad", 3), Count("x", "y", "first", 9),
    ]  # fmt: skip
    found = board(counts, ["a", "b", "c", "d", "unread"])
    assert [row.writer for row in found.rows][:2] == ["b", "a"]
    assert found.votes == 126
    assert found.bad == 3
    assert found.leads
    assert {frozenset(pair) for pair in found.together} == {frozenset("cd")}
    assert found.pairs == 6
    assert {row.writer: row.votes for row in found.rows} == {"a": 80, "b": 80, "c": 86, "d": 6}
    assert all(row.low <= row.points <= row.high for row in found.rows)
    by_name = {row.writer: row.points for row in found.rows}
    assert by_name["c"] == pytest.approx(by_name["d"], abs=25)
    assert board([], ["a"]).rows == ()


def test_a_spreadsheet_reads_texts_and_no_formulas() -> None:
    """What a student typed comes out as it was, and nothing of it is reckoned or run."""
    typed = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", 'a;b,c\n"d"', "Une fée"]
    rows = [dict.fromkeys(COLUMNS, text) for text in typed]
    pieces = list(lines(rows))
    assert len(pieces) == len(rows) + 1
    read = list(csv.reader(StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))
    assert read[0] == list(COLUMNS)
    assert [row[0].removeprefix("'") for row in read[1:]] == typed
    assert Counter(row[0][0] == "'" for row in read[1:]) == {True: 7, False: 2}
    assert cell("'t") == "'t"


def test_a_file_is_made_row_by_row() -> None:
    """Ten thousand votes are never held at once: the first line is there before the last row is asked for."""

    def rows() -> Iterator[dict[str, str]]:
        yield dict.fromkeys(COLUMNS, "x")
        raise InterruptedError

    made = lines(rows())
    assert b"prompt" in next(made)
    with pytest.raises(InterruptedError):
        next(made)
