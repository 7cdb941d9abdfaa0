"""Messages as a page says them, without a page."""

from __future__ import annotations

from collections.abc import Callable

from components.language import catalog


def in_english(message: str, **values: object) -> str:
    return message.format(**values) if values else message


def in_french(message: str, **values: object) -> str:
    text = catalog("fr").gettext(message)
    return text.format(**values) if values else text


LANGUAGES: dict[str, Callable[..., str]] = {"en": in_english, "fr": in_french}
