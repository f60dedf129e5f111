"""Makes the reference numbers of the engine's tests with PyTorch.

    python3 test/reference/make_fixtures.py

Writes `float64.json` and `float32.json` beside itself. Every case is a 3-4-3-2 network: outputs, loss and
every gradient of one batch, and the parameters after ten full-batch steps of each optimizer. Activations,
losses and optimizers are PyTorch's own; the reduction and the penalty are written out here as the file
format defines them. Made with PyTorch 1.13 on one thread.
"""

import itertools
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_num_threads(1)

SIZES = [3, 4, 3, 2]
SAMPLES = 5
STEPS = 10

ACTIVATIONS = {
    "linear": lambda z: z,
    # Flat everywhere; 0 * z keeps the graph connected, so that the gradients are zeros.
    "step": lambda z: (z > 0).to(z.dtype) + 0 * z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": F.relu,
    "leakyRelu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "softplus": F.softplus,
    "softmax": lambda z: F.softmax(z, dim=1),
}

# Sum over samples and outputs, from z (fused) or a.
LOSSES = {
    "meanSquaredError": lambda z, a, y: F.mse_loss(a, y, reduction="sum"),
    "meanAbsoluteError": lambda z, a, y: F.l1_loss(a, y, reduction="sum"),
    "huber": lambda z, a, y: F.huber_loss(a, y, reduction="sum", delta=1.0),
    "binaryCrossEntropy": lambda z, a, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "crossEntropy": lambda z, a, y: F.cross_entropy(z, y, reduction="sum"),
}

FUSED = {"binaryCrossEntropy": "sigmoid", "crossEntropy": "softmax"}

OPTIMIZERS = {
    "sgd": {"type": "sgd", "learningRate": 0.02},
    "momentum": {"type": "sgd", "learningRate": 0.01, "momentum": 0.9},
    "nesterov": {"type": "sgd", "learningRate": 0.01, "momentum": 0.8, "nesterov": True},
    "rmsprop": {"type": "rmsprop", "learningRate": 0.01, "decay": 0.95, "epsilon": 1e-6},
    "adagrad": {"type": "adagrad", "learningRate": 0.05, "epsilon": 1e-8},
    "adam": {"type": "adam", "learningRate": 0.02, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7},
    "adamw": {
        "type": "adamw", "learningRate": 0.02, "beta1": 0.85, "beta2": 0.99, "epsilon": 1e-7,
        "weightDecay": 0.1,
    },
}

REDUCTIONS = ["sum", "mean", "meanAll"]
PENALTIES = [
    {"l2": 0, "l1": 0, "scale": "lambda/2m", "bias": False},
    {"l2": 0.3, "l1": 0, "scale": "lambda/2m", "bias": False},
    {"l2": 0, "l1": 0.05, "scale": "lambda/2", "bias": False},
    {"l2": 0.02, "l1": 0.01, "scale": "lambda", "bias": True},
]


def penalty_scale(name):
    return {"lambda/2m": 1 / (2 * SAMPLES), "lambda/2": 0.5, "lambda": 1}[name]


def make_optimizer(settings, layers):
    groups = [
        {"params": layer["parameters"], "lr": settings["learningRate"] * layer["rate"]}
        for layer in layers
    ]
    kind = settings["type"]
    if kind == "sgd":
        momentum = settings.get("momentum", 0)
        return torch.optim.SGD(groups, lr=1, momentum=momentum, nesterov=settings.get("nesterov", False))
    if kind == "rmsprop":
        return torch.optim.RMSprop(groups, lr=1, alpha=settings["decay"], eps=settings["epsilon"])
    if kind == "adagrad":
        return torch.optim.Adagrad(groups, lr=1, eps=settings["epsilon"])
    betas = (settings["beta1"], settings["beta2"])
    if kind == "adam":
        return torch.optim.Adam(groups, lr=1, betas=betas, eps=settings["epsilon"])
    return torch.optim.AdamW(
        groups, lr=1, betas=betas, eps=settings["epsilon"], weight_decay=settings["weightDecay"]
    )


class Case:
    def __init__(self, index, activation, output, loss, common, dtype):
        self.spec = {
            "activation": activation,
            "output": output,
            "loss": loss,
            "half": index % 2 == 0,
            "reduction": REDUCTIONS[index % 3],
            "regularization": PENALTIES[index % 4],
            "useBias": index % 5 != 4,
            "learningRateScales": [1, 0.5, 2] if index % 2 else [1, 1, 1],
        }
        self.dtype = dtype
        self.x = torch.tensor(common["inputs"], dtype=dtype)
        self.y = torch.tensor(common["targets"][target_kind(loss)], dtype=dtype)
        self.common = common

    def layers(self):
        """Fresh leaves: the common parameters, biases only where the case has them."""
        values, layers = iter(self.common["parameters"]), []
        for inputs, units, rate in zip(SIZES, SIZES[1:], self.spec["learningRateScales"]):
            weight = [next(values) for _ in range(inputs * units)]
            bias = [next(values) for _ in range(units)]
            w = torch.tensor(weight, dtype=self.dtype).reshape(units, inputs).requires_grad_()
            b = torch.tensor(bias, dtype=self.dtype).requires_grad_()
            parameters = [w, b] if self.spec["useBias"] else [w]
            layers.append({"parameters": parameters, "rate": rate})
        return layers

    def forward(self, layers):
        a = self.x
        for i, layer in enumerate(layers):
            w, *bias = layer["parameters"]
            z = a @ w.T + (bias[0] if bias else 0)
            last = i == len(layers) - 1
            a = ACTIVATIONS[self.spec["output" if last else "activation"]](z)
        return z, a

    def loss(self, layers):
        spec = self.spec
        z, a = self.forward(layers)
        total = LOSSES[spec["loss"]](z, a, self.y)
        if spec["loss"] == "meanSquaredError" and spec["half"]:
            total = total / 2
        divisor = {"sum": 1, "mean": SAMPLES, "meanAll": SAMPLES * SIZES[-1]}[spec["reduction"]]
        rule = spec["regularization"]
        penalised = [
            p for layer in layers for p in layer["parameters"] if p.dim() == 2 or rule["bias"]
        ]
        squares = sum((p * p).sum() for p in penalised)
        sizes = sum(p.abs().sum() for p in penalised)
        penalty = penalty_scale(rule["scale"]) * (rule["l2"] * squares + rule["l1"] * sizes)
        return total / divisor + penalty, a

    def first_pass(self):
        layers = self.layers()
        loss, a = self.loss(layers)
        loss.backward()
        gradients = [p.grad for layer in layers for p in layer["parameters"]]
        return {"outputs": flat([a]), "lossValue": loss.item(), "gradients": flat(gradients)}

    def after_steps(self, settings):
        layers = self.layers()
        optimizer = make_optimizer(settings, layers)
        for _ in range(STEPS):
            optimizer.zero_grad()
            self.loss(layers)[0].backward()
            optimizer.step()
        return flat([p for layer in layers for p in layer["parameters"]])


def target_kind(loss):
    return {"binaryCrossEntropy": "probability", "crossEntropy": "distribution"}.get(loss, "real")


def flat(tensors):
    return [value for tensor in tensors for value in tensor.detach().flatten().tolist()]


def common_numbers():
    generator = torch.Generator().manual_seed(3)

    def normal(*shape):
        return torch.randn(*shape, generator=generator, dtype=torch.float64)

    first = torch.rand(SAMPLES, generator=generator, dtype=torch.float64)
    count = sum(i * o + o for i, o in zip(SIZES, SIZES[1:]))
    # Rounded to float32, so that both precisions start from the same numbers.
    rounded = lambda t: t.to(torch.float32).to(torch.float64).tolist()
    return {
        "inputs": rounded(normal(SAMPLES, SIZES[0])),
        "targets": {
            "real": rounded(normal(SAMPLES, SIZES[-1]) * 1.5),
            "probability": rounded(torch.rand(SAMPLES, SIZES[-1], generator=generator)),
            "distribution": rounded(torch.stack([first, 1 - first], dim=1)),
        },
        "parameters": rounded(normal(count) * 0.6),
    }


def combinations():
    for activation, loss in itertools.product(ACTIVATIONS, LOSSES):
        if activation == "softmax":
            if loss not in FUSED:
                yield "tanh", "softmax", loss
        else:
            yield activation, FUSED.get(loss, activation), loss


def make(dtype, keep):
    common = common_numbers()
    cases = []
    for index, (activation, output, loss) in enumerate(combinations()):
        if not keep(index):
            continue
        case = Case(index, activation, output, loss, common, dtype)
        after = {name: case.after_steps(settings) for name, settings in OPTIMIZERS.items()}
        cases.append({**case.spec, **case.first_pass(), "after": after})
    return {"sizes": SIZES, "steps": STEPS, **common, "optimizers": OPTIMIZERS, "cases": cases}


def to_text(fixtures):
    """One line a case, so that a diff names the case."""
    cases = ",\n".join(json.dumps(case, allow_nan=False) for case in fixtures.pop("cases"))
    return json.dumps(fixtures)[:-1] + ', "cases": [\n' + cases + "\n]}\n"


def main():
    here = pathlib.Path(__file__).parent
    (here / "float64.json").write_text(to_text(make(torch.float64, lambda _: True)))
    (here / "float32.json").write_text(to_text(make(torch.float32, lambda i: i % 4 == 1)))


if __name__ == "__main__":
    main()
