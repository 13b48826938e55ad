"""The crawl: what a source announces, what may be fetched, and what came back. Everything becomes a row of raw."""
