"""Pictures of the demo's weekly page for the documentation: desktop, phone, dark and print. Run after `make demo-history`."""

import sys

import msgspec
from playwright.sync_api import Browser, sync_playwright

from tests.demo.__main__ import PROJECT
from tests.demo.history.__main__ import OUT
from tests.report.conftest import CHROMIUM

PAGE = OUT / "reports" / "weekly.html"
FOLDER = PROJECT / "docs" / "images"


class Picture(msgspec.Struct, frozen=True):
    """How the page is looked at; `width` and `height` in CSS pixels."""

    name: str
    width: int
    height: int
    colours: str = "light"
    medium: str = "screen"


PICTURES = (
    Picture("desktop", 1280, 1700),
    Picture("phone", 390, 1700),
    Picture("dark", 1280, 1700, colours="dark"),
    Picture("print", 794, 1123, medium="print"),
)


def main() -> int:
    """Takes all of them."""
    if not PAGE.is_file():
        print("There is no page yet: run `make demo-history` first.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--force-color-profile=srgb"])
        for picture in PICTURES:
            take(browser, picture)
        browser.close()
    return 0


def take(browser: Browser, picture: Picture) -> None:
    """One picture: what stands at the top of the page."""
    size = {"width": picture.width, "height": picture.height}
    page = browser.new_page(viewport=size, color_scheme=picture.colours)  # type: ignore[arg-type]
    page.emulate_media(media=picture.medium, color_scheme=picture.colours)  # type: ignore[arg-type]
    page.goto(PAGE.as_uri())
    file = FOLDER / f"weekly-{picture.name}.png"
    page.screenshot(path=file)
    print(f"{file.relative_to(PROJECT)}: {file.stat().st_size // 1024} KiB")
    page.close()


if __name__ == "__main__":
    sys.exit(main())
