"""The window: what must stay stays, the oldest fall, and what is kept begins with a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.window import fit, summary

ROLES = {"s": "system", "u": "user", "a": "assistant", "t": "tool"}


def messages(roles: str) -> list[dict[str, str]]:
    return [{"role": ROLES[role], "content": f"message {at}"} for at, role in enumerate(roles)]


@pytest.mark.parametrize(
    ("roles", "counts", "window", "reserve", "kept"),
    [
        ("suaua", [5, 10, 10, 10, 10], 100, 20, (0, 1, 2, 3, 4)),
        ("suauau", [5, 10, 10, 10, 10, 10], 50, 10, (0, 3, 4, 5)),
        ("suauau", [5, 10, 10, 10, 10, 10], 44, 10, (0, 5)),
        ("uauau", [10, 10, 10, 10, 10], 25, 0, (4,)),
        ("suauat", [5, 10, 10, 10, 10, 10], 40, 0, (0, 3, 4, 5)),
        ("su", [50, 60], 100, 0, (0, 1)),
        ("a", [5], 100, 0, ()),
        ("", [], 100, 0, ()),
    ],
)
def test_the_oldest_fall_first(roles: str, counts: list[int], window: int, reserve: int, kept: tuple[int, ...]) -> None:
    """System and last question stay, even if too long; pairs fall whole; a tool's answer stays with its question."""
    found = fit(messages(roles), counts, window, reserve)
    assert found.kept == kept
    assert found.used == sum(counts[at] for at in kept)
    assert found.fits == (found.used < window)


@given(
    st.lists(st.tuples(st.sampled_from("suaut"), st.integers(0, 50)), max_size=14),
    st.integers(0, 300),
    st.integers(0, 60),
)
def test_what_is_kept_fits_and_is_the_most(told: list[tuple[str, int]], window: int, reserve: int) -> None:
    """Nothing is in both lists; what is kept fits, or is only what must stay; a longer window keeps more."""
    roles, counts = "".join(role for role, _count in told), [count for _role, count in told]
    found = fit(messages(roles), counts, window, reserve)
    assert sorted(found.kept + found.fallen) == list(range(len(told)))
    last = roles.rfind("u") if "u" in roles else len(roles)
    must = {at for at, role in enumerate(roles) if role == "s" or at >= last}
    assert must <= set(found.kept)
    assert found.used <= window - reserve or set(found.kept) == must
    spoken = [roles[at] for at in found.kept if roles[at] != "s"]
    assert not spoken or spoken[0] == "u"
    assert set(found.kept) <= set(fit(messages(roles), counts, window + 50, reserve).kept)


def test_what_fell_is_said_in_a_line() -> None:
    """How many, and how the first began; nothing where nothing fell."""

    def counted(one: str, many: str, count: int, **values: object) -> str:
        return (one if count == 1 else many).format(count=count, **values)

    told = messages("uauau")
    assert summary(told, fit(told, [10] * 5, 15), counted).startswith("4 messages have fallen")
    assert "“message 0”" in summary(told, fit(told, [10] * 5, 15), counted)
    assert summary(told, fit(told, [10] * 5, 99), counted) == ""
    for counts, window in (([1], 10), ([1] * 5, -1), ([-1] * 5, 10)):
        with pytest.raises(ValueError, match="messages"):
            fit(told, counts, window)
