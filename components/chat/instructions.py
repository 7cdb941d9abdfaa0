"""What a ready document's passages are introduced with: words in the document's own language, not in the page's."""

from __future__ import annotations

from collections.abc import Callable

from components.language import catalog


def in_language(language: str) -> Callable[..., str]:
    """Return what says a message in this language: "fr", "en"."""

    def said(message: str, **values: object) -> str:
        text = catalog(language).gettext(message)
        return text.format(**values) if values else text

    return said
