"""Forgetting: what a publisher, a person or the user wants gone is erased from every layer of a home, and stays away.

`register` is the ledger of it and what the crawl asks, `selection` finds the rows, `raw` writes raw.duckdb anew,
`derived` erases what was made from raw, `forgetting` is the order of it all.
"""
