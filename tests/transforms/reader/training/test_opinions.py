from transforms.reader.training.labelled import Target
from transforms.reader.training.opinions import NEGATIVE, NEUTRAL, POSITIVE, newsmtsc_row, sentfin_row, tweet_row


def test_targets_of_a_news_sentence() -> None:
    text = "Critics praised Berg but blamed Acme."
    row = {
        "sentence_normalized": text,
        "targets": [
            {"from": 16, "to": 20, "polarity": 6.0},
            {"from": 32, "to": 36, "polarity": 2.0},
            {"from": 0, "to": 7, "polarity": 5.0},
            {"from": 30, "to": 99, "polarity": 4.0},
        ],
    }
    item = newsmtsc_row(row)
    assert item.targets == (Target(16, 20, POSITIVE), Target(32, 36, NEGATIVE)), (
        "between two labels, or outside: left out"
    )
    assert item.sentiments == (None,), "the targets do not agree, so the sentence has no label"


def test_a_headline_s_entities_are_found_whatever_their_case() -> None:
    item = sentfin_row({"Title": "ACME gains, Berg Ltd flat", "Decisions": '{"Acme": "positive", "Gone": "negative"}'})
    assert item.targets == (Target(0, 4, POSITIVE),)
    assert item.sentiments == (POSITIVE,)


def test_a_tweet_s_label_and_link() -> None:
    row = {"text": "$ACME steady https://t.example/x", "label": "2"}
    assert tweet_row(row, keep_links=False).text == "$ACME steady"
    assert tweet_row(row, keep_links=True).text == row["text"]
    assert tweet_row(row, keep_links=False).sentiments == (NEUTRAL,)
