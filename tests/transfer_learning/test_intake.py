"""Whatever is handed in as a photo: a square, or a reason. Pillow's own transforms are the judges."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from core.transfer_learning.intake import LEAST_SIDE, MOST_PIXELS, REASONS, SIDE, IntakeError, encoded, photo_of

BLUE, WHITE = (20, 60, 200), (255, 255, 255)


def file_of(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    held = io.BytesIO()
    image.save(held, kind, **options)
    return held.getvalue()


def scene(width: int = 400, height: int = 300) -> Image.Image:
    """Return a picture whose four corners differ, so that no turn of it is like another."""
    across, down = np.meshgrid(np.linspace(0, 255, width), np.linspace(0, 255, height))
    return Image.fromarray(np.stack([across, down, np.full_like(across, 90)], 2).astype(np.uint8))


def png(width: int, height: int, colour: int, rows: bytes = b"", bits: int = 8) -> bytes:
    """Return a PNG written by hand: its header says what it likes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def reason(data: bytes, **options: int) -> str:
    with pytest.raises(IntakeError) as refused:
        photo_of(data, **options)
    assert refused.value.reason in REASONS
    return refused.value.reason


def expected(image: Image.Image) -> np.ndarray:
    return np.asarray(ImageOps.fit(image.convert("RGB"), (SIDE, SIDE), Image.Resampling.BICUBIC), np.float64)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_whichever_way_the_camera_was_held(orientation: int) -> None:
    """For each of EXIF's eight orientations, the square is that of Pillow's upright picture."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = file_of(scene(), "PNG", exif=exif)
    upright = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    assert np.abs(photo_of(data) - expected(upright)).max() <= 2


@pytest.mark.parametrize(
    "how", ["JPEG CMYK", "JPEG L", "PNG P", "PNG 1", "TIFF LAB", "WEBP RGB", "BMP RGB", "GIF P", "TIFF YCbCr"]
)
def test_every_kind_of_colours_becomes_red_green_and_blue(how: str) -> None:
    """Printers' colours, greys, palettes, two tones: what comes out is the scene as Pillow shows it in RGB."""
    kind, mode = how.split()
    image = Image.merge("LAB", scene().split()) if mode == "LAB" else scene().convert(mode)
    data = file_of(image, kind)
    shown = Image.open(io.BytesIO(data))
    found = photo_of(data)
    assert found.shape == (SIDE, SIDE, 3)
    assert found.dtype == np.uint8
    assert np.abs(found - expected(shown)).mean() < 3


def test_sixteen_bits_become_eight() -> None:
    """A grey ramp of 16 bits, in both formats that have them, is the same ramp in 8, and not cut at 255."""
    ramp = np.tile(np.linspace(0, 65_535, SIDE).astype(np.uint16), (SIDE, 1))
    for kind in ("PNG", "TIFF"):
        found = photo_of(file_of(Image.fromarray(ramp), kind))
        assert np.abs(found[..., 0] - ramp / 257).max() <= 1
    colours = np.stack([ramp, ramp[:, ::-1], ramp], 2).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in colours)
    found = photo_of(png(SIDE, SIDE, 2, rows, bits=16))
    assert np.abs(found - colours.astype(float) / 257).max() <= 1


def test_numbers_that_are_no_colours_are_stretched() -> None:
    """A TIFF of floats, such as a microscope's, is shown from its darkest to its brightest."""
    found = photo_of(
        file_of(Image.fromarray(np.linspace(-3, 7, SIDE * SIDE, dtype=np.float32).reshape(SIDE, SIDE)), "TIFF")
    )
    assert (found.min(), found.max()) == (0, 255)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_can_be_seen_through_stands_on_white(mode: str) -> None:
    """The transparent half is white whatever colour hides there; the other half is as it was."""
    image = Image.new("RGBA", (200, 200), (*BLUE, 255))
    image.paste((0, 0, 0, 0), (100, 0, 200, 200))
    found = photo_of(file_of(image.convert(mode) if mode != "P" else image.quantize(8)))
    assert found[80, 150].tolist() == list(WHITE)
    assert found[80, 10].max() < 255


def test_an_animation_gives_its_first_picture() -> None:
    """Of a moving GIF the first picture counts."""
    first, second = Image.new("RGB", (64, 64), BLUE), Image.new("RGB", (64, 64), "red")
    found = photo_of(file_of(first, "GIF", save_all=True, append_images=[second]))
    assert np.abs(found.mean((0, 1)) - BLUE).max() < 3


def test_fifty_megapixels_are_read() -> None:
    """A photo of the largest cameras gives the same square as a small print of it."""
    large = scene(330, 220).resize((8_660, 5_774), Image.Resampling.NEAREST)
    assert large.width * large.height > 50_000_000
    assert np.abs(photo_of(file_of(large, "JPEG")) - expected(scene(330, 220))).mean() < 2


def test_a_bomb_is_refused_by_its_header() -> None:
    """A header that announces more pixels than are decoded is enough to refuse: there are none behind it."""
    side = int(MOST_PIXELS**0.5) + 1
    assert reason(png(side, side, 2)) == "too_many_pixels"
    assert reason(png(60_000, 60_000, 2)) == "too_many_pixels"


def test_what_is_no_photo_has_its_reason() -> None:
    """Nothing, text with a photo's name, a cut photo, too much, too small: each is told apart."""
    photo = file_of(scene(), "JPEG")
    assert reason(b"") == "empty"
    assert reason("Ceci n’est pas une photo.\n".encode() * 40) == "not_a_photo"
    assert reason(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 200 200\n") == "not_a_photo"
    assert reason(photo[: len(photo) // 2]) == "damaged"
    assert reason(png(100, 100, 2)) == "damaged"
    assert reason(photo, most_bytes=len(photo) - 1) == "too_heavy"
    assert reason(file_of(Image.new("RGB", (1, 1)))) == "too_small"
    assert reason(file_of(Image.new("RGB", (30_000, LEAST_SIDE - 1)))) == "too_small"


def test_a_long_strip_gives_its_middle() -> None:
    """Only the centred square is looked at, however long the rest."""
    strip = Image.new("RGB", (20_000, LEAST_SIDE), "red")
    strip.paste(BLUE, (10_000 - LEAST_SIDE, 0, 10_000 + LEAST_SIDE, LEAST_SIDE))
    assert np.abs(photo_of(file_of(strip)).reshape(-1, 3) - BLUE).max() <= 2


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"]), st.data())
def test_damage_gives_a_photo_or_a_reason_and_nothing_else(kind: str, data: st.DataObject) -> None:
    """Bytes changed anywhere, or cut anywhere: a square comes out, or an IntakeError."""
    whole = bytearray(file_of(scene(40, 30), kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    with suppress(IntakeError):
        assert photo_of(cut).shape == (SIDE, SIDE, 3)


def test_what_is_kept_is_small_and_looks_the_same() -> None:
    """A kept photo weighs some kilobytes, and differs by a few levels."""
    photo = photo_of(file_of(scene()))
    data = encoded(photo)
    assert len(data) < 20_000
    assert np.abs(photo_of(data).astype(float) - photo).mean() < 3
