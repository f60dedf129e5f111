"""scikit-learn's MLPClassifier and MLPRegressor. A regressor's output is linear, so W1 and W2 are its own networks."""

import warnings

from contender import compete, initial_layers, job, samples, sizes, workload
import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

warnings.filterwarnings("ignore")
classifies = workload["loss"] == "crossEntropy"
own = not classifies and workload["output"] != "linear"
NAMES = {"sigmoid": "logistic"}


def estimator():
    # Its squared error is ½ Σ (a − y)², ours the mean of (a − y)².
    rate = workload["learningRate"] * (1 if classifies else 2 / sizes[-1])
    kind = MLPClassifier if classifies else MLPRegressor
    return kind(
        tuple(sizes[1:-1]),
        activation=NAMES.get(workload["hidden"], workload["hidden"]),
        solver=workload["optimizer"],
        batch_size=workload["batch"],
        learning_rate_init=min(rate, 0.05) if own else rate,
        **dict(momentum=0, alpha=0, shuffle=False, tol=0, n_iter_no_change=10**9),
        **dict(max_iter=1, random_state=1),
    )


# Each call checks and copies its samples: small data are repeated, so that a call makes at least so many steps.
STEPS_A_CALL = 200


def make():
    x, y = samples()
    if sizes[0] < 100:
        times = -(-STEPS_A_CALL * workload["batch"] // len(x))
        x, y = np.tile(x, (times, 1)), np.tile(y, (times, 1))
    if classifies:
        y = y.argmax(1)
    elif sizes[-1] == 1:
        y = y.ravel()
    network, batch = estimator(), workload["batch"]
    classes = {"classes": np.arange(10)} if classifies else {}
    # The first call makes the layers; then they take our weights, and moments and clock begin anew.
    network.partial_fit(x[:batch], y[:batch], **classes)
    if not own:
        layers = initial_layers()
        network.coefs_ = [weights.T.copy() for weights, _ in layers]
        network.intercepts_ = [bias.copy() for _, bias in layers]
    del network._optimizer

    def step(start, steps):
        """As many steps a call as the data have batches."""
        per_epoch, end = len(x) // batch, start + steps
        while start < end:
            first = start % per_epoch
            made = min(end - start, per_epoch - first)
            part = slice(first * batch, (first + made) * batch)
            network.partial_fit(x[part], y[part])
            start += made

    def loss():
        if not classifies:
            return float(((network.predict(x) - y) ** 2).mean())
        return float(-np.log(network.predict_proba(x)[np.arange(len(y)), y]).mean())

    return step, loss, network.predict, own


compete(make)
