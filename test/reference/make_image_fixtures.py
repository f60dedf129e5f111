"""Makes the reference numbers of networks that look at images with PyTorch.

    python3 test/reference/make_image_fixtures.py

Writes `images.float64.json` beside itself: outputs, loss, every gradient of one batch.
Images are rows of numbers in the order (y, x, channel), filters in the order (filter, y, x, channel); PyTorch gets
them permuted. Padding `same` is that of TensorFlow, the odd row or column at the end; a maximum pads with -inf, a mean
with zeros that count. Made with PyTorch 1.13 on one thread.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F

DTYPE = torch.float64
SAMPLES = 3


def conv(filters, kernel, stride=(1, 1), padding="valid", activation="linear", bias=True, **more):
    return {
        "type": "conv2d", "filters": filters, "kernel": list(kernel), "stride": list(stride),
        "padding": padding, "activation": activation, "useBias": bias, **more,
    }


def pool(kind, size, stride=None, padding="valid"):
    stride = list(stride or size)
    return {"type": kind, "size": list(size), "stride": stride, "padding": padding}


def dense(units, activation):
    return {"type": "dense", "units": units, "activation": activation}


FLATTEN = {"type": "flatten"}
CASES = {
    "one filter": ((4, 5, 1), [conv(1, (2, 3))]),
    "two channels, three filters, steps": ((6, 7, 2), [conv(3, (3, 2), (2, 3), activation="tanh")]),
    "same, odd padding": ((5, 6, 2), [conv(2, (4, 3), (2, 2), "same", "sigmoid", bias=False)]),
    "same, step larger than the window": ((5, 5, 1), [conv(2, (1, 2), (3, 3), "same")]),
    "maximum": ((5, 6, 2), [conv(3, (2, 2), activation="tanh"), pool("maxPool2d", (2, 2))]),
    "maximum, overlapping, same": ((5, 4, 2), [pool("maxPool2d", (3, 3), (2, 1), "same"), dense(2, "tanh")]),
    "mean": ((6, 4, 2), [conv(2, (3, 3), padding="same", activation="silu"), pool("averagePool2d", (2, 2))]),
    "mean, overlapping, same": ((5, 4, 2), [pool("averagePool2d", (3, 2), (2, 2), "same"), dense(2, "tanh")]),
    "a whole network": (
        (8, 8, 1),
        [
            conv(3, (3, 3), padding="same", activation="relu"),
            pool("maxPool2d", (2, 2)),
            conv(4, (3, 3), padding="same", activation="gelu"),
            pool("averagePool2d", (2, 2)),
            FLATTEN,
            dense(5, "tanh"),
        ],
    ),
    "a residual of images": (
        (4, 4, 2),
        [
            conv(2, (3, 3), padding="same", activation="tanh", id="a"),
            {"type": "add", "from": ["input", "a"], "activation": "linear"},
            conv(2, (2, 2), activation="softplus"),
            dense(3, "linear"),
        ],
    ),
}
ACTIVATIONS = {
    "linear": lambda z: z, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu,
    "gelu": F.gelu, "silu": F.silu, "softplus": F.softplus,
}


def around(length, window, stride, padding):
    if padding == "valid":
        return (0, 0)
    missing = max((math.ceil(length / stride) - 1) * stride + window - length, 0)
    return (missing // 2, missing - missing // 2)


def padded(x, window, layer, value):
    down = around(x.shape[2], window[0], layer["stride"][0], layer["padding"])
    right = around(x.shape[3], window[1], layer["stride"][1], layer["padding"])
    return F.pad(x, (*right, *down), value=value)


class Maker:
    def __init__(self, seed):
        self.generator = torch.Generator().manual_seed(seed)
        self.leaves = []

    def leaf(self, *shape):
        values = 0.6 * torch.randn(*shape, generator=self.generator, dtype=DTYPE)
        self.leaves.append(values.requires_grad_())
        return values

    def weigh(self, layer, x):
        """x is (samples, channels, height, width), or (samples, values)."""
        kind = layer["type"]
        if kind == "conv2d":
            w = self.leaf(layer["filters"], *layer["kernel"], x.shape[1])
            b = self.leaf(layer["filters"]) if layer["useBias"] else None
            x = padded(x, layer["kernel"], layer, 0)
            return F.conv2d(x, w.permute(0, 3, 1, 2), b, tuple(layer["stride"]))
        if kind == "maxPool2d":
            x = padded(x, layer["size"], layer, -math.inf)
            return F.max_pool2d(x, tuple(layer["size"]), tuple(layer["stride"]))
        if kind == "averagePool2d":
            x = padded(x, layer["size"], layer, 0)
            return F.avg_pool2d(x, tuple(layer["size"]), tuple(layer["stride"]))
        x = rows(x)
        if kind == "flatten":
            return x
        w = self.leaf(layer["units"], x.shape[1])
        return x @ w.T + self.leaf(layer["units"])

    def forward(self, layers, x):
        known = {"input": x}
        for layer in layers:
            if layer["type"] == "add":
                z = sum(known[name] for name in layer["from"])
            else:
                z = self.weigh(layer, x)
            x = ACTIVATIONS[layer.get("activation", "linear")](z)
            known[layer.get("id")] = x
        return x


def rows(x):
    """The file's order of an image: the channel fastest."""
    return x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x


def make(index, name, shape, layers):
    maker = Maker(index)
    x = torch.randn(SAMPLES, *shape, generator=maker.generator, dtype=DTYPE).requires_grad_()
    outputs = rows(maker.forward(layers, x.permute(0, 3, 1, 2)))
    targets = torch.randn(outputs.shape, generator=maker.generator, dtype=DTYPE)
    loss = ((outputs - targets) ** 2).sum() / SAMPLES / 2
    loss.backward()
    flat = lambda tensors: [value for t in tensors for value in t.detach().flatten().tolist()]
    return {
        "name": name, "shape": shape, "layers": layers,
        "inputs": x.detach().flatten(1).tolist(), "targets": targets.tolist(),
        "parameters": flat(maker.leaves), "outputs": flat([outputs]), "lossValue": loss.item(),
        "gradients": flat([leaf.grad for leaf in maker.leaves]),
    }


def main():
    torch.set_num_threads(1)
    here = pathlib.Path(__file__).parent
    cases = [make(i, name, *case) for i, (name, case) in enumerate(CASES.items())]
    lines = ",\n".join(json.dumps(case) for case in cases)
    (here / "images.float64.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
