"""The frame around every page: navigation, language, projection mode, the link of the experiment.

This is the script that Streamlit runs; `streamlit_app.py` names it, tests run it.
"""

from __future__ import annotations

import streamlit as st

from components import controls, glossary, language, progress, projection
from components.in_browser import component, surroundings
from components.language import _
from components.notebook import keep as notebook
from components.server import room, sessions
from components.teacher_link import teacher_link
from core import glossary as words
from core import turns
from core.course import PAGES, Concept, chapters, concepts
from core.files import ROOT
from core.lessons import load

# Streamlit makes this script the main module of the process, and a worker that starts would run its main module too:
# half a second, 35 MB, for pages that it never draws. Without a file there is nothing to run.
globals().pop("__file__", None)


def main() -> None:
    """Run the page of the address inside its frame."""
    st.set_page_config(
        page_title="Curseurs",
        page_icon=str(ROOT / "assets" / "img" / "favicon.png"),
        layout="wide",
    )
    sessions.watch()
    language.settle()
    pages = course_pages()
    # No neighbour leads to the glossary and to the class's page; the latter stands in no menu either.
    everything = pages | {"": [*pages[""], glossary_page(), class_page()]}
    page = st.navigation(everything, position="hidden" if projection.is_projected() else "sidebar", expanded=True)
    projection.apply()
    controls.begin_page(page.url_path, explain=glossary.tip)
    glossary.begin_page(page.url_path)
    notebook.begin_page(page.url_path)
    sidebar = st.sidebar.container(key="frame")
    with sidebar:
        language_and_projection()
    page.run()
    # The glossary stands beside the course: it has no neighbours.
    course = [] if page.url_path == words.STEM else [page for chapter in pages.values() for page in chapter]
    next_and_previous(course, page)
    glossary.cards()
    with sidebar:
        copy_link()
        way_to_notebook(page.url_path)
        if page.url_path in {concept.stem for concept in concepts()}:
            teacher_link(page.url_path)
    progress.keep(page.url_path)
    notebook.keeper(page.url_path)


def course_pages() -> dict[str, list[st.Page]]:
    """Return the pages under the titles of their chapters, in the page's language; the home page stands above them."""
    home = load("home", language.current())
    first = st.Page(PAGES / "home.py", title=home.short, icon=":material/home:", default=True)
    return {"": [first]} | {
        home.section(f"chapter-{chapter.id}").heading: [_page(concept) for concept in there]
        for chapter, there in chapters().items()
    }


def _page(concept: Concept) -> st.Page:
    title = load(concept.stem, language.current()).short
    return st.Page(concept.page, title=title, icon=concept.icon, url_path=concept.stem)


def glossary_page() -> st.Page:
    """Return the page of the course's words: in the menu under home, beside the course."""
    title = load(words.STEM, language.current()).short
    return st.Page(PAGES / f"{words.STEM}.py", title=title, icon=":material/dictionary:", url_path=words.STEM)


def class_page() -> st.Page:
    """Return the page that invites a class; it is in no menu, and before the course."""
    title = load("class", language.current()).title
    return st.Page(
        PAGES / "classroom.py", title=title, icon=":material/qr_code_2:", url_path=room.PAGE, visibility="hidden"
    )


def language_and_projection() -> None:
    """Show the two controls of the frame."""
    controls.choice(
        _("Language"),
        list(language.LANGUAGES),
        language.of_browser(),  # any other stays in the address, so that a reload keeps it
        key="lang",
        format_func=language.LANGUAGES.__getitem__,
        on_change=lambda: language.choose(st.session_state["lang"]),
        label_visibility="collapsed",
    )
    controls.toggle(_("Projection mode"), False, key="projection", help=_("Large type for a class; Escape ends it."))


def next_and_previous(pages: list[st.Page], page: st.Page) -> None:
    """Show the way to the neighbouring pages, by button and by key.

    The keys of a presenter's remote turn pages in projection mode; elsewhere they scroll, so Alt is needed.
    """
    modifier = "" if projection.is_projected() else "Alt+"
    urls = [other.url_path for other in pages]
    index = urls.index(page.url_path) if page.url_path in urls else -1  # the class's page comes before the course
    with st.container(horizontal=True, key="next-previous"):
        if index > 0:
            label, icon = full_title(pages[index - 1]), ":material/arrow_back:"
            if st.button(label, icon=icon, shortcut=f"{modifier}PageUp", key="previous-page"):
                st.switch_page(pages[index - 1])
        if index + 1 < len(pages):
            label, icon = full_title(pages[index + 1]), ":material/arrow_forward:"
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


def full_title(page: st.Page) -> str:
    """Return the whole title of a page; the home page's is the course's, so it keeps its short one."""
    return load(page.url_path, language.current()).title if page.url_path else page.title


def leave_projection() -> None:
    """Return to the ordinary page."""
    controls.set_values({"projection": False})


def way_to_notebook(stem: str) -> None:
    """Show the way to the notebook, and how much it holds, on the pages that it keeps experiments of."""
    concept = next((concept for concept in concepts() if concept.stem == notebook.STEM), None)
    if concept is not None and stem in {each.stem for each in concepts()} - {concept.stem}:
        label = _("My lab notebook")
        st.page_link(concept.page, label=label, icon=":material/menu_book:", query_params={"pj_part": "notebook"})
        labels = {
            "none": _("Nothing kept yet"),
            "one": _("One experiment kept"),
            "many": _("Experiments kept: {number}", number="%n"),
        }
        component("notebook/count")(key="notebook-count", data=surroundings() | {"labels": labels})


def copy_link() -> None:
    """Show the button that copies the address of this experiment."""
    labels = {"copy": _("Copy the link of this experiment"), "copied": _("Link copied.")}
    data = surroundings() | {"labels": labels, "query": controls.default_query()}
    component("in_browser/copy_link")(key="copy-link", data=data)


if __name__ == "__main__":
    # A fragment that runs again does not come by here: a moved slider waits for no page.
    with turns.mine(first="language" not in st.session_state):
        main()
