"""A calendar for a model, which knows no date later than its training: today, weekdays, days between two dates."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}
MOST_DAYS = 1_000_000
_TODAY = {"", "today", "now", "aujourd'hui", "aujourd’hui", "maintenant"}
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})$")


class DateError(ValueError):
    """What is no date; the message says so in words for a model: English, short."""


def weekday(day: date, language: str) -> str:
    """Return the name of a day of the week."""
    return WEEKDAYS[language][day.weekday()]


def read(text: str, today: date) -> date:
    """Return a date: `2026-11-28`, `28/11/2026` as French writes it, or `today`.

    Raises:
        DateError: it is none.
    """
    plain = text.strip().lower()[:40]
    if plain in _TODAY:
        return today
    for pattern, order in ((_YEAR_FIRST, (0, 1, 2)), (_DAY_FIRST, (2, 1, 0))):
        if found := pattern.match(plain.upper() if pattern is _YEAR_FIRST else plain):
            numbers = [int(number) for number in found.groups()]
            try:
                return date(*(numbers[at] for at in order))
            except ValueError:
                break
    raise DateError(f"no date: {text[:40]!r}; write 2026-11-28 or today")


def about(day: date, today: date, language: str) -> dict[str, object]:
    """Return what there is to say of a date: its weekday, and how far from today it is."""
    return {"date": day.isoformat(), "weekday": weekday(day, language), "days_from_today": (day - today).days}


def between(first: date, second: date) -> dict[str, object]:
    """Return how many days lie between two dates, and whole weeks and the rest; negative if the second is earlier."""
    days = (second - first).days
    return {"from": first.isoformat(), "to": second.isoformat(), "days": days, "weeks": abs(days) // 7,
            "and_days": abs(days) % 7}  # fmt: skip


def later(day: date, days: int) -> date:
    """Return a date so many days later, or earlier.

    Raises:
        DateError: beyond the calendar, years 1 to 9999.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise DateError("beyond the years 1 to 9999") from None


def answer(given: dict[str, object], today: date, language: str) -> dict[str, object]:
    """Return what the calendar says to a model's arguments: `date`, `other_date`, `add_days`, all optional.

    Raises:
        DateError: a date that is none.
    """
    day = read(str(given.get("date", "today")), today)
    if isinstance(added := given.get("add_days"), int):
        day = later(day, added)
    found: dict[str, object] = {"today": today.isoformat(), **about(day, today, language)}
    if "other_date" in given:
        found |= between(day, read(str(given["other_date"]), today))
    return found


Today = Callable[[], date]
"""Who knows the day: the caller, so that a test and a recorded page have their own."""
