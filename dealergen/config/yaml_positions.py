"""YAML with the place of every key and value, and without YAML 1.1's guesses.

A plain scalar is read as the text that stands there: `no`, `08:00`, `01310`, `+5511…` and `2026-01-01` stay what was
written, and the schema, which knows what each setting is, turns them into numbers, days or switches.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from dealergen.errors import Place, Problem

Path = tuple[str | int, ...]
"""Where a value stands: keys, and 0-based indexes of lists."""

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST: Final = 40
_SYNTAX: Final = (
    (
        "mapping values are not allowed",
        "a colon stands where no key can be",
        "Put text that holds ': ' between quotes, and check the indentation.",
    ),
    ("could not find expected ':'", "a key has no colon after it", "Write `key: value`, with a space after the colon."),
    ("unexpected end of stream", "a quotation mark is not closed", "Close it, on the same line if possible."),
    (
        "found another document",
        "a second document begins here",
        "Delete the line with three hyphens: the file holds one document.",
    ),
    (
        "unknown escape character",
        "between double quotes a backslash begins a code, and this one is none",
        "Use single quotes.",
    ),
    (
        "nested too deeply",
        f"brackets or lists stand more than {_DEEPEST} deep in one another",
        "Check the brackets of that line.",
    ),
    (
        "undefined alias",
        "no value has the name that is referred to here",
        "Put text that begins with * between quotes.",
    ),
    ("cannot start any token", "text cannot begin with '{sign}'", "Put it between quotes."),
    (
        "did not find expected",
        "the indentation, the quotes or the brackets do not add up",
        "Check that line and those above it.",
    ),
)
"""What libyaml says, in which words we say it, and what usually mends it."""


class Document:
    """What a YAML text says (`data`), where each part stands, and what is wrong with it (`problems`)."""

    def __init__(self, text: str, file: str, *, first_line: int = 1) -> None:
        """`first_line` is the line of the file at which `text` begins (front matter begins at 2)."""
        self.file = file
        self.problems: list[Problem] = []
        self.data: object = None
        self._first_line = first_line
        self._root = self._composed(text)
        if self._root is not None:
            self.problems.extend(sorted(self._faults(self._root, (), set()), key=in_file_order))
        if self._root is not None and not self.problems:
            self.data = _data(self._root, {})

    def place(self, path: Path) -> Place:
        """Where the value at `path` stands; where there is none, the nearest key or value above it."""
        node: Node | None = self._root
        key: Node | None = None
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
        if node is None:
            return Place(self.file, self._first_line, 1)
        return self._at(key if key is not None and _is_block(node) else node)

    def key_place(self, path: Path) -> Place:
        """Where the key at the end of `path` stands."""
        node: Node | None = self._root
        for step in path[:-1]:
            found = _child(node, step)
            node = found[1] if found else None
        found = _child(node, path[-1]) if path else None
        return self._at(found[0] or found[1]) if found else self.place(path[:-1])

    def _composed(self, text: str) -> Node | None:
        try:
            self._check_depth(text)
            return yaml.compose(text, Loader=yaml.CSafeLoader)
        except yaml.MarkedYAMLError as error:
            self.problems.append(self._syntax_problem(text, error))
        except yaml.reader.ReaderError as error:
            self.problems.append(self._character_problem(text, error))
        return None

    def _check_depth(self, text: str) -> None:
        """Composing recurses in C, where a tower of brackets would end the process: refuse one beforehand."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                mark = cast("yaml.error.Mark", event.start_mark)
                raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=mark)

    def _syntax_problem(self, text: str, error: yaml.MarkedYAMLError) -> Problem:
        opened = "quoted scalar" in str(error.context)
        mark = error.context_mark if opened and "end of stream" in str(error.problem) else error.problem_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        lines = text.splitlines()
        before = lines[line][: column + 1] if line < len(lines) else ""
        place = Place(self.file, line + self._first_line, column + 1)
        if "\t" in before and not before.strip():
            return Problem("settings.tab", "a line begins with a tab", place, remedy="Indent with spaces.")
        message, remedy = _explained(str(error.problem), before)
        return Problem("settings.syntax", message, place, remedy=remedy)

    def _character_problem(self, text: str, error: yaml.reader.ReaderError) -> Problem:
        head = text[: error.position]
        place = Place(self.file, head.count("\n") + self._first_line, len(head) - head.rfind("\n"))
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        return Problem(
            "settings.character", "there is a control character that YAML does not allow", place, f"U+{code:04X}",
            "Delete it: it often comes with text that was pasted.",
        )  # fmt: skip

    def _faults(self, node: Node, above: tuple[int, ...], checked: set[int]) -> Iterator[Problem]:
        if id(node) in above:
            yield Problem("settings.alias", "an alias stands for a value that contains it", self._at(node))
            return
        if id(node) in checked:
            return
        checked.add(id(node))
        above = (*above, id(node))
        if isinstance(node, MappingNode):
            yield from self._key_faults(node)
            for _, value in node.value:
                yield from self._faults(value, above, checked)
        elif isinstance(node, SequenceNode):
            for value in node.value:
                yield from self._faults(value, above, checked)

    def _key_faults(self, node: MappingNode) -> Iterator[Problem]:
        seen: dict[str, Node] = {}
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                yield Problem("settings.key", "a key must be one word or text", self._at(key))
            elif key.value in seen:
                line = seen[key.value].start_mark.line + self._first_line
                yield Problem(
                    "settings.duplicate-key", f"the key '{key.value}' stands here for the second time", self._at(key),
                    remedy=f"The first one is in line {line}: join the two.",
                )  # fmt: skip
            else:
                seen[key.value] = key

    def _at(self, node: Node) -> Place:
        return Place(self.file, node.start_mark.line + self._first_line, node.start_mark.column + 1)


def in_file_order(problem: Problem) -> tuple[int, int]:
    """Sorts problems of one file by line and column."""
    place = problem.place or Place("")
    return place.line or 0, place.column if isinstance(place.column, int) else 0


def _data(node: Node, made: dict[int, object]) -> object:
    """Aliases share one object, so that a tower of them costs no more than its text."""
    if id(node) not in made:
        made[id(node)] = _made(node, made)
    return made[id(node)]


def _made(node: Node, made: dict[int, object]) -> object:
    """A key with nothing under it counts as not given; in a list, an empty item stays as None."""
    if isinstance(node, ScalarNode):
        return None if _is_plain(node) and node.value in _NULLS else node.value
    if isinstance(node, SequenceNode):
        return [_data(value, made) for value in node.value]
    pairs = ((key.value, _data(value, made)) for key, value in cast("MappingNode", node).value)
    return {key: value for key, value in pairs if value is not None}


def _is_plain(node: ScalarNode) -> bool:
    """Whether the scalar stands without quotes (the C parser says so with an empty style)."""
    return not node.style


def _child(node: Node | None, step: str | int) -> tuple[Node | None, Node] | None:
    """Key and value one step below `node`; the items of a list have no key."""
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
        return None, node.value[step]
    return None


def _is_block(node: Node) -> bool:
    """Whether the value spreads over lines of its own, or is empty: its key is then the place to show."""
    if isinstance(node, ScalarNode):
        return node.value == "" and _is_plain(node)
    return not cast("SequenceNode | MappingNode", node).flow_style


def _explained(problem: str, before: str) -> tuple[str, str]:
    """libyaml's words in plainer ones, with what usually mends it."""
    sign = before[-1:] or "?"
    for words, message, remedy in _SYNTAX:
        if words in problem:
            return message.format(sign=sign), remedy
    return problem, "Check that line and the one above it."
