"""FSRS-6 written from the published description alone, in another style, to hold ours and the package to it.

https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm (FSRS-6), with the one thing that the wiki
leaves to the implementations and that 6.3.2 does: on the same day only Again may shrink a stability.
"""

import math


def retrievability(w: tuple[float, ...], t: float, s: float) -> float:
    factor = math.pow(0.9, -1 / w[20]) - 1
    return math.pow(1 + factor * t / s, -w[20])


def reference(w: tuple[float, ...], history: list[tuple[int, int]]) -> tuple[float, float]:
    """Stability and difficulty after ``history``: (days since the review before, grade 1 to 4)."""
    (_, g), *rest = history
    s = w[g - 1]
    d = min(10, max(1, w[4] - math.exp(w[5] * (g - 1)) + 1))
    for t, g in rest:
        if t == 0:
            sinc = math.exp(w[17] * (g - 3 + w[18])) / math.pow(s, w[19])
            s_new = s * (sinc if g == 1 else max(1, sinc))
        else:
            r = retrievability(w, t, s)
            if g == 1:
                long = w[11] * math.pow(d, -w[12]) * (math.pow(s + 1, w[13]) - 1) * math.exp(w[14] * (1 - r))
                s_new = min(long, s / math.exp(w[17] * w[18]))
            else:
                gain = math.exp(w[8]) * (11 - d) * math.pow(s, -w[9]) * (math.exp(w[10] * (1 - r)) - 1)
                s_new = s * (1 + gain * {2: w[15], 3: 1, 4: w[16]}[g])
        easiest = w[4] - math.exp(w[5] * 3) + 1
        delta = -w[6] * (g - 3)
        d_new = w[7] * easiest + (1 - w[7]) * (d + delta * (10 - d) / 9)
        s, d = max(s_new, 0.001), min(10, max(1, d_new))
    return s, d
