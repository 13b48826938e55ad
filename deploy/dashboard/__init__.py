"""The dashboard: today's stories, an article with its evidence, and search, read from the published database."""
