"""The README's pictures, taken of a home: `python -m deploy.pictures --home data-pictures --out deploy/pictures`."""

import argparse
import sys
from pathlib import Path
from typing import Any

from deploy.browser import NO_BROWSER, find_chromium, open_browser, running_dashboard, settle
from deploy.dashboard import tables
from flows.brief.files import written_day
from flows.errors import NightdeskError
from flows.settings import Settings, load_settings

WIDTH, HEIGHT = 1200, 900
POINTS, NAMES = 3, 8  # an article shows well with so many points, and not more names than one column holds


def take_pictures(settings: Settings, out: Path, browser: Any, address: str) -> list[Path]:
    """brief.png of the latest brief; stories.png and article.png of the dashboard at `address`, which shows the same
    home: light, the first view of a desktop.

    Raises NothingThere where the home has no night yet.
    """
    brief = settings.paths.briefs / f"{written_day(settings.paths).isoformat()}.html"
    article = f"{address}/?article={telling_article(settings)}"
    out.mkdir(parents=True, exist_ok=True)
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
    try:
        return [
            _picture(page, brief.as_uri(), "main article", out / "brief.png"),
            _picture(page, address, "article.story", out / "stories.png"),
            _picture(page, article, ".text mark", out / "article.png"),
        ]
    finally:
        page.close()


def _picture(page: Any, url: str, sign: str, file: Path) -> Path:
    page.goto(url)
    page.wait_for_selector(sign)
    settle(page)
    page.screenshot(path=file)
    return file


def telling_article(settings: Settings) -> str:
    """Of the latest day, the article that shows most of what is read: points, a tone, linked names, not too many.

    Raises NothingThere where no article is known yet, NightdeskError where none was read.
    """
    with tables.reading(settings.paths) as connection:
        days = tables.days(connection, settings.time_zone)
        rows = tables.stories(connection, days[0], settings.time_zone) if days else []
        ranked = []
        for story in rows:
            row = tables.article(connection, story["article_id"]) or {}
            names = tables.entities(connection, story["article_id"])
            if row.get("key_points") and row["sentiment_label"]:
                whole = not any(row[flag] for flag in ("is_paywalled", "is_partial", "is_edited"))
                shape = len(row["key_points"]) >= POINTS, len(names) <= NAMES
                told = len({name["ticker"] for name in names} - {None}), abs(row["sentiment_score"])
                ranked.append((whole, *shape, *told, row["article_id"]))
    if not ranked:
        raise NightdeskError("no article of the latest day has key points and a tone", "Run a night: `nightdesk run`.")
    return str(max(ranked)[-1])


def main() -> int:
    """Parse the command line, take the pictures, say where they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="a home in which at least one night has run")
    parser.add_argument("--out", type=Path, required=True, help="where the PNG files go")
    arguments = parser.parse_args()
    try:
        chromium = find_chromium()
        if chromium is None:
            raise NightdeskError("there is no Chromium on this machine", NO_BROWSER)
        settings = load_settings(arguments.home)
        telling_article(settings)  # before a server and a browser are started for nothing
        with running_dashboard(settings.home) as address, open_browser(chromium) as browser:
            for file in take_pictures(settings, arguments.out, browser, address):
                print(file)  # noqa: T201 - a command's output
    except NightdeskError as error:
        print(f"{error.message}. {error.hint}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
