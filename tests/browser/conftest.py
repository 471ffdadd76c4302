"""A real browser against a live server: Chromium, a phone and a desk; any error on the console fails the test."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

# Playwright runs its own event loop in this thread, and Django would refuse the database there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: install it, or name it in CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def plain_static(settings) -> None:
    """Static files straight from the sources: the names with hashes are tested on their own."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    settings.WHITENOISE_USE_FINDERS = True
    settings.WHITENOISE_AUTOREFRESH = True


def _page(chromium: Browser, **options: object) -> Iterator[Page]:
    context = chromium.new_context(**options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    # A test that provokes an error takes it out of the list.
    page.faults = faults
    yield page
    context.close()
    assert not faults


@pytest.fixture
def phone(chromium: Browser, plain_static: None) -> Iterator[Page]:
    """A phone-sized page with touch."""
    yield from _page(chromium, **PHONE)


@pytest.fixture
def desktop(chromium: Browser, plain_static: None) -> Iterator[Page]:
    """A desktop-sized page."""
    yield from _page(chromium, **DESKTOP)


@pytest.fixture
def without_script(chromium: Browser, plain_static: None) -> Iterator[Page]:
    """A phone-sized page whose browser runs no script."""
    yield from _page(chromium, **PHONE, java_script_enabled=False)
