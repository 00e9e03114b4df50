"""Which sentences a cross-encoder reads, and what its logits change.

Reading is dear, so few sentences are chosen for it: the best one of each of the best passages, so that a right passage
has its say, then the best of all, as far as a number of characters goes. The sentence before one is read with it only
where it leans on that. What is not read counts as the lowest that was read. Pure; the numbers were chosen in
docs/decisions/0015 and are flat around these.
"""

from itertools import accumulate
from typing import TYPE_CHECKING

from engine.sentences import leans

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SENTENCES_READ = 8
PASSAGES_READ = 5
CHARACTERS_READ = 1050
_OF_A_QUESTION = 200  # characters, about as many as the model reads of one
PASSAGE_WEIGHT = 0.4
BEST_SENTENCE_WEIGHT = 0.8  # of a passage's best sentence, in its own score
SENTENCE_WEIGHT = 0.3


def to_read(
    sentence_scores: "Floats", owner: "NDArray[np.intp]", passage_scores: "Floats"
) -> "NDArray[np.intp]":
    """Numbers of the sentences to read, best first; ``owner`` says whose passage each sentence is."""
    import numpy as np

    order = np.argsort(-sentence_scores, kind="stable")
    best_passages = set(np.argsort(-passage_scores, kind="stable")[:PASSAGES_READ].tolist())
    _, first = np.unique(owner[order], return_index=True)
    leading = [int(at) for at in np.sort(first) if int(owner[order[at]]) in best_passages]
    chosen = list(dict.fromkeys([*leading, *range(len(order))]))[:SENTENCES_READ]
    return np.asarray(order[np.sort(np.array(chosen, dtype=np.intp))], dtype=np.intp)


def read_before(sentence: str, previous: str) -> str:
    """What is read with a sentence of that which stands before it."""
    return previous if leans(sentence) else ""


def affordable(question: str, lengths: "Sequence[int]") -> int:
    """How many texts of so many characters are read, best first, each with ``question``; the first one always is."""
    asked = min(len(question), _OF_A_QUESTION)
    total = accumulate(asked + length for length in lengths)
    return max(1, sum(so_far <= CHARACTERS_READ for so_far in total))


def mixed(
    sentence_scores: "Floats",
    owner: "NDArray[np.intp]",
    passage_scores: "Floats",
    read: "NDArray[np.intp]",
    logits: "Sequence[float] | Floats",
) -> "tuple[Floats, Floats]":
    """Sentence and passage scores, given as z-scores, after ``logits`` were given to the sentences ``read``."""
    import numpy as np

    given = np.asarray(logits, dtype=np.float32)
    opinion = np.full(len(sentence_scores), given.min(), dtype=np.float32)
    opinion[read] = given
    return (
        sentence_scores + SENTENCE_WEIGHT * opinion,
        passage_scores
        + BEST_SENTENCE_WEIGHT * _best_of_each(sentence_scores, owner, len(passage_scores))
        + PASSAGE_WEIGHT * _best_of_each(opinion, owner, len(passage_scores)),
    )


def _best_of_each(scores: "Floats", owner: "NDArray[np.intp]", passages: int) -> "Floats":
    """The highest of the scores of each passage's sentences; a passage without any gets the lowest of all."""
    import numpy as np

    best = np.full(passages, scores.min(), dtype=np.float32)
    np.maximum.at(best, owner, scores)
    return best


def figures(logits: "Sequence[float] | Floats", quoted: float) -> dict[str, float]:
    """What the logits say about whether any sentence answers; ``quoted`` is that of the sentence quoted first."""
    import numpy as np

    falling = sorted((float(logit) for logit in logits), reverse=True)
    return {
        "logit": falling[0],
        "logit_second": falling[1] if len(falling) > 1 else falling[0],
        "logit_quoted": quoted,
        "logit_any": float(np.logaddexp.reduce(falling)),
    }
