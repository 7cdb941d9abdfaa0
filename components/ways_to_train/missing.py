"""What to do where SmolLM2 is not on this machine: recorded results stay, live ones need it."""

from __future__ import annotations

from components.language import _
from core import limits
from core.language_models import smollm2
from core.language_models.catalogue import available
from core.ways_to_train.ways import MODEL


def missing() -> str:
    """Return why SmolLM2 cannot be asked here and what to do; "" where it can."""
    if available(MODEL):
        return ""
    if not limits.current().allows(MODEL):
        return _("SmolLM2 is not for this class: one machine computes for everyone. What was recorded is shown.")
    return _(
        "SmolLM2 is not on this machine. This command brings it: {command}. What was recorded is shown.",
        command=smollm2.COMMAND,
    )
