"""Every data test on a mart can fail: each mart is spoilt in the built database, and dbt must name every test."""

import shutil
from pathlib import Path

import duckdb

from flows.paths import Home
from tests.sql.conftest import Built, call_dbt

SPOILT = """
    insert into articles select * from articles where title = 'steady';
    update articles set
        key_points = [{'text': 'no', 'start': 3, 'end': 3, 'score': 1, 'support': 1} for n in range(6)],
        gist = 'no', gist_start = 0, gist_end = 100000,
        sentences = [{'start': 0, 'end': 100000}], form = 'rumour',
        updates = [{'start': 0, 'end': 100000, 'at': null}],
        modified_at = timestamptz '1999-01-01 00:00:00+00', published_at = timestamptz '2026-03-01 00:00:00+00',
        sentiment_score = 7, sentiment_p_negative = 0.9, sentiment_p_neutral = 0.9, sentiment_label = 'angry',
        quality_score = 2, known_at = timestamptz '1999-01-01 00:00:00+00', is_edited = not is_edited,
        published_at_source = 'rumour';

    insert into entity_mentions select * from entity_mentions limit 1;
    update entity_mentions set
        article_id = 'gone', mention_text = 'Somebody', salience = 2, sentiment_score = 7, sentiment_label = 'angry',
        linked_id = null, linked_kind = 'rumour', type = 'X', relevance = 'X';

    insert into entity_daily select * from entity_daily;
    update entity_daily set
        mentions = -1, main_articles = articles + 1, negative_articles = articles + 1, sentiment_mean = 7, type = 'X';

    insert into source_daily select * from source_daily;
    update source_daily set discovered = discovered + 1, articles = articles + 1, rejected_too_short = 9,
        failed_polls = polls + 1;

    insert into rejections select * from rejections;
    update rejections set duplicate_of = 'gone', reason = 'rumour';

    insert into article_edits select * from article_edits;
    update article_edits set
        article_id = 'gone', is_title_changed = false, is_text_changed = false, sentences_removed = 9,
        correction = 'Sorry.', edited_at = timestamptz '1999-01-01 00:00:00+00';

    insert into figures select * from figures;
    update figures set
        article_id = 'gone', figure_text = 'Much', sentence_start = start + 1, kind = 'rumour', currency = 'USD',
        unit = null, direction = 'sideways', entity_id = 'acme', owner = null, relevance = 'X';
    insert into figures select * replace ('percentage' as kind) from figures limit 1;

    insert into questions select * from questions;
    update questions set
        article_id = 'gone', facet = 'gossip', question = 'No', answer = 'Nothing.', cited_article_id = 'gone',
        is_from_archive = true, known_at = timestamptz '1999-01-01 00:00:00+00', score = 2;

    insert into open_questions select * from open_questions;
    update open_questions set article_id = 'gone', facet = 'gossip', question = 'No';

    insert into consents select * from consents;
    update consents set
        decision = 'rumour', stance = 'shy', reason = 'none', pages_had = pages + 1,
        last_seen_at = first_seen_at - interval 1 day;

    insert into runs select * from runs;
    update runs set status = 'lost', due = due + 1, rejected = 9, unchanged = rechecked + 1;
"""


def test_every_data_test_on_a_mart_fails_on_spoilt_rows(built: Built, tmp_path: Path) -> None:
    assert built.dbt.code == 0, built.dbt.output[-3000:]
    home = Home(tmp_path / "home")
    shutil.copytree(built.home.root, home.root)
    with duckdb.connect(str(home.build_database)) as connection:
        connection.execute(SPOILT)
    said = call_dbt(home, built.folder, "test", "--select", "path:marts,test_type:data", "test_type:singular")
    held = [name.split(".")[2] for name, status in said.statuses.items() if status != "fail"]
    assert not held, said.output[-3000:]
    assert len(said.statuses) > 40
