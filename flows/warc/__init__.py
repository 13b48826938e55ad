"""Web archives (WARC): raw written as one, and one read into raw.

`export` writes raw as WARC 1.1, with `facts`, the rows of raw as JSON beside the pages. `archive` reads the records of
a file or of a URL (`remote`), `pages` judges what is in them, `taking` makes rows of it, `selection` says which are
wanted, `bookmark` where a killed backfill goes on, and `backfill` is the run.
"""
