from hypothesis import given
from hypothesis import strategies as st

from engine.rag.evidence import Support, evidence_features, judge
from engine.rag.question import analyse
from engine.rag.weights import fitted_weights

ASKED = analyse("What did Van Helmont grow in 1648?")
RARITY = {"van": 3.0, "helmont": 5.0, "grow": 1.0, "1648": 5.0}
share = st.floats(0, 1)


def probability(features: dict[str, float], *, with_vectors: bool = True) -> float:
    return judge(features, fitted_weights().evidence_for(with_vectors=with_vectors, read=False)).probability


def support(text: str, likeness: float = 0.0) -> Support:
    stems = frozenset(text.split())
    return Support(stems, stems, likeness)


def test_the_best_of_the_sentences_counts() -> None:
    features = evidence_features(ASKED, [support("soil"), support("van helmont grow 1648", 0.9)], RARITY)
    assert features == {"coverage": 1.0, "coverage_passage": 1.0, "names": 1.0, "likeness": 0.9}


def test_nothing_in_common_is_no_evidence() -> None:
    features = evidence_features(ASKED, [support("soil", 0.1)], RARITY)
    assert features["coverage"] == features["names"] == 0.0
    assert probability(features) < 0.05
    assert probability(features, with_vectors=False) < 0.1


@given(
    share, share, share, share, st.sampled_from(["coverage", "coverage_passage", "names", "likeness"]), share
)
def test_more_in_common_is_never_weaker_evidence(
    coverage: float, passage: float, names: float, likeness: float, name: str, more: float
) -> None:
    features = {"coverage": coverage, "coverage_passage": passage, "names": names, "likeness": likeness}
    better = {**features, name: features[name] + more}
    for with_vectors in (True, False):
        assert probability(better, with_vectors=with_vectors) >= probability(
            features, with_vectors=with_vectors
        )
