"""A learner's practice as xAPI statements (version 1.0.3), for a file that a learning record store can take in.

Verbs: attempted (a question was posed), answered (an answer was checked), hinted (help was shown), mastered (a skill
counts as mastered from then on). The learner is an account without a name, and no answer's words are told. The IRIs
are listed in docs/practice-formats.md.
"""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.answers.verdict import Outcome
from engine.learner.curriculum import Curriculum
from engine.learner.learner_state import LearnerState
from engine.learner.replay import fold
from engine.sync.practice_events import AttemptGraded, HintShown, QuestionClosed, QuestionPosed
from engine.tutor.practice.learning_log import MainSkill, interleaved, read_evidence
from engine.tutor.practice.practice_log import Happened

_ADL = "http://adlnet.gov/expapi"
_OWN = "urn:x-llm-tutor"
_HOME = "https://llm-tutor.invalid/learner"
VERBS = {
    "attempted": f"{_ADL}/verbs/attempted",
    "answered": f"{_ADL}/verbs/answered",
    "hinted": f"{_OWN}:verb:hinted",
    "mastered": f"{_ADL}/verbs/mastered",
}
ACTIVITY_TYPES = {
    "question": f"{_ADL}/activities/cmi.interaction",
    "skill": f"{_ADL}/activities/objective",
}
_OTHER_INTERACTION = "other"
_VERSION = "1.0.3"

Statement = Mapping[str, Any]


def statement_lines(statements: Iterable[Statement]) -> Iterator[str]:
    """One JSON array, a statement a line and its end: what a record store takes at its address "statements"."""
    before, end = "[\n", "[]\n"
    for one in statements:
        yield before + json.dumps(one, ensure_ascii=False)
        before, end = ",\n", "\n]\n"
    yield end


def statements(log: Iterable[Happened], curricula: Mapping[str, Curriculum]) -> Iterator[Statement]:
    """The statements on what is in ``log``, in its order.

    Args:
        log: of one learner.
        curricula: by pack; mastery is what the evidence, replayed against them, says.
    """
    state = LearnerState()
    skill: MainSkill | None = None
    for it in log:
        if it.kind == QuestionPosed.kind:
            yield _on_question(it, "attempted")
        elif it.kind == AttemptGraded.kind:
            yield {**_on_question(it, "answered"), "result": _result(it.body)}
        elif it.kind == HintShown.kind:
            extensions = _named({"step": it.body.get("step"), "level": it.body.get("level")})
            yield {**_on_question(it, "hinted"), "result": {"extensions": extensions}}
        elif it.kind == QuestionClosed.kind:
            before = state
            try:
                evidence, skill = interleaved(read_evidence(it.body), skill)
            except (KeyError, TypeError, ValueError):
                continue  # broken: it counts nowhere
            state = fold(state, evidence, curricula)
            yield from _mastered(it, before, state, curricula)


def _on_question(it: Happened, verb: str) -> dict[str, Any]:
    identifier = f"{_OWN}:item:{it.posed['pack']}:{it.posed['item']}"
    definition = {"type": ACTIVITY_TYPES["question"], "interactionType": _OTHER_INTERACTION}
    return {
        **_statement(it.id, it, verb),
        "object": {"objectType": "Activity", "id": identifier, "definition": definition},
    }


def _mastered(
    it: Happened, before: LearnerState, after: LearnerState, curricula: Mapping[str, Curriculum]
) -> Iterator[Statement]:
    pack = it.body["pack"]
    for skill in sorted(skill for of, skill in after.skills if of == pack):
        if not after.skill(pack, skill).mastered or before.skill(pack, skill).mastered:
            continue
        known = curricula[pack].skills.get(skill) if pack in curricula else None
        definition: dict[str, Any] = {"type": ACTIVITY_TYPES["skill"]}
        if known is not None:
            definition["name"] = {"en": known.name}
        activity = {"objectType": "Activity", "id": f"{_OWN}:skill:{pack}:{skill}", "definition": definition}
        identifier = str(uuid.uuid5(uuid.UUID(it.id), skill))
        yield {**_statement(identifier, it, "mastered"), "object": activity}


def _statement(identifier: str, it: Happened, verb: str) -> dict[str, Any]:
    extensions = _named({name: it.posed.get(name) for name in ("purpose", "mode", "seed")})
    return {
        "id": identifier,
        "version": _VERSION,
        "timestamp": it.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "actor": {"objectType": "Agent", "account": {"homePage": _HOME, "name": it.device}},
        "verb": {"id": VERBS[verb], "display": {"en": verb}},
        "context": {
            "registration": it.posed["question"],
            "platform": "LLM Tutor",
            "extensions": extensions,
        },
    }


def _result(body: Mapping[str, Any]) -> dict[str, Any]:
    told = {name: body.get(name) for name in ("step", "n", "outcome", "flaw", "misconception")}
    result: dict[str, Any] = {
        "success": body.get("outcome") == Outcome.RIGHT.value,
        "extensions": _named(told),
    }
    if "seconds" in body:
        result["duration"] = f"PT{body['seconds']:g}S"
    return result


def _named(values: Mapping[str, Any]) -> dict[str, Any]:
    """Extensions have IRIs for names."""
    return {f"{_OWN}:{name}": value for name, value in values.items() if value is not None}
