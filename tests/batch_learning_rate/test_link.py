"""What the page writes into its address, it reads again; nonsense is nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from components.batch_learning_rate.link import read_changes, read_pin, write_changes, write_pin
from components.batch_learning_rate.sweep import Grid, read_grid
from core.batch_learning_rate.settings import RateSettings, budget


@given(st.text(max_size=60))
def test_any_text_of_a_link_is_read_or_refused(text: str) -> None:
    """Changes, pins and grids of a link: nonsense is no change, no pin, no grid; never an error."""
    assert isinstance(read_changes(text), tuple)
    for read in (read_pin, read_grid):
        read(text)


def test_links_come_back_as_they_were_written() -> None:
    """What the page writes into the address, it reads again."""
    assert read_changes(write_changes(((3, 0.05), (9, 1e-5)))) == ((3, 0.05), (9, 1e-5))
    pinned = RateSettings(learning_rate=0.3, batch_size=256, seed=2, schedule="cosine", updates=budget(256))
    assert read_pin(write_pin(pinned)) == pinned
    assert read_pin(write_pin(None)) is None
    grid = Grid("adam", (0.001, 0.01), (64, 256), 2)
    assert read_grid(str(grid)) == grid
