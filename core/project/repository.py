"""A repository to begin a project with, as a zip: what runs at once, on real data, with what the canvas says in it.

Its files stand in assets/repository, in each language, as they will stand on the student's disk.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile

import numpy as np

from core.files import ASSETS, ROOT
from core.notebooks import Translate
from core.once import once
from core.project import trackers
from core.project.canvas import Canvas, to_file
from core.project.canvas_markdown import markdown, plain
from core.tasks.digits import data as digits

SOURCE = ASSETS / "repository"
FILES = ("README.md", "baseline.py", "check_data.py", "data.py", "gitignore", "measure.py", "ruff.toml",
         "test_project.py", "tracking.py", "train.py")  # fmt: skip
COUNT = 1_200
"""Digits that are shipped: the first of MNIST's validation part, 0.2 MB."""
PACKAGES = {"numpy": "requirements.txt", "scikit-learn": "requirements.txt", "torch": "requirements.txt",
            "pytest": "requirements-dev.txt", "ruff": "requirements-dev.txt"}  # fmt: skip
"""What the repository needs, and which list of the course's says the version."""
_RENAMED = {"gitignore": ".gitignore"}
_TRACKER = 'TRACKER = ""'
_NOWHERE = (1980, 1, 1, 0, 0, 0)
"""The time of every file: two equal repositories are equal zips."""


def slug(name: str, default: str) -> str:
    """Return what a folder may be called for a project of this name: small letters, digits and hyphens."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].rstrip("-") or default


def repository(canvas: Canvas, tracker: str, language: str, base: str, _: Translate) -> bytes:
    """Return a repository as a zip with one folder.

    Args:
        canvas: whose name, question and measure it bears.
        tracker: one of `trackers.TRACKERS`, or "" for a table alone.
        language: of its texts and comments.
        base: the address of the course, which the links of the canvas begin with.
        _: says that language.
    """
    folder = slug(canvas.name, _("my-project"))
    files = {_RENAMED.get(name, name): (SOURCE / language / name).read_bytes() for name in FILES}
    files["README.md"] = _readme(files["README.md"].decode(), canvas, folder, tracker, _).encode()
    files["tracking.py"] = files["tracking.py"].replace(_TRACKER.encode(), f'TRACKER = "{tracker}"'.encode(), 1)
    files["requirements.txt"] = requirements(tracker).encode()
    files["CANVAS.md"] = markdown(canvas, base, _).encode()
    files["canvas.json"] = to_file(canvas)
    files["data/digits.npz"] = some_digits()
    files["data/SOURCE.md"] = _source(_).encode()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(f"{folder}/{name}", _NOWHERE), content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def requirements(tracker: str) -> str:
    """Return what pip is to install for the repository, in the versions that the course is tested with."""
    wanted = [f"{name}=={_version(name, file)}" for name, file in PACKAGES.items()]
    return "\n".join([*wanted, *(trackers.pinned(tracker).split() if tracker else ())]) + "\n"


@once()
def some_digits() -> bytes:
    """Return a few handwritten digits as an .npz: `images` (n, 28, 28), 0 to 255, and `labels` (n,)."""
    images, labels = digits.load("validation")
    packed = io.BytesIO()
    np.savez_compressed(packed, images=images[:COUNT], labels=labels[:COUNT])
    return packed.getvalue()


def _readme(text: str, canvas: Canvas, folder: str, tracker: str, _: Translate) -> str:
    tracked = {
        "wandb": _(", and tells wandb where that is installed, in the folder `wandb/`"),
        "mlflow": _(", and tells MLflow where that is installed, in the file `mlflow.db`"),
    }
    to_say = _("(to be written: see CANVAS.md)")
    values = {
        "name": plain(canvas.name.replace("\n", " ")) or _("My project"),
        "question": plain(canvas.question) or to_say,
        "measure": plain(canvas.measure) or to_say,
        "count": str(COUNT),
        "tracked": tracked.get(tracker, ""),
        "slug": folder,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: values[found[1]], text)


def _source(_: Translate) -> str:
    said = _("{count} digits of MNIST (LeCun, Cortes and Burges, CC BY-SA 3.0), from its example 54,000 on.")
    return f"{said.format(count=COUNT)}\n"


@once(len(PACKAGES))
def _version(name: str, file: str) -> str:
    found = re.search(rf"^{re.escape(name)}==(\S+)", (ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert found is not None, f"{file} pins no {name}"
    return found[1]
