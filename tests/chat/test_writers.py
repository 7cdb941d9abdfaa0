"""Who answers beside whom, and under which name a student's results keep it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.requests import How
from core.chat.rubric import MARKS, kept, scores
from core.chat.servers import EMBEDDED, Key, Server
from core.chat.uses import IDS, uses
from core.chat.writers import MOST_MODEL, WARM, Name, alone, beside, warmer
from core.progress import MARKS as KEPT_MARKS
from core.progress import MOST_CRITERIA, MOST_USES, PageProgress


@given(st.text(max_size=200), st.sampled_from(["", "fr", "en"]), st.sampled_from([None, 0.0, WARM, 2.0]))
def test_the_results_take_every_writers_name(model: str, recorded: str, temperature: float | None) -> None:
    """Whatever a server calls its model, the judgement of its answer is kept, by a text that names it again."""
    first = alone(Server("https://example.org/v1", model or "m"), How())
    name = Name(first.name.model or "m", recorded, temperature)
    page = PageProgress.from_json({"judged": {str(name): {"role": {"turn": "yes"}}}})
    assert list(page.judged) == [str(name)]
    if "[" not in name.model:
        assert Name.of(str(name)) == name
    assert len(name.model) <= MOST_MODEL + len("no. ")


def test_the_second_is_another_and_has_another_name() -> None:
    """The same model is warm beside a cold one, cold beside a warm one; another server's keeps its own name."""
    cold, warm = alone(EMBEDDED, How(0.0)), alone(EMBEDDED, How(1.0, system="Be brief."))
    assert (warmer(cold).how.temperature, str(warmer(cold).name)) == (WARM, "smollm2 [T=0.7]")
    assert (warmer(warm).how, str(warmer(warm).name)) == (How(0.0, system="Be brief."), "smollm2 [T=0.0]")
    here, there = (Server(f"http://{host}/v1", "mistral", Key("secret")) for host in ("localhost:11434", "x.org"))
    assert str(beside(cold, here).name) == "mistral"
    assert str(beside(alone(there, How()), here).name) == "mistral @localhost:11"
    assert "secret" not in repr(beside(cold, here))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_results_hold_every_judgement_of_the_uses(language: str) -> None:
    """All twelve with all their criteria fit, and come back as they were said; the marks are the same ones."""
    assert tuple(MARKS) == KEPT_MARKS
    assert len(IDS) <= MOST_USES
    said = {use.id: {one.id: "partly" for one in use.criteria} for use in uses(language).values()}
    assert max(map(len, said.values())) <= MOST_CRITERIA
    page = PageProgress.from_json({"judged": {"m": said}})
    assert page.judged == {"m": said}
    assert scores(kept(page.judged, uses(language)))["m"]["uses"] == 12


def test_what_is_of_no_use_here_does_not_count() -> None:
    """Another use, another criterion, and a use without marks: none of them is in what adds up."""
    judged = {"m": {"role": {"turn": "no", "other": "yes"}, "fly": {"turn": "yes"}, "answer": {}}}
    assert scores(kept(judged, uses("fr"))) == {"m": {"share": 0.0, "uses": 1, "by_use": {"role": 0.0}}}
