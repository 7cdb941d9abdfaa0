"""What a session knows of a student's progress, and what home says of it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from core.lessons import load
from core.progress import PageProgress, Progress
from tests.helpers import STEMS, open_page, small_app

SESSION = "curseurs: progress"


def test_what_a_page_notes_is_there_at_the_next_run() -> None:
    """A first guess, missions, the quiz's last answer and the sentence are kept by the session, page by page."""

    def app() -> None:
        import streamlit as st

        from components import progress

        if st.button("first"):
            progress.predicted("embeddings", 1)
            progress.reached("embeddings", "beat")
            progress.answered("embeddings", "quiz-1", 0)
            progress.wrote("embeddings", "a" * 2_000)
            progress.judged("embeddings", "smollm2", "role", {"turn": "yes", "useful": "no", "role": "maybe"})
            progress.judged("embeddings", "bad\n", "role", {"turn": "yes"})
        if st.button("then"):
            progress.predicted("embeddings", 2)
            progress.reached("embeddings", "hidden")
            progress.answered("embeddings", "quiz-1", 2)
            progress.wrote("embeddings", "")
            progress.judged("embeddings", "smollm2", "role", {"turn": "partly"})
        st.json(progress.of("embeddings").to_json())
        st.json(progress.of("forward_pass").to_json())
        progress.keep("embeddings")

    run = small_app(app).run()
    for button in (0, 1):
        run.button[button].click().run()
    assert not run.exception
    known: Progress = run.session_state[SESSION].known
    expected = PageProgress(
        1, {"beat", "hidden"}, {"quiz-1": 2}, "a" * 1_000, {"smollm2": {"role": {"turn": "partly"}}}
    )
    assert known.page("embeddings") == expected
    assert known.page("forward_pass") == PageProgress()
    assert known.last == "embeddings"


def done(app: AppTest, stem: str, page: PageProgress) -> AppTest:
    """Run again in a session that knows what was done on a page."""
    app.session_state[SESSION].known.pages[stem] = page
    return app.run()


def said(app: AppTest) -> list[str]:
    """Return what the cards say of progress."""
    return [caption.value for caption in app.caption if "quiz" in caption.value]


RIGHT = {section.id: min(section.question.right) for section in load("forward_pass", "fr").named("quiz-")
         if section.question}  # fmt: skip
CASES = [
    (PageProgress(prediction=1), "prédit, 0 mission sur 3, quiz 0/3", "predicted, 0 missions of 3, quiz 0/3"),
    (PageProgress(-1, {"sure"}), "1 mission sur 3, quiz 0/3", "1 mission of 3, quiz 0/3"),
    (
        PageProgress(0, {"sure", "cancel"}, {**RIGHT, "quiz-1": 49}),
        "prédit, 2 missions sur 3, quiz 2/3",
        "predicted, 2 missions of 3, quiz 2/3",
    ),
    (
        PageProgress(0, {"sure", "cancel", "hand"}, RIGHT),
        ":material/task_alt: prédit, 3 missions sur 3, quiz 3/3",
        ":material/task_alt: predicted, 3 missions of 3, quiz 3/3",
    ),
]


@pytest.mark.parametrize(("page", "french", "english"), CASES)
def test_a_card_says_what_was_done(page: PageProgress, french: str, english: str) -> None:
    """One line on the card of the page that was touched, in the page's language; a tick when nothing is left."""
    for language, line in (("fr", french), ("en", english)):
        assert said(done(open_page("home", lang=language), "forward_pass", page)) == [line]


def test_an_untouched_course_says_nothing_and_begins_with_the_first_page() -> None:
    """No card has a state, none can be resumed, and the first is where to start."""
    app = open_page("home")
    assert not said(app)
    assert [button.label for button in app.button][: len(STEMS)] == ["Commencer ici"] + ["Ouvrir"] * (len(STEMS) - 1)


def test_home_leads_back_to_where_the_student_was() -> None:
    """After a page, home's first button names it and opens it again with its settings; the class's page is no such."""
    app = open_page("embeddings", emb_part="words")
    for elsewhere in ("classroom", "home"):
        app.switch_page(f"../pages/{elsewhere}.py").run()
    title = load("embeddings", "fr").title
    assert app.button[0].label == f"Reprendre\u00a0: {title}"
    assert "Commencer ici" not in [button.label for button in app.button]
    app.button[0].click().run()
    assert app.title[0].value == title
    assert app.query_params == {"emb_part": "words"}
