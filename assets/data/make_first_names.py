"""Collect the French first names of the PyPI package Faker into first_names_fr.txt.

pip download --no-deps faker==40.54.0 && unzip -d faker faker-40.54.0-py3-none-any.whl
python assets/data/make_first_names.py faker
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

LOCALES = ("fr_FR", "fr_BE", "fr_CH", "fr_CA")
"""The French-speaking countries of Faker; names common to several are kept once."""


def main(folder: Path) -> None:
    """Write the names beside this script, lower case, one a line, sorted as code points."""
    sys.path.insert(0, str(folder))
    names: set[str] = set()
    for locale in LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_names"):
                names |= {name.strip().lower() for name in getattr(provider, attribute)}
    text = "\n".join(sorted(names)) + "\n"
    Path(__file__).with_name("first_names_fr.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
