"""The page's language: short strings from the gettext catalog; numbers, dates and sizes as the language writes them."""

from __future__ import annotations

import math
from datetime import date
from functools import lru_cache
from gettext import NullTranslations
from io import BytesIO

import streamlit as st

from core.files import ASSETS
from core.once import once

LANGUAGES = {"fr": "Français", "en": "English"}
LOCALE = ASSETS / "locale"


def current() -> str:
    """Return "fr" or "en". Asked for every string of a page, so it reads what `settle` has found."""
    kept: str = st.session_state.get("language", "")
    return kept if kept in LANGUAGES else of_browser()


def settle() -> None:
    """Find the language of a page: the URL's, else the session's, else English if the browser asks for it, else French.

    The router calls this before the first word of every run.
    """
    asked = st.query_params.get("lang", "")
    st.session_state["language"] = asked if asked in LANGUAGES else current()


def of_browser() -> str:
    """Return "en" if the browser asks for English, else "fr"."""
    return "en" if (st.context.locale or "").lower().startswith("en") else "fr"


def choose(language: str) -> None:
    """Speak a language from now on. Call it in a callback: the run after it speaks it from its first word.

    The address is written too, since `current` asks it first; the control takes it out again where the language is the
    browser's own.
    """
    st.session_state["language"] = language
    st.query_params["lang"] = language


def _(message: str, **values: object) -> str:
    """Return a short string in the page's language; `{name}` in it is replaced by values."""
    text = catalog(current()).gettext(message)
    return text.format(**values) if values else text


def _n(one: str, many: str, count: int, **values: object) -> str:
    """Return a counted message in the page's language, in the form that this count asks for.

    Args:
        one: the English message for one thing.
        many: the English message for several; French says "0 page" where English says "0 pages".
        count: how many; it also replaces `{count}`, written as the language writes numbers.
        values: what replaces other names in braces.
    """
    return catalog(current()).ngettext(one, many, count).format(count=number(count), **values)


@once(4)
def catalog(language: str) -> NullTranslations:
    """Return the catalog of a language: English message to translation, with its plural forms. English needs none."""
    path = LOCALE / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    found: NullTranslations = Translations(compiled)
    return found


def number(value: float, digits: int = 4) -> str:
    """Write a number in the page's language, with at most so many significant digits: 0,0344 or 54 000."""
    return write_number(value, digits, current())


@lru_cache(maxsize=4096)
def write_number(value: float, digits: int, language: str) -> str:
    """Write a number in a language, with at most so many significant digits, integers in full.

    Very small and very large numbers are written as powers of ten; infinity and not-a-number by their names. The minus
    sign is the true one, which no code reads.
    """
    if math.isnan(value):
        return "NaN"
    if value < 0:
        return f"−{write_number(-value, digits, language)}"
    if math.isinf(value):
        return "∞"
    from babel.numbers import format_decimal

    if value == 0 or (float(value).is_integer() and value < 1e9):
        return str(format_decimal(int(value), locale=language))
    exponent = math.floor(math.log10(value))
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
    return str(format_percent(share, format=pattern, locale=current())).replace("-", "−")


def duration(seconds: float) -> str:
    """Write a duration: 0,4 s, 12 s, 3 min 05 s."""
    if seconds < 10:
        return f"{number(round(seconds, 1))}\u00a0s"
    if seconds < 60:
        return f"{round(seconds)}\u00a0s"
    return f"{int(seconds // 60)}\u00a0min {int(seconds % 60):02d}\u00a0s"


def date_in_words(day: str) -> str:
    """Write an ISO date ("2026-11-23") in words: 23 novembre 2026, November 23, 2026. Anything else stays as it is."""
    from babel.dates import format_date

    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    words = str(format_date(found, format="long", locale=current()))
    return words.replace("1 ", "1ᵉʳ ", 1) if current() == "fr" and found.day == 1 else words


def data_size(count: float, digits: int = 3) -> str:
    """Write a number of bytes: 538 MB, in French 538 Mo."""
    unit = "o" if current() == "fr" else "B"
    units = [prefix + unit for prefix in ("", "k", "M", "G", "T", "P", "E", "Z")]
    power = min(int(math.log10(max(count, 1)) // 3), len(units) - 1)
    return f"{number(count / 1000**power, digits)}\u00a0{units[power]}"
