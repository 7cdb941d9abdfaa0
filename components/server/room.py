"""The room: the addresses under which others on the network find this server, as text and as a QR code."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser
from collections.abc import Iterable
from ipaddress import IPv4Address

import psutil
import segno
import streamlit as st

from core.limits import in_class

VIRTUAL = ("docker", "br-", "bridge", "veth", "virbr", "vmnet", "vbox", "vethernet", "tun", "utun", "tap", "wg", "zt",
           "tailscale")  # fmt: skip
"""How the names of interfaces begin that lead to no room."""
PAGE = "class"
"""Where the page that a teacher projects is."""


def addresses() -> list[str]:
    """Return this machine's IPv4 addresses in its networks, the most likely first. Nothing is sent to find them."""
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    return ranked((name, entry.address) for name, entries in psutil.net_if_addrs().items() if name in up
                  for entry in entries if entry.family == socket.AF_INET)  # fmt: skip


def ranked(found: Iterable[tuple[str, str]]) -> list[str]:
    """Return the addresses that others may reach, given with the names of their interfaces: real ones first."""
    kept = []
    for name, text in found:
        address = IPv4Address(text)
        if not address.is_loopback and not address.is_link_local:
            kept.append((name.lower().startswith(VIRTUAL), not address.is_private, text))
    return [text for _virtual, _public, text in sorted(kept)]


def serves_the_room() -> bool:
    """Whether this server listens to other machines."""
    return st.get_option("server.address") not in {"127.0.0.1", "localhost", "::1"}


def links() -> list[str]:
    """Return the course's addresses for others in the room, the most likely first; none if only this machine is heard.

    With a certificate of Streamlit's configuration they are https.
    """
    scheme = "https" if st.get_option("server.sslCertFile") else "http"
    port = st.get_option("server.port")
    return [f"{scheme}://{address}:{port}" for address in addresses()] if serves_the_room() else []


def qr_code(link: str) -> str:
    """Return the QR code of a link as an SVG image with its quiet border, black on white in every theme."""
    return segno.make(link, micro=False).svg_inline(border=4, dark="#000", light="#fff", scale=8)


def announce() -> None:
    """Say in the terminal where the course is, and open it in the browser where there is a screen."""
    port = st.get_option("server.port")
    here = f"http://127.0.0.1:{port}"
    if in_class():
        here = f"{here}/{PAGE}"
        _announce_room(here)
    if not st.get_option("server.headless"):
        threading.Thread(target=webbrowser.open, args=(here,), daemon=True).start()


def _announce_room(here: str) -> None:
    found = links()
    if not found:
        print("\n  No network: the room cannot reach this machine. Join one, and start again.\n", flush=True)
        return
    print("\n  The room opens  " + "\n              or  ".join(found) + "\n", flush=True)
    # Half blocks where the terminal can write them; elsewhere colours, twice as high.
    segno.make(found[0], micro=False).terminal(compact="utf" in (sys.stdout.encoding or "").lower())
    print(f"\n  To project it: {here}\n", flush=True)
