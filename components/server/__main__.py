"""Serve the course to the room: `make class`, or `python -m components.server`. Streamlit's options may follow."""

from __future__ import annotations

import os
import sys

from streamlit.web import cli

from core.files import ROOT
from core.limits import CLASS, current


def main(arguments: list[str]) -> None:
    """Start the server for other machines too, with the limits of a class; it runs until it is stopped."""
    os.environ[CLASS] = "1"
    limits = current()
    options = {
        "server.address": "0.0.0.0",
        "server.maxUploadSize": limits.upload_mb,
        "server.maxMessageSize": limits.message_mb,
        # Streamlit's own welcome would ask a host on the internet for this machine's address there.
        "logger.hideWelcomeMessage": "true",
    }
    told = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    cli.main(["run", str(ROOT / "streamlit_app.py"), *told, *arguments], prog_name="streamlit")


if __name__ == "__main__":
    main(sys.argv[1:])
