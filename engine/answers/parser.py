"""From tokens to a tree: a Pratt parser of our own, with hard limits.

Its two front doors, and what the trees are for, are in ``engine.answers.expression``.
"""

from engine.answers.tokens import FUNCTIONS, MAX_EXPONENT, Kind, Token
from engine.answers.tree import Binary, Call, Comparison, Logic, Name, Negative, Node, Number, Percent
from engine.errors import ExpressionError

MAX_NESTING = 20

_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _POSTFIX = range(1, 10)
_BINARY = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "^": _POWER}
_COMPARISONS = {"=": "==", "==": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_CLOSING = frozenset(_BRACKETS.values())


class Parser:
    """One text, read once. ``generous``: multiplication may go without a sign, functions without brackets."""

    def __init__(self, tokens: list[Token], *, generous: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0
        self._bars = 0
        self._generous = generous

    def whole(self) -> Node:
        """The tree of the whole text.

        Raises:
            ExpressionError: the tokens make no sense together, or go beyond a limit.
        """
        if self._ended():
            raise ExpressionError("There is nothing to read yet.", todo="Write an answer.")
        node = self._expression(0)
        if not self._ended():
            raise self._unexpected()
        return node

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _ended(self) -> bool:
        return self._next.kind is Kind.END

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _accept(self, text: str) -> bool:
        if self._next.text == text and self._next.kind is Kind.OPERATOR:
            self._at += 1
            return True
        return False

    def _expression(self, binding: int) -> Node:
        """An expression of operators that bind tighter than ``binding``."""
        self._depth += 1
        if self._depth > 4 * MAX_NESTING:
            raise _too_deep()
        node = self._operand()
        while (following := self._continued(node, binding)) is not None:
            node = following
        self._depth -= 1
        return node

    def _continued(self, left: Node, binding: int) -> Node | None:
        """``left`` together with the operator behind it and its right side; None where ``left`` ends."""
        token = self._next
        if token.kind is Kind.OPERATOR:
            if token.text in _BINARY and _BINARY[token.text] > binding:
                return self._binary(left)
            if token.text in _COMPARISONS and binding < _COMPARE:
                return self._comparison(left)
            if self._generous and token.text == "%":
                self._take()
                return Percent(left)
        if token.kind is Kind.LOGIC and token.text != "not":
            return self._logic(left, binding)
        if self._generous and binding < _PRODUCT and self._starts_operand(token):
            return self._implicit_product(left)
        return None

    def _binary(self, left: Node) -> Node:
        operator = self._take().text
        # A power binds to the right and takes a sign: 2^-3^2 is 2^(-(3^2)).
        right = self._expression(_SIGN - 1 if operator == "^" else _BINARY[operator])
        if operator == "^" and isinstance(right, Number) and right.value > MAX_EXPONENT:
            raise ExpressionError(
                f"The exponent {right.text[:12]} is too large to work with.",
                todo=f"Use exponents up to {MAX_EXPONENT}.",
            )
        return Binary(operator, left, right)

    def _comparison(self, left: Node) -> Node:
        operators: list[str] = []
        operands = [left]
        while self._next.kind is Kind.OPERATOR and self._next.text in _COMPARISONS:
            operators.append(_COMPARISONS[self._take().text])
            operands.append(self._expression(_COMPARE))
        return Comparison(tuple(operators), tuple(operands))

    def _logic(self, left: Node, binding: int) -> Node | None:
        word = self._next.text
        strength = _AND if word == "and" else _OR
        if strength <= binding:
            return None
        operands = [left]
        while self._next.kind is Kind.LOGIC and self._next.text == word:
            self._take()
            operands.append(self._expression(strength))
        return Logic(word, tuple(operands))

    def _implicit_product(self, left: Node) -> Node:
        token = self._next
        if token.kind is Kind.NUMBER:
            if isinstance(left, Number):
                raise ExpressionError(
                    f"There is no sign between {left.text or 'the numbers'} and {token.text}.",
                    todo="Write the sign that belongs there.",
                )
            before = self._tokens[self._at - 1].text
            raise ExpressionError(
                f"It is not clear what the {token.text} after {before} means.",
                todo=f"Write {before}^{token.text} for a power, or {before}*{token.text} to multiply.",
            )
        return Binary("*", left, self._expression(_PRODUCT))

    def _starts_operand(self, token: Token) -> bool:
        if token.kind is Kind.OPERATOR:
            return token.text in ("(", "[", "√") or (token.text == "|" and not self._bars)
        return token.kind in (Kind.NUMBER, Kind.NAME, Kind.FUNCTION)

    def _operand(self) -> Node:
        token = self._next
        if token.kind is Kind.NUMBER and token.number is not None:
            self._take()
            return token.number
        if token.kind is Kind.NAME:
            self._take()
            return Name(token.text)
        if token.kind is Kind.FUNCTION:
            return self._function()
        if token.kind is Kind.LOGIC and token.text == "not":
            self._take()
            return Logic("not", (self._expression(_NOT),))
        if token.kind is Kind.OPERATOR:
            return self._prefixed(token)
        raise self._unexpected()

    def _prefixed(self, token: Token) -> Node:
        if token.text == "-":
            self._take()
            return Negative(self._expression(_SIGN))
        if token.text == "+":
            self._take()
            return self._expression(_SIGN)
        if token.text == "(" or (self._generous and token.text in _BRACKETS):
            return self._bracket()
        if self._generous and token.text == "√":
            self._take()
            return Call("sqrt", (self._expression(_POSTFIX),))
        if self._generous and token.text == "|":
            return self._bars_around()
        raise self._unexpected()

    def _bracket(self) -> Node:
        opened = self._at
        closing = _BRACKETS[self._take().text]
        bars, self._bars = self._bars, 0
        node = self._nested(opened)
        self._bars = bars
        if not self._accept(closing):
            raise self._unclosed(opened)
        return node

    def _bars_around(self) -> Node:
        opened = self._at
        self._take()
        self._bars += 1
        node = self._nested(opened)
        self._bars -= 1
        if not self._accept("|"):
            raise self._unclosed(opened)
        return Call("abs", (node,))

    def _nested(self, opened: int) -> Node:
        if self._ended():
            raise self._unclosed(opened)
        if sum(token.text in _BRACKETS for token in self._tokens[:opened]) > MAX_NESTING + sum(
            token.text in _CLOSING for token in self._tokens[:opened]
        ):
            raise _too_deep()
        return self._expression(0)

    def _function(self) -> Node:
        function = self._take().text
        fewest, most = FUNCTIONS[function]
        opened = self._at
        if not self._accept("("):
            if self._generous and fewest == 1 and self._starts_operand(self._next):
                return Call(function, (self._bare_argument(),))
            raise ExpressionError(
                f"A bracket is missing after {function}.",
                todo=f"Write {function}(…) with its argument inside.",
            )
        bars, self._bars = self._bars, 0
        arguments = [self._nested(opened)]
        while self._accept(",") or (self._generous and self._accept(";")):
            arguments.append(self._nested(opened))
        self._bars = bars
        if not self._accept(")"):
            raise self._unclosed(opened)
        if not fewest <= len(arguments) <= most:
            count = str(fewest) if fewest == most else f"{fewest} to {most}"
            raise ExpressionError(
                f"{function} takes {count} numbers in its bracket, not {len(arguments)}.",
                todo="Separate them with commas.",
            )
        return Call(function, tuple(arguments))

    def _bare_argument(self) -> Node:
        """``sin 2x`` is the sine of 2x."""
        node = self._expression(_PRODUCT)
        while self._next.kind is Kind.NAME or self._next.text == "√":
            node = Binary("*", node, self._expression(_PRODUCT))
        return node

    def _unexpected(self) -> ExpressionError:
        token = self._next
        before = self._tokens[self._at - 1].text if self._at else ""
        if token.kind is Kind.END:
            return ExpressionError(f"Something is missing after {before}.", todo="Write what belongs there.")
        if token.text in _CLOSING:
            if before and before not in _CLOSING and self._tokens[self._at - 1].kind is Kind.OPERATOR:
                what = f"Something is missing after {before}."
                if before in _BRACKETS:
                    what = "There is nothing between the brackets."
                return ExpressionError(what, todo="Write what belongs there.")
            return ExpressionError("There is one closing bracket too many.", todo="Leave it out.")
        if before and token.kind is not Kind.OPERATOR:
            return ExpressionError(
                f"There is no sign between {before} and {token.text}.",
                todo="Write the sign that belongs there, such as *.",
            )
        if token.text in _BINARY:
            return ExpressionError(
                f"Something is missing before {token.text}.", todo="Write what belongs there."
            )
        return ExpressionError(
            f"The sign {token.text} cannot be read here.", todo="Write one expression only."
        )

    def _unclosed(self, opened: int) -> ExpressionError:
        if not self._ended():
            return self._unexpected()
        mark = self._tokens[opened].text
        bar = mark == "|"
        before = "".join(token.text for token in self._tokens[max(0, opened - 2) : opened]).lstrip(
            ")]}+-*/^="
        )
        if before:
            where = f"The bar after {before}" if bar else f"The bracket after {before}"
        else:
            where = "The opening bar" if bar else "The opening bracket"
        return ExpressionError(
            f"{where} is never closed.", todo=f"Write {_BRACKETS.get(mark, '|')} where it ends."
        )


def _too_deep() -> ExpressionError:
    return ExpressionError(
        "There are too many brackets inside each other.", todo="Write it in a simpler way."
    )
