"""The README's pictures, taken of a home: `python -m deploy.pictures --home data-pictures --out deploy/pictures`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from deploy.browser import find_chromium, open_browser, running_dashboard
from deploy.dashboard import tables
from flows.paths import Home

WIDTH, HEIGHT = 1200, 900


def take_pictures(home: Home, out: Path, chromium: str) -> list[Path]:
    """brief.png of the latest brief, stories.png and article.png of the dashboard, light, at a desktop's width."""
    out.mkdir(parents=True, exist_ok=True)
    brief = max(home.briefs.glob("*.html"))
    article_id = _telling_article(home)
    taken = []
    with open_browser(chromium) as browser, running_dashboard(home.root) as address:
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        for name, url, sign in (
            ("brief", brief.as_uri(), "article"),
            ("stories", address, "article.story"),
            ("article", f"{address}/?article={article_id}", "div.text mark"),
        ):
            page.goto(url)
            page.wait_for_selector(sign)
            _settle(page)
            taken.append(out / f"{name}.png")
            page.screenshot(path=taken[-1])
    return taken


def _telling_article(home: Home) -> str:
    """Of the latest day, an article that has key points, a tone and the most entities."""
    rows = [row for row in tables.stories(home, tables.days(home)[0]) if row["gist"] and row["sentiment_label"]]
    best = max(rows, key=lambda row: (len(tables.entities(home, row["article_id"])), row["article_id"]))
    return str(best["article_id"])


def _settle(page: Any) -> None:
    """Wait until Streamlit has nothing more to draw."""
    page.wait_for_function("!document.querySelector('[data-testid=\"stStatusWidget\"]')")
    page.wait_for_timeout(300)


def main() -> int:
    """Parse the command line, take the pictures, say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    chromium = find_chromium()
    if chromium is None:
        print("There is no Chromium on this machine: install the package chromium.", file=sys.stderr)  # noqa: T201
        return 1
    for file in take_pictures(Home(arguments.home.absolute()), arguments.out, chromium):
        print(file)  # noqa: T201 - a command's output
    return 0


if __name__ == "__main__":
    sys.exit(main())
