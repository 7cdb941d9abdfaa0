"""The browser's toolbox: numbers as Babel writes them, arrays and softmax as NumPy has them."""

from __future__ import annotations

import re

import numpy as np
import pytest
from babel.numbers import format_decimal, format_percent

from components.in_browser import COMPONENTS
from core.files import base64_of, from_base64
from tests.node import ask

TOOLBOX = COMPONENTS / "in_browser"
NUMBERS = [0, 1, -1, 3.14159, -2.5, 1234.6, 54_000, -1_234_567.891, 0.05, 0.999, 1e-3]


def plain(text: str) -> str:
    """Make all spaces one kind, and the minus sign the true one: there libraries differ by version."""
    return re.sub(r"\s", " ", text).replace("-", "−")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_numbers_are_written_as_babel_writes_them(lang: str) -> None:
    """Decimals, groups and percent signs are those of the language."""
    written = ask(
        TOOLBOX / "base.js",
        f"given.map((n) => [writeNumber(n, '{lang}'), writePercent(n, '{lang}'), writeShort(n, '{lang}', 4)])",
        NUMBERS,
    )
    for number, (decimals, percent, short) in zip(NUMBERS, written, strict=True):
        assert plain(decimals) == plain(format_decimal(number, "#,##0.00", locale=lang))
        spaced = "#,##0.0 %" if lang == "fr" else "#,##0.0%"
        assert plain(percent) == plain(format_percent(number, spaced, locale=lang))
        assert plain(short) == plain(format_decimal(float(f"{number:.4g}"), "#,##0.######", locale=lang))


def test_what_rounds_to_zero_has_no_sign_and_what_is_endless_has_a_name() -> None:
    """−0.001 is 0.00 at two decimals; infinities and not-a-number are written, not thrown."""
    expression = "[-0.001, -0, Infinity, -Infinity, NaN].map((n) => writeNumber(n, 'en'))"
    assert ask(TOOLBOX / "base.js", expression) == ["0.00", "0.00", "∞", "−∞", "NaN"]
    assert ask(TOOLBOX / "base.js", "[writePercent(NaN, 'en'), writeShort(-Infinity, 'en')]") == ["NaN", "−∞"]


def test_large_numbers_keep_their_digits_and_are_said_as_people_say_them() -> None:
    """Past what a double holds every digit is written; in short they have a word, and bytes their unit; times too."""
    counts = [str(count) for count in (14_007, 124_439_808, 174_604_259_328, 120_006_428_300_000, 2**63 + 1)]
    asked = """[given.map((text) => writeWhole(BigInt(text), "LANG")), given.map((text) => writeCompact(BigInt(text),
        "LANG")), given.map((text) => writeBytes(BigInt(text), "LANG")), [3.2e-6, 0.0417, 12.34].map((seconds) =>
        writeTime(seconds, "LANG"))]"""
    expected = {
        "fr": [
            ["14 k", "124 M", "175 Md", "120 000 Md"],
            ["14 ko", "124 Mo", "175 Go", "120 To"],
            ["3,2 µs", "42 ms", "12 s"],
        ],
        "en": [["14K", "124M", "175B", "120T"], ["14 kB", "124 MB", "175 GB", "120 TB"], ["3.2 µs", "42 ms", "12 s"]],
    }
    for lang, (short, sizes, times) in expected.items():
        told = ask(TOOLBOX / "base.js", asked.replace("LANG", lang), counts)
        assert [re.sub(r"\D", "", text) for text in told[0]] == counts
        assert [[plain(text) for text in each] for each in told[1:]] == [
            [*short, plain(told[1][-1])], [*sizes, plain(told[2][-1])], times,
        ]  # fmt: skip


def test_arrays_arrive_as_they_were_sent() -> None:
    """Bytes and float32 of Python are the browser's, number for number, also from a view that skips some."""
    rng = np.random.default_rng(0)
    floats, some = (
        rng.standard_normal(1000).astype(np.float32),
        rng.integers(0, 256, (40, 40)).astype(np.uint8)[::2, ::3],
    )
    given = {"floats": base64_of(floats), "bytes": base64_of(some), "big": base64_of(floats.astype(">f4"))}
    arrived = ask(TOOLBOX / "arrays.js", "[floatsOf(given.floats), bytesOf(given.bytes)].map((a) => [...a])", given)
    assert arrived == [floats.tolist(), some.ravel().tolist()]
    assert given["big"] == given["floats"]
    np.testing.assert_array_equal(from_base64(given["floats"]), floats)


def test_softmax_is_numpys_and_overflows_nowhere() -> None:
    """Scores of any size become the same probabilities as in double precision; minus infinity becomes zero."""
    scores = [0.5, -1.0, 800.0, 799.0, -1e30]
    shifted = np.exp(np.array(scores) - 800)
    expected = shifted / shifted.sum()
    np.testing.assert_allclose(ask(TOOLBOX / "arrays.js", "softmax(given)", scores), expected, rtol=1e-14)
    cut = ask(TOOLBOX / "arrays.js", "[...softmax(Float64Array.from([1, 1, -Infinity]))]")
    assert cut == [0.5, 0.5, 0.0]


def test_ink_is_black_on_paper_and_weights_have_the_colour_of_their_sign() -> None:
    """A digit's 255 is black; a weight at its limit is full blue or orange, zero is transparent."""
    inks = ask(TOOLBOX / "pixels.js", "[asInk(255), asInk(0), ...[2, -2, 0, 9].map(bySign(2))]")
    blue, orange = [0, 114, 178], [230, 159, 0]
    assert inks == [[0, 0, 0, 255], [255, 255, 255, 255], [*blue, 255], [*orange, 255], [*blue, 0], [*blue, 255]]
