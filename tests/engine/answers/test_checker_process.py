"""The child process: it answers, is killed when it is slow, comes back when it dies, and leaves nothing behind."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator

import psutil
import pytest

from engine.answers.answer import EquationAnswer, ExpressionAnswer, MistakeRule, NumberAnswer, QuantityAnswer
from engine.answers.checker_process import Checker
from engine.answers.verdict import Flaw, Outcome, Verdict
from engine.errors import ExpressionError

UNSURE = Verdict(Outcome.UNSURE)
# A child that is ready at once, and then thinks for ever about everything, or dies of it.
_READY = "import pickle, sys, time; pickle.dump(None, sys.stdout.buffer); sys.stdout.flush();"
SLOW = (sys.executable, "-c", f"{_READY} sys.stdin.buffer.read()")
DYING = (sys.executable, "-c", f"{_READY} sys.stdin.buffer.read(1)")


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker(limit_s=5.0) as made:
        made.warm()
        yield made


Children = Callable[[], list[int]]


@pytest.fixture
def children() -> Children:
    """The processes that this one has started since the test began."""
    before = {child.pid for child in psutil.Process().children()}
    return lambda: [child.pid for child in psutil.Process().children() if child.pid not in before]


def test_a_check_gives_the_verdict_of_check(checker: Checker) -> None:
    answer = ExpressionAnswer("2*x + 3")
    rule = MistakeRule("m.first-only", ExpressionAnswer("2*x + 1"))
    assert checker.check(answer, "3 + 2x").outcome is Outcome.RIGHT
    assert checker.check(answer, "2x + 1", (rule,)).misconception == "m.first-only"
    assert checker.check(QuantityAnswer("18", "km/h"), "5 m/s").outcome is Outcome.RIGHT
    assert checker.check(EquationAnswer("x = 3"), "2x = ").outcome is Outcome.UNREADABLE


def test_an_authors_mistake_is_an_error(checker: Checker) -> None:
    with pytest.raises(ExpressionError, match="never closed"):
        checker.check(ExpressionAnswer("2*(x"), "x")


def test_a_text_of_any_length_is_no_burden(checker: Checker) -> None:
    assert checker.check(ExpressionAnswer("x"), "x" * 10_000_000).outcome is Outcome.UNREADABLE


def test_what_is_bounded_by_itself_needs_no_child() -> None:
    with Checker(command=("no-such-program",)) as checker:
        assert checker.check(NumberAnswer("7"), "7").outcome is Outcome.RIGHT


def test_a_slow_check_is_unsure_and_its_child_is_replaced(children: Children) -> None:
    with Checker(limit_s=0.1, command=SLOW) as checker:
        assert checker.check(ExpressionAnswer("x"), "x") == UNSURE
        first = children()
        assert len(first) == 1
        assert checker.check(ExpressionAnswer("x"), "x") == UNSURE
        assert children() != first
    assert children() == []


def test_a_child_that_dies_is_started_again_and_then_given_up(children: Children) -> None:
    with Checker(command=DYING) as checker:
        assert checker.check(ExpressionAnswer("x"), "x") == UNSURE
    assert children() == []


def test_a_child_that_never_gets_ready_is_given_up(children: Children) -> None:
    with Checker(
        start_limit_s=0.1, command=(sys.executable, "-c", "import sys; sys.stdin.read()")
    ) as checker:
        assert checker.check(ExpressionAnswer("x"), "x") == UNSURE
    assert children() == []


def test_a_frozen_app_starts_its_child_by_a_word_of_its_own() -> None:
    with Checker(limit_s=5.0, command=(sys.executable, "-m", "tutor_app", "checker-process")) as checker:
        assert checker.check(ExpressionAnswer("2*x"), "x + x").outcome is Outcome.RIGHT


def test_a_killed_child_comes_back(children: Children) -> None:
    with Checker(limit_s=5.0) as checker:
        answer = ExpressionAnswer("x")
        assert checker.check(answer, "-x").flaw is Flaw.SIGN
        (pid,) = children()
        psutil.Process(pid).kill()
        assert checker.check(answer, "x").outcome is Outcome.RIGHT
    assert children() == []


def test_closing_without_a_child_and_twice_is_nothing(children: Children) -> None:
    checker = Checker()
    checker.close()
    checker.warm()
    checker.close()
    checker.close()
    assert children() == []


def test_a_child_leaves_when_its_parent_is_gone() -> None:
    code = (
        "from engine.answers.checker_process import Checker; import psutil;"
        "c = Checker(); c.warm(); print(psutil.Process().children()[0].pid, flush=True); import os; os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    with contextlib.suppress(psutil.NoSuchProcess):
        psutil.Process(int(done.stdout)).wait(60)
