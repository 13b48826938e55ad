"""The transform `content`: from a page's HTML to the article on it. `column` is where to start reading."""

from transforms.content.column import CONTENT

__all__ = ["CONTENT"]
