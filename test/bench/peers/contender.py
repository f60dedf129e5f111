"""What the Python runners share: the job, its data, and the one line that they print.

Timing as in ../timing.mjs and the race as in contender.mjs."""

import json
import os
import statistics
import sys
import time

job = json.loads(sys.argv[-1])
for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[variable] = str(job["threads"])

import numpy as np  # noqa: E402  (reads the number of threads when it is loaded)

WARM, REPETITION, REPETITIONS, STRETCH = 0.7, 0.5, 3, 0.01

workload = job["definition"]
sizes = workload.get("sizes", [])


def floats(name):
    return np.fromfile(os.path.join(job["folder"], f"{name}.f32"), dtype=np.float32)


def samples():
    """x (samples, inputs)  y (samples, outputs), those that are trained with."""
    data, count = workload["data"], workload["samples"]
    x = floats(f"{data}.x").reshape(-1, sizes[0] if sizes else 784)[:count]
    y = floats(f"{data}.y").reshape(-1, sizes[-1] if sizes else 10)[:count]
    return x, y


def initial_layers():
    """Our initial parameters by layer: weights (units, inputs) and bias (units)."""
    name = job["workload"]
    values = floats(f"{name}.{job['seed']}.w" if job["mode"] == "race" else f"{name}.w")
    layers, at = [], 0
    for inputs, units in zip(sizes, sizes[1:]):
        end = at + units * inputs
        layers.append((values[at:end].reshape(units, inputs), values[end : end + units]))
        at = end + units
    return layers


def rate_of(step):
    """Samples per second of step(i, steps), which makes steps from number i on."""
    at, steps, spent = 0, 1, 0.0

    def stretch():
        nonlocal at
        start = time.perf_counter()
        step(at, steps)
        at += steps
        return time.perf_counter() - start

    while spent < WARM:
        took = stretch()
        spent += took
        if took < STRETCH:
            steps *= 2
    rates = []
    for _ in range(REPETITIONS):
        spent, made = 0.0, 0
        while spent < REPETITION:
            spent += stretch()
            made += steps
        rates.append(made * workload["batch"] / spent)
    return {"rate": statistics.median(rates), "best": max(rates)}


def race(step, predict):
    """Seconds of training until the share of test digits told right is reached; looks are off the clock."""
    inputs = floats("test-digits.x").reshape(-1, 784)
    classes = floats("test-digits.y").reshape(-1, 10).argmax(1)
    spent, at, each = 0.0, 0, job["raceSteps"]
    while True:
        start = time.perf_counter()
        step(at, each)
        spent += time.perf_counter() - start
        at += each
        accuracy = float((predict(inputs) == classes).mean())
        reached = accuracy >= job["accuracy"]
        if reached or spent > 60:
            return {"seconds": spent if reached else None, "accuracy": accuracy, "steps": at}


def compete(make):
    """Does what the job asks of make(): a fresh (step, loss, predict, own)."""
    if job["mode"] == "race":
        step, _, predict, _ = make()
        return print(json.dumps(race(step, predict)))
    answer = rate_of(make()[0])
    if job["check"]:
        step, loss, _, own = make()
        before = loss() if own else None
        step(0, workload["checkSteps"])
        answer.update({"learnt": [before, loss()]} if own else {"loss": loss()})
    print(json.dumps(answer))
