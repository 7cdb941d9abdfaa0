"""The page on Keras and PyTorch through the router: every fault, every case, every kind of link."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from components.keras_pytorch.messages import reading
from core.keras_pytorch.cases import CASES
from core.keras_pytorch.presets import PRESETS, recorded
from core.keras_pytorch.settings import SUBJECTS, possible
from core.keras_pytorch.traces import error_of
from core.runs.store import RunStore
from tests.helpers import open_page


def opened(**query: str) -> AppTest:
    return open_page("keras_pytorch", **({"lang": "en"} | query))


def shown(app: AppTest) -> str:
    kinds = (app.markdown, app.info, app.warning, app.success, app.error, app.caption)
    return " ".join(str(part.value) for kind in kinds for part in kind)


def digits(**query: str) -> dict[str, str]:
    """Return the link of the course's training on digits."""
    course = {"subject": "digits", "updates": "2000", "batch_size": "64", "learning_rate": "0.001", "dropout": "0.2"}
    return {f"kp_{name}": value for name, value in (course | query).items()}


HOSTILE = ["nan", "-1", "1e999", "<script>", "'; drop", "999999999999", "no_reset-typo", "---", "wrong_view"]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_link_opens_the_page(value: str) -> None:
    """Nonsense in every parameter of the page at once: no exception, and the training is one that can run."""
    names = ["subject", "faults", "updates", "batch_size", "learning_rate", "dropout", "seed", "turn", "piece", "name",
             "case", "wish"]  # fmt: skip
    app = opened(**{f"kp_{name}": value for name in names})
    assert not app.exception, app.exception[0].value
    assert not app.error


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_recorded_fault_opens_at_once(subject: str) -> None:
    """Each single fault of either training is shown with where it comes from, and no button to run it."""
    for fault in possible(subject):
        query = digits(faults=fault) if subject == "digits" else {"kp_faults": fault}
        app = opened(**query)
        assert not app.exception
        assert "Recorded on" in shown(app)
        assert "kp-start" not in [button.key for button in app.button]


def test_presets_are_recorded_and_lit() -> None:
    """Each preset is one of the shipped runs, and its link lights it with its sentence."""
    assert set(PRESETS.values()) <= set(recorded().values())
    app = opened(**digits(faults="no_shuffle"))
    assert "All the 0s, then all the 1s" in shown(app)


def test_other_settings_wait_for_the_button() -> None:
    """A training that is not recorded shows its lines and the button that runs them; one too long says so."""
    app = opened(kp_seed="7", kp_updates="100")
    assert "kp-start" in [button.key for button in app.button]
    app = opened(kp_batch_size="4096")
    assert "updates must lie between 10 and 1,562" in shown(app)
    assert not app.exception


@pytest.mark.parametrize("number", range(1, len(CASES) + 1))
def test_every_case_opens(number: int) -> None:
    """A link to a case shows it without its switches and presets, and says what is to be done."""
    app = opened(kp_case=str(number))
    assert not app.exception
    assert "A single line does not do what it says." in shown(app)
    assert "kp-presets" not in " ".join(element.key or "" for element in app.get("pills"))


def test_every_message_of_python_is_read_word_by_word() -> None:
    """Each recorded error has words explained; put together, the pieces are the message."""
    store = RunStore(url="/nonexistent")
    runs = [store.find(settings) for settings in recorded().values()]
    failures = [failure for run in runs if run is not None and (failure := error_of(run.frames))]
    assert len(failures) == 3
    for failure in failures:
        pieces = reading(failure.words)
        assert "".join(text for text, _meaning in pieces) == failure.words
        assert sum(bool(meaning) for _text, meaning in pieces) >= 2
    assert reading("something else") == [["something else", ""]]


@pytest.mark.parametrize("wish", ["rate", "losses", "layer", "clip", "look"])
def test_every_wish_shows_both_codes(wish: str) -> None:
    """A link to a wish shows its code in PyTorch and in Keras, with a notebook of each."""
    app = opened(kp_wish=wish)
    code = " ".join(element.value for element in app.code)
    assert "loss.backward()" in code
    assert ".compile(" in code
    assert [button.key for button in app.button if button.key and button.key.startswith(f"kp-run-{wish}")] == [
        f"kp-run-{wish}-PyTorch",
        f"kp-run-{wish}-Keras",
    ]
