"""Every number that training depends on, in one place; docs/decisions/0015 says how each was chosen."""

import hashlib
import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the model is trained.

    Attributes:
        seed: of the head's first weights and of all drawing.
        passes: how often every question is read; the last pass may be a part of one.
        school_share: how often a school question is read a pass.
        list_length: pairs of a question, the right sentence among them.
        own_passage: at most so many wrong sentences of the right passage in a list.
        school_list_length: ``list_length`` for school questions.
        school_own_passage: ``own_passage`` for school questions.
        own_among: wrong sentences of the right passage come from this many best of retrieval.
        others_among: wrong sentences of other passages come from this many best.
        best_right: how often the right sentence is the one that retrieval ranks first; else any right one.
        tokens: longest pair.
        question_tokens: longest question in it.
        least_previous: a previous sentence with less room than this is left out.
        step_tokens: a step ends with the list that reaches so many.
        rate: highest learning rate.
        warm_up: share of all steps over which it is reached.
        decay: weight decay of matrices.
        gradient: longest gradient; a longer one is cut to this.
        average: of the old in the running average of the weights.
        head_deviation: of the head's first weights.
        products: type of the encoder's matrix products, "bfloat16" or "float32".
    """

    seed: int = 0
    passes: float = 2.5
    school_share: int = 2
    list_length: int = 6
    own_passage: int = 4
    school_list_length: int = 3
    school_own_passage: int = 1
    own_among: int = 24
    others_among: int = 12
    best_right: float = 0.8
    tokens: int = 128
    question_tokens: int = 48
    least_previous: int = 8
    step_tokens: int = 9_500
    rate: float = 1e-4
    warm_up: float = 0.06
    decay: float = 0.01
    gradient: float = 1.0
    average: float = 0.995
    head_deviation: float = 0.02
    products: str = "bfloat16"

    @property
    def digest(self) -> str:
        """A sum over all of it: what was trained by another recipe must not be gone on with."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
