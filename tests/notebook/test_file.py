"""The notebook's file: refused with its reason, here and in the browser; one that is too large is not read."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from components.in_browser import COMPONENTS
from components.project.notebook_words import MOST_ROWS
from core.notebook.file import LARGEST, MOST, RefusedFile, read, write
from tests.node import ask
from tests.notebook.rows import row

MODULE = COMPONENTS / "notebook" / "file.js"
WHOLE = write([row(1), row(2)])
FILES = {
    "cut": [WHOLE[:200], WHOLE[:-3], '{"format": "curseurs notebook", "course": "curseurs", "version": 1}'],
    "foreign": ["", "{", "[]", "null", "7", '{"version": 1, "last": "", "pages": {}}', "PK\x03\x04", "[" * 5_000],
    "course": [WHOLE.replace('"course": "curseurs"', '"course": "statistics"')],
    "version": [WHOLE.replace('"version": 1', '"version": 2', 1), WHOLE.replace('"version": 1', '"version": null', 1)],
}


@pytest.mark.parametrize("why", FILES)
def test_each_refusal_has_its_reason(why: str) -> None:
    """Cut, foreign, of another course, of another version: Python and the browser say the same of each."""
    for text in FILES[why]:
        with pytest.raises(RefusedFile) as refused:
            read(io.BytesIO(text.encode()))
        assert refused.value.why == why, text[:80]
    assert ask(
        MODULE, "Promise.all(given.map(async (text) => (await readFile(new Blob([text]))).why))", FILES[why]
    ) == [why] * len(FILES[why])


def test_a_file_comes_back_from_either_side() -> None:
    """What Python writes the browser reads, and the other way round; rows that are none are counted."""
    text = WHOLE.replace('"experiments": [', '"experiments": [7, {},')
    found = ask(MODULE, "readFile(new Blob([given])).then(({ rows, dropped }) => [rows, dropped, fileOf(rows)])", text)
    assert found[0] == [row(1).to_json(), row(2).to_json()]
    assert found[1] == 2
    for written in (text, found[2]):
        again = read(io.BytesIO(written.encode()))
        assert [each.to_json() for each in again.experiments] == found[0]
    assert read(io.BytesIO(text.encode())).dropped == 2


def test_fifty_megabytes_are_refused_before_they_are_read() -> None:
    """Python takes no more bytes than a notebook may have; the browser looks at the size alone."""

    class Endless(io.RawIOBase):
        taken = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            self.taken += len(buffer)
            buffer[:] = b" " * len(buffer)
            return len(buffer)

    endless = Endless()
    with pytest.raises(RefusedFile, match="large"):
        read(io.BufferedReader(endless))
    assert endless.taken <= LARGEST + 1_000_000
    touched = "(async () => { let read = 0; const file = { size: 5e7, text: () => { read += 1 } };"
    assert ask(MODULE, f"({touched} return [await readFile(file), read]; }})())") == [{"why": "large"}, 0]


def test_a_notebook_has_a_bound_that_both_know() -> None:
    """Rows beyond it are left out, and the page says the same number."""
    rows = [row(seed).to_json() for seed in range(1, MOST + 4)]
    text = json.dumps(json.loads(write([])) | {"experiments": rows})
    assert len(read(io.BytesIO(text.encode())).experiments) == MOST == MOST_ROWS
    asked = "readFile(new Blob([given])).then(({ rows, dropped }) => [MOST, rows.length, dropped])"
    assert ask(MODULE, asked, text) == [MOST, MOST, 3]
