"""PyTorch by hand: forward and backward written out, everything in place, all parameters in one flat tensor.

The fastest form that we found in eager PyTorch, which hardly anybody writes."""

from contender import compete, initial_layers, job, samples, sizes, workload
import torch

torch.set_num_threads(job["threads"])
torch.set_grad_enabled(False)
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
INTO = {"relu": torch.relu_, "tanh": torch.tanh_, "sigmoid": torch.sigmoid_}
SLOPE = {
    "relu": lambda a: a > 0,
    "tanh": lambda a: 1 - a * a,
    "sigmoid": lambda a: a * (1 - a),
}


class Network:
    """w (inputs, units)  b (units)  a, d (batch, units)"""

    def __init__(self):
        count = sum(n * units + units for n, units in zip(sizes, sizes[1:]))
        self.flat, self.gradient, self.m, self.v, self.root = (
            torch.zeros(count) for _ in range(5)
        )
        self.w, self.b, self.dw, self.db, at = [], [], [], [], 0
        for weights, bias in initial_layers():
            units, n = weights.shape
            for flat, w, b in ((self.flat, self.w, self.b), (self.gradient, self.dw, self.db)):
                w.append(flat[at : at + n * units].view(n, units))
                b.append(flat[at + n * units : at + n * units + units])
            self.w[-1].copy_(torch.from_numpy(weights.T.copy()))
            self.b[-1].copy_(torch.from_numpy(bias))
            at += n * units + units
        self.transposed = [w.t() for w in self.w]
        room = lambda: [torch.zeros(workload["batch"], units) for units in sizes[1:]]
        self.a, self.d, self.steps = room(), room(), 0

    def activation(self, layer):
        return workload["output" if layer == len(self.w) - 1 else "hidden"]

    def forward(self, x, out=None):
        for layer, (w, b) in enumerate(zip(self.w, self.b)):
            x = torch.addmm(b, x, w, out=out[layer] if out else None)
            into = INTO.get(self.activation(layer))
            if into:
                into(x)
        return x

    def step(self, x, y):
        output = self.forward(x, self.a)
        d = self.d[-1]
        if workload["loss"] == "crossEntropy":
            torch.softmax(output, 1, out=d)
            d.sub_(y).mul_(1 / len(x))
        else:
            torch.sub(output, y, out=d).mul_(2 / output.numel())
        for layer in reversed(range(len(self.w))):
            slope = SLOPE.get(self.activation(layer))
            if slope:
                d.mul_(slope(self.a[layer]))
            inputs = self.a[layer - 1] if layer else x
            torch.mm(inputs.t(), d, out=self.dw[layer])
            torch.sum(d, 0, out=self.db[layer])
            if layer:
                d = torch.mm(d, self.transposed[layer], out=self.d[layer - 1])
        self.update(workload["learningRate"])

    def update(self, rate):
        if workload["optimizer"] == "sgd":
            self.flat.add_(self.gradient, alpha=-rate)
            return
        self.steps += 1
        self.m.lerp_(self.gradient, 1 - BETA1)
        self.v.mul_(BETA2).addcmul_(self.gradient, self.gradient, value=1 - BETA2)
        unbiased = (1 - BETA2**self.steps) ** -0.5
        torch.sqrt(self.v, out=self.root).mul_(unbiased).add_(EPSILON)
        self.flat.addcdiv_(self.m, self.root, value=-rate / (1 - BETA1**self.steps))


def make():
    network = Network()
    x, y = (torch.from_numpy(part) for part in samples())
    xs, ys = x.split(workload["batch"]), y.split(workload["batch"])

    def step(start, steps):
        for i in range(start, start + steps):
            network.step(xs[i % len(xs)], ys[i % len(xs)])

    def loss():
        output = network.forward(x)
        if workload["loss"] == "crossEntropy":
            return float(torch.nn.functional.cross_entropy(output, y.argmax(1)))
        return float(torch.nn.functional.mse_loss(output, y))

    def predict(inputs):
        return network.forward(torch.from_numpy(inputs)).argmax(1).numpy()

    return step, loss, predict, False


compete(make)
