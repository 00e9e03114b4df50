"""How long a check takes, as a learner's answer goes: through the process that can be stopped.

The list is mixed as a course is: options, words, numbers, quantities, expressions in every form, equations, sets,
intervals; right, wrong and unreadable ones. None is asked twice, so nothing is remembered from an earlier time.
"""

import time
from collections.abc import Iterator

from engine.answers.answer import (
    Answer,
    ChoiceAnswer,
    EquationAnswer,
    Expectation,
    ExpressionAnswer,
    ExpressionForm,
    IntervalAnswer,
    NumberAnswer,
    NumberForm,
    QuantityAnswer,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.checker_process import Checker

_ROUNDS = 20
_SHARE = 0.95


def check_p95_ms() -> float:
    """The 95th percentile over the mixed list, in milliseconds; the start of the process is not counted."""
    times: list[float] = []
    with Checker() as checker:
        checker.check(ExpressionAnswer("x"), "x")
        for answer, text in mixed_checks():
            began = time.perf_counter()
            checker.check(answer, text)
            times.append(1000 * (time.perf_counter() - began))
    times.sort()
    return round(times[int(_SHARE * (len(times) - 1))], 2)


def mixed_checks() -> Iterator[tuple[Answer, str]]:
    """Answers and what was typed; each round has other numbers."""
    for n in range(2, _ROUNDS + 2):
        yield ChoiceAnswer("cell-wall"), "cell-wall"
        yield TextAnswer(("mitochondrion", "mitochondria")), "mitocondria" + "s" * (n % 2)
        yield (
            ShortAnswer((Expectation("e", ("Plants need light.",), ("light",)),)),
            f"They need light, {n} hours.",
        )
        yield NumberAnswer(f"{n}/7", NumberForm.SIMPLIFIED), f"{2 * n}/14"
        yield NumberAnswer(f"sqrt({n})", decimals=2), f"{n**0.5:.2f}"
        yield QuantityAnswer(str(18 * n), "km/h"), f"{5 * n} m/s"
        yield QuantityAnswer(str(n), "N*m"), f"{n} N cm"
        yield ExpressionAnswer(f"{n}*x + 3"), f"3 + {n}x"
        yield ExpressionAnswer(f"(x + {n})*(x + 1)", ExpressionForm.EXPANDED), f"x² + {n + 1}x + {n}"
        yield ExpressionAnswer(f"(x + {n})*(x + 1)", ExpressionForm.FACTORED), f"(x+1)(x+{n})"
        yield ExpressionAnswer(f"x + {n}", ExpressionForm.SIMPLIFIED), f"(x²-{n * n})/(x-{n})"
        yield ExpressionAnswer(f"sqrt(x^2 + {n})"), f"√({n}+x²)"
        yield ExpressionAnswer(f"sin({n}*x)"), f"sin({n}x) + 0"
        yield EquationAnswer(f"y = {n}*x + 1", "y"), f"{n}x + 1 = y"
        yield EquationAnswer(f"x^2 = {n * n}"), f"(x-{n})(x+{n}) = 0"
        yield SetAnswer((str(n), str(-n))), f"±{n}"
        yield TupleAnswer((str(n), "-1")), f"({n}; -1)"
        yield IntervalAnswer(f"x > {n}"), f"2x > {2 * n}"
        yield ExpressionAnswer(f"{n}*x"), f"{n}(x"
