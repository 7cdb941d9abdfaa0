"""What a decoder is made of: its configuration, checked, for four families. No torch here.

The families are those of `transformers`: `gpt2` (learned positions, biases everywhere, two feed-forward matrices),
`llama` (rotary positions, three feed-forward matrices, one of them a gate), `mistral` (the same with a window of
attention) and `mixtral` (the same with several feed-forward experts and a router). `core.model_size.blocks` lists the
matrices, `core.model_size.costs` what they weigh and cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.training.settings import Checked, SettingsError, bounded, choice

FAMILIES = ("gpt2", "llama", "mistral", "mixtral")
MOST_LAYERS, MOST_WIDTH, MOST = 10_000, 1_000_000, 10_000_000


class MisfitError(SettingsError):
    """A setting that does not fit another one.

    Attributes:
        allowed: values near it that would fit, never a pair of bounds.
        rule: "divides" (`other` must be a multiple of it), "even", "at most" (`other`) or "family" (the family has it
            so).
        other: the setting that it does not fit.
    """

    def __init__(self, name: str, value: object, allowed: tuple[object, ...], rule: str, other: str) -> None:
        super().__init__(name, value, allowed)
        self.rule, self.other = rule, other


@dataclass(frozen=True, kw_only=True)
class Decoder(Checked):
    """The configuration of a decoder, from GPT-2 on. Zero asks for what is usual, where that makes sense.

    Attributes:
        family: one of `FAMILIES`.
        layers: blocks of attention and feed-forward; zero leaves embedding, last norm and head.
        width: numbers that stand for a token between the layers.
        heads: of attention (queries).
        kv_heads: heads of keys and values, which several heads of queries share; 0: as many as heads.
        head_width: numbers of one head; 0: the width over the heads.
        feed_forward: width between the feed-forward matrices; 0: four times the width.
        vocabulary: different tokens.
        context: the most tokens it was made for.
        window: the last tokens that attention reaches; 0: all.
        experts: feed-forward networks of a layer; 0: a single one, without a router.
        experts_used: how many of them work on a token.
        tied: whether the head is the matrix of the embedding.
        biases: whether the matrices of the layers have biases.
    """

    family: str = choice("gpt2", *FAMILIES)
    layers: int = bounded(12, 0, MOST_LAYERS)
    width: int = bounded(768, 1, MOST_WIDTH)
    heads: int = bounded(12, 1, MOST_WIDTH)
    kv_heads: int = bounded(0, 0, MOST_WIDTH)
    head_width: int = bounded(0, 0, MOST_WIDTH)
    feed_forward: int = bounded(0, 0, MOST)
    vocabulary: int = bounded(50_257, 1, MOST)
    context: int = bounded(1_024, 1, MOST)
    window: int = bounded(0, 0, MOST)
    experts: int = bounded(0, 0, 4_096)
    experts_used: int = bounded(0, 0, 4_096)
    tied: bool = True
    biases: bool = True

    def __post_init__(self) -> None:
        """Check every number, fill in the usual ones, and check what must fit together.

        Raises:
            SettingsError: a number is out of bounds.
            MisfitError: two settings do not fit, such as a width that the heads do not divide.
        """
        super().__post_init__()
        if not self.head_width:
            self._must_divide("heads", "width")
        usual = {"head_width": self.width // self.heads, "kv_heads": self.heads, "feed_forward": 4 * self.width}
        for name, value in usual.items():
            object.__setattr__(self, name, getattr(self, name) or value)
        self._must_divide("kv_heads", "heads")
        self._check_family()
        self._check_experts()

    @classmethod
    def from_family(cls, family: str, **given: int | bool) -> Decoder:
        """Return a decoder with what its family has, where it has no choice: biases, experts.

        Raises:
            SettingsError: as the constructor.
        """
        usual: dict[str, Any] = {"biases": family == "gpt2"}
        if family == "mixtral":
            usual |= {"experts": 8, "experts_used": 2}
        return cls(family=family, **(usual | given))

    def _must_divide(self, name: str, other: str) -> None:
        value, whole = getattr(self, name), getattr(self, other)
        if whole % value:
            raise MisfitError(name, value, divisors_around(whole, value), "divides", other)

    def _check_family(self) -> None:
        """Refuse what a family cannot have: its models in `transformers` have no such parameters."""
        gpt2 = self.family == "gpt2"
        has: dict[str, object] = {}
        if gpt2:
            has = {"kv_heads": self.heads, "head_width": self.width // self.heads, "biases": True}
            self._must_divide("heads", "width")
        elif self.head_width % 2:  # rotary positions turn pairs of numbers
            near = self.head_width + 1, self.head_width + 3, self.head_width + 5
            raise MisfitError("head_width", self.head_width, near, "even", "family")
        if self.family in ("mistral", "mixtral"):
            has["biases"] = False
        if self.family in ("gpt2", "llama"):
            has["window"] = 0
        if self.family != "mixtral":
            has |= {"experts": 0, "experts_used": 0}
        for name, value in has.items():
            if getattr(self, name) != value:
                raise MisfitError(name, getattr(self, name), (value,), "family", "family")

    def _check_experts(self) -> None:
        if self.family != "mixtral":
            return
        if not self.experts:
            raise SettingsError("experts", self.experts, (1, 4_096))
        if not 1 <= self.experts_used <= self.experts:
            raise MisfitError("experts_used", self.experts_used, (1, self.experts), "at most", "experts")

    @property
    def positions(self) -> bool:
        """Whether places are learned, as vectors of an own matrix; otherwise keys and queries are turned."""
        return self.family == "gpt2"

    @property
    def gated(self) -> bool:
        """Whether a third feed-forward matrix decides what passes (Shazeer 2020)."""
        return self.family != "gpt2"

    def reach(self, tokens: int) -> int:
        """Return how many of so many tokens attention reaches from the last one."""
        return min(tokens, self.window) if self.window else tokens


def divisors_around(whole: int, value: int) -> tuple[int, ...]:
    """Return the largest divisor of a number below a value, and the smallest above it."""
    divisors = set()
    for small in range(1, int(whole**0.5) + 1):
        if whole % small == 0:
            divisors |= {small, whole // small}
    below = max((each for each in divisors if each < value), default=None)
    above = min((each for each in divisors if each > value), default=None)
    return tuple(each for each in (below, above) if each is not None)
