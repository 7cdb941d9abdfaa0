"""The page on the project through the router: addresses, hostile links, its parts."""

from __future__ import annotations

import pytest

from tests.helpers import open_page

PARTS = ("notebook", "faults", "tracking", "canvas")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_part_opens(language: str) -> None:
    """Every part is shown by its address, in both languages, without an exception."""
    for part in PARTS:
        app = open_page("project", lang=language, pj_part=part, opened="1")
        assert not app.exception, app.exception[0].value
        assert not app.error
