"""What went wrong with a server, in the page's language."""

from __future__ import annotations

from components.language import _, duration
from core.chat.errors import ChatError, Kind


def sentence(error: ChatError) -> str:
    """Return why there is no answer, or only a part of one, and what one can do."""
    match error.kind:
        case Kind.TOO_MANY if error.retry_after is not None:
            return _("The server asks to wait {time}.", time=duration(error.retry_after))
        case Kind.REFUSED_ADDRESS if error.reason == "inner":
            return _("This address belongs to the inside of a network: it is not asked.")
        case Kind.BUSY if error.reason == "session":
            return _("You already have two answers being written: let one end.")
    return _plain()[error.kind]


def _plain() -> dict[Kind, str]:
    return {
        Kind.UNREACHABLE: _("The server does not answer: is it started, is the address right?"),
        Kind.REFUSED_ADDRESS: _("This address is not one that may be asked here."),
        Kind.REDIRECTED: _("The server points to another address; it is not followed. Enter that address yourself."),
        Kind.SLOW: _("The server took too long. What came of the answer is kept."),
        Kind.UNAUTHORISED: _("The server does not accept the key."),
        Kind.NOT_FOUND: _("The server does not know this model, or not this address."),
        Kind.TOO_MANY: _("Too many questions for the server: wait a little."),
        Kind.REJECTED: _("The server does not accept this question as it is set."),
        Kind.SERVER_ERROR: _("The server has a fault of its own: try again later."),
        Kind.NONSENSE: _("What the server answers is not what such a server answers."),
        Kind.CUT: _("The answer was cut off. What came of it is kept."),
        Kind.TOO_LONG: _(
            "This does not fit into the model’s window: shorten the question or the answer, or allow it more tokens."
        ),
        Kind.BAD_KEY: _("This cannot be a key: it holds an accent, a space or a control character."),
        Kind.OVER_BUDGET: _("The class has used up its questions to this server."),
        Kind.BUSY: _("Too many answers are being written: try again in a moment."),
    }
