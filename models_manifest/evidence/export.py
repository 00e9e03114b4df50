"""Writes the trained network as the GGUF file that the product runs through llama.cpp's rank pooling.

Names, vocabulary and shape are copied from the embedder's file that training began with. Positions that no pair reaches
are cut off; matrices are q8_0, the rest 32 bits. The result depends on the weights alone.
"""

from collections.abc import Sequence
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

from engine.rag.llama_cpp_reranker import LEAST_PREVIOUS, PAIR_TOKENS, QUESTION_TOKENS
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import Arrays

NAME = "llm-tutor-evidence"
LICENCE = "CC-BY-SA-4.0"
POSITIONS = 192
_OURS = ("general.", "bert.pooling_type", "bert.context_length", "GGUF.")
_EIGHT_BITS = gguf.GGMLQuantizationType.Q8_0
_KEPT_WHOLE = ("position_embd.weight", "token_types.weight", "cls.output.weight")


def export(arrays: Arrays, recipe: Recipe, embedder: Path, target: Path, *, quantised: bool = True) -> None:
    """Write ``arrays`` to ``target``.

    Args:
        arrays: the trained and the frozen weights, by llama.cpp's names.
        recipe: by which they were trained; the file states its lengths.
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
    writer.add_uint32(PAIR_TOKENS, recipe.tokens)
    writer.add_uint32(QUESTION_TOKENS, recipe.question_tokens)
    writer.add_uint32(LEAST_PREVIOUS, recipe.least_previous)
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


def as_written(arrays: Arrays) -> Arrays:
    """``arrays`` as the file holds them: what is measured must have been rounded as what is shipped.

    Training begins with weights that eight bits hold exactly; what it moves by less than half a step is lost there.
    """
    return {name: _rounded(array) if _in_eight_bits(name, array) else array for name, array in arrays.items()}


def _rounded(array: NDArray[np.float32]) -> NDArray[np.float32]:
    stored = gguf.quants.quantize(np.ascontiguousarray(array, np.float32), _EIGHT_BITS)
    return np.asarray(gguf.quants.dequantize(stored, _EIGHT_BITS), dtype=np.float32)


def _in_eight_bits(name: str, array: NDArray[np.float32]) -> bool:
    return array.ndim > 1 and name not in _KEPT_WHOLE


def _add(writer: gguf.GGUFWriter, name: str, array: NDArray[np.float32], *, quantised: bool) -> None:
    array = np.ascontiguousarray(array[:POSITIONS] if name == "position_embd.weight" else array, np.float32)
    if quantised and _in_eight_bits(name, array):
        writer.add_tensor(name, gguf.quants.quantize(array, _EIGHT_BITS), raw_dtype=_EIGHT_BITS)
    else:
        writer.add_tensor(name, array)
