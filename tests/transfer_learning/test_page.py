"""The transfer learning page through the router: addresses, recorded runs, a run trained here, refusals."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from components.transfer_learning.settings import control_names
from components.transfer_learning.state import COMPONENT
from core.tasks.signs.settings import ALL, WAYS
from core.transfer_learning.curves import curves
from core.transfer_learning.presets import PRESETS
from core.transfer_learning.stops import PHOTOS
from tests.helpers import RARELY, open_page, until


def picture(app: AppTest) -> dict[str, Any]:
    """Return what the picture was sent."""
    (found,) = [each.proto for each in app.get("bidi_component") if COMPONENT in str(each.proto)]
    data: dict[str, Any] = json.loads(found.json)
    return data


def messages(app: AppTest) -> str:
    return " ".join(box.value for kind in (app.info, app.warning, app.error, app.success) for box in kind)


def captions(app: AppTest) -> str:
    return " ".join(str(caption.value) for caption in app.caption)


def test_an_address_opens_its_experiment_and_nonsense_the_first() -> None:
    """The link is the experiment; what cannot be is ignored, one value at a time."""
    told = picture(open_page("transfer_learning", tl_way="tuned", tl_photos="20", tl_part="map"))["state"]
    assert (told["way"], told["photos"], told["part"], told["split"]) == ("tuned", 20, "map", "people")
    told = picture(open_page("transfer_learning", tl_way="magic", tl_photos="7", tl_split="photos", tl_rate="-3"))[
        "state"
    ]
    assert (told["way"], told["photos"], told["split"]) == ("imagenet", 2, "photos")


def test_the_page_opens_on_the_questions_run_with_its_curves_veiled() -> None:
    """Recorded curves of all ways go to the picture; it is told to hide them until the guess, and shows a whole run."""
    data = picture(open_page("transfer_learning"))
    assert data["veiled"]
    assert not picture(open_page("transfer_learning", tl_photos="20"))["veiled"]
    assert set(data["curves"]) == set(WAYS)
    for way, points in data["curves"].items():
        assert [point["mean"] for point in points] == [round(p.mean, 5) for p in curves()["people"][way]]
    assert data["run"]["stage"] == "over"
    assert data["run"]["recorded"]
    assert data["panel"]["photos"] == 762


@pytest.mark.parametrize("way", WAYS)
def test_every_stop_of_the_ruler_is_there_at_once(way: str) -> None:
    """With the usual settings each way at each number of photos replays: mistakes, signs, and the map."""
    for photos in (PHOTOS[0], ALL):
        app = open_page("transfer_learning", tl_way=way, tl_photos=str(photos))
        data = picture(app)
        assert data["run"]["stage"] == "over"
        assert not data["run"]["differs"]
        mistakes = data["panel"]["mistakes"]
        assert all(each["sign"] != each["read"] for each in mistakes)
        assert [each["sure"] for each in mistakes] == sorted((each["sure"] for each in mistakes), reverse=True)
        right = [each["right"] for each in data["panel"]["signs"]]
        assert sum(right) / 10 == pytest.approx(data["run"]["reached"][-1], abs=0.02)
        assert len(base64.b64decode(data["panel"]["map"]["signs"])) == 762


def test_a_mistake_is_shown_as_the_photo_it_is() -> None:
    """What the picture is sent opens as a photo of 100 × 100."""
    first = picture(open_page("transfer_learning"))["panel"]["mistakes"][0]
    image = Image.open(io.BytesIO(base64.b64decode(first["image"].split(",", 1)[1])))
    assert image.size == (100, 100)


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens_and_says_where_it_comes_from(name: str) -> None:
    """Pressed, each preset's run is there, recorded; its date stands under the picture."""
    settings = PRESETS[name]
    app = open_page("transfer_learning", lang="en")
    row = next(group for group in app.button_group if "tl-presets" in str(group.key))
    row.set_value(name).run()
    data = picture(app)
    assert (data["state"]["way"], data["state"]["photos"]) == (settings.way, settings.photos)
    assert data["run"]["stage"] == "over"
    assert "Recorded on November 26, 2026" in captions(app)


def test_other_settings_wait_for_the_button_and_are_trained_here() -> None:
    """A setting nobody recorded shows no run and the button; pressed, a worker trains it, and its mark stays."""
    asked = {"tl_way": "scratch", "tl_photos": "1", "tl_updates": "50", "tl_seed": "5", "lang": "en"}
    app = open_page("transfer_learning", **asked)
    assert picture(app)["run"]["stage"] == "empty"
    assert picture(app)["panel"] is None
    app.button(key="tl-start").click().run()
    until(lambda: picture(app.run())["run"]["stage"] == "over", every=RARELY)
    data = picture(app)
    assert "Updates 50" in data["run"]["differs"]
    assert [(run["way"], run["photos"]) for run in data["own"]] == [("scratch", 1)]
    assert "Computed on" in captions(app)


def test_without_the_bases_weights_what_is_recorded_replays_and_the_rest_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of weights: recorded runs open; where the base would have to look, a command stands, and no button."""
    monkeypatch.setattr("core.tasks.signs.files.BASE", tmp_path / "gone.safetensors")
    app = open_page("transfer_learning", lang="en", tl_way="tuned", tl_photos="20")
    assert picture(app)["run"]["stage"] == "over"
    for asked in ({"tl_way": "tuned", "tl_seed": "9"}, {"tl_way": "imagenet", "tl_copies": "2"}):
        app = open_page("transfer_learning", lang="en", **asked)
        assert "git checkout -- assets/models/efficientnet_lite0" in messages(app)
        assert not [button for button in app.button if button.key == "tl-start"]
    app = open_page("transfer_learning", lang="en", tl_way="imagenet", tl_seed="9")
    assert [button for button in app.button if button.key == "tl-start"]


def test_a_link_ticks_no_mission() -> None:
    """Whoever opens an address has done nothing yet: both missions stand there, unticked."""
    app = open_page("transfer_learning", lang="en", tl_way="scratch", tl_photos="130")
    assert "Mission accomplished" not in messages(app)


def test_the_controls_of_a_run_are_all_in_the_address() -> None:
    """Every setting of a run has a control, and each control a name that begins with the page's letters."""
    names = control_names()
    assert len(names) == len(set(names)) == 10
    assert all(name.startswith("tl_") for name in names)
