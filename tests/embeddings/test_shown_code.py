"""The code tab of the letters, executed beside its list of words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.embeddings.shown_code import torch_source
from core.tasks.letters.settings import LettersSettings
from core.tasks.registry import frames
from tests.helpers import execute
from tests.small_runs import OWN_WORDS, SMALL_LETTERS


@pytest.mark.parametrize(
    "settings",
    [
        SMALL_LETTERS,
        replace(SMALL_LETTERS, optimizer="adam", learning_rate=0.01, context=2),
        replace(SMALL_LETTERS, start="course", seed=7),
        replace(SMALL_LETTERS, optimizer="momentum", step="constant", learning_rate=0.05),
        replace(SMALL_LETTERS, embedding=1, context=1),
    ],
)
@pytest.mark.usefixtures("notebook_folder")
def test_the_code_shown_gives_the_runs_numbers(settings: LettersSettings, capsys: pytest.CaptureFixture[str]) -> None:
    """The code tab, executed beside its list of words, ends at the run's validation loss and the run's letters."""
    names = execute(torch_source(settings))
    last = [frame for frame in frames(settings) if frame.measured][-1]
    assert names["validation_loss"] == pytest.approx(last.metrics["validation_loss"], abs=2e-5)
    np.testing.assert_allclose(names["C"].detach().numpy(), last.arrays["letters"].astype(np.float32), atol=4e-3)
    assert len(capsys.readouterr().out.splitlines()) == 12  # parameters, loss, ten words


def test_the_code_of_an_own_list_holds_the_words_and_runs() -> None:
    """Nothing to download: the student's words are in the code."""
    source = torch_source(replace(SMALL_LETTERS, corpus="own", words=OWN_WORDS))
    assert OWN_WORDS[0] in source
    assert execute(source)["validation_loss"]
