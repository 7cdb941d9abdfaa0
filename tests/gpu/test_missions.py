"""The missions: bets held against the truth, a card that loses with a large batch; no preset reaches either."""

from __future__ import annotations

import itertools

import pytest

from components.gpu.state import names
from core.gpu.missions import LARGE, Bet, bet, bets_won, loses_with_many
from core.gpu.presets import PRESETS
from core.gpu.recorded import CARDS, card, here
from core.gpu.times import ratio, wins_from
from core.gpu.work import COURSE, PRECISIONS, STOPS, WIDTHS


def test_the_truth_of_a_bet_is_where_the_card_begins_to_win_for_good() -> None:
    """At the batch it wins, and at every larger one; at the one before it does not."""
    for name, precision, width, transfer in itertools.product(CARDS, PRECISIONS, WIDTHS, (False, True)):
        line = card(name).lines[name, precision]
        truth = wins_from(here(), line, width, transfer=transfer)
        assert truth is not None
        faster = {batch: ratio(here(), line, width, batch, transfer=transfer) or 0 for batch in STOPS}
        assert all(faster[batch] > 1 for batch in STOPS if batch >= truth)
        if truth > 1:
            assert faster[truth // 2] <= 1


def test_a_bet_is_right_within_a_notch() -> None:
    """The batch itself or its neighbour; not two notches off, and never where the card never wins."""
    line = card("h100").lines["h100", "fp32"]
    right = {batch for batch in STOPS if bet(here(), line, COURSE, batch, transfer=False).is_right}
    assert right == {32, 64, 128}
    assert not Bet(16, 1024, None).is_right


@pytest.mark.parametrize(
    ("bets", "won"),
    [
        ([Bet(16, 1024, 1024), Bet(256, 32, 32)], True),
        ([Bet(256, 32, 32)], False),
        ([Bet(256, 32, 32), Bet(256, 32, 32)], False),
        ([Bet(16, 1024, 1024), Bet(64, 4, 512), Bet(256, 32, 32)], False),
        ([Bet(1024, 1, 1), Bet(256, 32, 32)], False),
        ([Bet(64, 4, 512), Bet(16, 1024, 1024), Bet(256, 32, 32)], True),
    ],
)
def test_two_right_bets_in_a_row_on_two_networks(bets: list[Bet], won: bool) -> None:
    """Not one, not twice the same network, not with a wrong one between, not where the card wins from the start."""
    assert bets_won(bets) is won


def test_the_card_can_lose_with_a_large_batch_and_only_where_little_is_done_with_much_that_is_sent() -> None:
    """On the recorded machine: the narrowest network, pictures sent each time, in BF16; from nowhere else."""
    reached = {
        (name, precision, width, transfer)
        for name, precision, width, transfer in itertools.product(CARDS, PRECISIONS, WIDTHS, (False, True))
        for batch in STOPS
        if loses_with_many(here(), card(name).lines[name, precision], width, batch, transfer=transfer)
    }
    assert reached == {("h100", "bf16", 16, True)}
    assert LARGE == 1024


def test_no_preset_reaches_the_losing_training_nor_does_one_move_from_it() -> None:
    """Neither a preset nor a preset with one control moved makes the card lose with a large batch."""
    defaults = {name: default for name, (default, _parse) in names().items()}
    moves = {"width": WIDTHS, "batch": STOPS, "precision": PRECISIONS, "transfer": (False, True), "card": CARDS}
    for preset in PRESETS.values():
        for control, values in moves.items():
            for value in values:
                at = defaults | preset | {control: value}
                line = card(at["card"]).lines[at["card"], at["precision"]]
                assert not loses_with_many(here(), line, at["width"], at["batch"], transfer=at["transfer"]), at
