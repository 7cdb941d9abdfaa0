"""What the hidden writers write, on a worker. Equal questions have equal answers: thirty students ask for one text.

Nothing in a text tells who wrote it but its words: all of a group are cut at the same length, at the end of a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.arena.writers import TOKENS, WRITERS, Phase, Writer, run_of
from core.files import sha256_of
from core.language_models import catalogue
from core.once import once

if TYPE_CHECKING:
    from transformers import GPT2LMHeadModel

GAP = re.compile(r"\n\s*\n\s*")
SENTENCE = re.compile(r"[.!?…](?:[ \u00a0]?[»”\"')])*(?=\s|$)")
"""Where a sentence ends: its last sign, and what closes a quotation behind it."""
LAST_WORD = re.compile(r"[\s,;:«“(]+\S*$")


def write(writer_id: str, prompt: str, draw: int) -> str:
    """Return what a writer makes of a prompt.

    Args:
        writer_id: one of `WRITERS`.
        prompt: in the language of its group.
        draw: another number draws another text.

    Raises:
        KeyError: no such writer.
        core.language_models.catalogue.ModelMissing: its model is not here.
    """
    writer, seed = WRITERS[writer_id], seed_of(writer_id, prompt, draw)
    written = _obey(writer, prompt, seed) if writer.group == "instructions" else _continue(writer, prompt, seed)
    return whole_sentences(written)


def seed_of(writer_id: str, prompt: str, draw: int) -> int:
    """Return the seed of a text: no writer shares another one's luck."""
    return int(sha256_of(f"{writer_id}\n{prompt}\n{draw}".encode())[:7], 16)


def whole_sentences(text: str) -> str:
    """Return a text up to the end of its last sentence; where none ends, up to its last whole word, and an ellipsis."""
    text = GAP.sub("\n\n", text.replace("\N{REPLACEMENT CHARACTER}", "")).strip()
    ends = list(SENTENCE.finditer(text))
    return text[: ends[-1].end()] if ends else f"{LAST_WORD.sub('', text)}…"


def _continue(writer: Writer, prompt: str, seed: int) -> str:
    """Let a model of the catalogue go on with a text, or answer one that its template makes a question."""
    from core.language_models import decoding
    from core.language_models.sampling import Sampling

    loaded = catalogue.load(writer.model)
    steps = decoding.write(
        loaded.model,
        loaded.prompt(prompt),
        Sampling(temperature=writer.temperature),
        decoding.uniforms(seed),
        tokens=TOKENS[writer.group],
        context=loaded.context,
        end=loaded.end,
    )
    return str(loaded.tokenizer.decode([step.token for step in steps], skip_special_tokens=True))


def _obey(writer: Writer, prompt: str, seed: int) -> str:
    """Let the mini GPT-2 of a phase answer; to the pretrained one an instruction is how a story begins."""
    import torch

    from core.stories.french import typeset
    from core.tasks.instructed import writing
    from core.tasks.instructed.drawing import BREAK
    from core.tasks.instructed.pairs import END
    from core.tasks.instructed.task import texts
    from core.tasks.mini_gpt2 import published

    encode, asked = published.tokenizer().encode, typeset(prompt)
    ids = [END, *encode(asked).ids] if writer.phase == "pretrained" else [*encode(asked + BREAK).ids, END]
    generator = torch.Generator().manual_seed(seed)
    answer = writing.write(_after(writer.phase), [ids], generator, writer.temperature)[0]
    return texts([answer[: TOKENS[writer.group]]])[0]


@once(3)
def _after(phase: Phase) -> GPT2LMHeadModel:
    """Return the mini GPT-2 after a phase, in eval mode."""
    from core.runs.run import from_bytes
    from core.tasks.instructed.kept import kept, load
    from core.tasks.instructed.task import fresh

    model = fresh().eval()
    if phase == "pretrained":
        return model
    return load(kept(from_bytes(run_of(phase).read_bytes(), recorded=True).frames[-1].arrays), model)
