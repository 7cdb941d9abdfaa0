"""What a program can check of an answer to one of the twelve uses; the rest of the rubric is for a reader."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from core.chat import code_run

_FRENCH = frozenset({
    "le", "la", "les", "de", "des", "du", "et", "est", "une", "un", "en", "que", "qui", "pour", "dans", "ce", "pas",
    "vous", "je", "il", "elle", "sur", "avec",
})  # fmt: skip
_ENGLISH = frozenset({
    "the", "a", "an", "of", "and", "is", "are", "to", "in", "that", "it", "for", "with", "this", "you", "i", "not",
    "on", "be", "was", "will", "by",
})  # fmt: skip
_LABELS = {
    "fr": (r"positi(?:f|ve)", r"mitigée?", r"négati(?:f|ve)", r"positi(?:f|ve)"),
    "en": ("positive", "mixed", "negative", "positive"),
}


def sentences(text: str) -> int:
    """Return how many sentences a text has, by its full stops, question and exclamation marks and line ends."""
    return len([part for part in re.split(r"[.!?…]+(?:\s|$)|\n+", text) if re.search(r"\w", part)])


def language(text: str) -> str:
    """Return "fr" or "en", by the little words of a text; empty where it has as many of both."""
    words = re.findall(r"[a-zà-ÿ]+", text.lower())
    french, english = (sum(word in known for word in words) for known in (_FRENCH, _ENGLISH))
    return "" if french == english else "fr" if french > english else "en"


def checked(use: str, asked: str, prompt: str, answer: str) -> dict[str, bool]:
    """Return what was checked of an answer: by name, whether it holds.

    Args:
        use: its id.
        asked: the language of the prompt.
        prompt: with its input behind the first empty line.
        answer: the model's.
    """
    wanted = {"fr": "en", "en": "fr"}[asked] if use == "translate" else asked
    found = {} if use in {"classify", "extract", "write-code"} else {"language": language(answer) == wanted}
    return found | (_OF[use](asked, prompt, answer) if use in _OF else {})


def _summary(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    return {
        "two-sentences": sentences(answer) == 2,
        "shorter": len(answer) < len(prompt.partition("\n\n")[2]),
        "dates": all(re.search(rf"\b{number}\b", answer) for number in (3, 14)),
    }


def _translation(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    parts = {
        "fr": ("late|behind", "seat|place", "ten|10", "croissant"),
        "en": ("retard|bourre", "place", "dix|10", "croissant"),
    }
    return {"meaning": all(re.search(part, answer, re.IGNORECASE) for part in parts[asked])}


def _labels(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    lines = [line for line in answer.lower().splitlines() if line.strip()]
    form = len(lines) == 4 and all(re.fullmatch(rf"{n}\W+\w+\W*", line) for n, line in enumerate(lines, 1))
    right = len(lines) == 4 and all(
        re.findall("|".join(_LABELS[asked][:3]), line) and re.search(label, line)
        for label, line in zip(_LABELS[asked], lines, strict=True)
    )
    return {"labels": right, "form": form}


def _json(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    inner = re.search(r"\{.*\}", answer, re.DOTALL)
    value = _loaded(answer) or _loaded(inner[0] if inner else "")
    name, people = ("nom", "personnes") if asked == "fr" else ("name", "people")
    right = (value.get(name), value.get("date"), str(value.get(people))) == ("Nadia Benali", "2027-03-05", "6")
    allergies = value.get("allergies")
    return {
        "json": bool(_loaded(answer)),
        "values": right,
        "list": isinstance(allergies, list) and len(allergies) == 2,
    }


def _loaded(text: str) -> dict[str, object]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _short(most: int) -> Callable[[str, str, str], dict[str, bool]]:
    return lambda asked, prompt, answer: {"short": sentences(answer) <= most}


def _rewritten(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    return {"short": sentences(answer) <= 3, "firm": "48" in answer}


def _program(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    code = code_run.fenced(answer)
    if code is None:
        return {"program": False, "runs": False, "right": False}
    texts = ("Engage le jeu que je le gagne", "Kayak", "Bonjour, Max") if asked == "fr" else (
        "A man, a plan, a canal: Panama", "Kayak", "Hello")  # fmt: skip
    ran = code_run.run(code)
    tried = code_run.run(f"{code}\nprint()\nprint([palindrome(text) for text in {texts!r}])")
    if {ran.kind, tried.kind} & {"busy", "missing"}:
        return {"program": True}  # nobody knows whether it runs
    return {
        "program": True,
        "runs": ran.kind == "done",
        "right": tried.kind == "done" and tried.output.endswith("[True, True, False]\n"),
    }


def _output(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    return {"output": "[1]" in answer and "[1, 2]" in answer}


def _ideas(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    return {"six": len([line for line in answer.splitlines() if line.strip()]) == 6}


def _rules(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    lines = [line.lower() for line in answer.splitlines() if line.strip()]
    no, yes = (r"\bnon\b", r"\boui\b") if asked == "fr" else (r"\bno\b", r"\byes\b")
    silent = (
        r"ne (?:dit|parle|précise|mentionne)|pas (?:dit|précisé)"
        if asked == "fr"
        else r"not? (?:say|tell|mention|state)"
    )
    whole = len(lines) >= 3
    return {
        "first": whole and bool(re.search(no, lines[0])),
        "second": whole and bool(re.search(yes, lines[1])),
        "unknown": whole and bool(re.search(silent, lines[2])),
    }


def _line(asked: str, prompt: str, answer: str) -> dict[str, bool]:
    return {"turn": len([line for line in answer.splitlines() if line.strip()]) == 1}


_OF: dict[str, Callable[[str, str, str], dict[str, bool]]] = {
    "summarise": _summary, "translate": _translation, "classify": _labels, "extract": _json, "rewrite": _rewritten,
    "explain": _short(5), "write-code": _program, "explain-code": _output, "brainstorm": _ideas, "answer": _rules,
    "role": _line,
}  # fmt: skip
