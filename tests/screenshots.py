"""Take the README's pictures again, one for each page: `python -m tests.screenshots`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from core.files import ROOT
from tests.helpers import STEMS
from tests.in_browser import FLAGS, find_chromium, new_tab, settled, start_server, stop_server

QUERIES = {
    "forward_pass": "fp_step=activation",
    "train_val_test": "tvt_measure=loss",
    "batch_learning_rate": "blr_batch=64",
    "tokens": "tok_tokenizer=o200k",
    "project": "pj_rows=4&opened=1",
    "gpu": "gpu_batch=4096&gpu_transfer=true",
    "transfer_learning": "tl_photos=20&tl_way=tuned",
}
SIZE = {"width": 1366, "height": 860}


def main() -> None:
    """Open every page in French as a student's laptop shows it, and keep its first screen."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        url, process = start_server(Path(folder))
        browser = driver.chromium.launch(executable_path=find_chromium(driver), args=FLAGS)
        try:
            for stem in ("home", *STEMS):
                tab = new_tab(browser, viewport=SIZE)
                tab.goto(f"{url}/{'' if stem == 'home' else stem}?{QUERIES.get(stem, 'opened=1')}")
                settled(tab)
                path = ROOT / "assets" / "img" / f"{stem}.png"
                tab.screenshot(path=path)
                Image.open(path).quantize(256).save(path, optimize=True)  # a third of the size, no visible loss
                tab.context.close()
        finally:
            browser.close()
            stop_server(process)


if __name__ == "__main__":
    main()
