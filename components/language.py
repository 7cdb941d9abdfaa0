"""The page's language: short strings from the gettext catalog, numbers as the language writes them."""

from __future__ import annotations

import math
from functools import lru_cache

import streamlit as st

from core.files import ASSETS
from core.once import once

LANGUAGES = {"fr": "Français", "en": "English"}
LOCALE = ASSETS / "locale"


def current() -> str:
    """Return "fr" or "en": the URL's, else the session's, else English if the browser asks for it, else French."""
    asked = st.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    kept: str = st.session_state.get("language", "")
    if kept in LANGUAGES:
        return kept
    return of_browser()


def of_browser() -> str:
    """Return "en" if the browser asks for English, else "fr"."""
    return "en" if (st.context.locale or "").lower().startswith("en") else "fr"


def _(message: str, **values: object) -> str:
    """Return a short string in the page's language; `{name}` in it is replaced by values."""
    text = catalog(current()).get(message, message)
    return text.format(**values) if values else text


@once(4)
def catalog(language: str) -> dict[str, str]:
    """Return the catalog of a language: English message to translation. English needs none."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return {}
    from babel.messages.pofile import read_po

    with path.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id and message.string}


def number(value: float, digits: int = 4) -> str:
    """Write a number in the page's language, with at most so many significant digits: 0,0344 or 54 000."""
    return write_number(value, digits, current())


@lru_cache(maxsize=4096)
def write_number(value: float, digits: int, language: str) -> str:
    """Write a number in a language, with at most so many significant digits, integers in full.

    Very small and very large numbers are written as powers of ten; infinity and not-a-number by their names.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    from babel.numbers import format_decimal

    if value == 0 or (float(value).is_integer() and abs(value) < 1e9):
        return str(format_decimal(int(value), locale=language))
    exponent = math.floor(math.log10(abs(value)))
    if not -4 <= exponent < 9:
        mantissa = format_decimal(round(value / 10**exponent, digits - 1), locale=language)
        return f"{mantissa} × 10{str(exponent).translate(_SUPERSCRIPT)}"
    decimals = max(0, digits - 1 - exponent)
    return str(format_decimal(round(value, decimals), format="#,##0." + "#" * decimals, locale=language))


_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def percent(share: float, decimals: int = 1) -> str:
    """Write a share between 0 and 1 as a percentage of the page's language: 98,8 %."""
    if math.isnan(share):
        return "NaN"
    from babel.numbers import format_percent

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "") + ("\u00a0%" if current() == "fr" else "%")
    return str(format_percent(share, format=pattern, locale=current()))


def duration(seconds: float) -> str:
    """Write a duration: 0,4 s, 12 s, 3 min 05 s."""
    if seconds < 10:
        return f"{number(round(seconds, 1))}\u00a0s"
    if seconds < 60:
        return f"{round(seconds)}\u00a0s"
    return f"{int(seconds // 60)}\u00a0min {int(seconds % 60):02d}\u00a0s"
