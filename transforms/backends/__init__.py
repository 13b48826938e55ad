"""Who may write a column: the embedded reader, a checkpoint of the user's choice, or a language model.

Whoever writes it, a column has the same name, version, types and gate; each row says in its lineage who made it. This
module names the choices and imports none of them.
"""

READER, HUB, LLM = "reader", "hub", "llm"

# Columns with a choice. All others are written by the reader or by rules.
CHOICES: dict[str, tuple[str, ...]] = {
    "entities": (READER, HUB, LLM),
    "sentiment": (READER, HUB, LLM),
    "summary": (READER, HUB, LLM),
}
