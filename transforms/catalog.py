"""The table of contents: every transform, in the order in which it runs."""

from transforms.content import CONTENT
from transforms.contract import Transform
from transforms.embedding import EMBEDDING
from transforms.entities import ENTITIES
from transforms.figures import FIGURES
from transforms.insights import INSIGHTS
from transforms.quality import QUALITY
from transforms.sentiment import SENTIMENT
from transforms.summary import SUMMARY

TRANSFORMS: tuple[Transform, ...] = (CONTENT, QUALITY, EMBEDDING, ENTITIES, SENTIMENT, FIGURES, SUMMARY, INSIGHTS)
