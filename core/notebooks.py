"""A Jupyter notebook of the code that a page shows, ready to run as it is."""

from __future__ import annotations

from collections.abc import Sequence


def notebook(title: str, words: str, cells: Sequence[str]) -> bytes:
    """Return a notebook (.ipynb, format 4): a title with some words, then one code cell per item.

    Args:
        title: first heading.
        words: Markdown under the title.
        cells: Python source of each code cell.
    """
    from nbformat import v4, writes

    page = v4.new_notebook(
        cells=[v4.new_markdown_cell(f"# {title}\n\n{words}"), *(v4.new_code_cell(cell.strip()) for cell in cells)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    for number, cell in enumerate(page.cells):
        cell["id"] = f"cell-{number}"  # random ids would make two equal notebooks differ
    text: str = writes(page)
    return text.encode()


def split_cells(source: str) -> list[str]:
    """Cut source code into cells at the lines that begin with `# %%`."""
    cells = [cell.strip() for cell in ("\n" + source).split("\n# %%")]
    return [cell for cell in cells if cell]
