"""Computes random networks with PyTorch.

    npm run differential -- --describe 300                    # writes differential.networks.json anew
    python3 test/reference/make_differential_fixtures.py

Reads `differential.networks.json` beside itself and writes `differential.float64.json` and `differential.float32.json`:
of each network its outputs and its loss (penalty included), the gradient of that loss, all parameters after some steps
of its own optimizer, and the loss then. Numbers are in base64. Inputs, targets and parameters at the start are made from
the seed, as `test/differential/torchCases.ts` makes them. Made with PyTorch 1.13 on one thread.

Images are rows of numbers in the order (y, x, channel), filters in the order (filter, y, x, channel).

Where PyTorch has no equal:
- Reductions: its `mean` is Nabla's `meanAll`; `mean`, over samples alone, is its `sum` divided here. `half` is a factor.
- Initializers draw other numbers, so none is used: those of `shared` are.
- Padding `same` with steps, and of pools: by `F.pad`, the odd row or column at the end.
- A single number of a feature: its batch normalisation refuses it, Nabla takes the running statistics.
- A layer that nothing hangs on has no gradient there, and is left out of a step; in Nabla its gradient is 0, or that of
  the penalty, and its running statistics stay.
- Penalties: its optimizers have the squared one alone, and on all parameters; here they are part of the loss.
- Schedules of a rate and a warm-up at once: by Nabla's formula (make_schedule_fixtures.py has those of PyTorch).
- Dropout: its own draws other values; here Nabla's hash chooses them.
"""

import base64
import json
import math
import pathlib
import struct

import torch
import torch.nn.functional as F
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

STEPS = 6
MASK = 0xFFFFFFFF
GOLDEN = 0x9E3779B1

ACTIVATIONS = {
    "linear": lambda z: z,
    # Without a gradient of 0 the layers below would have none.
    "step": lambda z: (z > 0).to(z.dtype) + 0 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leakyRelu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    # Its own takes z for the value above a threshold.
    "softplus": lambda z: F.softplus(z, threshold=math.inf),
    "softmax": lambda z: torch.softmax(z, 1),
}

LOSSES = {
    "meanSquaredError": lambda z, a, y: F.mse_loss(a, y, reduction="sum"),
    "meanAbsoluteError": lambda z, a, y: F.l1_loss(a, y, reduction="sum"),
    "huber": lambda z, a, y: F.huber_loss(a, y, reduction="sum"),
    "binaryCrossEntropy": lambda z, a, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "crossEntropy": lambda z, a, y: F.cross_entropy(z, y, reduction="sum"),
}


def mixed(h):
    h &= MASK
    h = (h ^ (h >> 16)) * 0x85EBCA6B & MASK
    h = (h ^ (h >> 13)) * 0xC2B2AE35 & MASK
    return h ^ (h >> 16)


def shared(seed, stream, index):
    row = mixed(seed * 0x85EBCA6B + stream)
    return (mixed(row + index * GOLDEN) >> 12) / 2**20


def splitmix64(z):
    z &= 2**64 - 1
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & (2**64 - 1)
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & (2**64 - 1)
    return z ^ (z >> 31)


def first_uint32(seed, name):
    """The first number of Nabla's generator (src/math/random.ts) for this seed and stream."""
    h = 0xCBF29CE484222325
    for letter in name:
        h = (h ^ ord(letter)) * 0x100000001B3 & (2**64 - 1)
    second = splitmix64((seed ^ splitmix64(h)) + 0x9E3779B97F4A7C15) >> 32
    product = second * 5 & MASK
    return (product << 7 | product >> 25) * 9 & MASK


def dropout_factors(seed, layer, epoch, position, rate, rows, units, dtype):
    key = first_uint32(seed, f"dropout:{layer}:{epoch}")
    factors = []
    for r in range(rows):
        row = mixed(key ^ ((position + r + 1) * GOLDEN & MASK))
        drawn = [mixed(row + (j + 1) * GOLDEN) / 2**32 for j in range(units)]
        factors.append([0 if part < rate else 1 / (1 - rate) for part in drawn])
    return torch.tensor(factors, dtype=dtype)


def around(length, window, stride, padding):
    if padding == "valid":
        return (0, 0)
    missing = max((math.ceil(length / stride) - 1) * stride + window - length, 0)
    return (missing // 2, missing - missing // 2)


def padded(x, window, stride, padding, value):
    down = around(x.shape[2], window[0], stride[0], padding)
    right = around(x.shape[3], window[1], stride[1], padding)
    return F.pad(x, (*right, *down), value=value)


def rows_of(x):
    """The file's order of an image: the channel fastest."""
    return x.permute(0, 2, 3, 1).flatten(1) if x.dim() == 4 else x


class Network:
    def __init__(self, description, dtype):
        self.json = description["network"]
        self.seed = description["seed"]
        self.dtype = dtype
        self.layers = self.json["layers"]
        self.made = 0
        self.numbers = {}
        samples = description["samples"]
        self.x = self.inputs(samples)
        self.reached = self.reached_layers()
        outputs = self.forward(self.x, range(len(self.layers)), start=True)[1]
        self.y = self.targets(description["targets"], samples, outputs.shape[1])

    def inputs(self, samples):
        shape = self.json["input"]["shape"]
        size = math.prod(shape)
        values = [4 * shared(self.seed, 1, i) - 2 for i in range(samples * size)]
        x = torch.tensor(values, dtype=self.dtype).reshape(samples, *shape)
        return x.permute(0, 3, 1, 2) if len(shape) == 3 else x.flatten(1)

    def targets(self, kind, samples, outputs):
        def value(r, j):
            u = shared(self.seed, 2, r * outputs + j)
            if kind == "oneHot":
                return float(int(shared(self.seed, 2, r * outputs) * outputs) == j)
            return {"real": 4 * u - 2, "soft": u, "binary": float(u >= 0.5)}[kind]

        values = [[value(r, j) for j in range(outputs)] for r in range(samples)]
        return torch.tensor(values, dtype=self.dtype)

    def reached_layers(self):
        """Those that the output hangs on, in order."""
        ids = {layer["id"]: i for i, layer in enumerate(self.layers)}
        found, waiting = set(), [len(self.layers) - 1]
        while waiting:
            i = waiting.pop()
            found.add(i)
            waiting += [ids[name] for name in sources(self.layers[i]) if name != "input"]
        return sorted(found)

    def tensor(self, i, kind, shape):
        """Of the file; made at its first use, one behind the other."""
        if (i, kind) in self.numbers:
            return self.numbers[i, kind]
        is_gamma = self.layers[i]["type"] == "batchNorm" and kind == "weight"
        size = {"weight": 2, "bias": 0.5}.get(kind, 1)
        power = 1
        while kind == "weight" and power < math.prod(shape[1:]):
            size, power = size / 2, power * 4
        count = math.prod(shape)
        drawn = [shared(self.seed, 3, self.made + n) for n in range(count)]
        self.made += count
        values = [0.5 + u if is_gamma or kind == "variance" else (2 * u - 1) * size for u in drawn]
        tensor = torch.tensor(values, dtype=self.dtype).reshape(shape)
        if kind in ("weight", "bias"):
            tensor.requires_grad_()
        self.numbers[i, kind] = tensor
        return tensor

    def bias(self, i, count):
        return self.tensor(i, "bias", (count,)) if self.layers[i].get("useBias", True) else None

    def weigh(self, i, xs, place):
        layer, x = self.layers[i], xs[0]
        kind = layer["type"]
        if kind == "dense":
            x = rows_of(x)
            w = self.tensor(i, "weight", (layer["units"], x.shape[1]))
            return F.linear(x, w, self.bias(i, layer["units"]))
        if kind == "add" and all(each.dim() == 4 for each in xs):
            return sum(xs)
        if kind in ("add", "concat"):
            xs = [rows_of(each) for each in xs]
            return sum(xs) if kind == "add" else torch.cat(xs, 1)
        if kind == "flatten":
            return rows_of(x)
        if kind == "batchNorm":
            return self.normalise(i, x, place)
        if kind == "dropout":
            return self.drop(i, x, place)
        padding = layer.get("padding", "valid")
        if kind == "conv2d":
            kernel, stride = layer["kernel"], layer.get("stride", [1, 1])
            w = self.tensor(i, "weight", (layer["filters"], *kernel, x.shape[1]))
            b = self.bias(i, layer["filters"])
            return F.conv2d(padded(x, kernel, stride, padding, 0), w.permute(0, 3, 1, 2), b, stride)
        size = layer["size"]
        stride = layer.get("stride", size)
        if kind == "maxPool2d":
            return F.max_pool2d(padded(x, size, stride, padding, -math.inf), size, stride)
        return F.avg_pool2d(padded(x, size, stride, padding, 0), size, stride)

    def normalise(self, i, x, place):
        layer, features = self.layers[i], x.shape[1]
        gamma, beta = self.tensor(i, "weight", (features, 1)), self.bias(i, features)
        mean, variance = self.tensor(i, "mean", (features,)), self.tensor(i, "variance", (features,))
        by_batch = place is not None and x.numel() > features
        momentum, epsilon = layer.get("momentum", 0.1), layer.get("epsilon", 1e-5)
        return F.batch_norm(x, mean, variance, gamma.flatten(), beta, by_batch, momentum, epsilon)

    def drop(self, i, x, place):
        if place is None:
            return x
        flat, rate = rows_of(x), self.layers[i]["rate"]
        factors = dropout_factors(self.json["seed"], i, *place, rate, *flat.shape, self.dtype)
        dropped = flat * factors
        if x.dim() == 2:
            return dropped
        return dropped.reshape(x.shape[0], *x.shape[2:], x.shape[1]).permute(0, 3, 1, 2)

    def forward(self, x, layers, place=None, start=False):
        """Weighted inputs and outputs of the last layer. `place`: (epoch, position) of a step."""
        known = {"input": x}
        for i in layers:
            layer = self.layers[i]
            z = self.weigh(i, [known[name] for name in sources(layer)], place)
            a = known[layer["id"]] = ACTIVATIONS[layer.get("activation", "linear")](z)
        return rows_of(z), rows_of(a)

    def loss(self, start, end, place=None):
        """Of these samples, with the penalty; and the outputs."""
        z, a = self.forward(self.x[start:end], self.reached, place)
        rule = self.json["loss"]
        total = LOSSES[rule["type"]](z, a, self.y[start:end])
        if rule.get("half"):
            total = total / 2
        divisor = {"sum": 1, "mean": end - start, "meanAll": (end - start) * a.shape[1]}
        return total / divisor[rule["reduction"]] + self.penalty(end - start), a

    def penalty(self, samples):
        rule = self.json.get("regularization")
        if rule is None:
            return 0
        scale = {"lambda/2m": 1 / (2 * samples), "lambda/2": 1 / 2, "lambda": 1}[rule["scale"]]
        penalised = [t for (_, kind), t in self.numbers.items() if kind == "weight" or (kind == "bias" and rule["bias"])]
        return scale * sum(rule["l2"] * (t * t).sum() + rule["l1"] * t.abs().sum() for t in penalised)

    def trained(self):
        return [(i, t) for (i, kind), t in self.numbers.items() if kind in ("weight", "bias")]

    def gradients(self):
        """In the file's order, 0 for running statistics."""
        return [torch.zeros_like(t) if t.grad is None else t.grad for t in self.numbers.values()]

    def run(self):
        count = self.x.shape[0]
        loss, outputs = self.loss(0, count)
        loss.backward()
        found = {"outputs": [outputs], "loss": [loss], "gradients": self.gradients()}
        found = {key: encoded(tensors, self.dtype) for key, tensors in found.items()}
        self.train(count)
        found["parameters"] = encoded(self.numbers.values(), self.dtype)
        found["lossAfter"] = encoded([self.loss(0, count)[0]], self.dtype)
        return {"seed": self.seed, **found}

    def train(self, count):
        training = self.json["training"]
        optimizer = make_optimizer(training["optimizer"], self.trained())
        size = count if training["batchSize"] == "all" else training["batchSize"]
        epoch, position = 0, 0
        for _ in range(STEPS):
            rate = rate_at(training, epoch)
            for group, (i, _) in zip(optimizer.param_groups, self.trained()):
                group["lr"] = rate * self.layers[i].get("learningRateScale", 1)
            end = min(position + size, count)
            self.step(optimizer, position, end, (epoch, position))
            position = end
            if position == count:
                epoch, position = epoch + 1, 0

    def step(self, optimizer, start, end, place):
        tensors = [t for _, t in self.trained()]
        optimizer.zero_grad()
        self.loss(start, end, place)[0].backward()
        for t in tensors:
            if t.grad is None:
                t.grad = torch.zeros_like(t)
        clip = self.json["training"].get("clip", {})
        if "norm" in clip:
            clip_grad_norm_(tensors, clip["norm"])
        if "value" in clip:
            clip_grad_value_(tensors, clip["value"])
        optimizer.step()


def sources(layer):
    return [layer["from"]] if isinstance(layer["from"], str) else layer["from"]


def make_optimizer(settings, trained):
    groups = [{"params": [t]} for _, t in trained]
    rate, kind, epsilon = settings["learningRate"], settings["type"], settings.get("epsilon")
    betas = (settings.get("beta1"), settings.get("beta2"))
    if kind == "sgd":
        return torch.optim.SGD(groups, rate, settings["momentum"], nesterov=settings["nesterov"])
    if kind == "rmsprop":
        return torch.optim.RMSprop(groups, rate, settings["decay"], epsilon)
    if kind == "adagrad":
        return torch.optim.Adagrad(groups, rate, eps=epsilon)
    if kind == "adam":
        return torch.optim.Adam(groups, rate, betas, epsilon)
    return torch.optim.AdamW(groups, rate, betas, epsilon, settings["weightDecay"])


def rate_at(training, epoch):
    rate, schedule = training["optimizer"]["learningRate"], training.get("schedule", {"type": "constant"})
    kind, epochs = schedule["type"], training["epochs"]
    if kind == "step":
        rate *= schedule["factor"] ** (epoch // schedule["every"])
    elif kind == "exponential":
        rate *= schedule["factor"] ** epoch
    elif kind == "cosine":
        least, part = schedule["minimum"], min(epoch / epochs, 1)
        rate = least + (rate - least) * (1 + math.cos(math.pi * part)) / 2
    warm_up = schedule.get("warmUp", 0)
    return rate * min(1, (epoch + 1) / warm_up) if warm_up else rate


def encoded(tensors, dtype):
    values = [value for t in tensors for value in t.detach().flatten().tolist()]
    if not all(map(math.isfinite, values)):
        raise ValueError("A number is not finite.")
    letter = "f" if dtype == torch.float32 else "d"
    return base64.b64encode(struct.pack(f"<{len(values)}{letter}", *values)).decode()


def main():
    torch.set_num_threads(1)
    here = pathlib.Path(__file__).parent
    networks = json.loads((here / "differential.networks.json").read_text())
    for name, dtype in (("float64", torch.float64), ("float32", torch.float32)):
        chosen = [n for n in networks if name == "float64" or n["float32"]]
        lines = ",\n".join(json.dumps(Network(n, dtype).run()) for n in chosen)
        (here / f"differential.{name}.json").write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
