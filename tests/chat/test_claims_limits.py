"""The sentences on the ten limits, computed from what was recorded."""

from __future__ import annotations

from core.chat import code_run
from core.chat.code_run import fenced
from core.chat.cures import CURES, HONEST, SMALL
from core.chat.limitations import NAMES, RIGHT, Pair, measured, pairs, told
from core.chat.record import holds
from core.chat.trials import KNOWN

WITH_SMOLLM2 = ("window", "facts", "documents", "memory", "tools", "code", "personality")


def helped(limit: str) -> set[str]:
    return {name for name, pair in pairs(limit).items() if pair.effect == "helps"}


def test_cures_counted() -> None:
    """14 of 48, over all that SmolLM2 was asked and a program can check; there are ten limits."""
    counts = [measured(limit) for limit in WITH_SMOLLM2]
    assert (sum(right for right, _ in counts), sum(tried for _, tried in counts)) == (14, 48)
    assert len(NAMES) == 10


def test_first_sentence_falls() -> None:
    """Of two messages before the question, a window of 128 tokens keeps none."""
    assert SMALL == 128
    assert [row["fallen"] for row in told()["window"].values()] == [2, 2, 2, 2]


def test_cello_and_luna() -> None:
    """Of four sentences that a longer window keeps, the cello is found; the cat, Tango, is called Luna."""
    assert helped("window") == {"cello"}
    assert "cat is called Luna" in pairs("window")["cat"].cured


def test_made_up_and_answered() -> None:
    """Nothing made up is admitted to be unknown, without the cure."""
    facts = CURES["facts"]
    assert not any(facts[name].fits(pair.without) for name, pair in pairs("facts").items())
    assert all(pair.without for pair in pairs("facts").values())


def test_honest_once() -> None:
    """With it, one of five; and ten of ten that it knew stay right."""
    assert measured("facts") == (1, 5)
    assert all(pair.added[0].text == HONEST for pair in pairs("facts").values())
    for asked, row in zip(KNOWN, told()["known"], strict=True):
        assert row["question"] == asked.question
        assert holds(row["with"], asked.right)


def test_documents_help() -> None:
    """4 of 7, none of which was right without."""
    assert measured("documents") == (4, 7)
    assert {pair.effect for pair in pairs("documents").values()} == {"helps", "fails"}


def test_memory_twice() -> None:
    """The name and the cat, not the town nor the instrument."""
    assert helped("memory") == {"name", "cat"}
    assert set(pairs("memory")) == {"name", "cat", "town", "cello"}


def test_tools_save_three() -> None:
    """3 of 9."""
    assert measured("tools") == (3, 9) == (3, len(RIGHT))


def test_code_guesses() -> None:
    """It says 321.25; its program prints 391."""
    without = pairs("code")["product"].without
    assert "321.25" in without
    assert code_run.run(fenced(without) or "").output.strip() == "391"
    code_run.stop()


def test_pirate_loses_tokyo() -> None:
    """3 of 12 follow, and their answers are gone: no Tokyo, no Pacific, the same words again and again."""
    found = {name: pairs("personality")[name] for name in helped("personality")}
    assert measured("personality") == (3, 12)
    assert set(found) == {"pirate-japan", "french-ocean", "french-sky"}
    assert told_and_lost("Tokyo", found["pirate-japan"])
    assert told_and_lost("Pacific", found["french-ocean"])
    for name, again in (("french-ocean", "monde"), ("french-sky", "lumière de lumière")):
        assert found[name].cured.lower().count(again) >= 3


def told_and_lost(word: str, pair: Pair) -> bool:
    return word in pair.without and word not in pair.cured


def test_tuned_obeys() -> None:
    """A story that was not asked for before, the one that was asked for after: read by the stories' own grammar."""
    assert measured("tuned") == (2, 2)
    assert "dragon" not in pairs("tuned")["dragon"].without
    assert "petit dragon" in pairs("tuned")["dragon"].cured


def test_cup_is_invented() -> None:
    """The United States, it says."""
    assert "won by the United States" in pairs("web")["cup"].without


def test_weather_is_invented() -> None:
    """22 degrees, it says, "right now"."""
    assert "22°C" in pairs("services")["weather"].without
