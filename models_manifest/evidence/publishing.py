"""Brings the product up to the model: what the manifest says of its file, its weights in retrieval, its card.

Everything comes from the file itself and from the figures of the validation; no number is copied by hand.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.models.manifest import ModelKind, read_manifest
from models_manifest.evidence.card import model_card

MODEL_ID = "llm-tutor-evidence"
_REGRESSIONS = {"evidence_read": "regression", "evidence_read_by_words": "regression_by_words"}


@dataclass(frozen=True, slots=True)
class Published:
    """What is written.

    Attributes:
        manifest: the folder of the manifests.
        weights: retrieval's ``weights.json``.
        card: the model card.
    """

    manifest: Path
    weights: Path
    card: Path


def publish(model: Path, figures: Mapping[str, Any], places: Published) -> None:
    """Write what follows from the file ``model`` and the ``figures`` of its validation.

    Raises:
        LookupError: the manifest has no entry for it.
    """
    _write_sum(model, places.manifest)
    weights = json.loads(places.weights.read_text(encoding="utf-8"))
    weights["evidence_model"] = MODEL_ID
    weights.update({name: figures[regression] for name, regression in _REGRESSIONS.items()})
    _write(places.weights, json.dumps(weights, indent=2) + "\n")
    _write(places.card, model_card(figures))


def _write_sum(model: Path, folder: Path) -> None:
    entry = read_manifest(folder).find(MODEL_ID)
    if entry is None:
        raise LookupError(MODEL_ID)
    told, content = entry.files[0], model.read_bytes()
    path = folder / f"{ModelKind.RERANKER}.json"
    text = path.read_text(encoding="utf-8")
    text = re.sub(rf'"bytes": {told.bytes}\b', f'"bytes": {len(content)}', text)
    _write(path, text.replace(str(told.sha256), hashlib.sha256(content).hexdigest()))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
