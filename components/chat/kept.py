"""What the notebook keeps of a conversation: what the last question cost. Never its words, which are in no link."""

from __future__ import annotations

from math import exp

from components.chat.state import conversation
from components.language import _
from components.notebook.keep import keep
from core.chat.answering import State
from core.chat.presets import COLD
from core.notebook.experiment import Figure

BY = ("chat_open", "chat_server", *(f"chat_{name}" for name in COLD))


def keep_answer(stem: str) -> None:
    """Keep how much the model received for the last question, and how it answered."""
    turns = conversation().turns
    if not turns:
        return
    state, _place, answer = turns[-1].snapshot()
    if state != State.FINISHED:
        return
    figures = {"turns": Figure(_("Questions"), len(turns))}
    if turns[-1].received is not None and turns[-1].received.is_known:
        figures["received"] = Figure(_("Tokens received"), len(turns[-1].received.tokens))
    if chances := [exp(token.logprob) for token in answer.tokens]:
        figures["written"] = Figure(_("Tokens written"), len(chances))
        figures["sure"] = Figure(_("Mean probability of a token"), 100 * sum(chances) / len(chances), "%")
    keep(stem, BY, figures, seed="chat_seed")
