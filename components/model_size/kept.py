"""What the notebook keeps of the page on sizes: its model, the law, the split of a budget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from components.language import _
from components.model_size.state import OWN, model
from components.notebook.keep import keep
from core.model_size.chinchilla import EPOCH
from core.model_size.costs import weight_bytes
from core.model_size.measured_law import WIDTHS, law_of, law_of_first, points
from core.notebook.experiment import Figure


def keep_size(stem: str, here: Mapping[str, Any]) -> None:
    """Keep a model's parameters, what its weights weigh, and that with a full cache; nothing of an unpublished one."""
    chosen, _repairs = model(here)
    if chosen.blocks is None:
        return
    figures = {
        "parameters": Figure(_("Parameters"), chosen.blocks.parameters),
        "weights": Figure(_("Weights"), weight_bytes(chosen.blocks, here["precision"]) / 1e9, _("GB")),
        "memory": Figure(_("With a full cache"), chosen.memory(here["precision"]) / 1e9, _("GB")),
    }
    keep(stem, [f"ms_{name}" for name in OWN], figures)


def keep_law(stem: str, names: Iterable[str], here: Mapping[str, Any]) -> None:
    """Keep the law of the sizes that are known, and how near it comes to the largest of them.

    Args:
        stem: of the page.
        names: of the values that decide it.
        here: where the law stands.
    """
    sizes = len(WIDTHS) if here["mode"] == "all" else here["known"]
    point = points()[here["budget"], WIDTHS[sizes - 1]]
    unit = _("nats a token")
    figures = {
        "alpha": Figure(_("Exponent α"), law_of_first(sizes).alpha),
        "measured": Figure(_("Excess measured, largest model"), point.mean, unit),
        "expected": Figure(_("Excess by the law, largest model"), law_of(point, sizes), unit),
    }
    keep(stem, ["ms_part", *(f"ms_law_{name}" for name in names)], figures, part="law")


def keep_budget(stem: str, here: Mapping[str, Any]) -> None:
    """Keep how a budget is split, and the loss that the law expects of it, and of its best split.

    Args:
        stem: of the page.
        here: where the budget stands.
    """
    tokens = here["ops"] / (6 * here["size"])
    figures = {
        "tokens": Figure(_("Tokens read"), tokens / 1e9, _("billions")),
        "loss": Figure(_("Loss by the law"), EPOCH.loss(here["size"], tokens), _("nats a token")),
        "best": Figure(_("Loss of the best split"), EPOCH.loss(*EPOCH.optimum(here["ops"])), _("nats a token")),
    }
    keep(stem, ("ms_part", "ms_budget_ops", "ms_budget_size"), figures, part="budget")
