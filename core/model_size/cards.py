"""Cards that a training can be counted in: the rates of their data sheets. Nothing here was measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """What a data sheet promises of a card's matrix units, in 16 bits.

    Attributes:
        id: a stable identifier, for the address.
        name: of the card.
        rate: operations a second, of matrices without zeros to skip ("dense"): half of a newer sheet's headline.
        kind: what the sheet calls the precision.
        source: of the rate, with its year.
    """

    id: str
    name: str
    rate: float
    kind: str
    source: str


CARDS = {
    card.id: card
    for card in (
        Card("t4", "T4", 65e12, "FP16", "NVIDIA T4 datasheet, 2019"),
        Card("a100", "A100 SXM 80 GB", 312e12, "BF16", "NVIDIA A100 datasheet, 2021"),
        Card("h100", "H100 SXM", 989.4e12, "BF16", "NVIDIA H100 datasheet, 2023 (dense)"),
    )
}
"""By identifier, the slowest first."""
ASSUMED = 40
"""Percent of a sheet's rate that a training is assumed to reach, until a student says otherwise.

PaLM reported 46.2 % of its chips' rate (Chowdhery et al. 2022, section 4.1), Llama 3 405B 38 to 43 % of the H100's
(Grattafiori et al. 2024, table 4). Both were the work of many people; a first training reaches less.
"""
