"""Makes the reference numbers of schedules and clipping with PyTorch.

    python3 test/reference/make_schedule_fixtures.py

Writes `schedules.float64.json` and `schedules.float32.json` beside itself: the numbers of `make_fixtures.py` in a
3-4-3-2 network of tanh, trained for some epochs of three batches each. Schedulers and clipping are PyTorch's own;
a warm-up is its LinearLR, chained with the scheduler. Made with PyTorch 1.13 on one thread.
"""

import json
import pathlib

import torch
from torch.optim import lr_scheduler
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

from make_fixtures import OPTIMIZERS, SAMPLES, SIZES, common_numbers, flat, make_optimizer

EPOCHS = 6
BATCH = 2

STEADY = {"type": "constant"}
SCHEDULES = {
    "constant": STEADY,
    "step": {"type": "step", "every": 2, "factor": 0.4},
    "exponential": {"type": "exponential", "factor": 0.8},
    "cosine": {"type": "cosine", "minimum": 0.001},
    "warmUp": {"type": "constant", "warmUp": 4},
    "warmUp, step": {"type": "step", "every": 3, "factor": 0.1, "warmUp": 3},
    "warmUp, exponential": {"type": "exponential", "factor": 0.7, "warmUp": 9},
    "warmUp, cosine": {"type": "cosine", "minimum": 0, "warmUp": 2},
}

CLIPS = {
    "norm": {"norm": 0.5},
    "norm of some": {"norm": 2.5},
    "norm of none": {"norm": 100},
    "value": {"value": 0.12},
}

NO_PENALTY = {"l2": 0, "l1": 0, "scale": "lambda", "bias": False}
PENALTY = {"l2": 0.02, "l1": 0.01, "scale": "lambda", "bias": True}


def cases():
    for name, schedule in SCHEDULES.items():
        # The minimum of PyTorch is that of each group, whatever its rate: here it is multiplied by the layer's factor.
        scales = [1, 1, 1] if schedule.get("minimum") else [1, 0.5, 2]
        yield {"name": name, "schedule": schedule, "clip": {}, "scales": scales, "regularization": NO_PENALTY}
    for name, clip in CLIPS.items():
        for regularization in (NO_PENALTY, PENALTY):
            yield {
                "name": f"{name}, {'with' if regularization['l2'] else 'without'} penalty",
                "schedule": STEADY, "clip": clip, "scales": [1, 1, 1], "regularization": regularization,
            }
    yield {
        "name": "everything", "schedule": SCHEDULES["warmUp, step"], "clip": CLIPS["norm"], "scales": [1, 0.5, 2],
        "regularization": PENALTY,
    }


def schedulers(optimizer, schedule):
    made = {
        "constant": lambda: [],
        "step": lambda: [lr_scheduler.StepLR(optimizer, schedule["every"], schedule["factor"])],
        "exponential": lambda: [lr_scheduler.ExponentialLR(optimizer, schedule["factor"])],
        "cosine": lambda: [lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS, schedule["minimum"])],
    }[schedule["type"]]()
    warm_up = schedule.get("warmUp", 0)
    if warm_up > 1:
        made.append(lr_scheduler.LinearLR(optimizer, 1 / warm_up, total_iters=warm_up - 1))
    return made


class Training:
    def __init__(self, case, settings, common, dtype):
        self.case = case
        self.x = torch.tensor(common["inputs"], dtype=dtype)
        self.y = torch.tensor(common["targets"]["real"], dtype=dtype)
        values, self.layers = iter(common["parameters"]), []
        for inputs, units, rate in zip(SIZES, SIZES[1:], case["scales"]):
            w = torch.tensor([next(values) for _ in range(inputs * units)], dtype=dtype)
            b = torch.tensor([next(values) for _ in range(units)], dtype=dtype)
            parameters = [w.reshape(units, inputs).requires_grad_(), b.requires_grad_()]
            self.layers.append({"parameters": parameters, "rate": rate})
        self.optimizer = make_optimizer(settings, self.layers)
        self.schedulers = schedulers(self.optimizer, case["schedule"])

    @property
    def parameters(self):
        return [p for layer in self.layers for p in layer["parameters"]]

    def loss(self, start):
        a, y = self.x[start : start + BATCH], self.y[start : start + BATCH]
        for layer in self.layers:
            w, b = layer["parameters"]
            a = torch.tanh(a @ w.T + b)
        rule = self.case["regularization"]
        penalty = sum(rule["l2"] * (p * p).sum() + rule["l1"] * p.abs().sum() for p in self.parameters)
        return ((a - y) ** 2).sum() / len(y) + penalty

    def step(self, start):
        """The norm of the gradient before it is clipped."""
        self.optimizer.zero_grad()
        self.loss(start).backward()
        norm = torch.cat([p.grad.flatten() for p in self.parameters]).norm().item()
        clip = self.case["clip"]
        if "norm" in clip:
            clip_grad_norm_(self.parameters, clip["norm"])
        if "value" in clip:
            clip_grad_value_(self.parameters, clip["value"])
        self.optimizer.step()
        return norm

    def run(self):
        rates, norms = [], []
        for _ in range(EPOCHS):
            rates.append(self.optimizer.param_groups[0]["lr"])
            norms += [self.step(start) for start in range(0, SAMPLES, BATCH)]
            for scheduler in self.schedulers:
                scheduler.step()
        return {"rates": rates, "norms": norms, "parameters": flat(self.parameters)}


def make(dtype):
    common = common_numbers()
    optimizers = {name: OPTIMIZERS[name] for name in ("sgd", "momentum", "adam", "adamw")}
    made = []
    for case in cases():
        after = {name: Training(case, o, common, dtype).run() for name, o in optimizers.items()}
        made.append({**case, "after": after})
    common["targets"] = common["targets"]["real"]
    return {
        "sizes": SIZES, "epochs": EPOCHS, "batchSize": BATCH, **common, "optimizers": optimizers, "cases": made,
    }


def to_text(fixtures):
    """One line a case, so that a diff names the case."""
    cases = ",\n".join(json.dumps(case, allow_nan=False) for case in fixtures.pop("cases"))
    return json.dumps(fixtures)[:-1] + ', "cases": [\n' + cases + "\n]}\n"


def main():
    here = pathlib.Path(__file__).parent
    (here / "schedules.float64.json").write_text(to_text(make(torch.float64)))
    (here / "schedules.float32.json").write_text(to_text(make(torch.float32)))


if __name__ == "__main__":
    main()
