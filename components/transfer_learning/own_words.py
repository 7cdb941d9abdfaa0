"""What the part about own classes says: labels, and what is wrong, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from components.language import _, _n, number, percent
from components.run_controls import why
from core import limits
from core.files import MODELS, ROOT
from core.transfer_learning import signs_head
from core.transfer_learning.collection import Collection, Problem
from core.transfer_learning.learned import BaseMissing

WEIGHTS = (MODELS / "efficientnet_lite0").relative_to(ROOT).as_posix()
HEAD = signs_head.FILE.relative_to(ROOT).as_posix()


def collecting() -> dict[str, str]:
    """Return the words of the classes' cards."""
    return {
        "name": _("Name of class {number}", number="%n"),
        "count": _("Photos: {held} of {most}", held="%n", most="%m"),
        "burst": _("Take 10 photos"),
        "getReady": _("Get ready…"),
        "reading": _("Reading…"),
        "files": _("Choose files"),
        "removePhoto": _("Remove photo {number} of “{name}”", number="%n", name="%s"),
        "removeClass": _("Remove the class “{name}”", name="%s"),
        "more": _("Add a class"),
        "ready": _("Use ready photos"),
        "forget": _("Forget all my photos"),
        "close": _("Close the camera"),
    }


def trying() -> dict[str, str]:
    """Return the words of what is tried."""
    return {
        "train": _("Train on these photos"),
        "stop": _("Stop"),
        "live": _("Try with the camera"),
        "close": _("Close the camera"),
        "file": _("Try a file"),
        "ready": _("Try a ready photo"),
        "explain": _("What did it look at?"),
        "explaining": _("Hiding a piece, 81 times…"),
        "reads": _("What the network reads"),
        "photo": _("The photo that is tried"),
        "map": _("The photo, covered with blue where hiding a piece made the network less sure."),
        "fell": _("blue: hidden here, the network was less sure"),
        "rose": _("orange: surer"),
        "results": _("Photos recognised"),
    }


def faults_of_camera() -> dict[str, str]:
    """Return why there is no camera, by the reason that the browser's code has found."""
    besides = " " + _("Files and ready photos work all the same.")
    return {
        "insecure": _("Browsers lend the camera over https, or to a page of this machine: this is neither.") + besides,
        "refused": _("The browser was told not to lend the camera: its address bar can undo that.") + besides,
        "none": _("No camera was found.") + besides,
        "taken": _("The camera is busy: another program may hold it.") + besides,
        "other": _("The camera does not start.") + besides,
    }  # fmt: skip


def refusals(refused: Mapping[str, int]) -> str:
    """Say which files were not taken, and why."""
    most = limits.current()
    said = []
    for reason, count in refused.items():
        match reason:
            case "empty":
                why_not = _n("{count} file is empty.", "{count} files are empty.", count)
            case "too_heavy":
                bound = number(most.upload_mb)
                why_not = _n("{count} file is heavier than {bound} MB.", "{count} files are heavier than {bound} MB.",
                             count, bound=bound)  # fmt: skip
            case "too_many_pixels":
                why_not = _n("{count} photo has too many pixels.", "{count} photos have too many pixels.", count)
            case "too_small":
                why_not = _n("{count} picture is too small to see anything.",
                             "{count} pictures are too small to see anything.", count)  # fmt: skip
            case "damaged":
                why_not = _n("{count} photo is damaged or cut off.", "{count} photos are damaged or cut off.", count)
            case "too_many":
                why_not = _n("{count} photo was left out: the class is full.",
                             "{count} photos were left out: the class is full.", count)  # fmt: skip
            case _:
                why_not = _n("{count} file is no photo that can be read here.",
                             "{count} files are no photos that can be read here.", count)  # fmt: skip
        said.append(why_not)
    return " ".join(said)


def problem(found: Problem | None) -> str:
    """Say why the classes cannot be learned; nothing where they can."""
    if found is None:
        return ""
    names = _listed(found.names)
    match found.reason:
        case "none":
            return _("No photo yet: take some, choose files, or use the ready ones.")
        case "one":
            return _("Only {names} has photos: a difference is learned between two classes at least.", names=names)
        case "empty":
            return _("Without a photo: {names}.", names=names)
    return _("Two classes are called {names}: give each its own name.", names=names)


def failure(error: BaseException) -> str:
    """Say why a worker did not answer."""
    if isinstance(error, BaseMissing):
        return _(
            "The weights of EfficientNet-Lite0 are missing: git checkout -- {folder} brings them back. The recorded "
            "curves of this page work without them.",
            folder=WEIGHTS,
        )
    return why(error)


def progress(own: Collection) -> tuple[str, float]:
    """Say what a worker does for these classes, and how far it is."""
    if not own.heard:
        return _("Waiting for a free worker"), 0.0
    what, share = own.heard[-1]
    if what == "features":
        return _("The frozen base looks at the photos"), 0.8 * share
    return _("The heads learn"), 0.8 + 0.2 * share


def result(own: Collection) -> dict[str, object] | None:
    """Return what was learned, for the page to draw; None before."""
    learned = own.learned
    if learned is None:
        return None
    rows = []
    for label, name in enumerate(own.names):
        right, tested = learned.tested(label)
        told = _("{right} of {tested}", right=number(right), tested=number(tested))
        rows.append(
            {"name": name, "share": right / tested if tested else None, "told": told if tested else _("not tested")}
        )
    accuracy = learned.accuracy
    if accuracy is None:
        said = _("Learned. With one photo a class, none can be put aside to test with.")
    else:
        said = _n(
            "Recognised: {share} of the photos that were put aside. For this {count} more head was trained, without "
            "some of the photos, and asked about those.",
            "Recognised: {share} of the photos that were put aside. For this {count} more heads were trained, each "
            "without some of the photos, and asked about those.",
            learned.heads,
            share=percent(accuracy, 0),
        )
    alike = _listed([own.names[label] for label in sorted(learned.alike)])
    flatters = _(
        "All photos of {names} come from one series: they look alike, and the number flatters. Take a second series "
        "elsewhere, and it will be tested apart.",
        names=alike,
    )
    return {"said": said, "rows": rows, "flatters": flatters if alike else "",
            "stale": _("Photos have changed since: train again.") if own.is_stale else ""}  # fmt: skip


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_("“{name}”", name=name) for name in names)


def place(down: float, across: float) -> str:
    """Say where on a photo something is, from its top left corner, both 0 to 1."""
    rows = ("above", "middle", "below")
    columns = ("left", "centre", "right")
    names = {
        ("above", "left"): _("at the top left"), ("above", "centre"): _("at the top"),
        ("above", "right"): _("at the top right"), ("middle", "left"): _("on the left"),
        ("middle", "centre"): _("in the centre"), ("middle", "right"): _("on the right"),
        ("below", "left"): _("at the bottom left"), ("below", "centre"): _("at the bottom"),
        ("below", "right"): _("at the bottom right"),
    }  # fmt: skip
    return names[rows[min(2, int(3 * down))], columns[min(2, int(3 * across))]]
