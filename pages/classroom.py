"""The page that a teacher projects: the address of this course in the room, as text and as a QR code."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from components import language
from components.language import _, number
from components.server import room
from core.language_models.catalogue import MODELS
from core.lessons import Lesson, load
from core.limits import current


def main() -> None:
    """Run the page."""
    lesson = load("class", language.current())
    st.title(lesson.title, anchor=False)
    found = room.links()
    if found:
        invitation(lesson, _as_reached(found))
    else:
        missing = "text-no-network" if room.serves_the_room() else "text-alone"
        st.info(lesson.section(missing).body, icon=":material/wifi_off:")


def invitation(lesson: Lesson, links: list[str]) -> None:
    """Show the address, its QR code, and what is different in a class."""
    code, words = st.columns([3, 4], gap="large", vertical_alignment="center")
    with code:
        st.image(room.qr_code(links[0]), width="stretch", alt=_("QR code of {link}", link=links[0]))
    with words:
        st.header(links[0], anchor=False)
        st.markdown(f"#### {lesson.objective}")
        if links[1:]:
            st.caption(_("If it does not answer:") + " " + " · ".join(links[1:]))
        limits = current()
        allowed = [about.name for name, about in MODELS.items() if limits.allows(name)]
        st.markdown(lesson.section("text-how").body)
        st.markdown(
            lesson.section(
                "text-limits",
                minutes=number(limits.run_seconds / 60),
                tokens=number(limits.tokens),
                models=", ".join(allowed),
            ).body
        )
        if links[0].startswith("http:"):
            st.info(lesson.section("text-plain-http").body, icon=":material/no_encryption:")


def _as_reached(links: list[str]) -> list[str]:
    """Put the address first under which this very page was reached from the network: it is known to answer."""
    here = urlsplit(st.context.url or "")
    reached = f"{here.scheme}://{here.netloc}"
    if here.hostname in {None, "", "localhost", "127.0.0.1", "::1"}:
        return links
    return [reached, *(link for link in links if link != reached)]


main()
