"""Pages that stand in an article's place and say so in words that no list has; and articles that look like them."""

import pytest

from tests.transforms.pages import STORY, article, judge, linked_data, page, paragraphs

ANNOUNCED = "Lock gate at Brannock fails again"
ABOUT_CONSENT = (
    "A court in Ghent fined a broker nine million euros because it sold profiles to advertisers without consent.",
    "Trackers on four hundred pages had stored identifiers on the devices of visitors. Nobody could refuse.",
    "The firm and its partners will appeal. Privacy groups called the ruling overdue.",
)
ABOUT_ROBOTS = (
    "A robot solves captchas faster than a human does, and browsers that should tell them apart are none the wiser.",
    "Security firms said they had moved on, and blocked such programs by how they behave.",
)
ASKED = "<button>Fine</button><button>Rather not</button>"
WALLS = {
    "cookie_wall": page(
        "<div><p>Adverts keep us afloat. Our 90 vendors read identifiers from your device and build a profile.</p>"
        f"<p>Would you permit this? You may refuse at any time.</p>{ASKED}</div>"
    ),
    "cookie_wall in a form": page(
        "<form class='consent'><p>Adverts keep us afloat. Our 90 vendors build a profile of your device.</p>"
        f"<p>Would you permit it?</p>{ASKED}</form>"
    ),
    "error_page that is marked": page(
        '<main class="error-404"><h1>Ahoy</h1><p>You have sailed off the chart.</p></main>'
    ),
    "error_page with a way out": page(
        "<main><h1>Ahoy</h1><p>You have sailed off the chart. There is nothing out here but water and the odd gull. "
        "Turn round while you can, the harbour is behind you and it has beer. We are sorry for the wet feet.</p>"
        '<a href="/">Harbour</a></main>'
    ),
    "login_wall": page(
        '<main><h1>Hello again</h1><form action="/members/link"><input type="email"></form>'
        "<p>We mail you a key.</p></main>"
    ),
    "bot_check": page(
        "<main><h1>Robot or human?</h1><p>Hold the button, so that we can verify it.</p></main>", "<title>Hm</title>"
    ),
    "paywall_only": page(
        f'<main><h1>{ANNOUNCED}</h1><p>It was old.</p><a href="/plans">From 2 euros a week</a></main>',
        f"<title>{ANNOUNCED}</title>",
    ),
    "video_page": page('<main><h1>Episode 4</h1><audio src="/4.mp3"></audio><p>Half an hour.</p></main>'),
    "empty_page": page("<noscript>This app needs JavaScript, please turn it on.</noscript><div></div>"),
}
ARTICLES = {
    "about consent": article(*ABOUT_CONSENT),
    "about consent, with a banner": page(
        f'<div class="cookie-banner"><p>We use cookies.</p>{ASKED}</div><article>{paragraphs(*ABOUT_CONSENT)}</article>'
    ),
    "about robots": article(*ABOUT_ROBOTS),
    "about what is kept from viewers abroad": page(
        '<a href="/">Paper</a><article><p>Viewers in other countries lost access because the rights end at the border. '
        "The content is not available there, the broadcaster said.</p><p>A group in Mainz calls that illegal. A court "
        "will decide in May.</p></article>"
    ),
    "with a way to log in": page(
        '<form action="/login"><input type="email"><input type="password"></form>'
        f"<article>{paragraphs(*STORY[:2])}</article>"
    ),
}


@pytest.mark.parametrize("case", WALLS)
def test_a_wall_in_words_of_its_own_is_known_by_how_it_is_built(case: str) -> None:
    assert judge(WALLS[case], feed_title=ANNOUNCED)["reason"] == case.split()[0]


@pytest.mark.parametrize("case", ARTICLES)
@pytest.mark.parametrize("title", [None, "The gate that would not close"])
def test_an_article_that_speaks_of_the_same_is_kept(case: str, title: str | None) -> None:
    row = judge(ARTICLES[case], feed_title=None if "about" in case or title is None else title)
    assert row["reason"] is None


def test_an_article_under_another_headline_than_announced_is_kept_where_it_says_that_it_is_one() -> None:
    stated = linked_data('{"@type": "NewsArticle", "headline": "Water"}')
    assert judge(article(*STORY[:2], head=stated, title="Water"), feed_title="Seven sheep elope")["verdict"] == "kept"
    assert (
        judge(article(*ABOUT_CONSENT, head=stated, title="Fine"), feed_title="Seven sheep elope")["verdict"] == "kept"
    )


BRIEF = (
    "Trains stop for eight hours on Friday, the union of their drivers says. Commuters will still have all of theirs."
)


def test_two_sentences_are_an_article_where_they_are_what_was_announced() -> None:
    assert judge(article(BRIEF, title="Trains stop on Friday"), feed_title="Trains stop on Friday")["reason"] is None
    assert judge(article(BRIEF, title="Trains stop on Friday"))["reason"] == "too_short"
    played = page(f"<h1>Trains stop on Friday</h1><video></video><p>{BRIEF}</p>")
    assert judge(played, feed_title="Trains stop on Friday")["reason"] == "video_page"


def test_a_notice_above_other_articles_is_an_error_page() -> None:
    below = paragraphs(*STORY * 2)
    assert judge(page(f"<main>{below}</main>", "<title>404 Page not found</title>"))["reason"] == "error_page"
    stated = '<title>404 Page not found</title><meta property="article:published_time" content="2026-03-09T10:00:00Z">'
    assert judge(page(f"<main>{below}</main>", stated))["reason"] is None
