"""What a page states as microdata, in the form of linked data: an object for each article that its markup scopes."""

from collections.abc import Iterator
from typing import Any

from transforms.content.linked import ARTICLE_KINDS, Linked
from transforms.content.stated import text_of

MAX_SCOPES = 50
MAX_VALUE = 500  # characters
PROPERTIES = frozenset(
    ("headline", "datePublished", "dateModified", "dateCreated", "author", "articleSection", "isAccessibleForFree")
)


def microdata(tree: Any) -> Iterator[Linked]:
    """The articles that are stated as microdata, in page order, at most MAX_SCOPES of them."""
    scopes = 0
    for element in tree.iter():
        if element.get("itemscope") is None or not isinstance(element.tag, str):
            continue
        kind = (element.get("itemtype") or "").rstrip("/").rsplit("/", 1)[-1]
        if kind.endswith(ARTICLE_KINDS):
            scopes += 1
            if scopes > MAX_SCOPES:
                return
            yield {"@type": kind, **properties(element)}


def properties(scope: Any) -> dict[str, Any]:
    """The properties of a scope; those of the scopes within it are theirs."""
    found: dict[str, Any] = {}
    for element in scope.iterdescendants():
        names = PROPERTIES.intersection((element.get("itemprop") or "").split())
        if not names or owner(element) is not scope:
            continue
        inner = element.get("itemscope") is not None
        value: Any = {"name": inner_name(element)} if inner else value_of(element)
        for name in names:
            if name == "author":
                found.setdefault(name, []).append(value)
            else:
                found.setdefault(name, value)
    return found


def owner(element: Any) -> Any:
    """The nearest scope around an element."""
    return next((around for around in element.iterancestors() if around.get("itemscope") is not None), None)


def inner_name(scope: Any) -> str:
    """What a scope calls itself."""
    for element in scope.iterdescendants():
        if "name" in (element.get("itemprop") or "").split():
            return value_of(element)
    return text_of(scope, MAX_VALUE)


def value_of(element: Any) -> str:
    """The value of a property: what its attributes say, else its text."""
    stated = element.get("content") or element.get("datetime")
    return stated or " ".join(text_of(element, MAX_VALUE).split())
