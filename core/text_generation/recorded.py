"""Answers of the workers that are shipped: what the page shows below its first screen before anything is moved."""

from __future__ import annotations

from core.answers import Shipped
from core.files import RECORDED

AGED = 80
"""Tokens that a younger model writes."""
SHIPPED = Shipped(RECORDED / "text_generation" / "answers.json")
