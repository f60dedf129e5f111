"""Makes the reference numbers of batch normalisation with PyTorch.

    python3 test/reference/make_norm_fixtures.py

Writes `norms.float64.json` beside itself: a few steps of training with the running statistics after each, and what the
network says before and after in evaluation. Images are rows of numbers in the order (y, x, channel); PyTorch gets them
permuted. Made with PyTorch 1.13 on one thread.
"""

import json
import pathlib

import torch

DTYPE = torch.float64
STEPS = 4
OPTIMIZERS = {
    "sgd": ({"type": "sgd", "learningRate": 0.1, "momentum": 0.9}, lambda p: torch.optim.SGD(p, 0.1, 0.9)),
    "rmsprop": (
        {"type": "rmsprop", "learningRate": 0.01, "decay": 0.9, "epsilon": 1e-8},
        lambda p: torch.optim.RMSprop(p, 0.01, 0.9, 1e-8),
    ),
    "adam": ({"type": "adam", "learningRate": 0.02}, lambda p: torch.optim.Adam(p, 0.02)),
    "adamw": (
        {"type": "adamw", "learningRate": 0.02, "weightDecay": 0.1},
        lambda p: torch.optim.AdamW(p, 0.02, weight_decay=0.1),
    ),
}
ACTIVATIONS = {"linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu}


def norm(activation="linear", epsilon=1e-5, momentum=0.1, bias=True):
    return {"type": "batchNorm", "activation": activation, "epsilon": epsilon, "momentum": momentum, "useBias": bias}


def dense(units, activation="linear", bias=True):
    return {"type": "dense", "units": units, "activation": activation, "useBias": bias}


def conv(filters, kernel, activation="linear", bias=True):
    extent = [kernel, kernel]
    return {"type": "conv2d", "filters": filters, "kernel": extent, "activation": activation, "useBias": bias}


# A bias before a normalisation has no gradient but rounding, which adaptive optimizers enlarge: there is none.
CASES = {
    "of a list": ((3,), [norm(), dense(2)], "sgd"),
    "behind a dense layer": ((3,), [dense(4, bias=False), norm("tanh"), dense(2, "sigmoid")], "adam"),
    "large epsilon and momentum": ((4,), [dense(5, bias=False), norm("relu", 0.1, 0.7), dense(2)], "rmsprop"),
    "without bias, with decay": ((3,), [dense(3, "tanh"), norm(bias=False), dense(1)], "adamw"),
    "momentum 1": ((2,), [norm(momentum=1), dense(2)], "adam"),
    "of an image": ((3, 4, 2), [norm("tanh", 1e-3), dense(2)], "sgd"),
    "behind a convolution": ((5, 4, 2), [conv(3, 2, bias=False), norm("relu"), conv(2, 2, "tanh"), norm(), dense(3)], "adam"),
    "as the output": ((3,), [dense(3, bias=False), norm("sigmoid")], "adamw"),
}


class Norm(torch.nn.Module):
    """One or two dimensions; the bias may be left out, as PyTorch has either both or none."""

    def __init__(self, features, layer, image, maker):
        super().__init__()
        kind = torch.nn.BatchNorm2d if image else torch.nn.BatchNorm1d
        self.inner = kind(features, layer["epsilon"], layer["momentum"], dtype=DTYPE)
        self.inner.weight = maker.leaf(features, around=1)
        if layer["useBias"]:
            self.inner.bias = maker.leaf(features)
        else:
            self.inner.bias = None

    def forward(self, x):
        return self.inner(x)


class Maker:
    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)

    def leaf(self, *shape, around=0):
        values = 0.6 * torch.randn(*shape, generator=self.generator, dtype=DTYPE)
        return torch.nn.Parameter(values + around)


class Network(torch.nn.Module):
    def __init__(self, shape, layers, maker):
        super().__init__()
        self.image = len(shape) == 3
        self.layers = layers
        # (height, width, channels) or (values)
        size = list(shape)
        self.parts = torch.nn.ModuleList()
        for layer in layers:
            kind = layer["type"]
            if kind == "batchNorm":
                part = Norm(size[-1], layer, len(size) == 3, maker)
            elif kind == "conv2d":
                kernel = layer["kernel"]
                part = torch.nn.Conv2d(size[2], layer["filters"], kernel, bias=layer["useBias"], dtype=DTYPE)
                part.weight = maker.leaf(layer["filters"], size[2], *kernel)
                if layer["useBias"]:
                    part.bias = maker.leaf(layer["filters"])
                size = [size[0] - kernel[0] + 1, size[1] - kernel[1] + 1, layer["filters"]]
            else:
                inputs = torch.tensor(size).prod().item()
                part = torch.nn.Linear(inputs, layer["units"], layer["useBias"], dtype=DTYPE)
                part.weight = maker.leaf(layer["units"], inputs)
                if layer["useBias"]:
                    part.bias = maker.leaf(layer["units"])
                size = [layer["units"]]
            self.parts.append(part)

    def forward(self, x):
        if self.image:
            x = x.permute(0, 3, 1, 2)
        for layer, part in zip(self.layers, self.parts):
            x = ACTIVATIONS[layer["activation"]](part(rows(x) if layer["type"] == "dense" else x))
        return rows(x)

    def numbers(self):
        """All of the file: filters in the order (filter, y, x, channel), then running statistics."""
        found = []
        for layer, part in zip(self.layers, self.parts):
            inner = part.inner if layer["type"] == "batchNorm" else part
            weight = inner.weight.permute(0, 2, 3, 1) if layer["type"] == "conv2d" else inner.weight
            found.append(weight)
            if inner.bias is not None:
                found.append(inner.bias)
            if layer["type"] == "batchNorm":
                found += [inner.running_mean, inner.running_var]
        return flat(found)


def rows(x):
    """The file's order of an image: the channel fastest."""
    return x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x


def flat(tensors):
    return [value for t in tensors for value in t.detach().flatten().tolist()]


def make(index, name, shape, layers, optimizer, batch=3, samples=6):
    maker = Maker(index)
    settings, build = OPTIMIZERS[optimizer]
    network = Network(shape, layers, maker)
    x = torch.randn(samples, *shape, generator=maker.generator, dtype=DTYPE)
    x = 2 * x + 0.5
    network.eval()
    outputs = network(x)
    targets = torch.rand(outputs.shape, generator=maker.generator, dtype=DTYPE)
    before = {"parameters": network.numbers(), "outputs": flat([outputs])}
    steps = []
    update = build(network.parameters())
    for step in range(STEPS):
        network.train()
        at = step * batch % samples
        loss = ((network(x[at : at + batch]) - targets[at : at + batch]) ** 2).sum() / batch / 2
        update.zero_grad()
        loss.backward()
        update.step()
        network.eval()
        said = network(x)
        steps.append({
            "parameters": network.numbers(), "outputs": flat([said]),
            "lossValue": (((said - targets) ** 2).sum() / samples / 2).item(),
        })
    return {
        "name": name, "shape": shape, "layers": layers, "optimizer": settings, "batchSize": batch,
        "inputs": x.flatten(1).tolist(), "targets": targets.tolist(), **before, "steps": steps,
    }


def main():
    torch.set_num_threads(1)
    here = pathlib.Path(__file__).parent
    cases = [make(i, name, *case) for i, (name, case) in enumerate(CASES.items())]
    lines = ",\n".join(json.dumps(case) for case in cases)
    (here / "norms.float64.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
