"""A model as the page's hands choose it: numbers that may not fit each other, and the nearest ones that do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.model_size.blocks import Block, of_decoder, of_letters
from core.model_size.costs import cache_bytes, number_bytes, operations, weight_bytes
from core.model_size.model import FAMILIES, MOST, MOST_LAYERS, MOST_WIDTH, Decoder
from core.model_size.presets import LETTERS, Preset, presets
from core.tasks.letters.settings import LettersSettings

NUMBERS = ("layers", "width", "heads", "kv_heads", "feed_forward", "vocabulary", "context", "window", "experts",
           "experts_used")  # fmt: skip
OPENING = "gpt2"
"""The preset that the page opens with, and asks about."""
BOUNDS = {
    "layers": (0, MOST_LAYERS),
    "width": (1, MOST_WIDTH),
    "heads": (1, MOST_WIDTH),
    "kv_heads": (1, MOST_WIDTH),
    "feed_forward": (1, MOST),
    "vocabulary": (1, MOST),
    "context": (1, MOST),
    "window": (0, MOST),
    "experts": (1, 4_096),
    "experts_used": (1, 4_096),
}
BOUNDS_OF_LETTERS = {"width": (1, 16), "feed_forward": (1, 500), "context": (1, 8)}
"""Those of `LettersSettings`; a test compares them."""
UNPUBLISHED = "gpt4"
KINDS = ("letters", *FAMILIES, UNPUBLISHED)


@dataclass(frozen=True)
class Repair:
    """A number that did not fit another one, and what is taken instead."""

    name: str
    value: int
    taken: int


@dataclass(frozen=True)
class Chosen:
    """A model whose numbers fit together, as the hands hold it.

    Attributes:
        family: one of `KINDS`; for "letters" width, feed_forward and context stand for the numbers of a letter, the
            hidden neurons and the letters seen; nothing of "gpt4" was published.
        tied: whether the head is the matrix of the embedding.
        numbers: by their names in `NUMBERS`; those that a family lacks have no effect.
    """

    family: str
    tied: bool
    numbers: Mapping[str, int]

    @property
    def decoder(self) -> Decoder | None:
        """The configuration; None for the network on letters and where nothing was published."""
        if self.family not in FAMILIES:
            return None
        names = {"layers", "width", "heads", "feed_forward", "vocabulary", "context"}
        names |= {"kv_heads"} if self.family != "gpt2" else set()
        names |= {"mistral": {"window"}, "mixtral": {"experts", "experts_used"}}.get(self.family, set())
        return Decoder.from_family(self.family, tied=self.tied, **{name: self.numbers[name] for name in names})

    @property
    def blocks(self) -> Block | None:
        """The tree of its parameters; None where nothing was published."""
        if self.family == "letters":
            mine = {name: self.numbers[name] for name in BOUNDS_OF_LETTERS}
            settings = LettersSettings(embedding=mine["width"], hidden=mine["feed_forward"], context=mine["context"])
            return of_letters(settings, LETTERS)
        return of_decoder(self.decoder) if self.decoder else None

    def cache(self, precision: str = "fp16") -> int:
        """Return the bytes of keys and values of a text as long as the context.

        Args:
            precision: of the weights; beside 8 and 4 bits the cache stays in 16.
        """
        if self.decoder is None:
            return 0
        return cache_bytes(self.decoder, self.decoder.context, number_bytes(precision))

    def memory(self, precision: str) -> int:
        """Return the bytes of weights and cache together; 0 where nothing was published.

        Args:
            precision: of the weights.
        """
        return (weight_bytes(self.blocks, precision) if self.blocks else 0) + self.cache(precision)

    @property
    def operations(self) -> int:
        """Operations of the forward pass of the last token of the context; 0 where nothing was published."""
        if self.decoder and self.blocks:
            return operations(self.decoder, self.blocks, self.decoder.context)
        if self.blocks:  # on letters: two for each number of the two matrices
            return 2 * sum(
                leaf.parameters for leaf, _, _ in self.blocks.leaves()
                if len(leaf.shape) == 2 and leaf.name != "embedding"
            )  # fmt: skip
        return 0


def bounds(family: str, name: str) -> tuple[int, int]:
    """Return the least and the most of a number."""
    return BOUNDS_OF_LETTERS.get(name, BOUNDS[name]) if family == "letters" else BOUNDS[name]


def fitted(family: str, numbers: Mapping[str, int], *, tied: bool) -> tuple[Chosen, list[Repair]]:
    """Return the model whose numbers fit together, nearest to those given, and what had to be repaired.

    Heads share the width in equal parts, even ones where places turn pairs of numbers; heads of keys are shared by
    equally many of queries; no more experts work on a token than there are.

    Args:
        family: one of `KINDS`.
        numbers: by their names; each is brought within its bounds first.
        tied: whether the head is the matrix of the embedding.
    """
    found = {name: min(max(value, bounds(family, name)[0]), bounds(family, name)[1]) for name, value in numbers.items()}
    repairs: list[Repair] = []

    def take(name: str, taken: int) -> None:
        if taken != found[name]:
            repairs.append(Repair(name, found[name], taken))
            found[name] = taken

    if family in FAMILIES:
        if family != "gpt2" and found["width"] % 2:
            take("width", found["width"] + 1)
        take("heads", _nearest(heads_of(family, found["width"]), found["heads"]))
        if family == "gpt2":
            found["kv_heads"] = found["heads"]
        else:
            take("kv_heads", _nearest(divisors(found["heads"]), found["kv_heads"]))
        if family == "mixtral":
            take("experts_used", min(found["experts_used"], found["experts"]))
    return Chosen(family, tied, found), repairs


def heads_of(family: str, width: int) -> list[int]:
    """Return how many heads fit a width."""
    return [heads for heads in divisors(width) if family == "gpt2" or width // heads % 2 == 0]


def divisors(whole: int) -> list[int]:
    """Return all divisors of a number, smallest first."""
    low = [small for small in range(1, int(whole**0.5) + 1) if whole % small == 0]
    return low + [whole // small for small in reversed(low) if small * small != whole]


def _nearest(numbers: list[int], value: int) -> int:
    return min(numbers, key=lambda each: (abs(each - value), each))


def of_preset(preset: Preset) -> dict[str, Any]:
    """Return where the hands stand for a preset: family, tied and every number.

    Where nothing was published the numbers are those of the page's opening, of no effect until one is moved.
    """
    if preset.letters is not None:
        ours = preset.letters[0]
        mine = {"width": ours.embedding, "feed_forward": ours.hidden, "context": ours.context, "vocabulary": LETTERS}
        return {"family": "letters", "tied": False, **_usual(), **mine}
    decoder = preset.decoder
    if decoder is None:
        opening = presets()[OPENING].decoder
        assert opening is not None
        return {"family": UNPUBLISHED, "tied": True, **_numbers(opening)}
    return {"family": decoder.family, "tied": decoder.tied, **_numbers(decoder)}


def _numbers(decoder: Decoder) -> dict[str, int]:
    return {name: getattr(decoder, name) or usual for name, usual in _usual().items()}


def _usual() -> dict[str, int]:
    return {name: {"window": 0, "experts": 8, "experts_used": 2}.get(name, 1) for name in NUMBERS}
