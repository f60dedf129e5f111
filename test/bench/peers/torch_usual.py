"""PyTorch as people write it: nn.Sequential, autograd, torch.optim. Batches are slices made off the clock."""

from contender import compete, initial_layers, job, samples, sizes, workload
import torch
from torch import nn

torch.set_num_threads(job["threads"])
torch.manual_seed(1)
ACTIVATIONS = {"relu": nn.ReLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid}


def dense_network():
    modules = []
    for layer, (weights, bias) in enumerate(initial_layers()):
        linear = nn.Linear(weights.shape[1], weights.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weights))
            linear.bias.copy_(torch.from_numpy(bias))
        modules.append(linear)
        last = layer == len(sizes) - 2
        activation = workload["output" if last else "hidden"]
        # Softmax belongs to the loss.
        if activation in ACTIVATIONS:
            modules.append(ACTIVATIONS[activation]())
    return nn.Sequential(*modules)


def convolutional_network():
    features = [nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2)]
    features += [nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2)]
    return nn.Sequential(*features, nn.Flatten(), nn.Linear(256, 10))


def make():
    own = not sizes
    network = convolutional_network() if own else dense_network()
    x, y = (torch.from_numpy(part) for part in samples())
    if own:
        x = x.view(-1, 1, 28, 28)
    criterion = nn.CrossEntropyLoss() if workload["loss"] == "crossEntropy" else nn.MSELoss()
    if workload["loss"] == "crossEntropy":
        y = y.argmax(1)
    kind = torch.optim.SGD if workload["optimizer"] == "sgd" else torch.optim.Adam
    optimizer = kind(network.parameters(), workload["learningRate"])
    xs, ys = x.split(workload["batch"]), y.split(workload["batch"])

    def step(start, steps):
        for i in range(start, start + steps):
            optimizer.zero_grad(set_to_none=True)
            criterion(network(xs[i % len(xs)]), ys[i % len(xs)]).backward()
            optimizer.step()

    def loss():
        with torch.no_grad():
            return float(criterion(network(x), y))

    def predict(inputs):
        with torch.no_grad():
            return network(torch.from_numpy(inputs)).argmax(1).numpy()

    return step, loss, predict, own


compete(make)
