"""The pictures of docs/anh/, taken of the sample documents: `python -m scripts.screenshots`, after `make venv`.

Nothing but `samples/documents` is shown, in a home of its own that is removed at the end.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from scripts.chromium import chromium
from scripts.free_port import any_free_port

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "anh"
DESKTOP, PHONE = (1100, 720), (360, 720)
_TRACUU = (sys.executable, "-m", "tracuu")
_START_SECONDS = 60
_COLOURS = 128
"""A page has few: a palette makes its picture a third as large."""


def main() -> None:
    """Index the samples, serve them, and take each picture."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, served(Path(home)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for (width, height), take in ((DESKTOP, on_a_desktop), (PHONE, on_a_phone)):
            page = browser.new_page(base_url=address, viewport={"width": width, "height": height}, locale="vi-VN")
            take(page)
        browser.close()


def on_a_desktop(page: Page) -> None:
    """Each kind of page, in the order in which somebody comes to them."""
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("chuyen doi")
    page.get_by_role("option").first.wait_for()
    keep(page, "goi-y")
    page.goto("/search?q=chuyen+doi+so")
    keep(page, "ket-qua")
    page.locator(".facet a", has_text="Quyết định").first.click()
    page.locator(".chips").wait_for()
    keep(page, "bo-loc")
    page.locator(".hit h2 a").first.click()
    page.get_by_role("heading", name="Toàn văn").wait_for()
    keep(page, "van-ban")
    page.goto("/search?q=chuyen+doi+so")
    page.locator(".snippet a.page").first.click()
    page.wait_for_load_state("networkidle")
    keep(page, "trang-goc")
    page.goto("/search/advanced?f_words=kế+hoạch&show=true")
    keep(page, "tim-nang-cao")
    page.goto("/huong-dan")
    keep(page, "cach-tim")
    page.goto("/search?q=zzzz")
    keep(page, "khong-thay")
    page.goto("/search?q=chuyen+doi+so")
    for choice in page.locator(".hit input[type=checkbox]").all()[:3]:
        choice.check()
    page.get_by_role("button", name="Xem giỏ văn bản").click()
    page.get_by_role("heading", level=1).wait_for()
    keep(page, "gio")
    page.goto("/docs")
    keep(page, "api")


def on_a_phone(page: Page) -> None:
    """Results."""
    page.goto("/search?q=chuyen+doi+so")
    keep(page, "dien-thoai")


def keep(page: Page, name: str) -> None:
    """What the window shows, as docs/anh/NAME.png."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(_COLOURS).save(PICTURES / f"{name}.png", optimize=True)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a service over the samples."""
    port = any_free_port()
    environment = {**os.environ, "TRACUU_HOME": str(home), "TRACUU_PORT": str(port)}
    index = (*_TRACUU, "index", "samples/documents", "--source", "mau")
    subprocess.run(index, cwd=ROOT, env=environment, check=True)
    server = subprocess.Popen((*_TRACUU, "serve"), cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _START_SECONDS
        while not is_ready(address):
            if server.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("`tracuu serve` did not start")
            time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait()


def is_ready(address: str) -> bool:
    """Whether a search would be answered."""
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


if __name__ == "__main__":
    main()
