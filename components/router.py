"""The frame around every page: navigation, language, projection mode, the link of the experiment.

This is the script that Streamlit runs; `streamlit_app.py` names it, tests run it.
"""

from __future__ import annotations

import streamlit as st

from components import controls, language, projection
from components.in_browser import component, surroundings
from components.language import _
from core.course import PAGES, concepts
from core.files import ROOT
from core.lessons import load


def main() -> None:
    """Run the page of the address inside its frame."""
    st.set_page_config(
        page_title="Curseurs",
        page_icon=str(ROOT / "assets" / "img" / "favicon.png"),
        layout="wide",
    )
    pages = course_pages()
    page = st.navigation(pages, position="hidden" if projection.is_projected() else "sidebar")
    projection.apply()
    controls.begin_page()
    st.session_state["language"] = language.current()
    sidebar = st.sidebar.container(key="frame")
    with sidebar:
        language_and_projection()
    page.run()
    next_and_previous(pages, page)
    with sidebar:
        copy_link()


def course_pages() -> list[st.Page]:
    """Return the home page and every concept that has a page, titled in the page's language."""
    home = st.Page(PAGES / "home.py", title=_("Home"), icon=":material/home:", default=True)
    return [home] + [
        st.Page(
            concept.page,
            title=load(concept.stem, language.current()).title,
            icon=concept.icon,
            url_path=concept.stem,
        )
        for concept in concepts()
    ]


def language_and_projection() -> None:
    """Show the two controls of the frame."""
    controls.choice(
        _("Language"),
        list(language.LANGUAGES),
        language.of_browser(),  # any other stays in the address, so that a reload keeps it
        key="lang",
        format_func=language.LANGUAGES.__getitem__,
        label_visibility="collapsed",
    )
    controls.toggle(_("Projection mode"), False, key="projection", help=_("Large type for a class; Escape ends it."))


def next_and_previous(pages: list[st.Page], page: st.Page) -> None:
    """Show the way to the neighbouring pages, by button and by key.

    The keys of a presenter's remote turn pages in projection mode; elsewhere they scroll, so Alt is needed.
    """
    modifier = "" if projection.is_projected() else "Alt+"
    index = next(number for number, other in enumerate(pages) if other.url_path == page.url_path)
    with st.container(horizontal=True, key="next-previous"):
        if index > 0:
            label, icon = pages[index - 1].title, ":material/arrow_back:"
            if st.button(label, icon=icon, shortcut=f"{modifier}PageUp", key="previous-page"):
                st.switch_page(pages[index - 1])
        if index + 1 < len(pages):
            label, icon = pages[index + 1].title, ":material/arrow_forward:"
            if st.button(label, icon=icon, icon_position="right", shortcut=f"{modifier}PageDown", key="next-page"):
                st.switch_page(pages[index + 1])
        if projection.is_projected():
            st.button(
                _("Leave projection"),
                icon=":material/close_fullscreen:",
                shortcut="Esc",
                type="tertiary",
                key="leave-projection",
                on_click=leave_projection,
            )


def leave_projection() -> None:
    """Return to the ordinary page."""
    controls.set_values({"projection": False})


def copy_link() -> None:
    """Show the button that copies the address of this experiment."""
    labels = {"copy": _("Copy the link of this experiment"), "copied": _("Link copied.")}
    data = surroundings() | {"labels": labels, "query": controls.default_query()}
    component("in_browser/copy_link")(key="copy-link", data=data)


if __name__ == "__main__":
    main()
