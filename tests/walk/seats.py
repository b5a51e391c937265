"""People at the desk: each in a browser of their own, signed in through the demonstration's door."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = os.environ.get("TOCSIN_SHOTS", "")
"""A folder that keeps a picture of every page looked at, for a person's eyes; empty: none are kept."""

_OVERFLOW = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


class Seat:
    """One person's browser; every page that it looks at is checked in both widths."""

    def __init__(self, chromium: Browser, address: str, language: str, post: str = "") -> None:
        self.address, self.language, self.post = address, language, post or "public"
        context = chromium.new_context(viewport=WIDE, locale="zh-CN" if language == "zh-hans" else "en-GB")
        self.page: Page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        if post:
            self.go("/sign-in/")
            self.page.locator(f'button[name="seat"][value="{post}"]').click()
            self.page.wait_for_selector("#proposals")

    def go(self, path: str) -> Page:
        answer = self.page.goto(self.address + path)
        assert answer is not None and answer.ok, f"{path}: {answer and answer.status}"
        return self.page

    def do(self, action: str, *, near: str = "", **fields: str) -> None:
        """Fills and sends the first form whose address ends so, unfolding it where it is folded."""
        form = self.page.locator(f'{near} form[action$="{action}"]').first
        form.evaluate("f => f.closest('details')?.setAttribute('open', '')")
        for name, value in fields.items():
            form.locator(f'[name="{name}"]').first.fill(value)
        form.locator('button[type="submit"]').click()
        self.page.wait_for_load_state()

    def check(self, name: str) -> None:
        """Axe finds nothing and nothing is cut off, wide and narrow."""
        for width in (WIDE, NARROW):
            self.page.set_viewport_size(width)
            self.page.wait_for_timeout(150)
            self._keep(name, width["width"])
            found = Axe().run(self.page).response["violations"]
            told = [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
            assert told == [], f"{name} at {width['width']}: {told}"
            assert not self.page.evaluate(_OVERFLOW), f"{name} is wider than {width['width']}"
        self.page.set_viewport_size(WIDE)
        assert self.errors == []

    def _keep(self, name: str, width: int) -> None:
        if SHOTS:
            path = Path(SHOTS) / f"{name}-{self.language}-{width}.png"
            self.page.screenshot(path=path, full_page=width == NARROW["width"])

    def path(self) -> str:
        return urlsplit(self.page.url).path
