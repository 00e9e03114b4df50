"""Three folds of whole articles and a pack each: no article, and no pack, is in two of them."""

from collections import Counter
from collections.abc import Sequence

from models_manifest.evidence.corpus import SCHOOL, Corpus

FOLDS = 3


def folds(corpora: Sequence[Corpus]) -> dict[str, int]:
    """The fold of each group: articles so that folds are alike in questions, and one pack each."""
    asked = Counter(
        question.group for corpus in corpora if corpus.name not in SCHOOL for question in corpus.questions
    )
    loads = [0] * FOLDS
    placed = {name: at for at, name in enumerate(SCHOOL)}
    for group, count in sorted(asked.items(), key=lambda one: (-one[1], one[0])):
        fold = loads.index(min(loads))
        placed[group] = fold
        loads[fold] += count
    return placed
