"""The suite ``eval memory``: how well recall is predicted on logs of real reviews.

A learner's reviews are gone through in the order of the days since each item's first one (the logs hold no dates). Each
is predicted from the item's earlier reviews, with the parameters that the product would have by then: the defaults
until 400 reviews, refitted whenever there are half as many again, kept only where the fit proves itself. Beside it: the
defaults throughout, the same by the package ``fsrs`` (which has to be the same to the last figure), and what the
program that kept the log predicted. Measures as in srs-benchmark.
"""

import bisect
import gzip
import itertools
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, cast

from engine.errors import UsageError
from engine.learner.fsrs6 import DAY_MS, DEFAULTS, Parameters, Rating
from engine.learner.memory import Step
from engine.learner.memory_fit import LEAST_REVIEWS, fit_memory
from engine.learner.review_batch import ReviewBatch
from engine.learner.scheduler import Card, CardKind
from engine.types import Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.protocols import ProgressCallback

    Floats = NDArray[np.float64]

_FILE = "reviews.jsonl.gz"
_GROWTH = 1.5
_CHANCE_MARGIN = 1e-6
_FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Log:
    """One user's reviews in order; by step, the recorded prediction and the bin for the calibration."""

    user: str
    steps: tuple[Step, ...]
    recorded: tuple[float, ...]
    bins: tuple[tuple[float, float, float], ...]


class _Row(TypedDict):
    user: str
    item: int
    reviews: list[list[float]]


def evaluate_memory(folder: Path, *, limit: int | None, progress: "ProgressCallback") -> dict[str, object]:
    """The figures for each user and for all, weighted by reviews; the first ``limit`` items of each user.

    Raises:
        UsageError: the folder holds no such log.
    """
    import numpy as np

    logs = load_logs(folder, limit=limit)
    users: dict[str, dict[str, object]] = {}
    for number, log in enumerate(logs, start=1):
        batch = ReviewBatch(log.steps)
        positions = batch.positions
        bins = [log.bins[position] for position in positions]
        figures: dict[str, object] = {"n": len(positions)}
        figures |= measures(_predicted(log, batch), batch.recalled, bins)
        figures["defaults"] = measures(batch.chances(np.array([DEFAULTS]))[0], batch.recalled, bins)
        figures["package"] = measures(package_chances(log.steps)[positions], batch.recalled, bins)
        figures["recorded"] = measures(np.array(log.recorded)[positions], batch.recalled, bins)
        users[log.user] = figures
        progress(Progress("Predicting", number, len(logs), "users"))
    return {**pooled(list(users.values())), "users": users}


def load_logs(folder: Path, *, limit: int | None = None) -> list[Log]:
    """The logs in ``folder``, by user.

    Raises:
        UsageError: there are none, or they cannot be read.
    """
    try:
        lines = gzip.decompress((folder / _FILE).read_bytes()).decode("utf-8").splitlines()
        rows = [cast(_Row, json.loads(line)) for line in lines]
        by_user: dict[str, list[_Row]] = {}
        for row in rows:
            by_user.setdefault(row["user"], []).append(row)
        return [_log(user, items[:limit]) for user, items in by_user.items()]
    except (OSError, EOFError, ValueError, KeyError) as error:
        raise UsageError(
            f"{folder} holds no log of reviews.",
            todo=f"Name a folder with {_FILE}, such as supermemo_revlogs.",
        ) from error


def measures(
    chances: "Floats", recalled: "Floats", bins: Sequence[tuple[float, float, float]]
) -> dict[str, object]:
    """Log-loss in nats, RMSE over bins, and the area under the curve."""
    import numpy as np

    if not len(recalled):
        return {"log_loss": None, "rmse_bins": None, "auc": None}
    safe = np.clip(chances, _CHANCE_MARGIN, 1 - _CHANCE_MARGIN)
    loss = -(recalled * np.log(safe) + (1 - recalled) * np.log(1 - safe)).mean()
    return {
        "log_loss": round(float(loss), 4),
        "rmse_bins": round(_rmse(chances, recalled, bins), 4),
        "auc": _auc(chances, recalled),
    }


def package_chances(steps: Sequence[Step]) -> "Floats":
    """What the package ``fsrs`` predicts before each of ``steps`` with its defaults; 0 before a card's first."""
    import fsrs
    import numpy as np

    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[Card, fsrs.Card] = {}
    chances = np.zeros(len(steps))
    for position, step in enumerate(steps):
        card = cards.get(step.card) or fsrs.Card(card_id=position)
        at = _FIRST_DAY + timedelta(milliseconds=step.at)
        chances[position] = scheduler.get_card_retrievability(card, at)
        cards[step.card], _ = scheduler.review_card(card, fsrs.Rating(step.rating), at)
    return chances


def pooled(users: Sequence[dict[str, object]]) -> dict[str, object]:
    """The users' figures, weighted by their reviews; a figure that a user has not is left out of its mean."""
    figures: dict[str, object] = {"n": sum(cast(int, user["n"]) for user in users)}
    for name in ("log_loss", "rmse_bins", "auc"):
        figures[name] = _weighted(users, users, name)
    for rival in ("defaults", "package", "recorded"):
        theirs = [cast(dict[str, object], user[rival]) for user in users]
        figures[rival] = {name: _weighted(users, theirs, name) for name in ("log_loss", "rmse_bins", "auc")}
    return figures


def _predicted(log: Log, batch: ReviewBatch) -> "Floats":
    """The chance before each predicted review, by the parameters that there were by then."""
    import numpy as np

    count = len(batch.positions)
    edges = [0, *itertools.takewhile(lambda edge: edge < count, _refits()), count]
    sets: list[Parameters] = [DEFAULTS]
    sets += [fit_memory(log.steps[: int(batch.positions[edge])]).parameters for edge in edges[1:-1]]
    chances = batch.chances(np.array(sets))
    return np.concatenate(
        [chances[number, start:end] for number, (start, end) in enumerate(itertools.pairwise(edges))]
    )


def _refits() -> Iterator[int]:
    """After how many reviews there is a refit."""
    return (round(LEAST_REVIEWS * _GROWTH**number) for number in itertools.count())


def _log(user: str, rows: Sequence[_Row]) -> Log:
    order: list[tuple[int, int, int, Step, float, tuple[float, float, float]]] = []
    for row in rows:
        card, at, lapses = Card(CardKind.ITEM, user, str(row["item"])), 0, 0
        for number, (days, _, grade, _, recorded) in enumerate(row["reviews"]):
            passed = int(days) if number else 0
            at += passed
            step = Step(card, at * DAY_MS, passed, Rating(int(grade)))
            order.append((at, row["item"], number, step, recorded, _bin(passed, number + 1, lapses)))
            lapses += grade == Rating.AGAIN and number > 0
    order.sort(key=lambda entry: entry[:3])
    return Log(
        user,
        tuple(entry[3] for entry in order),
        tuple(entry[4] for entry in order),
        tuple(entry[5] for entry in order),
    )


def _bin(days: int, number: int, lapses: int) -> tuple[float, float, float]:
    """srs-benchmark's bins of interval, number of the review and lapses, each by its logarithm."""
    return (
        round(2.48 * 3.62 ** math.floor(math.log(days, 3.62)), 2) if days else 0.0,
        round(1.99 * 1.89 ** math.floor(math.log(number, 1.89))),
        round(1.65 * 1.73 ** math.floor(math.log(lapses, 1.73))) if lapses else 0.0,
    )


def _rmse(chances: "Floats", recalled: "Floats", bins: Sequence[tuple[float, float, float]]) -> float:
    import numpy as np

    names = {name: number for number, name in enumerate(sorted(set(bins)))}
    places = np.array([names[name] for name in bins])
    surplus = np.bincount(places, weights=chances - recalled)
    counts = np.bincount(places)
    return float(np.sqrt((surplus**2 / counts).sum() / counts.sum()))


def _auc(chances: "Floats", recalled: "Floats") -> float | None:
    """The chance that a recalled review was given more than a forgotten one; None if there is only one kind."""
    good = sorted(float(chance) for chance in chances[recalled == 1])
    bad = [float(chance) for chance in chances[recalled == 0]]
    if not good or not bad:
        return None
    above = sum(
        len(good) - (bisect.bisect_left(good, chance) + bisect.bisect_right(good, chance)) / 2
        for chance in bad
    )
    return round(above / (len(good) * len(bad)), 4)


def _weighted(
    users: Sequence[dict[str, object]], figures: Sequence[dict[str, object]], name: str
) -> float | None:
    known = [
        (cast(float, of_user[name]), cast(int, user["n"]))
        for user, of_user in zip(users, figures, strict=True)
        if of_user[name] is not None
    ]
    total = sum(weight for _, weight in known)
    return round(sum(value * weight for value, weight in known) / total, 4) if total else None
