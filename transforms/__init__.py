"""What each column means. Pure: an Arrow table in, an Arrow table out; no network, no database, no orchestrator."""
