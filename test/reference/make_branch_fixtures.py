"""Makes the reference numbers of networks with branches with PyTorch.

    python3 test/reference/make_branch_fixtures.py

Writes `branches.float64.json` and `branches.float32.json` beside itself: outputs, loss and every gradient of
one batch, and the parameters after ten full-batch steps of each optimizer. A skip connection is PyTorch's own
`+`, a concat its own `torch.cat`; where several layers take from one, autograd adds. Activations, losses,
penalties and optimizers are those of make_fixtures.py. Made with PyTorch 1.13 on one thread.
"""

import itertools
import pathlib

import torch

import make_fixtures as common

INPUTS = 3
OUTPUTS = 2


def dense(units, activation, id=None, source=None, rate=1):
    layer = {"type": "dense", "units": units, "activation": activation, "learningRateScale": rate}
    return {**layer, **({"id": id} if id else {}), **({"from": [source]} if source else {})}


def merge(kind, units, sources, activation="linear", id=None):
    layer = {"type": kind, "units": units, "activation": activation, "from": sources}
    return {**layer, **({"id": id} if id else {})}


# The last activation is the case's own.
NETWORKS = {
    "residual": lambda end: [
        dense(4, "tanh", "stem"),
        dense(4, "sigmoid", "block", rate=0.5),
        merge("add", 4, ["stem", "block"], "silu"),
        dense(OUTPUTS, end),
    ],
    "two branches": lambda end: [
        dense(4, "tanh", "left"),
        dense(3, "softplus", "right", "input", rate=2),
        merge("concat", 7, ["right", "left"]),
        dense(OUTPUTS, end),
    ],
    "both, with an add at the end": lambda end: [
        dense(3, "tanh", "a"),
        dense(3, "gelu", "b", "input"),
        merge("add", 3, ["input", "a", "b"], "silu", "sum"),
        merge("concat", 9, ["sum", "input", "a"], "elu", "wide"),
        dense(OUTPUTS, "sigmoid", "left", "wide", rate=0.5),
        dense(OUTPUTS, "tanh", "right", "sum"),
        merge("add", OUTPUTS, ["right", "left"], end),
    ],
    "a concat at the end": lambda end: [
        dense(3, "tanh", "a"),
        dense(1, "silu", "b"),
        dense(1, "linear", "c", "a"),
        merge("concat", OUTPUTS, ["c", "b"], end),
    ],
}

ENDS = [
    ("meanSquaredError", "linear"),
    ("meanSquaredError", "softmax"),
    ("huber", "tanh"),
    ("binaryCrossEntropy", "sigmoid"),
    ("crossEntropy", "softmax"),
]


class Case:
    def __init__(self, index, name, loss, end, numbers, dtype):
        self.spec = {
            "name": f"{name}, {end}, {loss}",
            "layers": NETWORKS[name](end),
            "loss": loss,
            "half": index % 2 == 0,
            "reduction": common.REDUCTIONS[index % 3],
            "regularization": common.PENALTIES[index % 4],
        }
        self.dtype = dtype
        self.x = torch.tensor(numbers["inputs"], dtype=dtype)
        self.y = torch.tensor(numbers["targets"][common.target_kind(loss)], dtype=dtype)
        self.numbers = numbers

    def leaves(self):
        """Fresh leaves by layer: weight and bias, in the file's order; none of a merge."""
        values, sizes, above = iter(self.numbers["parameters"]), {"input": INPUTS}, INPUTS
        leaves = []
        for layer in self.spec["layers"]:
            units = layer["units"]
            if layer["type"] == "dense":
                inputs = sizes[layer["from"][0]] if "from" in layer else above
                weight = [next(values) for _ in range(inputs * units)]
                bias = [next(values) for _ in range(units)]
                w = torch.tensor(weight, dtype=self.dtype).reshape(units, inputs).requires_grad_()
                b = torch.tensor(bias, dtype=self.dtype).requires_grad_()
                leaves.append({"parameters": [w, b], "rate": layer["learningRateScale"]})
            else:
                leaves.append({"parameters": [], "rate": 1})
            above = sizes[layer.get("id")] = units
        return leaves

    def forward(self, leaves):
        known, a = {"input": self.x}, self.x
        for layer, leaf in zip(self.spec["layers"], leaves):
            sources = [known[name] for name in layer["from"]] if "from" in layer else [a]
            if layer["type"] == "dense":
                w, b = leaf["parameters"]
                z = sources[0] @ w.T + b
            elif layer["type"] == "add":
                z = sum(sources[1:], sources[0])
            else:
                z = torch.cat(sources, dim=1)
            a = known[layer.get("id")] = common.ACTIVATIONS[layer["activation"]](z)
        return z, a

    def loss(self, leaves):
        spec = self.spec
        z, a = self.forward(leaves)
        total = common.LOSSES[spec["loss"]](z, a, self.y)
        if spec["loss"] == "meanSquaredError" and spec["half"]:
            total = total / 2
        samples = common.SAMPLES
        divisor = {"sum": 1, "mean": samples, "meanAll": samples * OUTPUTS}[spec["reduction"]]
        rule = spec["regularization"]
        penalised = [
            p for leaf in leaves for p in leaf["parameters"] if p.dim() == 2 or rule["bias"]
        ]
        squares = sum((p * p).sum() for p in penalised)
        sizes = sum(p.abs().sum() for p in penalised)
        scale = common.penalty_scale(rule["scale"])
        return total / divisor + scale * (rule["l2"] * squares + rule["l1"] * sizes), a

    def first_pass(self):
        leaves = self.leaves()
        loss, a = self.loss(leaves)
        loss.backward()
        gradients = [p.grad for leaf in leaves for p in leaf["parameters"]]
        return {
            "outputs": common.flat([a]),
            "lossValue": loss.item(),
            "gradients": common.flat(gradients),
        }

    def after_steps(self, settings):
        leaves = self.leaves()
        optimizer = common.make_optimizer(settings, [leaf for leaf in leaves if leaf["parameters"]])
        for _ in range(common.STEPS):
            optimizer.zero_grad()
            self.loss(leaves)[0].backward()
            optimizer.step()
        return common.flat([p for leaf in leaves for p in leaf["parameters"]])


def numbers():
    """Inputs and targets of make_fixtures.py, and parameters enough for the largest network."""
    generator = torch.Generator().manual_seed(5)
    values = torch.randn(80, generator=generator, dtype=torch.float64) * 0.6
    parameters = values.to(torch.float32).to(torch.float64).tolist()
    return {**common.common_numbers(), "parameters": parameters}


def make(dtype, keep):
    shared, cases = numbers(), []
    for index, (name, (loss, end)) in enumerate(itertools.product(NETWORKS, ENDS)):
        if not keep(index):
            continue
        case = Case(index, name, loss, end, shared, dtype)
        after = {key: case.after_steps(of) for key, of in common.OPTIMIZERS.items()}
        cases.append({**case.spec, **case.first_pass(), "after": after})
    return {"steps": common.STEPS, **shared, "optimizers": common.OPTIMIZERS, "cases": cases}


def main():
    here = pathlib.Path(__file__).parent
    double, single = make(torch.float64, lambda _: True), make(torch.float32, lambda i: i % 3 == 1)
    (here / "branches.float64.json").write_text(common.to_text(double))
    (here / "branches.float32.json").write_text(common.to_text(single))


if __name__ == "__main__":
    main()
