"""Train the mini GPT-2 again: `python -m core.tasks.mini_gpt2 train --out assets/models/mini_gpt2`.

`python -m core.tasks.mini_gpt2 young` trains its first updates once more, and keeps more of its youngest ages.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from core.tasks.mini_gpt2.published import FOLDER
from core.tasks.mini_gpt2.settings import MiniGPT2Settings


def main(arguments: Sequence[str] | None = None) -> None:
    """Train the model from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m core.tasks.mini_gpt2", description="The mini GPT-2 of French stories."
    )
    commands = parser.add_subparsers(required=True, dest="command")
    young = commands.add_parser("young", help="train the first updates again and keep more ages of them")
    young.add_argument("--out", type=Path, default=FOLDER, help="folder of the published model")
    train = commands.add_parser("train", help="train it and write its files")
    train.add_argument("--out", type=Path, default=FOLDER, help="folder to write")
    train.add_argument("--device", default=None, help="cpu or cuda; default: a GPU if there is one")
    train.add_argument("--processes", type=int, default=None, help="processes that draw stories; default: all cores")
    for name in ("updates", "stories", "validation_stories", "batch_size", "seed", "width", "layers", "heads"):
        train.add_argument(f"--{name.replace('_', '-')}", type=int, default=None)
    train.add_argument("--learning-rate", type=float, default=None)
    train.add_argument("--compile", action="store_true", help="fuse operations: faster, needs a C++ compiler")
    train.add_argument("--start", type=Path, default=None, help="go on with the model of this folder")
    given = vars(parser.parse_args(arguments))
    if given.pop("command") == "young":
        from core.tasks.mini_gpt2.young import Young, first_settings, train_young, write_young

        task = Young(first_settings(given["out"]))
        write_young(task, train_young(task), given["out"])
        return
    out, device, processes, fused, start = (
        given.pop(name) for name in ("out", "device", "processes", "compile", "start")
    )
    from core.tasks.mini_gpt2.publish import publish

    publish(MiniGPT2Settings(**{k: v for k, v in given.items() if v is not None}), out, device, processes, fused, start)


if __name__ == "__main__":
    main()
