"""Record what the page shows before anything is moved: `python -m core.text_generation.record`, a minute or so."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import numpy as np

from core.answers import key
from core.files import write_whole
from core.language_models import catalogue, decoding
from core.language_models.writings import Request
from core.lessons import load
from core.tasks.mini_gpt2 import published
from core.text_generation import inside, recorded
from core.text_generation.follow import follow
from core.text_generation.opening import BEGUN, COLD, FILE, STORY, WARM, opening, ten_times


def main() -> None:
    """Let the mini GPT-2 write the texts, and keep them."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    kept = BytesIO()
    arrays: dict[str, Any] = story() | {"cold": told(COLD.temperature), "warm": told(WARM.temperature)}
    np.savez_compressed(kept, **arrays)
    write_whole(FILE, kept.getvalue())
    opening.cache_clear()
    write_whole(
        recorded.SHIPPED.file, (json.dumps(answers(), ensure_ascii=False, separators=(",", ":")) + "\n").encode()
    )


def answers() -> dict[str, Any]:
    """Return what the workers answer to the questions of the page as it opens."""
    return {key(function, *args): function(*args) for function, *args in questions()}


def questions() -> list[tuple[Any, ...]]:
    """Return what the page asks as it opens, each a function with its arguments: ages, the example, the last token."""
    ages = [(inside.aged, f"mini@{age}", STORY.prompt, STORY.seed, recorded.AGED) for age in published.checkpoints()]
    example = load("text_generation", "fr").section("text-own-example").body
    found = opening()
    ids = [*found.before, *found.tokens[:BEGUN]]
    return [*ages, (inside.surprises, "mini", example), (follow, "mini", ids, len(ids) - 1)]


def story() -> dict[str, np.ndarray]:
    """Write the story; return its prompt, its tokens, and the model's logits at each and after the last."""
    loaded = catalogue.load(STORY.model)
    before = loaded.prompt(STORY.prompt)
    steps = _write(STORY)
    tokens = [step.token for step in steps]
    after = decoding.Reader(loaded.model, loaded.context).logits([*before, *tokens]).numpy()
    logits = np.stack([*(step.logits for step in steps), after])
    shifted = (logits - logits.max(1, keepdims=True)).astype(np.float16)
    return {"before": np.array(before), "tokens": np.array(tokens), "logits": shifted}


def told(temperature: float) -> np.ndarray:
    """Tell the beginning ten times; return the tokens of each."""
    how = COLD if temperature == 0 else WARM
    asked = ten_times(Request(STORY.model, STORY.prompt, (), how, STORY.seed))
    return np.array([[step.token for step in _write(one)] for one in asked])


def _write(request: Request) -> list[decoding.Step]:
    loaded = catalogue.load(request.model)
    numbers = decoding.uniforms(request.seed)
    return list(
        decoding.write(
            loaded.model,
            loaded.prompt(request.prompt),
            request.how,
            numbers,
            tokens=request.tokens,
            context=loaded.context,
            end=loaded.end,
        )
    )


if __name__ == "__main__":
    main()
