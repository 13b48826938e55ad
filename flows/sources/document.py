"""A YAML file from a person's hand: parsed with limits, and with the line of every key.

A narrow YAML: one document, no aliases (they can blow up to gigabytes), few levels, and only `true` and `false` are
truth values, as in YAML 1.2, so that `language: no` is Norwegian.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml

SIZE_LIMIT_BYTES = 64_000
DEPTH_LIMIT = 8
UTF8_MARK = b"\xef\xbb\xbf"


class DocumentError(Exception):
    """A file that cannot be read as YAML: what is wrong, at which line (counted from 1), and how to mend it."""

    def __init__(self, message: str, line: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


@dataclass(frozen=True)
class Document:
    """A mapping as written, and the parsed tree with the places of its keys.

    has_mark: the file began with a byte order mark, which is not part of `text`.
    """

    text: str
    has_mark: bool
    values: dict[Any, Any]
    node: yaml.MappingNode

    def line_of(self, path: tuple[int | str, ...]) -> int:
        """The line, from 1, of the key or list item at `path`, or of the nearest thing above it that is there."""
        line, node = self.node.start_mark.line + 1, cast(yaml.Node, self.node)
        for step in path:
            found = _child(node, step)
            if found is None:
                return line
            line, node = found
        return line

    def value_node(self, key: str) -> yaml.Node | None:
        """The tree below a key of the outermost mapping, or None."""
        found = _child(self.node, key)
        return None if found is None else found[1]


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader with the limits named above."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML's stubs leave it so
        if isinstance(event, yaml.AliasEvent):
            raise DocumentError("aliases (*name) are not used here", _line(event), "Write it out.")
        if self.depth >= DEPTH_LIMIT:
            raise DocumentError("nested too deeply", _line(event), "Check the brackets.")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                message = f"the key {key.value[:60]!r} stands here twice"
                raise DocumentError(message, key.start_mark.line + 1, "Delete one of the two.")
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else id(key))
        return super().construct_mapping(node, deep)


_BOOL = "tag:yaml.org,2002:bool"
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile("^(true|false)$"), list("tf"))


def read_document(file: Path) -> Document:
    """The mapping in a file.

    Raises DocumentError for whatever is wrong with it: unreadable, too large, not UTF-8, not YAML, not a mapping.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(SIZE_LIMIT_BYTES + 1)
    except OSError as error:
        raise DocumentError(f"cannot be read: {error.strerror or error}", hint="Check its permissions.") from error
    return parse_document(data)


def parse_document(data: bytes) -> Document:
    """The mapping in these bytes. Raises DocumentError."""
    if len(data) > SIZE_LIMIT_BYTES:
        raise DocumentError(f"larger than {SIZE_LIMIT_BYTES // 1000} kB", hint="A source file has a few dozen lines.")
    try:
        text = data.removeprefix(UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError("not UTF-8 text", line, "Save the file again with the encoding UTF-8.") from error
    node, values = _loaded(text)
    if node is None:
        raise DocumentError("empty", 1, "Write the facts of a source into it, or delete it.")
    if not isinstance(node, yaml.MappingNode) or not isinstance(values, dict):
        raise DocumentError("not a list of `key: value` lines", node.start_mark.line + 1, "Begin with `name: ...`.")
    return Document(text, data.startswith(UTF8_MARK), values, node)


def _loaded(text: str) -> tuple[yaml.Node | None, Any]:
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        return node, None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = error.problem or error.context or "broken"
        raise DocumentError(
            f"not valid YAML: {problem}", None if mark is None else mark.line + 1, _hint(text)
        ) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DocumentError(
            "holds a character that YAML does not allow", line, "Delete the control character."
        ) from error
    except (ValueError, OverflowError) as error:  # a date such as 2026-13-45, a number of thousands of digits
        raise DocumentError(f"not valid YAML: {str(error)[:200]}", None, "Put the value in quotes.") from error
    finally:
        if loader is not None:
            loader.dispose()


def _line(event: yaml.Event) -> int | None:
    return None if event.start_mark is None else event.start_mark.line + 1


def _hint(text: str) -> str:
    if "\t" in text:
        return "Indent with blanks: YAML allows no tabs there."
    return "Check the indentation, and put values that hold `: ` or begin with a sign in quotes."


def _child(node: yaml.Node, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item = node.value[step]
        return item.start_mark.line + 1, item
    return None
