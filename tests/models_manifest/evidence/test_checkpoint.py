from pathlib import Path

import numpy as np
import pytest

from models_manifest.evidence.checkpoint import Checkpoint, read_checkpoint, write_checkpoint

STATE = Checkpoint("this", 7, 90, 12.5, {"weights": {"a/b": np.arange(6, dtype=np.float32).reshape(2, 3)}})


def test_what_was_written_is_read(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "state.npz", STATE)
    found = read_checkpoint(tmp_path / "state.npz", of="this")
    assert found is not None
    assert (found.step, found.until, found.seconds) == (7, 90, 12.5)
    np.testing.assert_array_equal(found.groups["weights"]["a/b"], STATE.groups["weights"]["a/b"])


def test_another_trainings_state_is_no_use(tmp_path: Path) -> None:
    write_checkpoint(tmp_path / "state.npz", STATE)
    assert read_checkpoint(tmp_path / "state.npz", of="other") is None
    assert read_checkpoint(tmp_path / "none.npz", of="this") is None


def test_a_write_that_breaks_off_leaves_the_old_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_checkpoint(tmp_path / "state.npz", STATE)

    def cut_off(*_: object, **__: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr(np, "savez", cut_off)
    with pytest.raises(OSError, match="no space"):
        write_checkpoint(tmp_path / "state.npz", Checkpoint("this", 8, 95, 13.0, {}))
    found = read_checkpoint(tmp_path / "state.npz", of="this")
    assert found is not None
    assert found.step == 7
