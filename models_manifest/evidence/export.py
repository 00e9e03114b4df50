"""Writes the trained network as the GGUF file that the product runs through llama.cpp's rank pooling.

Names, vocabulary and shape are copied from the embedder's file that training began with. Positions that no pair reaches
are cut off; matrices are q8_0, the rest 32 bits. The result depends on the weights alone.
"""

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from models_manifest.evidence.weights import Arrays

NAME = "llm-tutor-evidence"
LICENCE = "CC-BY-SA-4.0"
POSITIONS = 192
_OURS = ("general.", "bert.pooling_type", "bert.context_length", "GGUF.")
_KEPT_WHOLE = ("position_embd.weight", "token_types.weight", "cls.output.weight")


def export(arrays: Arrays, embedder: Path, target: Path, *, quantised: bool = True) -> None:
    """Write ``arrays`` to ``target``.

    Args:
        arrays: the trained and the frozen weights, by llama.cpp's names.
        embedder: the GGUF file that training began with.
        target: the file to make.
        quantised: False keeps all in 32 bits, to compare with.
    """
    source = gguf.GGUFReader(embedder)
    writer = gguf.GGUFWriter(target, "bert")
    writer.add_name(NAME)
    writer.add_license(LICENCE)
    writer.add_context_length(min(POSITIONS, len(arrays["position_embd.weight"])))
    writer.add_pooling_type(gguf.PoolingType.RANK)
    kind = gguf.LlamaFileType.MOSTLY_Q8_0 if quantised else gguf.LlamaFileType.ALL_F32
    writer.add_file_type(kind)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    for field in source.fields.values():
        if not field.name.startswith(_OURS):
            _copy(writer, field)
    for name in _order(arrays, source):
        _add(writer, name, arrays[name], quantised=quantised)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _copy(writer: gguf.GGUFWriter, field: gguf.ReaderField) -> None:
    kind = field.types[0]
    if kind == gguf.GGUFValueType.ARRAY:
        writer.add_array(field.name, field.contents())
    else:
        writer.add_key_value(field.name, field.contents(), kind)


def _order(arrays: Arrays, source: gguf.GGUFReader) -> Sequence[str]:
    known = [tensor.name for tensor in source.tensors]
    return [*known, *sorted(set(arrays) - set(known))]


def _add(writer: gguf.GGUFWriter, name: str, array: NDArray[np.float32], *, quantised: bool) -> None:
    array = np.ascontiguousarray(array[:POSITIONS] if name == "position_embd.weight" else array, np.float32)
    if not quantised or array.ndim == 1 or name in _KEPT_WHOLE:
        writer.add_tensor(name, array)
        return
    q8 = gguf.GGMLQuantizationType.Q8_0
    writer.add_tensor(name, gguf.quants.quantize(array, q8), raw_dtype=q8)
