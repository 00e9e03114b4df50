import pytest

from engine.learner.evidence import Evidence, Purpose, SkillResult
from engine.learner.fsrs6 import Rating
from engine.learner.grade import item_rating, rating


def evidence(
    *results: SkillResult, level: int = 0, seconds: float = 30, difficulty: float = 0, guess: float = 0
) -> Evidence:
    return Evidence(
        "q", 0, "pack", "item", results, difficulty, guess, Purpose.REVIEW, seconds, 30, level=level
    )


RIGHT = SkillResult("a", 1.0, first_right=True)
LATER_RIGHT = SkillResult("a", 1.0, first_right=False)
HELPED = SkillResult("a", 0.6, first_right=False)
WRONG = SkillResult("b", 0.0, first_right=False)


@pytest.mark.parametrize(
    ("result", "facts", "expected"),
    [
        (WRONG, {}, Rating.AGAIN),
        (WRONG, {"seconds": 1.0}, Rating.AGAIN),
        (HELPED, {"level": 3}, Rating.AGAIN),
        (HELPED, {"level": 1}, Rating.HARD),
        (HELPED, {"level": 2, "seconds": 5.0}, Rating.HARD),
        (RIGHT, {"seconds": 61.0}, Rating.HARD),
        (RIGHT, {"seconds": 60.0}, Rating.GOOD),
        (RIGHT, {"seconds": 18.0}, Rating.GOOD),
        (RIGHT, {"seconds": 17.0}, Rating.EASY),
        (RIGHT, {"seconds": 17.0, "difficulty": -0.5}, Rating.GOOD),
        (LATER_RIGHT, {}, Rating.HARD),
        (LATER_RIGHT, {"guess": 0.25}, Rating.AGAIN),
    ],
)
def test_the_rating_follows_from_what_happened(
    result: SkillResult, facts: dict[str, float], expected: Rating
) -> None:
    seen = evidence(
        result,
        level=int(facts.get("level", 0)),
        seconds=facts.get("seconds", 30),
        difficulty=facts.get("difficulty", 0),
        guess=facts.get("guess", 0),
    )
    assert rating(seen, result, ref=0.0) is expected


def test_a_learner_who_always_takes_long_is_measured_against_their_own_pace() -> None:
    slow = evidence(RIGHT, seconds=80)
    assert rating(slow, RIGHT, ref=0.0) is Rating.HARD
    assert rating(slow, RIGHT, ref=0.0, pace=2.0) is Rating.GOOD


def test_an_item_is_rated_by_its_worst_part() -> None:
    assert item_rating(evidence(RIGHT, WRONG), ref=0.0) is Rating.AGAIN
    assert item_rating(evidence(), ref=0.0) is None
