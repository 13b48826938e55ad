"""The transform `insights`: the questions a reader would ask of an article, and their answers in it."""

from transforms.insights.column import INSIGHTS

__all__ = ["INSIGHTS"]
