"""What the part about fooling says, in the page's language."""

from __future__ import annotations

from collections.abc import Sequence

from components.language import _, number, percent
from core.files import ROOT
from core.transfer_learning import fool
from core.transfer_learning.missions import FOOL_AFTER, FOOL_PHOTOS, FOOL_SHARE, is_fooled

FILE = fool.FILE.relative_to(ROOT).as_posix()


def missing() -> str:
    """Say which file is missing, and what brings it back."""
    return _("The recorded head is missing: git checkout -- {file} brings it back.", file=FILE)


def labels(sign: int) -> dict[str, str]:
    """Return the words of the picture, for a photo of a sign."""
    return {
        "photo": _("A hand that shows {sign}, of somebody never seen", sign=number(sign)),
        "square": _("Grey square: drag it, or move it with the arrow keys; + and − change its size"),
        "where": _("%x % from the left, %y % from the top"),
        "size": _("Size of the square: %p of the photo"),
        "large": _("larger than {most}: it does not count", most=percent(FOOL_SHARE)),
        "lift": _("Take the square away"),
        "explain": _("What did it look at?"),
        "explaining": _("Hiding a piece, 81 times…"),
        "hide": _("Hide the map"),
        "fell": _("blue: hidden here, the network was less sure"),
        "rose": _("orange: surer"),
        "map": _("The photo, covered with blue where hiding a piece made the network less sure."),
        "reads": _("What the network reads"),
        "sign": _("Sign"),
        "previous": _("Previous photo"),
        "next": _("Next photo"),
        "start": _("Put the square on the hand"),
    }


def place_among(place: int, count: int) -> str:
    """Say which of the photos of a sign is shown."""
    return _("{place} of {all}", place=number(place), all=number(count))


def counted(fooled: int, is_this: bool) -> str:
    """Say how many photos were misread because of a square, and whether this one is among them."""
    said = _("Photos fooled: {fooled} of {wanted}.", fooled=number(fooled), wanted=number(FOOL_PHOTOS))
    this = _("This one counts already.")
    return f"{said} {this}" if is_this else said


def verdict(sign: int, before: Sequence[float], after: Sequence[float], share: float) -> str:
    """Say what the network reads, and what is missing for it to count.

    Args:
        sign: that the photo shows.
        before: probability of each sign, for the photo as it is.
        after: the same with the square; empty where there is none.
        share: of the photo that the square covers, 0 to 1.
    """
    if not after:
        return _("Without the square: “{sign}”, {sure}.", sign=number(sign), sure=percent(before[sign], 0))
    read = max(range(len(after)), key=after.__getitem__)
    told = {"sign": number(sign), "read": number(read), "sure": percent(after[read], 0)}
    if read == sign:
        return _("Not fooled: still “{sign}”, {sure}.", **told)
    if is_fooled(sign, before, after, share):
        return _("Fooled: this {sign} is read as “{read}”, {sure}.", **told)
    if share > FOOL_SHARE:
        return _(
            "Read as “{read}”, {sure}, but the square covers {share}: it counts up to {most}.",
            share=percent(share),
            most=percent(FOOL_SHARE),
            **told,
        )
    return _("Read as “{read}”, {sure} only: it counts from {least} on.", least=percent(FOOL_AFTER, 0), **told)
