"""Makes the reference numbers of results with scikit-learn.

    python3 test/reference/make_results_fixtures.py

Writes `results.json` beside itself: what is true and what was predicted of some samples, and what scikit-learn says of
it. What scikit-learn calls 0 where a share is 0 of 0 is null here. Made with scikit-learn 1.2.
"""

import json
import pathlib
import warnings

import numpy
from sklearn import metrics

SEED = 7


def classes(truth, predicted, count):
    labels = list(range(count))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # 0 and 1 in the place of 0 of 0: where the two differ, the share is undefined.
        low, high = (
            metrics.precision_recall_fscore_support(truth, predicted, labels=labels, zero_division=value)
            for value in (0, 1)
        )
    scores = [
        [None if a != b else float(a) for a, b in zip(of_low, of_high)] for of_low, of_high in zip(low[:3], high[:3])
    ]
    return {
        "truth": [int(value) for value in truth],
        "predicted": [int(value) for value in predicted],
        "classes": count,
        "counts": metrics.confusion_matrix(truth, predicted, labels=labels).ravel().tolist(),
        "accuracy": float(metrics.accuracy_score(truth, predicted)),
        "precision": scores[0],
        "recall": scores[1],
        "f1": scores[2],
        "support": low[3].tolist(),
    }


def numbers(truth, predicted):
    return {
        "truth": truth.tolist(),
        "predicted": predicted.tolist(),
        "r2": metrics.r2_score(truth, predicted, multioutput="raw_values").tolist(),
        "meanError": metrics.mean_absolute_error(truth, predicted, multioutput="raw_values").tolist(),
        "rootError": metrics.mean_squared_error(
            truth, predicted, multioutput="raw_values", squared=False
        ).tolist(),
        "largestError": [float(metrics.max_error(truth[:, j], predicted[:, j])) for j in range(truth.shape[1])],
    }


def make():
    random = numpy.random.default_rng(SEED)
    truth = random.integers(0, 4, 60)
    often = numpy.where(random.random(60) < 0.6, truth, random.integers(0, 4, 60))
    # Class 2 is never predicted, class 3 is none of the truth, and class 4 is neither.
    rare = numpy.where(truth == 3, 0, truth)
    never = numpy.where(often == 2, 3, often)
    yes = random.integers(0, 2, 40)
    said = numpy.where(random.random(40) < 0.8, yes, 1 - yes)
    values = random.normal(size=(50, 3)) * [1, 20, 0.01] + [5, -300, 1000]
    guessed = values + random.normal(size=(50, 3)) * [0.3, 30, 0.001]
    return {
        "classes": [classes(truth, often, 4), classes(rare, never, 5), classes(yes, said, 2)],
        "numbers": [numbers(values, guessed)],
    }


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    (here / "results.json").write_text(json.dumps(make()) + "\n")
