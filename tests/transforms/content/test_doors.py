"""What a page in an article's place is built of, whatever it says."""

import pytest

from tests.transforms.pages import STORY, URL, page
from transforms.content.doors import (
    CHOICES,
    ENTRY,
    ERROR_MARK,
    HEADLINES,
    NOT_INDEXED,
    OFFER,
    RECORDING,
    SEARCH,
    WAY_HOME,
    doors,
)
from transforms.content.page import parse_page

LINKS = "".join(f'<li><a href="/news/{number}">{line}</a></li>' for number, line in enumerate(STORY))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<button>Yes</button><button>No</button>", [CHOICES]),
        ('<button>Yes</button><a class="btn primary" href="/no">No</a>', [CHOICES]),
        ('<button>Yes</button><button><img src="/x.svg"></button>', []),
        ("<header><button>Menu</button><button>Search</button></header>", []),
        ('<form action="/account/new"><input type="email"></form>', [ENTRY]),
        ('<form action="/newsletter"><input type="email"></form>', []),
        ('<div class="newsletter"><form action="/sign-up"><input type="email"></form></div>', []),
        ('<a href="/abo/angebot">Weiter</a>', [OFFER]),
        ('<a href="/aboard-the-ferry">Aboard</a>', []),
        ('<nav><a href="/subscribe">Subscribe</a></nav>', []),
        (f"<ul>{LINKS}</ul>", [HEADLINES]),
        (f"<aside><ul>{LINKS}</ul></aside>", []),
        ('<audio src="/a.mp3"></audio>', [RECORDING]),
        ('<bright-player data-id="1"></bright-player>', [RECORDING]),
        ('<main class="error-404 not-found"></main>', [ERROR_MARK]),
        ('<section class="error404"></section>', [ERROR_MARK]),
        ('<div class="error-message"></div>', []),
        ('<div class="post-404"></div>', []),  # the number of an article
        ('<input type="search">', [SEARCH]),
        ('<a href="/">Front page</a>', [WAY_HOME]),
        ('<a href="https://paper.example/">Front page</a>', [WAY_HOME]),
        ('<a href="https://other.example/">Another paper</a>', []),
        ('<a href="#top">Up</a><a href="http://[">Broken</a>', []),
        (STORY[0], []),
    ],
)
def test_each_is_seen_where_it_means_something(html: str, expected: list[str]) -> None:
    assert doors(parse_page(page(html), URL)) == expected


def test_a_page_that_is_not_to_be_indexed_says_so() -> None:
    assert doors(parse_page(page("<p>x</p>", '<meta name="Robots" content="NOINDEX, follow">'), URL)) == [NOT_INDEXED]
