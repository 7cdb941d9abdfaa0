"""Python that a model wrote, run shut in: an interpreter of its own, in a process of its own, bounded in everything.

Monty (pydantic-monty) knows no files, no network, no other program: what is not built into it cannot be reached. Each
run gets a fresh worker process from a small pool, so that nothing of one student's is left for the next; a worker that
dies, or that must be killed, is replaced. What comes back is text: a value of 200 MB is written down inside, and cut
there, before it crosses into this process.
"""

from __future__ import annotations

import ast
import re
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pydantic_monty import Monty

Kind = Literal["done", "error", "time", "memory", "output", "killed", "busy", "too_long", "missing"]

SECONDS = 2.0
MEMORY = 256 * 2**20
"""Bytes of the interpreter's heap."""
MOST_CODE, MOST_OUTPUT, MOST_VALUE, MOST_MESSAGE = 20_000, 20_000, 2_000, 500
"""Characters: of the program, of what it prints, of its last value, of an error's message."""
AT_ONCE = 2
"""Worker processes; more runs wait for one."""
PATIENCE = 15.0
"""Seconds that a run waits for a worker."""
MODULES = (
    "asyncio", "base64", "bisect", "collections", "copy", "csv", "dataclasses", "datetime", "decimal", "functools",
    "hashlib", "itertools", "json", "math", "random", "re", "time", "typing", "unicodedata",
)  # fmt: skip
"""What a program may import; a test tries each, and that the others fail."""
_VALUE = "__last_value__"
_FENCE = re.compile(
    r"^(?P<indent> {0,3})(?P<fence>`{3,}(?!`)(?=[^`\n]*\n)|~{3,}(?!~))[ \t]*(?P<language>[\w+-]*)[^\n]*\n(?P<code>.*?)"
    r"(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_PYTHON = {"python", "py", "python3"}

_lock = threading.Lock()
_pool: Monty | None = None


@dataclass(frozen=True)
class Ran:
    """What came of a run.

    Attributes:
        kind: "done"; "error", the program's own; "time", "memory" or "output", a bound that was reached; "killed", its
            process died or did not heed the bound; "busy", no worker became free; "too_long", it was not begun;
            "missing", this machine cannot run it.
        output: what it printed, as far as it is kept.
        value: its last line's value as Python writes it, if that is an expression.
        error: what the interpreter said, such as "ZeroDivisionError: division by zero".
        line: where, from 1; None where the interpreter does not say.
    """

    kind: Kind
    output: str = ""
    value: str | None = None
    error: str = ""
    line: int | None = None

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON carries it."""
        return asdict(self)


def run(code: str) -> Ran:
    """Run a program and wait for its end, a little over `SECONDS` at most once a worker is free; it never raises."""
    if len(code) > MOST_CODE:
        return Ran("too_long", error=f"{len(code)} > {MOST_CODE}")
    if unwritable := re.search(r"[\ud800-\udfff\0]", code):
        return Ran("error", error=f"SyntaxError: {unwritable[0]!a}", line=code.count("\n", 0, unwritable.start()) + 1)
    try:
        pool = _running()
    except (ImportError, OSError) as error:  # no wheel for this machine, or its program is gone
        return Ran("missing", error=str(error)[:MOST_MESSAGE])
    printed = _Printed()
    try:
        value = _run(pool, code, printed)
    except Exception as error:  # not all are MontyErrors: a value that cannot be handed over is none
        return _failed(error, printed)
    return Ran("done", printed.text, value)


def stop() -> None:
    """End the pool and its processes; a later run starts another."""
    global _pool
    with _lock:
        pool, _pool = _pool, None
    if pool is not None:
        pool.__exit__(None, None, None)


def fenced(text: str) -> str | None:
    """Return the first Python program of an answer: the first block that says so, else the first that says nothing.

    A block that the answer did not close, because it was cut, goes to its end. None if there is no block.
    """
    found = list(_FENCE.finditer(text))
    named = [match for match in found if match["language"].lower() in _PYTHON]
    for match in [*named, *(match for match in found if not match["language"])]:
        indent = len(match["indent"])
        return "\n".join(line[indent:] if not line[:indent].strip() else line for line in match["code"].splitlines())
    return None


def told(_: Callable[..., str]) -> str:
    """Return what a model is told of the interpreter, in the page's language: with it, fewer programs fail."""
    return _(
        "You can have Python run. Write one block ```python … ``` and print the result. It is a small interpreter: no "
        "files, no network, no input(), no packages. It may import: {modules}. It stops after {seconds} s.",
        modules=", ".join(MODULES),
        seconds=f"{SECONDS:g}",
    )


class _Full(Exception):
    """More was printed than is kept."""


class _Printed:
    """Takes what is printed, up to a bound; then it ends the run."""

    def __init__(self) -> None:
        self.text = ""

    def __call__(self, _stream: Literal["stdout", "stderr"], text: str) -> None:
        self.text = (self.text + text)[:MOST_OUTPUT]
        if len(self.text) >= MOST_OUTPUT:
            raise _Full


def _running() -> Monty:
    """Return the pool, started by whoever comes first."""
    global _pool
    from pydantic_monty import Monty

    with _lock:
        if _pool is None:
            pool = Monty(max_processes=AT_ONCE, checkout_timeout=PATIENCE, max_checkouts_per_worker=1)
            _pool = pool.__enter__()
        return _pool


def _run(pool: Monty, code: str, printed: _Printed) -> str | None:
    """Return the last value as text, written and cut on the other side."""
    with pool.checkout(
        script_name="code.py",
        limits={"max_feed_duration_secs": SECONDS, "max_memory": MEMORY, "max_suspensions": 1_000},
        os_policy={"sleep": "zero"},  # a worker that sleeps is one that nobody else has
    ) as session:
        kept = _keeping_value(code)
        session.feed_run(f"{kept or code}\nNone", print_callback=printed)
        if kept is None:
            return None
        value = session.feed_run(f"None if {_VALUE} is None else repr({_VALUE})[:{MOST_VALUE + 1}]")
    return None if value is None else str(value)[:MOST_VALUE] + "…" * (len(value) > MOST_VALUE)


def _keeping_value(code: str) -> str | None:
    """Return the program with its last expression kept under a name, each line where it was; None if it ends in none.

    The interpreter would hand over the last value itself, whatever its size; a program's own value must stay there.
    """
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, MemoryError, RecursionError):  # the interpreter will say it better
        return None
    if not body or not isinstance(last := body[-1], ast.Expr):
        return None
    raw = code.encode()
    lines = raw.splitlines(keepends=True)
    begins, ends = (sum(map(len, lines[: line - 1])) + column for line, column in
                    ((last.lineno, last.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)))  # fmt: skip
    head, value, rest = (part.decode() for part in (raw[:begins], raw[begins:ends], raw[ends:]))
    return f"{head}{_VALUE} = ({value}){rest}"


def _failed(error: Exception, printed: _Printed) -> Ran:
    """Return how a run ended that raised."""
    from pydantic_monty import MontyCrashedError, MontyError

    if len(printed.text) >= MOST_OUTPUT:
        return Ran("output", printed.text)
    shown = error.display("type-msg") if hasattr(error, "display") else str(error)  # with the error's name in front
    message = shown[:MOST_MESSAGE]
    if isinstance(error, MontyCrashedError):
        return Ran("killed", printed.text, error=message)
    if isinstance(error, TimeoutError):
        return Ran("busy")
    kind: Kind = "error"
    if isinstance(error, MontyError):
        kind = _BOUNDS.get(message.split(" exceeded")[0], "error")
    frames = error.traceback() if hasattr(error, "traceback") else []
    return Ran(kind, printed.text, error=message, line=frames[-1].line if frames else None)


_BOUNDS: dict[str, Kind] = {
    "TimeoutError: feed time limit": "time",
    "MemoryError: memory limit": "memory",
}
"""How the interpreter says that a bound was reached; a program's own TimeoutError is an error like another."""
