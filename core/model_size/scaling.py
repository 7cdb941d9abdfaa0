"""What a study of a scaling law is: mini GPT-2s of several sizes × budgets of data × seeds. No torch here.

Every training is one of its own, whose learning rate falls to zero at its own end: a point taken on the way of a longer
training would be worse than its budget allows (Hoffmann et al. 2022, section 3.1). No story is seen twice, so a budget
is an amount of *data*, and the loss on unseen stories is the loss that the training itself goes down. One tokenizer for
all sizes: the grammar's entropy per token would move with it.

The learning rate follows two rules (`Budget.rate`). The first try had one, 0.72 / width at every budget: with 65,536
stories and more, wide models that had almost reached the floor left it again (the widest, 262,144 stories: an excess
of 0.002, 0.028 and 0.048 with three seeds). Its rows are kept in `scaling-first-try.jsonl`, no longer drawn; up to
16,384 stories both tries are the same. So the largest budgets were tuned once more than the others, after their losses
were seen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from core.files import RECORDED
from core.tasks.mini_gpt2.settings import MiniGPT2Settings

FOLDER = RECORDED / "model_size"
MUCH = 65_536
"""Stories from which on the learning rate falls faster with the width."""


@dataclass(frozen=True)
class Size:
    """A mini GPT-2 of the study; its feed-forward matrices are four times as wide as it is."""

    width: int
    layers: int
    heads: int

    @property
    def inside(self) -> int:
        """The parameters but for the two embeddings: N of the laws of Kaplan et al. 2020 (section 2.1)."""
        width = self.width
        return self.layers * (12 * width * width + 13 * width) + 2 * width

    def parameters(self, vocabulary: int, context: int) -> int:
        """Return all parameters: the matrix of tokens, which is the head too, and that of places with them."""
        return self.inside + (vocabulary + context) * self.width


@dataclass(frozen=True)
class Budget:
    """An amount of data: `batch` stories in each of `updates` updates, each story once."""

    updates: int
    batch: int

    @property
    def stories(self) -> int:
        """How many stories are learned from."""
        return self.updates * self.batch

    def rate(self, size: Size) -> float:
        """Return what learning rates are counted in: the published model's 0.003 at width 160, as one over width.

        With much data a wide model that has almost reached the floor leaves it again at such a rate: there it falls
        faster with the width, as width^(-4/3) from width 8 on.
        """
        rate = round(0.003 * 160 / size.width, 5)
        return rate if self.stories < MUCH else round(rate * (8 / size.width) ** (1 / 3), 6)


@dataclass(frozen=True)
class Study:
    """Every size learns from every budget, with every seed and its own rate times every factor."""

    sizes: tuple[Size, ...]
    budgets: tuple[Budget, ...]
    seeds: tuple[int, ...]
    factors: tuple[float, ...] = (1.0,)
    validation_stories: int = 4_000

    @property
    def stories(self) -> int:
        """How many stories the largest budget needs."""
        return max(budget.stories for budget in self.budgets)

    def trainings(self, most: int | None = None) -> list[MiniGPT2Settings]:
        """Return the settings of every training of at most so many stories, those that take longest first."""
        every = [self.settings(size, budget, seed, factor) for size in self.sizes for budget in self.budgets
                 for seed in self.seeds for factor in self.factors
                 if budget.stories <= (most or self.stories)]  # fmt: skip
        return sorted(every, key=cost, reverse=True)

    def settings(self, size: Size, budget: Budget, seed: int, factor: float = 1.0) -> MiniGPT2Settings:
        """Return the settings of one training."""
        return MiniGPT2Settings(seed=seed, batch_size=budget.batch, updates=budget.updates, stories=budget.stories,
                                learning_rate=budget.rate(size) * factor, validation_stories=self.validation_stories,
                                **asdict(size))  # fmt: skip

    def first_story(self, settings: MiniGPT2Settings) -> int:
        """Return where the stories of a training begin among those of the largest budget.

        Seeds learn from different stories as long as there are enough: the interval over seeds has in it what other
        data would have changed. The largest budget is the same stories, in another order.
        """
        place = self.seeds.index(settings.seed)
        return place * settings.stories % (self.stories - settings.stories + 1)


def cost(settings: MiniGPT2Settings) -> float:
    """Return about how long a training takes, in no unit: its operations, and what every update costs besides."""
    size = Size(settings.width, settings.layers, settings.heads)
    return settings.stories * (size.parameters(settings.vocabulary, 0) + 200_000) + 5e6 * settings.updates


SIZES = tuple(Size(*size) for size in ((8, 1, 1), (16, 1, 2), (24, 2, 3), (40, 3, 5), (64, 4, 4), (112, 4, 7),
                                       (160, 5, 5), (256, 6, 8)))  # fmt: skip
"""From 888 parameters without the embeddings to 4.7 millions, each about four times the one before."""
BUDGETS = tuple(Budget(*budget) for budget in ((128, 8), (256, 16), (512, 32), (1024, 64), (2048, 128)))
"""From 1,024 stories (136,000 tokens), each four times the one before, to 262,144 (35 millions)."""
FACTORS = (0.5, 1.0, 2.0, 4.0)
RATES = Study(SIZES, BUDGETS[1:3], (1,), FACTORS)
"""Is the rule for the rate a good one, at every size? Each is best between once and twice it, but for the smallest."""
STUDY = Study(SIZES, BUDGETS, (1, 2, 3), (1.5,))
MINIATURE = Study(SIZES[:2], BUDGETS[:1], (1, 2), validation_stories=50)
"""The same in seconds, to see that everything works."""
STUDIES = {"scaling": STUDY, "rates": RATES, "miniature": MINIATURE}
