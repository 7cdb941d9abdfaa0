"""Cutting: nothing is lost, nothing is longer than it may be, and sentences stay whole."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.chat.cutting import cut, sentences
from core.chat.documents import Document, from_text

SIGNS = st.sampled_from(["a", "é", "B", ".", "!", " ", "\n", "\n\n", "« ", " »", "mot ", "Mot. ", "1", "- "])


@given(st.lists(st.lists(SIGNS, max_size=120).map("".join), min_size=1, max_size=4), st.integers(100, 300), st.data())
def test_passages_cover_a_document_within_their_sizes(pages: list[str], size: int, data: st.DataObject) -> None:
    """Every sign but spaces is in a passage; none is too long; neighbours share no more than the overlap."""
    overlap = data.draw(st.integers(0, size // 2))
    document = Document("d", tuple(pages), has_pages=True)
    text, found = "\n".join(pages), cut(document, size, overlap)
    covered = {at for passage in found for at in range(passage.start, passage.end)}
    assert {at for at, sign in enumerate(text) if not sign.isspace()} <= covered
    for passage in found:
        assert 0 < len(passage.text) <= passage.end - passage.start <= size
        assert passage.text == " ".join(text[passage.start : passage.end].split())
        assert passage.first_page is not None
        assert passage.last_page is not None
        assert text[: passage.start].count("\n") >= passage.first_page - 1
        assert 1 <= passage.first_page <= passage.last_page <= len(pages)
    for one, other in pairwise(found):
        assert one.start < other.start
        assert one.end < other.end
        assert one.end - other.start <= overlap


@given(st.lists(st.integers(1, 95), min_size=4, max_size=30), st.integers(100, 160), st.data())
def test_a_passage_repeats_whole_sentences_of_the_last_one_and_goes_on(
    lengths: list[int], size: int, data: st.DataObject
) -> None:
    """Whatever the lengths: no more than the overlap is repeated, whole sentences alone, and each brings a new one."""
    overlap = data.draw(st.integers(0, size // 2))
    text = " ".join("A" + "a" * length + "." for length in lengths)
    found = cut(from_text("t", text), size, overlap)
    for one, other in pairwise(found):
        assert one.end - other.start <= overlap
        assert other.end > one.end
        assert other.text.startswith("A")
    assert all(passage.text.endswith(".") and len(passage.text) <= size for passage in found)


def test_sentences_end_where_a_reader_ends_them() -> None:
    """Quotes stay with their sentence; titles, initials, decimals end none; empty lines and points of lists do."""
    text = (
        "M. Hugo dit : « Oui ! » Puis il sort. V. Hugo écrit 3.5 pages… Vraiment ?\n\nTitre sans point\n\n"
        "- un\n- deux\nLa suite. (Une note.) elle continue. Fin"
    )
    assert [text[start:end] for start, end in sentences(text)] == [
        "M. Hugo dit : « Oui ! »", "Puis il sort.", "V. Hugo écrit 3.5 pages…", "Vraiment ?", "Titre sans point",
        "- un", "- deux\nLa suite.", "(Une note.) elle continue.", "Fin",
    ]  # fmt: skip


def test_a_passage_knows_the_pages_that_it_comes_from() -> None:
    """One that crosses the end of a page has both; a pasted text has none."""
    pages = ("Un. " * 40, "Deux. " * 40)
    found = cut(Document("d", pages, has_pages=True), 100, 40)
    assert found[0].first_page == found[0].last_page == 1
    assert any((passage.first_page, passage.last_page) == (1, 2) for passage in found)
    assert found[-1].first_page == found[-1].last_page == 2
    assert cut(from_text("t", "Un. Deux."))[0].first_page is None


@pytest.mark.parametrize(("size", "overlap"), [(99, 0), (4_001, 0), (200, 101), (200, -1)])
def test_sizes_that_make_no_sense_are_refused(size: int, overlap: int) -> None:
    """Too short, too long, or a passage that is mostly the one before it."""
    with pytest.raises(ValueError, match="size"):
        cut(from_text("t", "a"), size, overlap)


def test_a_text_of_one_endless_line_is_cut_quickly() -> None:
    """Two million signs without a space: pieces of the size."""
    found = cut(from_text("t", "x" * 2_000_000))
    assert {len(passage.text) for passage in found[:-1]} == {600}
    assert len(cut(from_text("t", "mot. " * 40_000))) < 1_000
