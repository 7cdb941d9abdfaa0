"""The code beside the picture of the embeddings page: the course's lines, with the current settings.

A test executes it and gets the run's losses and letters.
"""

from __future__ import annotations

from core.notebooks import DataFile, Translate, cell
from core.tasks.letters import shown_code as letters_code
from core.tasks.letters.corpus import FILES
from core.tasks.letters.settings import LettersSettings

_OPTIMIZERS = {
    "momentum": "torch.optim.SGD(parameters, lr={rate}, momentum=0.9)",
    "rmsprop": "torch.optim.RMSprop(parameters, lr={rate}, alpha=0.9, eps=1e-7)",
    "adam": "torch.optim.Adam(parameters, lr={rate}, eps=1e-7)",
}


def sources(settings: LettersSettings, _: Translate) -> dict[str, str]:
    """Return the one version there is: the course's own loop in PyTorch."""
    return {"PyTorch": torch_source(settings, _)}


def files(settings: LettersSettings, _: Translate) -> list[DataFile]:
    """Return the list of words: the notebook holds it, on one line."""
    words = settings.corpus_words()
    about = {
        "names": _("1,031 French first names of the Python package Faker (MIT licence)."),
        "words": letters_code.about(_),
        "own": _("Your own list, cleaned."),
    }[settings.corpus]
    return [DataFile(_list_name(settings, _), about, lambda: "\n".join(words).encode(), " ".join(words))]


def torch_source(settings: LettersSettings, _: Translate) -> str:
    """Return the course's code: build the examples, the table C, the loop, then invent words."""
    return "\n".join(
        [
            letters_code.words(_list_name(settings, _), _),
            letters_code.examples(settings.context, _SETS, _),
            _network(settings, _),
            _training(settings, _),
            cell(_("Ten invented words"), _invent(settings)),
        ]
    )


def _list_name(settings: LettersSettings, _: Translate) -> str:
    return _("my_words.txt") if settings.corpus == "own" else FILES[settings.corpus].name


_SETS = """\
Xtr, Ytr = build_dataset([words[i] for i in order[:n1]])
Xdev, Ydev = build_dataset([words[i] for i in order[n1:n2]])"""


def _network(settings: LettersSettings, _: Translate) -> str:
    """Return the cell that draws the initial weights and computes the logits."""
    n, size, hidden = settings.context, settings.embedding, settings.hidden
    scale = {"C": "", "W1": "", "b1": "", "W2": "", "b2": ""}
    if settings.start == "scaled":
        scale |= {"W1": f" * (5 / 3) / {n * size} ** 0.5", "b1": " * 0", "W2": " * 0.01", "b2": " * 0"}
    counted, out = _("parameters"), _("(batch, characters)")
    return cell(
        _("The network of Bengio (2003)"),
        f"""
g = torch.Generator().manual_seed({settings.seed})
C = torch.randn((len(characters), {size}), generator=g)
W1 = torch.randn(({n * size}, {hidden}), generator=g){scale["W1"]}
b1 = torch.randn({hidden}, generator=g){scale["b1"]}
W2 = torch.randn(({hidden}, len(characters)), generator=g){scale["W2"]}
b2 = torch.randn(len(characters), generator=g){scale["b2"]}
parameters = [C, W1, b1, W2, b2]
print(sum(p.nelement() for p in parameters), "{counted}")
for p in parameters:
    p.requires_grad = True

def network(X):
    emb = C[X]  # (batch, {n}, {size})
    h = torch.tanh(emb.view(-1, {n * size}) @ W1 + b1)  # (batch, {hidden})
    return h @ W2 + b2  # {out}
""",
    )


def _training(settings: LettersSettings, _: Translate) -> str:
    """Return the cell that trains, and says the loss on the validation words."""
    rate = f"{settings.learning_rate!r}"
    if settings.step == "course":
        rate += f" if update < {settings.updates // 2} else {settings.learning_rate / 10!r}"
    shuffled, loss = _("each epoch in a new random order"), _("validation loss: {validation_loss:.4f}")
    return cell(
        _("Train"),
        f"""
def batches():
    while True:  # {shuffled}
        yield from torch.randperm(len(Xtr), generator=g).split({settings.batch_size})
{_optimizer(settings)}
for update, ix in zip(range({settings.updates}), batches()):
    loss = F.cross_entropy(network(Xtr[ix]), Ytr[ix])
    rate = {rate}
{_step(settings)}
with torch.no_grad():
    validation_loss = F.cross_entropy(network(Xdev), Ydev).item()
print(f"{loss}")
""",
    )


def _invent(settings: LettersSettings) -> str:
    n = settings.context
    return f"""
for _ in range(10):
    word, context = "", [0] * {n}
    while len(word) < 16:
        with torch.no_grad():
            probs = F.softmax(network(torch.tensor([context])), dim=1)
        ix = torch.multinomial(probs, num_samples=1, generator=g).item()
        if ix == 0:
            break
        word, context = word + characters[ix], context[1:] + [ix]
    print(word)
"""


def _optimizer(settings: LettersSettings) -> str:
    if settings.optimizer == "sgd":
        return ""
    return f"\noptimizer = {_OPTIMIZERS[settings.optimizer].format(rate=repr(settings.learning_rate))}"


def _step(settings: LettersSettings) -> str:
    if settings.optimizer == "sgd":
        return """    for p in parameters:
        p.grad = None
    loss.backward()
    for p in parameters:
        p.data -= rate * p.grad
"""
    return """    optimizer.param_groups[0]["lr"] = rate
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""
