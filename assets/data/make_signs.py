"""Pack the photographs of the Sign Language Digits Dataset into `signs.safetensors`.

All of them, small, also go into one picture, `assets/img/signs.webp`: the page's map draws them from there.

    python -m assets.data.make_signs sign-language-digits.zip

The zip is the repository github.com/ardamavi/Sign-Language-Digits-Dataset: `Dataset/<sign>/IMG_<number>.JPG`. Each of
its pupils was photographed ten times in a row, sign after sign, so that the cameras' numbers tell who is who: a new
pupil begins where the sign falls by four or more from one number to the next. One photo that stands alone (4039, a
five) belongs to the pupil after it, whose five is missing.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image

from core.files import ASSETS, pack, sha256_of, write_whole
from core.tasks.signs.files import PHOTOS
from core.tasks.signs.photos import SIDE

QUALITY = 90
"""Of the WebP images; the JPEG files take five times as much."""
FALL = 4
SHEET = ASSETS / "img" / "signs.webp"
TILE, COLUMNS = 40, 46
"""Pixels of a small photo's sides, and how many stand in a row."""


def numbered(names: list[str]) -> list[tuple[int, int, str]]:
    """Return (number, sign, name in the zip) of each photo, in the order in which they were taken."""
    found = [re.search(r"Dataset/(\d)/IMG_(\d+)\.JPG$", name) for name in names]
    return sorted((int(match[2]), int(match[1]), match[0]) for match in found if match)


def people(signs: list[int]) -> list[int]:
    """Return which person each photo shows, from 0 on, given the signs in the order in which they were taken."""
    begins = [i == 0 or signs[i - 1] - sign >= FALL for i, sign in enumerate(signs)]
    alone = [begins[i] and i + 1 < len(signs) and begins[i + 1] for i in range(len(signs))]
    begins = [begin and not (i > 0 and alone[i - 1]) for i, begin in enumerate(begins)]
    return [int(person) for person in np.cumsum(begins) - 1]


def squeezed(data: bytes) -> bytes:
    """Return a photo as a small WebP image; three of them are larger than the others."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    if image.size != (SIDE, SIDE):
        image = image.resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def sheet(images: list[bytes]) -> bytes:
    """Return all photos, small, as one WebP picture."""
    whole = Image.new("RGB", (TILE * COLUMNS, TILE * -(-len(images) // COLUMNS)))
    for at, data in enumerate(images):
        small = Image.open(io.BytesIO(data)).resize((TILE, TILE), Image.Resampling.BOX)
        whole.paste(small, (TILE * (at % COLUMNS), TILE * (at // COLUMNS)))
    out = io.BytesIO()
    whole.save(out, "WEBP", quality=75, method=6)
    return out.getvalue()


def main(source: Path) -> None:
    """Write the photos, their signs and their people."""
    with zipfile.ZipFile(source) as archive:
        photos = numbered(archive.namelist())
        images = [squeezed(archive.read(name)) for _number, _sign, name in photos]
    signs = [sign for _number, sign, _name in photos]
    arrays: dict[str, np.ndarray] = {
        "images": np.frombuffer(b"".join(images), np.uint8),
        "ends": np.cumsum([len(image) for image in images]).astype(np.uint32),
        "signs": np.array(signs, np.uint8),
        "people": np.array(people(signs), np.uint8),
    }
    about = {
        "source": "https://github.com/ardamavi/Sign-Language-Digits-Dataset",
        "citation": "Mavi, A new dataset and proposed convolutional neural network architecture for classification of "
        "American Sign Language digits, arXiv:2011.08927, 2020",
        "licence": "Apache-2.0",
        "changes": f"100 x 100 pixels, WebP at quality {QUALITY}, people told apart by the numbers of their photos",
        "date": date.today().isoformat(),
        "sha256_of_zip": sha256_of(source),
    }
    write_whole(PHOTOS, pack(arrays, about))
    write_whole(SHEET, sheet(images))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
