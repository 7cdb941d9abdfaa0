"""Sampling in the browser: its probabilities are those of core.language_models.sampling, step by step."""

from __future__ import annotations

import numpy as np
import pytest

from components.in_browser import COMPONENTS
from core.language_models import sampling
from core.language_models.sampling import Sampling
from tests.node import ask

SCRIPT = COMPONENTS / "text_generation" / "sampling.js"
STEPS = "repetition_penalty", "temperature", "top_k", "top_p", "min_p"


@pytest.mark.parametrize(
    "how",
    [
        Sampling(),
        Sampling(temperature=0),
        Sampling(temperature=100),
        Sampling(temperature=1.7, top_k=7),
        Sampling(temperature=0.4, top_p=0.8),
        Sampling(min_p=0.1, repetition_penalty=1.8),
        Sampling(temperature=2.0, top_k=40, top_p=0.95, min_p=0.02, repetition_penalty=1.2),
    ],
)
def test_the_browser_samples_as_python_does(how: Sampling) -> None:
    """After every step the same tokens are left, with the same probabilities; equal logits included."""
    rng = np.random.default_rng(7)
    logits, written = (3 * rng.standard_normal(300)).round(1), [3, 3, 17, 250]
    found = ask(
        SCRIPT,
        f"{list(STEPS)}.map((step) => process(Float64Array.from(given.logits), given.how, given.written).stages[step])"
        ".map(({ after }) => [...after].map((logit) => Math.exp(logit)))",
        {"logits": logits.tolist(), "how": how.to_json(), "written": written},
    )
    for step, powers in zip(STEPS, found, strict=True):
        expected = np.exp(dict(sampling.stages(logits, how, written))[step])
        np.testing.assert_allclose(powers, expected, rtol=1e-9, err_msg=step)


def test_the_likeliest_come_first_and_the_entropy_is_in_bits() -> None:
    """Bars are sorted; between equals the model's own probability decides, then the token; ln becomes log2."""
    chances, model = [0.25, 0.0, 0.5, 0.25, 0.0], [0.1, 0.2, 0.3, 0.3, 0.1]
    given = {"chances": chances, "model": model}
    array = "Float64Array.from(given.{})".format
    order = ask(SCRIPT, f"likeliest({array('chances')}, 4, {array('model')})", given)
    assert order == [2, 3, 0, 1]
    assert ask(SCRIPT, f"entropy({array('chances')})", given) == pytest.approx(sampling.entropy(np.array(chances)))
