"""The network in PyTorch: all-MiniLM's encoder, and on [CLS] the ranking head that llama.cpp's rank pooling computes.

Parameters keep llama.cpp's names and shapes (rows are outputs), so that reading the starting weights and writing the
model are copies. Attention is spelt out: on a processor the derivative of PyTorch's own takes half of a whole step.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import gelu, layer_norm, linear

Parameters = dict[str, Tensor]

_EMBEDDINGS = ("token_embd.weight", "position_embd.weight", "token_types.weight")
FROZEN = (*_EMBEDDINGS, "token_embd_norm.weight", "token_embd_norm.bias")
_UNSEEN = -1e9


@dataclass(frozen=True, slots=True)
class Shape:
    """What the arrays' shapes do not say.

    Attributes:
        blocks: number of encoder blocks.
        heads: attention heads a block.
        epsilon: added to the variance in layer norms.
    """

    blocks: int
    heads: int
    epsilon: float


def logits(parameters: Parameters, tokens: Tensor, lengths: Tensor, shape: Shape) -> Tensor:
    """One logit a sequence, in 32 bits.

    Args:
        parameters: all of them, by llama.cpp's names.
        tokens: shape (sequences, width), [CLS] first; what is in the places after a sequence's end does not matter.
        lengths: of the sequences, shape (sequences,).
        shape: of the network.
    """
    width = tokens.shape[1]
    outside = torch.arange(width) >= lengths[:, None]
    unseen = torch.where(outside, _UNSEEN, 0.0)[:, None, None, :]
    embedded = (
        parameters["token_embd.weight"][tokens]
        + parameters["position_embd.weight"][:width]
        + parameters["token_types.weight"][0]  # llama.cpp knows no other type
    )
    hidden = _norm(parameters, "token_embd_norm", embedded, shape)
    for number in range(shape.blocks):
        wanted = 1 if number + 1 == shape.blocks else width  # of the last block [CLS] alone is used
        hidden = _block(parameters, f"blk.{number}", hidden, wanted, unseen, shape)
    with torch.autocast("cpu", enabled=False):
        dense = torch.tanh(_linear(parameters, "cls", hidden[:, 0]))
        return _linear(parameters, "cls.output", dense)[:, 0]


def _block(
    parameters: Parameters, name: str, hidden: Tensor, wanted: int, unseen: Tensor, shape: Shape
) -> Tensor:
    kept = hidden[:, :wanted]

    def heads(part: str, values: Tensor) -> Tensor:
        return (
            _linear(parameters, f"{name}.attn_{part}", values).unflatten(2, (shape.heads, -1)).transpose(1, 2)
        )

    query, key, value = heads("q", kept), heads("k", hidden), heads("v", hidden)
    scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(2, 3))
    seen = torch.matmul(torch.softmax(scores + unseen.to(scores.dtype), dim=-1), value)
    attended = _linear(parameters, f"{name}.attn_output", seen.transpose(1, 2).flatten(2))
    kept = _norm(parameters, f"{name}.attn_output_norm", kept + attended, shape)
    inner = gelu(_linear(parameters, f"{name}.ffn_up", kept), approximate="tanh")  # as llama.cpp computes it
    outer = _linear(parameters, f"{name}.ffn_down", inner)
    return _norm(parameters, f"{name}.layer_output_norm", kept + outer, shape)


def _linear(parameters: Parameters, name: str, values: Tensor) -> Tensor:
    return linear(values, parameters[f"{name}.weight"], parameters[f"{name}.bias"])


def _norm(parameters: Parameters, name: str, values: Tensor, shape: Shape) -> Tensor:
    weight = parameters[f"{name}.weight"]
    return layer_norm(values.float(), weight.shape, weight, parameters[f"{name}.bias"], shape.epsilon)
