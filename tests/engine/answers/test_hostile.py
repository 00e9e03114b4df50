"""Ten thousand hostile inputs: none is right, none escapes as an exception, none runs on.

They go the way a learner's answer goes: through the process that can be stopped.
"""

import random
from collections import Counter
from collections.abc import Iterator

from engine.answers.answer import (
    Answer,
    ClozeAnswer,
    EquationAnswer,
    Expectation,
    ExpressionAnswer,
    ExpressionForm,
    IntervalAnswer,
    NumberAnswer,
    NumberForm,
    QuantityAnswer,
    Response,
    SetAnswer,
    ShortAnswer,
    TextAnswer,
    TupleAnswer,
)
from engine.answers.checker_process import Checker
from engine.answers.tex import preview
from engine.answers.verdict import Outcome

COUNT = 10_000
ANSWERS: tuple[Answer, ...] = (
    NumberAnswer("271/828", NumberForm.SIMPLIFIED),
    NumberAnswer("2.71828", relative=1e-6),
    QuantityAnswer("271.828", "kg*m/s^2"),
    ExpressionAnswer("271*x^2 + 828*y", ExpressionForm.FACTORED),
    ExpressionAnswer("sqrt(271*x) + ln(y)", ExpressionForm.SIMPLIFIED, {"x": "positive"}),
    EquationAnswer("y = 271*x - 828", "y"),
    EquationAnswer("x^2 + 271*x = 828"),
    SetAnswer(("271", "828")),
    TupleAnswer(("271", "-828")),
    IntervalAnswer("-271 < x <= 828"),
    TextAnswer(("deoxyribonucleic acid",)),
    ShortAnswer((Expectation("e", ("Enzymes lower the activation energy.",), ("activation",)),)),
    ClozeAnswer({"g": NumberAnswer("271828")}),
)
SEEDS = (
    "__import__('os').system('true')", '().__class__.__bases__[0].__subclasses__()',
    "exec(open('/etc/passwd').read())", 'lambda x: x', 'x.__class__', "{'a': 1}", "f'{1}'", 'import os',
    'os.getpid()', "sympify('1')", "Symbol('x')", '9**9**9**9', '9^9^9^9', '((9^50)^50)^50', 'x^50^50', '(x+y)^50',
    '((x+1)^50+(y+1)^50)^50', '1e999999', '1e-999999', '10^50*10^50*10^50', '1/0', '0/0', '0^0', 'x/0', '1/(x-x)',
    '((((x))))', 'sqrt(-1)', 'ln(0)', 'log(1,1)', '1/ln(1)', '99999999!', '((3!)!)!', 'factorial(99999)',
    'gamma(99)', 'sin(cos(tan(sin(cos(tan(x))))))', 'exp(exp(exp(exp(x))))', 'abs(abs(abs(-x)))',
    'floor(x)^ceil(y)', 'max()', 'max(1)', 'mod(x,0)', 'gcd(0.5,2)', 'round(1,99)', 'round(x,y)', '|||x|||',
    '||||||', '√√√√√x', '√(√(√(', '%%%%', '50%%%%%%%%', '±±±±1', '{1,2,3', '[1;2[', ']1;2]', '(1,2,3,4,5)',
    'x = = 3', 'x == 3 == 3', 'a=b=c=d', 'x<y<z<x', 'x<1<2>0', 'not not not x', 'and or not', 'x and y', 'inf-inf',
    'inf/inf', '\\frac{1}{\\frac{1}{\\frac{1}{0}}}', '\\frac{}{}', '\\frac{1', '\\input{/etc/passwd}', '$$$$$',
    '\\def\\x{\\x\\x}\\x', '\x00', '1\x002', '\u202e271\u202c', '2\u200b7\u200d1', '\ufeff', '\ud800', '🙂+🙂', '𝟚𝟟𝟙',
    '²³¹⁴', '½½½', 'ⅷ', '١٢٣', '1,2,3,4,5,6', '1.2.3.4', '1..2', '1,,2', '1 2 3 4 5', "1'2'3", '0x1F', '0b101',
    '1_000', '1e5e5', '1e', '.', ',', '-', '+', '5 kg^99', '5 kg/kg/kg/kg/kg/kg/kg/kg/kg/kg', '5 (((m', '5 m^m',
    '5 __class__', '5 furlongs per fortnight', '5 pint^9', '5 %°C', '5 km/0', '5 delta_degC', '5 [length]',
    '5 m**999999999', '5 yottameter', '°°°°', 'NaN', 'Infinity', '-Infinity', '<script>alert(1)</script>',
    "'; DROP TABLE events; --", '%s%s%s%n', '${jndi:ldap://x}', '../../etc/passwd', '\\\\server\\share',
)  # fmt: skip
PIECES = (
    '(', ')', '[', '{', '|', '√', '^', '^(', '/', '*', '-', '+', '=', '<', '≥', '%', '±', ',', ';', ' ', '9',
    '999999999', '0.5', '1/3', 'x', 'y', 'z', 'pi', 'inf', 'sin', 'sqrt(', 'ln(', 'exp(', 'floor(', 'max(', 'and',
    'or', 'not', 'e', 'e99', '²', '⁹', '½', '\\frac{', '}{', '}', '$', '\\', 'kg', 'm/s', '°C', 'per', '\u200b',
    '\u202e', '\x00', '...', '!', "'", '"', '_', '∞',
)  # fmt: skip


def hostile(rng: random.Random) -> str:
    match rng.randrange(8):
        case 0:
            return rng.choice(SEEDS)
        case 1:
            return rng.choice(SEEDS) + rng.choice("+-*/^=<,; ") + rng.choice(SEEDS)
        case 2:
            return rng.choice(PIECES) * rng.choice((5, 19, 21, 60, 199, 3000))
        case 3:
            depth = rng.choice((5, 18, 20, 25, 90))
            opening, closing = rng.choice(
                (
                    ("(", ")"),
                    ("[", "]"),
                    ("|", "|"),
                    ("-(", ")"),
                    ("sqrt(", ")"),
                    ("2^(", ")"),
                    ("(x+1)^(", ")"),
                )
            )
            return opening * depth + rng.choice(("x", "9", "1/x", "")) + closing * depth
        case 4:
            return "".join(
                chr(
                    rng.choice(
                        (rng.randrange(0x20, 0x250), rng.randrange(0x2000, 0x2300), rng.randrange(0xD800))
                    )
                )
                for _ in range(30)
            )
        case 5:
            return "^".join(
                rng.choice(("9", "50", "x", "(x+y)", "0.1", "-3")) for _ in range(rng.randint(2, 9))
            )
        case _:
            return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 60)))


def inputs() -> Iterator[tuple[Answer, Response]]:
    rng = random.Random(271828)
    for n in range(COUNT):
        answer, text = ANSWERS[n % len(ANSWERS)], hostile(rng)
        yield answer, {"g": text} if isinstance(answer, ClozeAnswer) else text


def test_ten_thousand_hostile_inputs_are_contained() -> None:
    outcomes: Counter[Outcome] = Counter()
    with Checker() as checker:
        for answer, response in inputs():
            verdict = checker.check(answer, response)
            outcomes[verdict.outcome] += 1
            assert verdict.outcome is not Outcome.RIGHT, (answer, response)
    assert outcomes.total() == COUNT


def test_a_preview_is_made_of_anything() -> None:
    rng = random.Random(314159)
    for _ in range(500):
        assert isinstance(preview(hostile(rng)), str)
