import hashlib
import json
import shutil
from pathlib import Path

import pytest

from engine.models.manifest import ModelKind, read_manifest
from engine.paths import manifest_path
from engine.rag.weights import WEIGHTS_FILE
from models_manifest.evidence.publishing import MODEL_ID, Published, publish
from tests.models_manifest.evidence.test_figures import validated

FILE = {"name": "evidence.gguf", "bytes": 5, "sha256": "0" * 64}


@pytest.fixture
def places(tmp_path: Path) -> Published:
    """The shipped manifest, with an entry for some earlier file, and the shipped weights."""
    manifest = tmp_path / "manifest"
    shutil.copytree(manifest_path(), manifest, ignore=shutil.ignore_patterns("evidence"))
    path = manifest / f"{ModelKind.RERANKER}.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    others = [entry for entry in stored["models"] if entry["id"] != MODEL_ID]
    stored["models"] = [{**others[0], "id": MODEL_ID, "files": [FILE]}, *others]
    path.write_text(json.dumps(stored, indent=2), encoding="utf-8")
    weights = Path(shutil.copy(WEIGHTS_FILE, tmp_path))
    return Published(manifest, weights, tmp_path / "card.md")


def test_manifest_weights_and_card_follow_the_file_and_its_figures(tmp_path: Path, places: Published) -> None:
    figures = validated() | {
        "regression": {"logit": 0.5, "bias": -1.0},
        "regression_by_words": {"logit": 0.6, "bias": -2.0},
    }
    (tmp_path / "new.gguf").write_bytes(b"weights")
    before = read_manifest(places.manifest)

    publish(tmp_path / "new.gguf", figures, places)

    after = read_manifest(places.manifest)
    entry = after.find(MODEL_ID)
    assert entry is not None
    assert entry.files[0].bytes == 7
    assert entry.files[0].sha256 == hashlib.sha256(b"weights").hexdigest()
    assert [one for one in after.entries if one.id != MODEL_ID] == [
        one for one in before.entries if one.id != MODEL_ID
    ]
    weights = json.loads(places.weights.read_text(encoding="utf-8"))
    assert weights["evidence_model"] == MODEL_ID
    assert weights["evidence_read"] == {"logit": 0.5, "bias": -1.0}
    assert weights["evidence_read_by_words"] == {"logit": 0.6, "bias": -2.0}
    assert weights["evidence"] == json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))["evidence"]
    assert "2 of 3 folds, 240\n" in places.card.read_text(encoding="utf-8")
