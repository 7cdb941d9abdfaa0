"""What the hidden writers are called, once they are no longer hidden."""

from __future__ import annotations

from components.language import _, number
from core.arena.outside import Named, named
from core.arena.writers import WRITERS
from core.chat.servers import PRESETS
from core.language_models import catalogue

SERVERS = "servers"
"""The group of the writers that a student has set on the chat page."""


def group_names() -> dict[str, str]:
    """Return what each group writes."""
    return {
        "stories": _("Stories"),
        "instructions": _("To order"),
        "english": _("In English"),
        SERVERS: _("Your servers"),
    }


def writer_name(writer_id: str) -> str:
    """Return a writer's name with its temperature; one of another version of the course keeps its id."""
    if (outside := named(writer_id)) is not None:
        name = outside_name(outside)
        value = outside.temperature
        return name if value is None else _("{model}, T = {value}", model=name, value=number(value))
    writer = WRITERS.get(writer_id)
    if writer is None:
        return writer_id
    return _("{model}, T = {value}", model=_model(writer_id), value=number(writer.temperature))


def outside_name(writer: Named) -> str:
    """Return what a model at a server is called: never by an address, which is nobody else's affair."""
    service, _dash, digest = writer.service.partition("-")
    if service in PRESETS:
        return _("{model} ({server})", model=writer.model, server=PRESETS[service].name)
    return _("{model} (other server, {digest})", model=writer.model, digest=digest)


def _model(writer_id: str) -> str:
    writer = WRITERS[writer_id]
    if writer.group == "english":
        return catalogue.description(writer.model).name
    if writer.group == "instructions":
        return {
            "pretrained": _("Pretrained mini GPT-2"),
            "instructed": _("Fine-tuned mini GPT-2"),
            "aligned": _("Aligned mini GPT-2"),
        }[writer.phase]
    update = writer.model.partition("@")[2]
    if not update:
        return _("Finished mini GPT-2")
    return _("Mini GPT-2 after {number} updates", number=number(int(update)))
