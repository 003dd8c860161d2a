"""One sentence as a tree: who hangs on whom, and which words a phrase has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.read.reading import Token


class Tree:
    """The tree of one parsed sentence; all indices are those of the tokens of the whole text.

    >>> from standoff.read.syntax import parse_sentences
    >>> tree = Tree(next(parse_sentences([(0, 0, "Japan condemned the Chinese launch.")])))
    >>> tree[tree.root].text, tree.words(tree.kid(tree.root, "dobj"))
    ('condemned', 'the Chinese launch')
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.base = tokens[0].index
        self._kids: list[list[int]] = [[] for _ in tokens]
        self.root = self.base
        for token in tokens:
            if token.head == token.index:
                self.root = token.index
            else:
                self._kids[token.head - self.base].append(token.index)
        self._spans: dict[int, tuple[int, int]] = {}

    def __getitem__(self, index: int) -> Token:
        return self.tokens[index - self.base]

    def kids(self, index: int, *deps: str) -> list[int]:
        """What hangs on a token, in order; with `deps` only by these dependencies."""
        found = self._kids[index - self.base]
        return [k for k in found if self[k].dep in deps] if deps else found

    def kid(self, index: int, *deps: str) -> int:
        """The first of `kids`, or -1."""
        return next((k for k in self._kids[index - self.base] if self[k].dep in deps), -1)

    def under(self, index: int, without: frozenset[str] = frozenset()) -> Iterator[int]:
        """A token and all that hangs on it, in order of the text; branches by a dependency of
        `without` are left out."""
        out = [index]
        for at in out:
            out.extend(k for k in self._kids[at - self.base] if self[k].dep not in without)
        yield from sorted(out)

    def span(self, index: int) -> tuple[int, int]:
        """First token and the one behind the last of the phrase that a token heads."""
        found = self._spans.get(index)
        if found is None:
            found = index, index + 1
            for kid in self._kids[index - self.base]:
                first, last = self.span(kid)
                found = min(found[0], first), max(found[1], last)
            self._spans[index] = found
        return found

    def up(self, index: int) -> Iterator[int]:
        """The tokens that a token hangs on, nearest first."""
        while (above := self[index].head) != index:
            yield above
            index = above

    def words(self, index: int) -> str:
        """The phrase that a token heads, as plain words; "" for -1."""
        if index < 0:
            return ""
        return " ".join(self[i].text for i in self.under(index))
