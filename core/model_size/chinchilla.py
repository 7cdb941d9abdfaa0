"""Chinchilla's law: how to split a budget of operations between parameters and tokens (Hoffmann et al. 2022)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Law:
    """A loss E + A·N^-α + B·D^-β in nats a token, for N parameters and D tokens.

    Attributes:
        floor: E, that no size and no data get below.
        a: A.
        b: B.
        alpha: α.
        beta: β.
        source: of the constants.
    """

    floor: float
    a: float
    b: float
    alpha: float
    beta: float
    source: str

    def loss(self, parameters: float, tokens: float) -> float:
        """Return the loss that the law expects."""
        loss: float = self.floor + self.a * parameters**-self.alpha + self.b * tokens**-self.beta
        return loss

    def optimum(self, operations: float) -> tuple[float, float]:
        """Return the parameters and tokens with the lowest loss of all with 6·N·D operations.

        Set the derivative along N·D = C/6 to zero (their section 3.3): N = G·(C/6)^(β/(α+β)), with
        G = (αA / βB)^(1/(α+β)).

        Raises:
            ValueError: no operations.
        """
        if not operations > 0:
            raise ValueError(f"operations = {operations}")
        exponents = self.alpha + self.beta
        ratio = (self.alpha * self.a / (self.beta * self.b)) ** (1 / exponents)
        parameters = ratio * (operations / 6) ** (self.beta / exponents)
        return parameters, operations / 6 / parameters

    def tokens_a_parameter(self, operations: float) -> float:
        """Return D / N at the optimum of a budget."""
        parameters, tokens = self.optimum(operations)
        return tokens / parameters


EPOCH = Law(1.8172, 482.01, 2085.43, 0.3478, 0.3658, "Besiroglu et al. 2024 (Epoch AI), arXiv 2404.10102")
"""Fitted anew to the points read off Hoffmann's figure: 18.4 tokens a parameter at Chinchilla's own budget."""
HOFFMANN = Law(1.69, 406.4, 410.7, 0.34, 0.28, "Hoffmann et al. 2022, arXiv 2203.15556, section D.3")
"""As printed, rounded: 92.6 tokens a parameter at the same budget, far from the 20 that the same article recommends.

The budget, some 10²³, is raised to a quotient of exponents: with those of the article's source, not rounded to two
digits (`UNROUNDED`), the same formula gives 59. The rest is the fit itself: "the optimizer used by Hoffmann et al.
stopped before convergence due to a poor choice of loss scale" (Besiroglu et al. 2024, abstract); Epoch fitted anew."""
UNROUNDED = Law(1.6934, 406.4, 410.7, 0.3392, 0.2849, "TeX source of arXiv 2203.15556, in Besiroglu et al. 2024")
"""Hoffmann's fit before it was rounded: 59 tokens a parameter."""
CHINCHILLA = 5.76e23
"""Operations of Gopher's training, and so of Chinchilla's."""
