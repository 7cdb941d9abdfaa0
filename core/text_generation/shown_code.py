"""The code beside the picture: transformers' `generate`, and the loop that the page runs, for the current settings.

A test executes both: the loop prints the page's own text.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.language_models import smollm2
from core.language_models.catalogue import description
from core.language_models.decoding import MAX_TOKENS
from core.language_models.writings import Request


def sources(request: Request) -> dict[str, str]:
    """Return the two versions by name."""
    return {"PyTorch": loop_source(request), "transformers": generate_source(request)}


def loop_source(request: Request) -> str:
    """Return the hand-written loop; it writes what the page writes."""
    how = request.how
    cuts = [
        f"z[seen] = torch.where(z[seen] < 0, z[seen] * {how.repetition_penalty}, z[seen] / {how.repetition_penalty})"
        if how.repetition_penalty != 1
        else "",
        f"z = (z - z.max()) / {how.temperature}" if how.temperature > 0 else "",
        f"z[z < z.topk(min({how.top_k}, len(z))).values[-1]] = -torch.inf  # top-k" if how.top_k else "",
        _TOP_P.format(p=how.top_p) if how.top_p < 1 else "",
        f"p = z.softmax(0); best = z.argmax(); p[best] = 1; z[p < {how.min_p} * z.softmax(0).max()] = -torch.inf"
        if how.min_p
        else "",
    ]
    seen = "    seen = torch.tensor(ids).unique()\n" if how.repetition_penalty != 1 else ""
    body = seen + "".join(f"    {cut}\n" for cut in cuts if cut)
    choice = (
        "    token = int(z.argmax())  # T = 0: no draw\n"
        if how.temperature == 0
        else "    share = z.softmax(0).cumsum(0)\n"
        "    token = int(torch.searchsorted(share, uniforms[t] * share[-1], right=True))\n"
    )
    return f"""{_load(request)}
# %% One explicit generator: token t takes its t-th number
generator = torch.Generator().manual_seed({request.seed})
uniforms = torch.rand({MAX_TOKENS}, generator=generator, dtype=torch.float64)

# %% The loop: read, choose, append
cache, new, written = None, ids, []
for t in range({request.tokens}):
    with torch.inference_mode():
        out = model(input_ids=torch.tensor([new]), past_key_values=cache, use_cache=True)
    cache = out.past_key_values
    z = out.logits[0, -1].double()  # one logit per token of the vocabulary
{body}{choice}    if token == end:
        break
    ids.append(token)
    written.append(token)
    new = [token]  # the cache remembers the others
print(tokenizer.decode(written))
"""


def generate_source(request: Request) -> str:
    """Return the call of `generate`: the same settings, but another source of randomness."""
    how = request.how
    if how.temperature == 0:
        settings = "do_sample=False"
    else:
        settings = f"do_sample=True, temperature={how.temperature}, top_k={how.top_k}, top_p={how.top_p}"
        settings += f", min_p={how.min_p}" if how.min_p else ""
    settings += f", repetition_penalty={how.repetition_penalty}" if how.repetition_penalty != 1 else ""
    return f"""{_load(request)}
# %% `generate` takes no generator: its randomness is torch's global one
torch.manual_seed({request.seed})
given = torch.tensor([ids])
out = model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens={request.tokens},
                     eos_token_id=end, pad_token_id=end, {settings})
written = out[0, len(ids):].tolist()
print(tokenizer.decode([token for token in written if token != end]))
"""


_TOP_P = """order = z.argsort()
    tail = z.softmax(0)[order].cumsum(0)
    z[order[:-1][tail[:-1] <= 1 - {p}]] = -torch.inf  # top-p"""


def _load(request: Request) -> str:
    about = description(request.model)
    before, after = about.turn.split("{}")
    place = _PLACES[about.id]
    read = "before + prompt + after" if before or after else "start + prompt" if about.start else "prompt"
    lines = [
        f"# %% The model{place.note}",
        *place.imports,
        "import torch",
        "from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast",
        "",
        *place.folder,
        "model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()",
        "tokenizer = PreTrainedTokenizerFast.from_pretrained(folder)",
        "end = model.config.eos_token_id",
        "",
        "# %% The prompt as tokens",
        f"prompt = {request.prompt!r}",
    ]
    if before or after:
        lines += [f"before, after = {before!r}, {after!r}"]
    if about.start:
        lines += [f"start = {about.start!r}  # every text of its corpus begins so"]
    lines += [f"ids = tokenizer.encode({read}, add_special_tokens=False)", ""]
    return "\n".join(lines)


@dataclass(frozen=True)
class _Place:
    """Where a model's files are: lines of code that say so, and what they import."""

    folder: tuple[str, ...]
    imports: tuple[str, ...] = ()
    note: str = ""


_PLACES = {
    "mini": _Place(('folder = "assets/models/mini_gpt2"',), note=", in the folder of Curseurs"),
    "smollm2": _Place(
        (
            'models = os.environ.get("CURSEURS_MODELS") or user_cache_path("curseurs", appauthor=False) / "models"',
            f'folder = Path(models) / "{smollm2.FOLDER}"  # written by Curseurs when it first uses the model',
        ),
        ("import os", "from pathlib import Path", "from platformdirs import user_cache_path"),
    ),
    "gpt2": _Place(('folder = "openai-community/gpt2"',), note=", from the Hugging Face hub"),
}
