"""Fits the models of memory and of success to this learner, on this device, when there is enough new to go by.

What was fitted is kept in the table ``fitted``, with the time, and is used from then on only where it predicted later
answers better. It is no event: it can be made again from the log at any time.
"""

import json
from datetime import timedelta
from typing import Any

from engine.clock import Clock, milliseconds
from engine.learner.evidence import Evidence
from engine.learner.memory import steps
from engine.learner.memory_fit import fit_memory
from engine.learner.predictor import NEW_LEARNER, SkillHistory, features, weakest
from engine.learner.predictor_refit import Answer, refit
from engine.storage.database import LearnerDatabase
from engine.storage.sqlite import Connection
from engine.tutor.practice.learning_log import log_after, voided
from engine.tutor.practice.learning_record import (
    MEMORY_PARAMETERS,
    PREDICTOR,
    LearningRecord,
    fitted_parameters,
    fitted_predictor,
)

_EVERY = timedelta(days=30)
_TRIED = "tried"


def fit_is_due(database: LearnerDatabase, clock: Clock) -> bool:
    """Whether a month went by since it was last tried."""
    with database.reading() as connection:
        row = connection.execute("SELECT at FROM fitted WHERE name = ?", (_TRIED,)).fetchone()
    return row is None or milliseconds(clock.now()) - row[0] >= _EVERY / timedelta(milliseconds=1)


def fit_models(database: LearnerDatabase, record: LearningRecord, clock: Clock) -> tuple[bool, bool]:
    """Fit both models; returns whether memory and predictor were changed. Takes some seconds for a long log."""
    ground = record.ground
    with database.reading() as connection:
        log = log_after(connection, void=voided(connection))
        memory, predictor = fitted_parameters(connection), fitted_predictor(connection)
    evidence = [it for it in log.what if isinstance(it, Evidence)]
    fitted_memory = fit_memory(steps(evidence, ground.curricula, ground.facts), memory)
    fitted_success = refit(_answers(evidence), predictor)
    with database.transaction() as connection:
        now = milliseconds(clock.now())
        _keep(connection, _TRIED, now, len(evidence))
        if fitted_memory.accepted:
            _keep(connection, MEMORY_PARAMETERS, now, list(fitted_memory.parameters))
        if fitted_success.accepted:
            _keep(connection, PREDICTOR, now, list(fitted_success.predictor.weights))
    return fitted_memory.accepted, fitted_success.accepted


def _answers(evidence: list[Evidence]) -> list[Answer]:
    """First attempts with the features before them."""
    learner = NEW_LEARNER
    skills: dict[tuple[str, str], SkillHistory] = {}
    answers = []
    for piece in evidence:
        keys = [(piece.pack, result.skill) for result in piece.results]
        if not keys or piece.weight <= 0:
            continue
        histories = tuple(skills.get(key, SkillHistory()) for key in keys)
        answers.append(Answer(features(weakest(histories), learner), piece.first_right))
        for key, history, result in zip(keys, histories, piece.results, strict=True):
            skills[key] = history.after(learner.answers, right=result.first_right)
        learner = learner.after(right=piece.first_right)
    return answers


def _keep(connection: Connection, name: str, at: int, value: Any) -> None:
    connection.execute(
        "INSERT INTO fitted VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at, value = excluded.value",
        (name, at, json.dumps(value)),
    )
