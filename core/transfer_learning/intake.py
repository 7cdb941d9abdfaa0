"""Whatever a student hands in as a photo: a small square picture, or a reason that can be said. No torch here.

Files come from strangers, so their header is read first: what would fill the memory is refused before it is decoded.
"""

from __future__ import annotations

import io
import threading
import warnings
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.once import once

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 160
"""Pixels of a side of what the base looks at."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "PPM")
"""Read by Pillow itself. Left out: what starts another program (EPS), or is no photo."""
MOST_PIXELS = 64_000_000
"""Of one file: a photo of 50 megapixels is read, in 200 MB for a moment; a bomb is not."""
LEAST_SIDE = 16
"""Pixels: of less, nobody sees what it shows."""
REASONS = ("empty", "too_heavy", "not_a_photo", "too_many_pixels", "too_small", "damaged")
"""Why a file is refused, by its stable name; the page has the words."""

Photo = NDArray[np.uint8]
"""(SIDE, SIDE, 3), red, green and blue from 0 to 255."""

_ORIENTATION = 0x0112
_ONE_AT_A_TIME = threading.Semaphore(1)  # thirty students with 50 megapixels each would need 6 GB


class IntakeError(ValueError):
    """A file that is no photo for us.

    Attributes:
        reason: one of `REASONS`.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __reduce__(self) -> tuple[type[IntakeError], tuple[str]]:
        """Travel from a worker as it is."""
        return IntakeError, (self.reason,)


def photo_of(data: bytes, most_bytes: int = 20_000_000) -> Photo:
    """Return the centred square of a photo at 160 × 160, upright, in three colours, whatever the file holds.

    An animation gives its first picture; what can be seen through stands on white; 16 bits become eight.

    Args:
        data: a file's bytes.
        most_bytes: more are refused unread.

    Raises:
        IntakeError: it is none; its `reason` says why.
    """
    from PIL import Image, UnidentifiedImageError

    if not data:
        raise IntakeError("empty")
    if len(data) > most_bytes:
        raise IntakeError("too_heavy")
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow's doubts about strange files: the student gets a picture or a reason
        try:
            with Image.open(io.BytesIO(data), formats=_formats()) as image:
                _check_size(image)
                return _square(image)
        except IntakeError:
            raise
        except UnidentifiedImageError:
            raise IntakeError("not_a_photo") from None
        except Image.DecompressionBombError:
            raise IntakeError("too_many_pixels") from None
        except Exception:  # decoders raise whatever they like at a file that is cut, foreign or made up
            raise IntakeError("damaged") from None


@once()
def _formats() -> list[str]:
    """Return those that this machine's Pillow was built with."""
    from PIL import Image

    Image.init()
    return [name for name in FORMATS if name in Image.OPEN]


def _check_size(image: Image) -> None:
    """Refuse by the header alone what is too large to decode, or too small to see."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise IntakeError("too_many_pixels")
    if min(width, height) < LEAST_SIDE:
        raise IntakeError("too_small")


def _square(image: Image) -> Photo:
    from PIL import Image as images

    orientation = _orientation(image)
    scale = 2 * SIDE / min(image.size)
    if scale < 1:  # a JPEG can be decoded at a half, a quarter or an eighth: fast, and small in memory
        image.draft(None, (round(image.width * scale), round(image.height * scale)))
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    cut = _in_colours(image.crop((left, top, left + side, top + side)))
    small = cut.resize((SIDE, SIDE), images.Resampling.BICUBIC, reducing_gap=3.0)
    turns = {2: images.Transpose.FLIP_LEFT_RIGHT, 3: images.Transpose.ROTATE_180, 4: images.Transpose.FLIP_TOP_BOTTOM,
             5: images.Transpose.TRANSPOSE, 6: images.Transpose.ROTATE_270, 7: images.Transpose.TRANSVERSE,
             8: images.Transpose.ROTATE_90}  # fmt: skip
    if orientation in turns:
        small = small.transpose(turns[orientation])
    return np.asarray(small)


def _orientation(image: Image) -> int:
    """Return how the camera was held, as EXIF numbers it; 1, upright, where that cannot be read."""
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # EXIF that is damaged says nothing, and the photo is still one
        return 1


def _in_colours(image: Image) -> Image:
    """Return a picture in red, green and blue: sixteen bits scaled to eight, what can be seen through on white."""
    from PIL import Image as images

    if image.mode.startswith("I") or image.mode == "F":
        levels = np.asarray(image, np.float64)
        low, high = (0.0, 65_535.0) if image.mode != "F" and levels.min() >= 0 and levels.max() <= 65_535 else (
            float(np.nanmin(levels)), float(np.nanmax(levels)))  # fmt: skip
        scaled = (np.nan_to_num(levels) - low) * (255 / max(high - low, 1e-9))
        return images.fromarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        paper = images.new("RGBA", seen.size, "white")
        return images.alpha_composite(paper, seen).convert("RGB")
    return image.convert("RGB")


def encoded(photo: Photo, side: int = SIDE, quality: int = 90) -> bytes:
    """Return a photo as a WebP file, about 6 kB; smaller for a thumbnail."""
    from PIL import Image

    file = io.BytesIO()
    image = Image.fromarray(photo)
    (image if side == SIDE else image.resize((side, side))).save(file, "WEBP", quality=quality, method=2)
    return file.getvalue()
