"""The numbers that the glossary gives, read from its sentences: what is said and what is computed cannot part."""

from __future__ import annotations

import re

from tests.claims.__main__ import LANGUAGES, sentences

NUMBER = {
    "fr": re.compile(r"(?<![\w-])(−?)(\d{1,3}(?:[\u00a0\u202f]\d{3})+|\d+)(?:,(\d+))?"),
    "en": re.compile(r"(?<![\w-])(−?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?"),
}


class Told(float):
    """A number of a sentence.

    Attributes:
        places: how many decimals are written.
    """

    places: int

    def rounds(self, value: float) -> bool:
        """Whether this is what a value rounds to, with the decimals that are written."""
        return bool(abs(value - self) <= 0.5 * 10**-self.places + 1e-9)


def told(claim: str) -> list[Told]:
    """Return the numbers in the sentences of a claim, in the order of the French; the English gives the same ones."""
    found = [
        [number for sentence in sentences("glossary", language) if ("claim", claim) in sentence.notes
         for number in numbers(sentence.text, language)]
        for language in LANGUAGES
    ]  # fmt: skip
    assert sorted(found[0]) == sorted(found[1]), claim
    return found[0]


def numbers(text: str, language: str) -> list[Told]:
    """Return the numbers written in a text with digits; the 2 of GPT-2 is none."""
    found = []
    for sign, whole, decimals in NUMBER[language].findall(text):
        number = Told(f"{'-' if sign else ''}{re.sub(r'[^0-9]', '', whole)}.{decimals or 0}")
        number.places = len(decimals)
        found.append(number)
    return found
