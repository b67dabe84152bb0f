"""The protocol of `ndt train` in PyTorch, to compare times with: python3 benchmarks/pytorch_protocol.py ARCHITECTURE

MNIST block 0 of data/samples, batches of 32, Adam with learning rate 0.001, one thread. Prints one line of JSON that says what
it runs on, then reads lines "WHAT COUNT" and answers each with the seconds that COUNT of it took:

steps          optimiser steps
study          measurements of all layers the study's way: five forward passes of 32, for each layer two norms and three
               singular value decompositions with vectors, in single precision
careful        measurements of all layers as one would write them today: one forward pass of 160, for each layer one
               decomposition without vectors, in double precision

In `study` the spectral norm is right: the study asked for a second Frobenius norm by mistake. Neither way measures what ndt
measures beside it: the centred matrices, and a transformer's token means.
"""

import gzip
import json
import sys
import time
from pathlib import Path

import numpy
import torch
from torch import nn
from torch.nn import functional

from blas import about

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples" / "mnist"
BATCH, PROBE, CLASSES = 32, 160, 10
MLPS = {
    "mlp_shallow_2": [128, 64],
    "mlp_medium_5": [64, 64, 64, 64, 32],
    "mlp_deep_10": [32] * 10,
    "mlp_verydeep_15": [24] * 15,
    "mlp_narrow": [32] * 4,
    "mlp_medium": [128, 128, 64, 64],
    "mlp_wide": [256, 256, 128, 128],
    "mlp_verywide": [512, 512, 256, 256],
}
CNNS = {"cnn_shallow": [32, 64], "cnn_medium": [32, 64, 128], "cnn_deep": [32, 64, 128, 256]}
# Width, layers, heads.
TRANSFORMERS = {
    "transformer_shallow": (128, 2, 4),
    "transformer_medium": (128, 4, 4),
    "transformer_deep": (128, 6, 4),
    "transformer_narrow": (64, 4, 4),
    "transformer_wide": (256, 4, 8),
}


def mlp(hidden):
    sizes = [784, *hidden]
    layers = [module for a, b in zip(sizes, sizes[1:]) for module in (nn.Linear(a, b), nn.ReLU())]
    return nn.Sequential(*layers, nn.Linear(sizes[-1], CLASSES))


def cnn(channels):
    sizes = [1, *channels]
    layers = [module for a, b in zip(sizes, sizes[1:]) for module in (nn.Conv2d(a, b, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))]
    side = 28 >> len(channels)
    return nn.Sequential(nn.Unflatten(1, (1, 28, 28)), *layers, nn.Flatten(), nn.Linear(channels[-1] * side * side, CLASSES))


class Transformer(nn.Module):
    def __init__(self, width, layers, heads, tokens=16):
        super().__init__()
        self.tokens = tokens
        self.input_proj = nn.Linear(784 // tokens, width)
        self.pos_encoder = nn.Parameter(torch.randn(1, tokens, width))
        # An activation that is not functional.relu itself keeps PyTorch from its fused layer, inside which no hook fires.
        layer = nn.TransformerEncoderLayer(width, heads, 4 * width, activation=lambda x: functional.relu(x), batch_first=True)
        self.transformer = nn.TransformerEncoder(layer, layers)
        self.fc = nn.Linear(width, CLASSES)

    def forward(self, x):
        x = self.input_proj(x.reshape(len(x), self.tokens, -1)) + self.pos_encoder
        return self.fc(self.transformer(x).mean(1))


def idx(name, offset):
    with gzip.open(SAMPLES / f"block0-{name}.gz") as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=offset)


def images(name):
    pixels = idx(name, 16).reshape(-1, 784).astype(numpy.float32)
    return torch.from_numpy((pixels / 255 - 0.1307) / 0.3081)


class Run:
    def __init__(self, name):
        torch.manual_seed(0)
        if name in MLPS:
            self.network = mlp(MLPS[name])
        elif name in CNNS:
            self.network = cnn(CNNS[name])
        else:
            self.network = Transformer(*TRANSFORMERS[name])
        self.optimiser = torch.optim.Adam(self.network.parameters(), lr=0.001)
        self.inputs = images("train-images-idx3-ubyte")
        self.labels = torch.from_numpy(idx("train-labels-idx1-ubyte", 8).astype(numpy.int64))
        self.probe = images("t10k-images-idx3-ubyte")[:PROBE]
        self.batches = iter(())

    def step(self):
        batch = next(self.batches, None)
        if batch is None:
            order = torch.randperm(len(self.inputs))
            self.batches = iter(list(zip(self.inputs[order].split(BATCH), self.labels[order].split(BATCH))))
            batch = next(self.batches)
        self.network.train()
        self.optimiser.zero_grad()
        functional.cross_entropy(self.network(batch[0]), batch[1]).backward()
        self.optimiser.step()

    def activations(self, batch_size):
        """The matrix [160, features] of every Linear and Conv2d; attention's output projection does not fire."""
        found, handles = {}, []
        for name, module in self.network.named_modules():
            if isinstance(module, (nn.Linear, nn.Conv2d)):

                def take(module, given, output, name=name):
                    matrix = output.flatten(2).mean(2) if output.dim() > 2 else output
                    found.setdefault(name, []).append(matrix.detach())

                handles.append(module.register_forward_hook(take))
        self.network.eval()
        with torch.no_grad():
            for batch in self.probe.split(batch_size):
                self.network(batch)
        for handle in handles:
            handle.remove()
        return {name: torch.cat(parts) for name, parts in found.items()}

    def study(self):
        return {name: self.study_figures(matrix) for name, matrix in self.activations(BATCH).items()}

    @staticmethod
    def study_figures(matrix):
        def values():
            return torch.linalg.svd(matrix, full_matrices=False)[1]

        stable_rank = (torch.linalg.norm(matrix) / torch.linalg.matrix_norm(matrix, ord=2)).item() ** 2
        s = values()
        participation = s.sum().item() ** 2 / s.square().sum().item()
        s = values()
        rank90 = (torch.cumsum(s.square(), 0) / s.square().sum() < 0.9).sum().item() + 1
        s = values()
        return stable_rank, participation, rank90, s.sum().item() / s[0].item()

    def careful(self):
        return {name: self.careful_figures(torch.linalg.svdvals(matrix.double())) for name, matrix in self.activations(PROBE).items()}

    @staticmethod
    def careful_figures(s):
        energy = s.square()
        total = energy.sum()
        rank90 = (torch.cumsum(energy, 0) / total < 0.9).sum() + 1
        return torch.stack([total / energy[0], s.sum() ** 2 / total, rank90, s.sum() / s[0]]).tolist()


def main():
    torch.set_num_threads(1)
    run = Run(sys.argv[1])
    run.step()
    run.study()  # what is loaded on first use is loaded now
    print(json.dumps([f"PyTorch {torch.__version__}", f"Python {sys.version.split()[0]}", *about()]), flush=True)
    work = {"steps": run.step, "study": run.study, "careful": run.careful}
    for line in sys.stdin:
        what, count = line.split()
        begin = time.perf_counter()
        for _ in range(int(count)):
            work[what]()
        print(time.perf_counter() - begin, flush=True)


if __name__ == "__main__":
    main()
