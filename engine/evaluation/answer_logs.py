"""Reads real answers for knowledge tracing, and turns them into what the product's predictor sees.

``students.jsonl.gz``: one student a line, ``interactions`` = [[problem, [skills], right], …] or [[skill, right], …], in
order. A question about several skills is one row and is predicted before any of its skills is updated: expanding it
into a row a skill would show the answer one step early.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UsageError
from engine.learner.predictor import (
    NEW_LEARNER,
    NO_HISTORY,
    SkillHistory,
    features,
    weakest,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "students.jsonl.gz"
_GENERIC_BKT = (0.4, 0.15, 0.2, 0.1)
"""Known before, learned by one question, guessed, slipped."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One answer; ``problem`` is None where the set has skills only."""

    problem: int | None
    skills: tuple[int, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """All answers as arrays, one row an answer.

    Attributes:
        values: of the predictor's features, before the answer.
        right: 1 or 0.
        student: number of the student.
        fold: of the student, 0 to 4, by a hash of the student's name.
        skill: number of the skill, or of the combination of skills.
        problem: number of the problem; of the skill where there are none.
        first: no skill of the question was seen before by this student.
        half: 0 or 1, by a hash of the skill, for the cold start.
        bkt: prediction of Bayesian knowledge tracing with generic parameters.
    """

    values: "NDArray[np.float64]"
    right: "NDArray[np.float64]"
    student: "NDArray[np.intp]"
    fold: "NDArray[np.intp]"
    skill: "NDArray[np.intp]"
    problem: "NDArray[np.intp]"
    first: "NDArray[np.bool_]"
    half: "NDArray[np.intp]"
    bkt: "NDArray[np.float64]"


@dataclass(slots=True)
class Numbering:
    """Numbers for skills and problems, shared by the sets that are fitted on and measured on."""

    skills: dict[tuple[int, ...], int]
    problems: dict[tuple[int | None, tuple[int, ...]], int]


def read_rows(folder: Path, numbering: Numbering, *, limit: int | None = None) -> AnswerRows:
    """The answers of the first ``limit`` students in ``folder``.

    Raises:
        UsageError: it holds no such set, or one that cannot be read.
    """
    import numpy as np

    columns: list[tuple[Any, ...]] = []
    values: list[tuple[float, ...]] = []
    for number, (name, log) in enumerate(_students(folder, limit)):
        fold = _hash(name) % 5
        for interaction, before, first, bkt in _walk(log):
            skills = interaction.skills
            values.append(before)
            columns.append(
                (
                    interaction.right,
                    number,
                    fold,
                    numbering.skills.setdefault(skills, len(numbering.skills)),
                    numbering.problems.setdefault((interaction.problem, skills), len(numbering.problems)),
                    first,
                    _hash(str(min(skills))) % 2,
                    bkt,
                )
            )
    if not columns:
        raise UsageError(f"{folder} holds no answers.", todo="Check that its files are complete.")
    right, student, folds, skill, problem, first_rows, half, bkts = zip(*columns, strict=True)
    return AnswerRows(
        values=np.array(values, dtype=np.float64),
        right=np.array(right, dtype=np.float64),
        student=np.array(student),
        fold=np.array(folds),
        skill=np.array(skill),
        problem=np.array(problem),
        first=np.array(first_rows, dtype=bool),
        half=np.array(half),
        bkt=np.array(bkts, dtype=np.float64),
    )


def _students(folder: Path, limit: int | None) -> Iterator[tuple[str, list[Interaction]]]:
    path = folder / FILE
    if not path.is_file():
        raise UsageError(f"{folder} holds no answers.", todo=f"Name a folder with {FILE}.")
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
        for line in lines[:limit]:
            row = json.loads(line)
            yield str(row["student"]), [_interaction(entry) for entry in row["interactions"]]
    except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError) as error:
        raise UsageError(
            f"The data in {folder} cannot be read.", todo="Check that its files are complete."
        ) from error


def _interaction(entry: list[Any]) -> Interaction:
    if len(entry) == 3:
        return Interaction(int(entry[0]), tuple(int(skill) for skill in entry[1]), bool(entry[2]))
    return Interaction(None, (int(entry[0]),), bool(entry[1]))


def _walk(log: list[Interaction]) -> Iterator[tuple[Interaction, tuple[float, ...], bool, float]]:
    """Each answer with the features before it, whether it is the first on its skills, and BKT's prediction."""
    learner = NEW_LEARNER
    skills: dict[int, SkillHistory] = {}
    known: dict[int, float] = {}
    start, learned, guess, slip = _GENERIC_BKT
    for interaction in log:
        right = interaction.right
        before = [skills.get(skill, NO_HISTORY) for skill in interaction.skills]
        least = min(known.get(skill, start) for skill in interaction.skills)
        chance = least * (1.0 - slip) + (1.0 - least) * guess
        yield (
            interaction,
            features(weakest(tuple(before)), learner),
            not any(history.seen for history in before),
            chance,
        )
        for skill, history in zip(interaction.skills, before, strict=True):
            skills[skill] = history.after(learner.answers, right=right)
            prior = known.get(skill, start)
            hit, miss = (1.0 - slip, guess) if right else (slip, 1.0 - guess)
            posterior = prior * hit / (prior * hit + (1.0 - prior) * miss)
            known[skill] = posterior + (1.0 - posterior) * learned
        learner = learner.after(right=right)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
