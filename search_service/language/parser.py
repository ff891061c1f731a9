"""From lexemes to a tree, by recursive descent: NOT binds closest, then words beside one another and AND, then OR."""

from __future__ import annotations

from collections.abc import Sequence

from search_service.language.lexemes import Kind, Lexeme, is_expression, lexemes
from search_service.language.tree import Beginning, Every, Exact, Fielded, Node, Not, Some, Words
from search_service.tongues.said import Said

MAX_LEXEMES = 200
MAX_DEPTH = 20


class Mistake(ValueError):
    """What is wrong with an expression, so that it is searched as plain words.

    Attributes:
        message: What is wrong and what is allowed: a whole sentence in Vietnamese.
        start: Where that begins in what was typed.
        end: Where it ends.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        self.message = message
        self.start = start
        self.end = end
        super().__init__(message)


def parse(text: str) -> Node | None:
    """The expression that a text is; None when it holds nothing but words.

    Args:
        text: What was typed, in NFC.

    Raises:
        Mistake: It would be an expression, but for this.
    """
    found = lexemes(text)
    if not is_expression(found):
        return None
    if len(found) > MAX_LEXEMES:
        extra = found[MAX_LEXEMES]
        raise Mistake(Said("Biểu thức dài quá {most} phần.", most=MAX_LEXEMES), extra.start, found[-1].end)
    return _Parser(found, len(text)).whole()


_STARTS = {Kind.WORD, Kind.QUOTED, Kind.BEGINNING, Kind.FIELD, Kind.NOT, Kind.OPEN}


class _Parser:
    def __init__(self, found: Sequence[Lexeme], end: int) -> None:
        self._found = found
        self._end = end
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._some()
        if (extra := self._peek()) is not None:
            raise Mistake(Said("Dấu đóng ngoặc “)” không có dấu mở ngoặc."), extra.start, extra.end)
        return node

    def _peek(self) -> Lexeme | None:
        return self._found[self._at] if self._at < len(self._found) else None

    def _take(self, *kinds: Kind) -> Lexeme | None:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self._at += 1
        return lexeme

    def _some(self) -> Node:
        members = [self._every()]
        while (operator := self._take(Kind.OR)) is not None:
            self._expect_operand(operator)
            members.append(self._every())
        return members[0] if len(members) == 1 else Some(tuple(members), members[0].start, members[-1].end)

    def _every(self) -> Node:
        members = [self._unary()]
        said = False
        while (following := self._peek()) is not None:
            if following.kind is Kind.AND:
                said = True
                self._at += 1
                self._expect_operand(following)
            elif following.kind not in _STARTS:
                break
            members.append(self._unary())
        return members[0] if len(members) == 1 else Every(tuple(members), said, members[0].start, members[-1].end)

    def _expect_operand(self, operator: Lexeme) -> None:
        following = self._peek()
        if following is None or following.kind not in _STARTS:
            raise Mistake(
                Said("Sau “{operator}” phải có từ hoặc điều kiện.", operator=operator.text),
                operator.start,
                operator.end,
            )

    def _unary(self) -> Node:
        operators = []
        while (operator := self._take(Kind.NOT)) is not None:
            operators.append(operator)
        if operators:
            self._expect_operand(operators[-1])
        node = self._primary()
        # Twice not is yes.
        return Not(node, operators[0].start, node.end) if len(operators) % 2 else node

    def _primary(self) -> Node:
        lexeme = self._peek()
        if lexeme is None or lexeme.kind not in _STARTS:
            raise _misses_words(lexeme, self._end)
        self._at += 1
        if lexeme.kind is Kind.OPEN:
            return self._group(lexeme)
        if not lexeme.closed:
            raise Mistake(Said("Dấu nháy mở mà không đóng."), lexeme.start, lexeme.end)
        if lexeme.kind is Kind.FIELD:
            assert lexeme.field is not None  # noqa: S101 - what the kind says
            if not lexeme.text:
                raise Mistake(
                    Said("Sau “{field}:” phải có giá trị.", field=lexeme.field.name), lexeme.start, lexeme.end
                )
            return Fielded(lexeme.field, lexeme.text, lexeme.start, lexeme.end)
        if lexeme.kind is Kind.QUOTED:
            if not any(map(str.isalnum, lexeme.text)):
                raise Mistake(Said("Giữa hai dấu nháy phải có từ."), lexeme.start, lexeme.end)
            return Exact(lexeme.text, lexeme.slop, lexeme.text_start, lexeme.start, lexeme.end)
        if lexeme.kind is Kind.BEGINNING:
            return Beginning(lexeme.text, lexeme.start, lexeme.end)
        return self._words(lexeme)

    def _group(self, opening: Lexeme) -> Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Mistake(Said("Ngoặc lồng nhau quá {most} tầng.", most=MAX_DEPTH), opening.start, opening.end)
        node = self._some()
        if self._take(Kind.CLOSE) is None:
            raise Mistake(Said("Dấu mở ngoặc “(” không có dấu đóng ngoặc."), opening.start, opening.end)
        self._depth -= 1
        return node

    def _words(self, first: Lexeme) -> Words:
        words = [first]
        while (word := self._take(Kind.WORD)) is not None:
            words.append(word)
        return Words(" ".join(word.text for word in words), first.start, words[-1].end)


def _misses_words(before: Lexeme | None, end: int) -> Mistake:
    """There should be words before a lexeme, or before the end of what was typed."""
    if before is None:
        return Mistake(Said("Ở cuối phải có từ hoặc điều kiện."), end, end)
    said = Said("Trước “{operator}” phải có từ hoặc điều kiện.", operator=before.text)
    return Mistake(said, before.start, before.end)
