"""Three models behind one interface: what is here, what is pinned, what is converted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer
from transformers import GPT2Config, GPT2LMHeadModel

from core.files import ROOT
from core.language_models import catalogue, decoding, smollm2
from core.language_models.sampling import Sampling


def test_special_tokens_in_a_students_text_are_plain_text() -> None:
    """`<|endoftext|>` typed by a student is letters, not the end of a text; around the prompt it is the token."""
    mini = catalogue.load("mini")
    assert mini.end not in mini.encode("<|endoftext|>")
    assert mini.prompt("<|endoftext|>")[0] == mini.end
    assert b"".join(mini.vocabulary[token] for token in mini.encode("Léa 🦊")).decode() == "Léa 🦊"


@pytest.mark.parametrize("name", ["", "mini@", "mini@abc", "gpt3", "../mini", "mini@9999999"])
def test_names_that_are_no_model_are_refused(name: str) -> None:
    """No such model: an error, and nothing is loaded."""
    with pytest.raises((KeyError, catalogue.ModelMissing)):
        catalogue.load(name)


def test_the_published_gpt2_is_pinned() -> None:
    """A revision of forty digits, 124,439,808 parameters in the shape its size implies."""
    assert len(catalogue.GPT2.revision) == 40
    with torch.device("meta"):
        shape = GPT2LMHeadModel(GPT2Config())
    assert shape.num_parameters() == catalogue.MODELS["gpt2"].parameters == 124_439_808


OTHER = """
from core.language_models import smollm2
smollm2.convert()
print((smollm2.cache() / smollm2.CONFIG).stat().st_ino)
"""
"""Another process that wants the model, and says which file it found: each conversion writes one of its own."""


def test_smollm2_is_converted_once_and_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Converted into a folder in the hub's layout; loaded from there it answers; a damaged cache is made again.

    Two who want it at once convert it once.
    """
    monkeypatch.setenv("CURSEURS_MODELS", str(tmp_path))
    catalogue._loaded.clear()
    command = [sys.executable, "-c", OTHER]
    other = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    loaded = catalogue.load("smollm2")
    file = (smollm2.cache() / smollm2.CONFIG).stat().st_ino
    assert int(other.communicate()[0]) == file == (smollm2.cache() / smollm2.CONFIG).stat().st_ino
    assert smollm2.intact()
    assert loaded.model.num_parameters() == catalogue.MODELS["smollm2"].parameters
    ids = loaded.prompt("What is the capital of France?")
    numbers = decoding.uniforms(1)
    steps = decoding.write(loaded.model, ids, Sampling(temperature=0), numbers, tokens=10, context=2048)
    written = b"".join(loaded.vocabulary[step.token] for step in steps).decode()
    assert "Paris" in written
    hashes = json.loads((smollm2.cache() / smollm2.HASHES).read_text())
    assert set(hashes) == {"model.safetensors", "config.json", "tokenizer.json"}
    (smollm2.cache() / "config.json").write_text("{}")
    assert not smollm2.intact()
    catalogue._loaded.clear()


def test_a_tokenizer_of_the_page_is_a_tokenizer() -> None:
    """The mini GPT-2's vocabulary has 1,024 tokens, every byte among them."""
    mini = catalogue.load("mini")
    assert isinstance(mini.tokenizer, Tokenizer)
    assert len(mini.vocabulary) == 1024
    assert {bytes([byte]) for byte in range(256)} <= set(mini.vocabulary)
