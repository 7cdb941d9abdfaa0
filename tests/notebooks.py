"""Code tabs as students meet them: their notebooks run in a real kernel, their words in the page's language."""

from __future__ import annotations

import ast
import asyncio
import io
import os
import pickle
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from components.language import LANGUAGES, catalog
from core.notebooks import DataFile, Translate, notebook
from core.once import once

SAME_EVERYWHERE = {"top", "min", "batch", "pip", "install"}
"""Words of comments that French has too."""

WITHOUT_KERAS = """import os, sys
os.environ.pop("KERAS_BACKEND", None)
for name in [name for name in sys.modules if name.split(".")[0] == "keras"]: del sys.modules[name]
del os, sys
"""


def put_beside(folder: Path, files: Sequence[DataFile]) -> None:
    """Download the files that shown code reads into a folder."""
    for file in files:
        (folder / file.name).write_bytes(file.read())


def run_downloads(
    folder: Path,
    given: Callable[[Translate], tuple[str, Sequence[DataFile]]],
    *wanted: str,
    languages: Iterable[str] = LANGUAGES,
    fresh: bool = False,
    keras: bool = False,
) -> dict[str, dict[str, Any]]:
    """Download the notebook of a page in each language, and run it beside what its first words ask for.

    Args:
        folder: where it runs.
        given: from a language to the shown code and its files, as the page gives them to its code tab.
        wanted: expressions whose values are asked for after the last cell.
        languages: of the page.
        fresh: as for `run_notebooks`.
        keras: as for `run_notebooks`.

    Returns:
        what `run_notebooks` does, by language.
    """
    downloaded = {}
    for language in languages:
        translate = catalog(language).gettext
        source, files = given(translate)
        downloaded[language] = notebook("Page", source, files, translate)
        put_beside(folder, [file for file in files if not file.text])
    return run_notebooks(folder, downloaded, *wanted, fresh=fresh, keras=keras)


def run_notebooks(
    folder: Path,
    notebooks: Mapping[str, bytes],
    *wanted: str,
    fresh: bool = False,
    keras: bool = False,
    variables: Mapping[str, str] | None = None,
) -> dict[str, dict[str, Any]]:
    """Run every cell of notebooks, in order, in one kernel that forgets all names before each of them.

    Args:
        folder: where they run.
        notebooks: by the names that their files get.
        wanted: expressions whose values are asked for after the last cell.
        fresh: in a kernel of their own, which has read nothing yet, as a student's does; else in the one that this
            process keeps, where reading torch, most of such a test, is done once.
        keras: each of them finds Keras unread, and no backend told, as in a fresh kernel.
        variables: of the environment of a fresh kernel; this process's own otherwise.

    Returns:
        for each: the wanted expressions with their values, and under "printed" what its cells printed.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell failed.
    """
    pages = {name: nbformat.reads(data.decode(), as_version=4) for name, data in notebooks.items()}
    cells = []
    for name, page in pages.items():
        nbformat.validate(page)
        for cell in page.cells:
            cell.id = f"{name}-{cell.id}"  # one notebook holds them all here
        values = ", ".join(f"{expression!r}: {expression}" for expression in wanted)
        file = str(folder / f"{name}.pickle")
        asked = f"__import__('pathlib').Path({file!r}).write_bytes(__import__('pickle').dumps({{{values}}}))"
        begun = f"%reset -f\n%cd -q {folder}" + (f"\n{WITHOUT_KERAS}" if keras else "")
        cells += [nbformat.v4.new_code_cell(begun), *page.cells, nbformat.v4.new_code_cell(asked)]
    _thread().submit(_execute, nbformat.v4.new_notebook(cells=cells), folder, fresh, variables).result()
    return {
        name: pickle.loads((folder / f"{name}.pickle").read_bytes()) | {"printed": printed(page)}
        for name, page in pages.items()
    }


@once()
def _thread() -> ThreadPoolExecutor:
    """Return the thread that speaks with kernels: Playwright keeps the first one's event loop for itself."""
    return ThreadPoolExecutor(1)


@once()
def _kept() -> AsyncKernelManager:
    """Return the manager of the kernel that this process keeps; it is started by the first who needs it."""
    return AsyncKernelManager(kernel_name="python3")


def stop() -> None:
    """Stop the kernel that this process keeps, if one runs; the next notebook starts another."""
    manager = _kept()
    _kept.cache_clear()
    if manager.has_kernel:
        _thread().submit(asyncio.run, _shut_down(manager)).result()


async def _shut_down(manager: AsyncKernelManager) -> None:
    await manager.shutdown_kernel(now=True)


def _execute(book: nbformat.NotebookNode, folder: Path, fresh: bool, variables: Mapping[str, str] | None) -> None:
    student = {name: value for name, value in (variables or os.environ).items() if name != "KERAS_BACKEND"}
    where = {"resources": {"metadata": {"path": str(folder)}}}
    client = NotebookClient(book, timeout=240, kernel_name="python3", km=None if fresh else _kept(), **where)
    try:
        client.execute(env=student)
    finally:
        if not fresh and client.kc is not None:
            client.kc.stop_channels()


def printed(page: nbformat.NotebookNode) -> str:
    """Return what the code cells of a notebook printed; the cells that write its data apart."""
    outputs = [
        output
        for cell in page.cells
        if cell.cell_type == "code" and not cell.source.startswith("%")
        for output in cell.outputs
    ]
    return "".join(output.text for output in outputs if output.output_type == "stream" and output.name == "stdout")


def check_words(given: Callable[[Translate], Mapping[str, str]]) -> None:
    """Check that the words of every version are in the page's language, and that its program is the same in all.

    Args:
        given: from a language to the versions.
    """
    asked: set[str] = set()

    def mark(message: str) -> str:
        asked.add(message)
        return f"¤{message}"

    marked, french, english = given(mark), given(catalog("fr").gettext), given(catalog("en").gettext)
    for version, source in marked.items():
        assert not list(untranslated(source)), version
        assert program(french[version]) == program(english[version]) == program(source), version
    assert asked
    for message in asked:
        assert catalog("fr").gettext(message) != message


def untranslated(source: str) -> Iterator[str]:
    """Find the comments and printed words of shown code that bear no mark of the language they were asked for in."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and "¤" not in token.string and "pip install" not in token.string:
            words = set(re.findall(r"[^\W\d_]{2,}", token.string)) - SAME_EVERYWHERE
            if words:
                yield token.string
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
            text = "".join(part for part in parts if isinstance(part, str))
            if re.search(r"[^\W\d_]{2,}", text) and "¤" not in text:
                yield ast.unparse(node)


def program(source: str) -> str:
    """Return what code does, whatever its comments and its texts say; the values in a text count."""

    class Mute(ast.NodeTransformer):
        def visit_Constant(self, node: ast.Constant) -> ast.Constant:
            return ast.Constant("") if isinstance(node.value, str) else node

        def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
            return ast.JoinedStr([part for part in node.values if isinstance(part, ast.FormattedValue)])

    return ast.dump(Mute().visit(ast.parse(source)))
