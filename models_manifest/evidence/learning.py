"""The loss and one step of AdamW, in PyTorch: what a training changes, and how."""

from math import cos, pi

import torch
from torch import Tensor
from torch.nn.functional import softplus

from models_manifest.evidence.batches import Batch, groups
from models_manifest.evidence.network import FROZEN, Parameters, Shape, logits
from models_manifest.evidence.recipe import Recipe
from models_manifest.evidence.weights import Arrays

_NO_PAIR = -1e9
_KEPT = ("exp_avg", "exp_avg_sq")


def loss(scores: Tensor, labels: Tensor) -> Tensor:
    """``(P + N) / 2 + B`` of docs/decisions/0015.

    P is the cross-entropy of the right sentence among its list, N the same with "none of these" at logit 0 beside them,
    B the binary cross-entropy of each pair.

    Args:
        scores: logits, shape (lists, list_length).
        labels: 1 right, 0 wrong, -1 no pair, of the same shape; each list has a pair.
    """
    there, right = labels >= 0, (labels > 0).to(scores.dtype)
    answered = (labels > 0).any(dim=1)
    pairs = (softplus(scores) - scores * right)[there].mean()
    of_right = (right * scores).sum(dim=1)  # 0, the logit of "none", where nothing is right
    among = torch.where(there, scores, _NO_PAIR).logsumexp(dim=1)
    listed = (among - of_right)[answered].sum() / answered.sum().clamp(min=1)
    declined = (torch.logaddexp(among, torch.zeros(())) - of_right).mean()
    return (listed + declined) / 2 + pairs


def rate_at(share: float, recipe: Recipe) -> float:
    """Learning rate when ``share`` of the lists are done: up in a line, down in a cosine."""
    if share < recipe.warm_up:
        return recipe.rate * share / recipe.warm_up
    return recipe.rate * (1 + cos(pi * (share - recipe.warm_up) / (1 - recipe.warm_up))) / 2


class Learner:
    """The weights, what AdamW remembers of their gradients, and their running average, which is what is exported.

    Args:
        arrays: the weights to start from, the frozen ones among them.
        shape: of the network.
        recipe: how to learn.
    """

    def __init__(self, arrays: Arrays, shape: Shape, recipe: Recipe) -> None:
        self._shape, self._recipe = shape, recipe
        self._all: Parameters = {name: torch.tensor(array) for name, array in arrays.items()}
        self._trained = {
            name: tensor.requires_grad_() for name, tensor in self._all.items() if name not in FROZEN
        }
        self._average = {name: tensor.detach().clone() for name, tensor in self._trained.items()}
        matrices = [tensor for tensor in self._trained.values() if tensor.ndim > 1]
        others = [tensor for tensor in self._trained.values() if tensor.ndim == 1]
        self._optimiser = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": recipe.decay}, {"params": others, "weight_decay": 0.0}]
        )

    def step(self, batch: Batch, number: int, rate: float) -> float:
        """Learn from ``batch``, the step ``number`` from 1, at this ``rate``; returns the loss."""
        value = self._loss(batch)
        self._optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(self._trained.values(), self._recipe.gradient)
        for group in self._optimiser.param_groups:
            group["lr"] = rate
        self._optimiser.step()
        kept = min(self._recipe.average, (1 + number) / (10 + number))
        with torch.no_grad():
            for name, tensor in self._trained.items():
                self._average[name].lerp_(tensor, 1 - kept)
        return float(value.detach())

    def _loss(self, batch: Batch) -> Tensor:
        numbers: list[int] = []
        scores = []
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._recipe.products == "bfloat16"):
            for group in groups(batch.sequences):
                scores.append(logits(self._all, group.tokens, group.lengths, self._shape))
                numbers += group.numbers
        place = torch.empty(len(numbers), dtype=torch.int64)
        place[numbers] = torch.arange(len(numbers))
        return loss(torch.cat(scores)[place][batch.pairs], batch.labels)

    def averaged(self) -> Arrays:
        """The running average, with the frozen weights beside it."""
        return {name: self._average.get(name, tensor).detach().numpy() for name, tensor in self._all.items()}

    def state(self) -> dict[str, Arrays]:
        """All that a training needs to go on, by what it is and by name."""
        state = {
            "weights": {name: tensor.detach().numpy() for name, tensor in self._trained.items()},
            "average": {name: tensor.numpy() for name, tensor in self._average.items()},
        }
        for kind in _KEPT:
            state[kind] = {
                name: self._optimiser.state[tensor][kind].numpy() for name, tensor in self._trained.items()
            }
        return state

    def restore(self, state: dict[str, Arrays], number: int) -> None:
        """Go on from what ``state`` gave after the step ``number``."""
        for name, tensor in self._trained.items():
            tensor.data.copy_(torch.from_numpy(state["weights"][name]))
            self._average[name].copy_(torch.from_numpy(state["average"][name]))
            moments = {kind: torch.from_numpy(state[kind][name]) for kind in _KEPT}
            self._optimiser.state[tensor] = {"step": torch.tensor(float(number)), **moments}
