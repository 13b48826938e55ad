"""The transform `figures`: amounts, percentages, counts and ratios, with whose they are and where they went.

`column` is where to start reading; `amounts` finds the figures of a sentence, `movement` says which way each went,
`owners` whose each is.
"""

from transforms.figures.column import FIGURES

__all__ = ["FIGURES"]
