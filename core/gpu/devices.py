"""The errors of tensors on two devices, provoked for real: on "meta", which every machine has, or on a card.

"meta" is a device of torch's own that keeps shapes and no numbers. Its errors are real, and worded otherwise than
CUDA's, which were recorded on a card.
"""

from __future__ import annotations

from collections.abc import Mapping

from core import jobs
from core.gpu.recorded import raw
from core.once import once

CASES: dict[str, str] = {
    "linear": """
layer = nn.Linear(784, 10).to(device)
x = torch.rand(32, 784)
layer(x)
""",
    "loss": """
logits = torch.rand(32, 10, device=device)
y = torch.randint(0, 10, (32,))
F.cross_entropy(logits, y)
""",
    "add": """
total = torch.zeros(10)
total + torch.rand(10, device=device)
""",
    "generator": """
g = torch.Generator().manual_seed(1)
torch.rand(784, 200, generator=g, device=device)
""",
    "numpy": """
losses = torch.rand(10, device=device)
losses.numpy()
""",
}
"""What a student writes, by the case; `device` is the card."""
REPAIRS: dict[str, str] = {
    "linear": "layer(x.to(device))",
    "loss": "F.cross_entropy(logits, y.to(device))",
    "add": "total.to(device) + torch.rand(10, device=device)",
    "generator": "g = torch.Generator(device=device).manual_seed(1)",
    "numpy": "losses.cpu().numpy()",
}
"""The line that repairs each."""
HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n"
SECONDS = 60
"""That a worker gets to read torch and to fail five times."""


def recorded(case: str, card: str) -> str:
    """Return CUDA's own words for a case, as recorded on a card."""
    said: str = raw(card)["words"][case]
    return said


@once()
def provoked() -> tuple[str, Mapping[str, str]]:
    """Return a device and what torch says of each case there, now, on a worker; once for all students.

    Raises:
        core.workers.WorkersUnavailable: the cluster does not answer.
        core.jobs.OutOfTime: no worker was free.
    """
    found: tuple[str, Mapping[str, str]] = jobs.ask(provoke, seconds=SECONDS)
    return found


def provoke(device: str = "") -> tuple[str, dict[str, str]]:
    """Run every case on a device: the given one, a card, or "meta". Runs on a worker.

    Returns:
        the device, and torch's words by case; empty where it says nothing.
    """
    import torch

    chosen = device or ("cuda" if torch.cuda.is_available() else "meta")
    return chosen, {case: said(f"{HEAD}device = {chosen!r}\n{code}") for case, code in CASES.items()}


def said(code: str) -> str:
    """Return the error that code ends with, in the library's own words; empty if it ends well."""
    try:
        exec(compile(code, "case", "exec"), {})
    except Exception as error:  # whatever it is, it is what the student would read
        return f"{type(error).__name__}: {error}"
    return ""
