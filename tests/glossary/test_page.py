"""The page of the glossary: in order, searched as one types, opened at a term."""

from __future__ import annotations

import pytest

from core.glossary import terms
from tests.helpers import open_page


def names(language: str = "fr", **query: str) -> list[str]:
    """Return the terms that the page shows, in their order."""
    app = open_page("glossary", lang=language, **query)
    assert not app.exception
    return [heading.value for heading in app.subheader]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_terms_stand_in_the_order_of_the_alphabet(language: str) -> None:
    """Each once, accents apart: É stands with E."""
    shown = names(language)
    assert sorted(shown) == sorted(term.name for term in terms(language).terms.values())
    assert shown[0] == ("ACP (PCA)" if language == "fr" else "Activation function")
    if language == "fr":
        assert shown.index("Early stopping") < shown.index("Échantillonnage (sampling)") < shown.index("Embedding")


def test_the_term_of_the_address_stands_first_once() -> None:
    """`?term=nat` puts it at the top, with its anchor; one that does not exist changes nothing."""
    shown = names(term="nat")
    assert shown[0] == "Nat"
    assert sorted(shown) == sorted(names())
    assert names(term="batman") == names()
    assert open_page("glossary", term="nat").subheader[0].anchor == "nat"


def test_the_search_finds_names_and_forms_without_accents_or_case() -> None:
    """What is searched for, in the address too, leaves the terms that it is a part of; nothing found is no error."""
    assert names(gl_search="EPOQUE") == ["Époque (epoch)"]
    assert names(gl_search="taux d'app") == ["Learning rate (taux d’apprentissage)"]
    assert names("en", gl_search="mini-b") == ["Batch"]
    assert names(gl_search="zzz") == []
    app = open_page("glossary", term="nat")
    app.text_input(key="gl_search").set_value("softmax").run()
    assert [heading.value for heading in app.subheader] == ["Softmax"]
    assert app.query_params["gl_search"] == "softmax"


def test_a_definition_explains_the_other_terms_it_uses_and_leads_to_pages_in_its_language() -> None:
    """The nat's explains surprise and bit, not the nat; what leads to a page says the language."""
    nat = open_page("glossary", lang="en", term="nat").markdown[0].value
    assert "[surprise](glossary?term=surprise&lang=en " in nat
    assert "term=nat" not in nat
    assert "(text_generation?lang=en)" in nat


def test_it_is_in_the_menu_and_beside_the_course() -> None:
    """No page leads on from it or back from it, and none to it."""
    assert not open_page("glossary").button
    assert "Glossaire" not in {button.label for button in open_page("home").button}
