from hypothesis import given
from hypothesis import strategies as st

from models_manifest.evidence.packing import pack

ROWS = ((2, 8), (3, 12))
SEQUENCES = st.lists(st.lists(st.integers(1, 99), min_size=1, max_size=12), max_size=12)


@given(SEQUENCES)
def test_every_sequence_lies_whole_in_one_row_and_none_lies_on_another(sequences: list[list[int]]) -> None:
    packed = pack(sequences, ROWS)
    if packed is None:
        return
    owner = [int(own) for group in packed.owners for own in group.reshape(-1)]
    row = [at for at, width in enumerate([8, 8, 12, 12, 12]) for _ in range(width)]
    for number, sequence in enumerate(sequences):
        places = [at for at, own in enumerate(owner) if own == number + 1]
        assert places == list(range(packed.first[number], packed.first[number] + len(sequence)))
        assert packed.tokens[places].tolist() == sequence
        assert packed.positions[places].tolist() == list(range(len(sequence)))
        assert len({row[at] for at in places}) == 1


def test_what_does_not_fit_is_not_packed() -> None:
    assert pack([[1] * 13], ROWS) is None
    assert pack([[1] * 12] * 4, ROWS) is None
    assert pack([[1] * 12] * 3 + [[1] * 8] * 2, ROWS) is not None
