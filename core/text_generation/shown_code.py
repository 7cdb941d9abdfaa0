"""The code beside the picture: transformers' `generate`, and the loop that the page runs, for the current settings.

A test executes both: the loop prints the page's own text.
"""

from __future__ import annotations

from core.language_models.catalogue import GPT2, description, prepare
from core.language_models.decoding import MAX_TOKENS
from core.language_models.shown_code import mini_cell, mini_file, smollm2_cell
from core.language_models.writings import Request
from core.notebooks import DataFile, Translate, cell


def sources(request: Request, _: Translate) -> dict[str, str]:
    """Return the two versions by name."""
    return {"PyTorch": loop_source(request, _), "transformers": generate_source(request, _)}


def files(request: Request, _: Translate) -> list[DataFile]:
    """Return the mini GPT-2, which is nowhere but here; the other models come from PyPI and from the hub."""
    if description(request.model).id != "mini":
        return []
    return [mini_file(_)]


def loop_source(request: Request, _: Translate) -> str:
    """Return the hand-written loop; it writes what the page writes."""
    draws = f"""
generator = torch.Generator().manual_seed({request.seed})
uniforms = torch.rand({MAX_TOKENS}, generator=generator, dtype=torch.float64)
"""
    return "\n".join(
        [
            _load(request, _),
            cell(_("One explicit generator: token t takes its t-th number"), draws),
            cell(_("The loop: read, choose, append"), _loop(request, _)),
        ]
    )


def generate_source(request: Request, _: Translate) -> str:
    """Return the call of `generate`: the same settings, but another source of randomness."""
    how = request.how
    if how.temperature == 0:
        settings = "do_sample=False"
    else:
        settings = f"do_sample=True, temperature={how.temperature}, top_k={how.top_k}, top_p={how.top_p}"
        settings += f", min_p={how.min_p}" if how.min_p else ""
    settings += f", repetition_penalty={how.repetition_penalty}" if how.repetition_penalty != 1 else ""
    context, tokens, cut, full = description(request.model).context, str(request.tokens), "", ""
    if _may_fill(request):
        cut, full = f"[-{context * 3 // 4}:]", "  # " + _("it stops where the context is full")
        tokens = f"min({tokens}, {context} - given.shape[1])"
    return (
        _load(request, _)
        + "\n"
        + cell(
            _("`generate` takes no generator: its randomness is torch's global one"),
            f"""
torch.manual_seed({request.seed})
given = torch.tensor([ids{cut}]){full}
out = model.generate(given, attention_mask=torch.ones_like(given), max_new_tokens={tokens},
                     eos_token_id=end, pad_token_id=end, {settings})
written = out[0, given.shape[1]:].tolist()
print(tokenizer.decode([token for token in written if token != end]))
""",
        )
    )


def _loop(request: Request, _: Translate) -> str:
    """Return the loop's cell: the cuts that the settings ask for, and no other."""
    how, context = request.how, description(request.model).context
    one, cached, full = _("one logit per token of the vocabulary"), _("the cache remembers the others"), ""
    before = "cache, new, written = None, ids, []"
    if _may_fill(request):
        before = "start, cache, new, written = 0, None, ids, []"
        forgets = _("the context is full: forget a quarter, read the rest again")
        full = f"""    while len(ids) - start > {context}:  # {forgets}
        start += {context // 4}
        cache, new = None, ids[start:]
"""
    choice = (
        "    token = int(z.argmax())  # " + _("T = 0: no draw") + "\n"
        if how.temperature == 0
        else "    share = z.softmax(0).cumsum(0)\n"
        "    token = int(torch.searchsorted(share, uniforms[t] * share[-1], right=True))\n"
    )
    return f"""
{before}
for t in range({request.tokens}):
{full}    with torch.inference_mode():
        out = model(input_ids=torch.tensor([new]), past_key_values=cache, use_cache=True)
    cache = out.past_key_values
    z = out.logits[0, -1].double()  # {one}
{_cuts(request)}{choice}    if token == end:
        break
    ids.append(token)
    written.append(token)
    new = [token]  # {cached}
print(tokenizer.decode(written))
"""


def _cuts(request: Request) -> str:
    """Return the lines from logits to what is left of them."""
    how = request.how
    lines = []
    if (penalty := how.repetition_penalty) != 1:
        lines += [
            "seen = torch.tensor(ids).unique()",
            f"z[seen] = torch.where(z[seen] < 0, z[seen] * {penalty}, z[seen] / {penalty})",
        ]
    if how.temperature > 0:
        lines += [f"z = (z - z.max()) / {how.temperature}"]
    if how.top_k:
        lines += [f"z[z < z.topk(min({how.top_k}, len(z))).values[-1]] = -torch.inf  # top-k"]
    if how.top_p < 1:
        lines += [
            "order = z.argsort()",
            "tail = z.softmax(0)[order].cumsum(0)",
            f"z[order[:-1][tail[:-1] <= 1 - {how.top_p}]] = -torch.inf  # top-p",
        ]
    if how.min_p:
        lines += [
            "p = z.softmax(0); best = z.argmax(); p[best] = 1; "
            f"z[p < {how.min_p} * z.softmax(0).max()] = -torch.inf  # min-p"
        ]
    return "".join(f"    {line}\n" for line in lines)


def _may_fill(request: Request) -> bool:
    """Whether the text may outgrow what the model can look back on; a token is at least one byte."""
    about = description(request.model)
    around = len((about.start + about.turn + request.prompt).encode())
    return around + request.tokens > about.context


def _load(request: Request, _: Translate) -> str:
    """Return the cells that read the model, and the prompt as tokens."""
    about = description(request.model)
    before, after = about.turn.split("{}")
    read = "before + prompt + after" if before or after else "start + prompt" if about.start else "prompt"
    lines = [f"prompt = {prepare(request.model, request.prompt)!r}"]
    if before or after:
        lines += [f"before, after = {before!r}, {after!r}"]
    if about.start:
        lines += [f"start = {about.start!r}  # " + _("every text of its corpus begins so")]
    empty = " or [end]" if read == "prompt" and not request.prompt else ""
    lines += [f"ids = tokenizer.encode({read}, add_special_tokens=False){empty}"]
    load = {"mini": mini_cell, "smollm2": smollm2_cell, "gpt2": _load_gpt2}[about.id]
    return load(_) + "\n" + cell(_("The prompt as tokens"), "\n".join(lines))


def _load_gpt2(_: Translate) -> str:
    return cell(
        _("The model, from the Hugging Face hub: 550 MB"),
        f"""
import torch
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

name = "{GPT2.name}"
model = AutoModelForCausalLM.from_pretrained(name, dtype=torch.float32).eval()
tokenizer = PreTrainedTokenizerFast.from_pretrained(name)
end = model.config.eos_token_id
""",
    )
