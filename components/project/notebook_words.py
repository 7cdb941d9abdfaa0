"""What the notebook says, in the page's language."""

from __future__ import annotations

from components.language import _
from components.language import number as written

MOST_ROWS = 2_000
"""As `core.notebook.file.MOST`; a test compares them."""


def words() -> dict[str, str]:
    """Return the words of the notebook; `%n` stands for a number, `%a` for another, `%o` for an address."""
    return {**_finding(), **_row(), **_chosen(), **_files(), **_where()}


def _finding() -> dict[str, str]:
    return {
        "source": _("Whose experiments"),
        "mine": _("My notebook"),
        "examples": _("Examples"),
        "theirs": _("A student’s file"),
        "search": _("Search"),
        "page": _("Page"),
        "everyPage": _("Every page"),
        "starred": _("Only those with a star"),
        "further": _("More filters"),
        "dates": _("Day"),
        "from": _("First day"),
        "until": _("Last day"),
        "range": _("Figure"),
        "figure": _("Figure"),
        "noFigure": _("any"),
        "least": _("At least"),
        "most": _("At most"),
        "shown": _("Experiments: {number} of {all}.", number="%n", all="%a"),
        "more": _("Show {number} more", number="%n"),
        "empty": _(
            "Your notebook is empty. It fills by itself: train a network, play a question or a preset, reach a "
            "mission, or leave a picture for ten seconds on settings of your own, on any page."
        ),
        "aboutExamples": _(
            "These are examples: runs that were recorded for the course, as its pages keep them. Choose the six of "
            "batch size and learning rate to compare them."
        ),
        "aboutTheirs": _(
            "The file of somebody else: it can be read, compared and reported; your own notebook stays as it is."
        ),
    }


def _row() -> dict[str, str]:
    return {
        "choose": _("Choose"),
        "star": _("Star"),
        "opening": _("as the page opens"),
        "gone": _("This course has no such page (any more)."),
        "before": _("Predicted before:"),
        "foreseen": _("it came so"),
        "surprised": _("it came otherwise"),
        "note": _("Note, in Markdown"),
        "write": _("Your note: what you expected, what you saw, what you conclude. **Bold**, *italics*, lists, links."),
        "open": _("Open the experiment"),
        "remove": _("Delete"),
        "undo": _("Undo"),
        "removed": _("Experiments deleted: {number}.", number="%n"),
    }


def _chosen() -> dict[str, str]:
    return {
        "chosen": _("Chosen: {number}", number="%n"),
        "see": _("See the comparison"),
        "report": _("Report:"),
        "html": _("HTML"),
        "markdown": "Markdown",
        "csv": "CSV",
        "notebook": _("Jupyter notebook"),
        "add": _("Add to my notebook"),
        "removeAll": _("Delete"),
        "every": _("Choose these {number}", number="%n"),
        "none": _("Choose none"),
    }


def _files() -> dict[str, str]:
    return {
        "save": _("Save my notebook as a file"),
        "bring": _("Add a file to my notebook"),
        "openFile": _("Open a student’s file"),
        "nothing": _("There is nothing to save yet."),
        "brought": _("Experiments added: {number}.", number="%n"),
        "dropped": _("Rows of the file that are no experiments, left out: {number}.", number="%n"),
        "large": _("This file is too large (more than 20 MB): it was not read, and nothing has changed."),
        "cut": _("This file is cut: its end is missing. Nothing has changed."),
        "foreign": _("This file is no notebook of this course: nothing has changed."),
        "course": _("This file is the notebook of another course: nothing has changed."),
        "version": _("This notebook is of another version than this course reads: nothing has changed."),
    }


def _where() -> dict[str, str]:
    return {
        "stays": _(
            "The notebook stays in this browser, and the server keeps nothing of it. It holds the last {number} "
            "experiments; a star or a note holds one longer.",
            number=written(MOST_ROWS),
        ),
        "full": _(
            "This browser’s storage is full: new experiments stay in this tab only. Save them as a file before you "
            "close it."
        ),
        "forbidden": _(
            "This browser forbids pages to keep anything: the experiments stay in this tab only. Save them as a file "
            "before you close it."
        ),
        "origin": _(
            "It belongs to this address, {origin}: at localhost, at this machine’s address and on the class’s server "
            "are three notebooks. The file is the bridge between them.",
            origin="%o",
        ),
    }
