"""Settings from a link, a file or a test: built or refused by name."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as example_settings
from hypothesis import strategies as st

from core.tasks.digits.settings import DigitsSettings
from core.training.settings import SettingsError


@pytest.mark.parametrize(
    ("field", "value"),
    [("learning_rate", float("nan")), ("learning_rate", -1), ("epochs", 10**9), ("epochs", 2.5), ("examples", 0),
     ("seed", True), ("model", "../../etc"), ("batch_size", "128"), ("dropout", 1.0)],
)  # fmt: skip
def test_absurd_settings_are_refused_by_name(field: str, value: Any) -> None:
    """No absurd value reaches a worker, and the error names the setting."""
    with pytest.raises(SettingsError) as caught:
        DigitsSettings(**{field: value})
    assert caught.value.name == field


@given(st.dictionaries(st.text(max_size=12), st.one_of(st.none(), st.floats(), st.text(max_size=5)), max_size=4))
@example_settings(max_examples=60, deadline=None)
def test_hostile_json_is_a_settings_error(values: dict[str, object]) -> None:
    """Whatever a link or a file holds, settings are built or refused; nothing else is raised."""
    with suppress(SettingsError):
        DigitsSettings.from_json(values)
