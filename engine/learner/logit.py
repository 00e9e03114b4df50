"""The logistic function and its inverse, in plain Python so that every machine gets the same bytes."""

import math


def sigmoid(logit: float) -> float:
    """1/(1+exp(-logit)), without overflow."""
    if logit >= 0:
        return 1.0 / (1.0 + math.exp(-logit))
    grown = math.exp(logit)
    return grown / (1.0 + grown)


def clipped_logit(probability: float, limit: float = 4.0) -> float:
    """ln(p/(1-p)), held within -``limit`` and ``limit`` logits; 0 and 1 are allowed."""
    if probability <= 0.0:
        return -limit
    if probability >= 1.0:
        return limit
    return min(limit, max(-limit, math.log(probability / (1.0 - probability))))
