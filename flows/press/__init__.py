"""The sample press: fictional newspapers served over HTTP on loopback. All text is fictional, written for Nightdesk."""
