"""What the hidden writers are called, once they are no longer hidden."""

from __future__ import annotations

from components.language import _, number
from core.arena.writers import WRITERS, Group
from core.language_models import catalogue


def group_names() -> dict[Group, str]:
    """Return what each group writes."""
    return {
        "stories": _("Stories to continue"),
        "instructions": _("Stories to order"),
        "english": _("Chatbot (English)"),
    }


def writer_name(writer_id: str) -> str:
    """Return a writer's name with its temperature; one of another version of the course keeps its id."""
    writer = WRITERS.get(writer_id)
    if writer is None:
        return writer_id
    return _("{model}, T = {value}", model=_model(writer_id), value=number(writer.temperature))


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
