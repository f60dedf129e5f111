"""What `nabla train` does with MNIST, in PyTorch's words: read the IDX files, train, evaluate after every epoch, save.

The last argument is the job: {"images", "labels", "out", "epochs", "threads"}."""

import json
import sys
import numpy as np
import torch
from torch import nn

job = json.loads(sys.argv[-1])
torch.set_num_threads(job["threads"])
torch.manual_seed(1)


def read_idx(path, header):
    return np.fromfile(path, dtype=np.uint8, offset=header)


images = read_idx(job["images"], 16).reshape(-1, 784)
x = torch.from_numpy(images).float().div_(255)
y = torch.from_numpy(read_idx(job["labels"], 8).astype(np.int64))
network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(network.parameters(), 0.001)


def evaluate():
    with torch.no_grad():
        outputs = network(x)
        accuracy = (outputs.argmax(1) == y).float().mean()
        return float(criterion(outputs, y)), float(accuracy)


loss, accuracy = evaluate()
for epoch in range(job["epochs"]):
    for rows in torch.randperm(len(x)).split(32):
        optimizer.zero_grad(set_to_none=True)
        criterion(network(x[rows]), y[rows]).backward()
        optimizer.step()
    loss, accuracy = evaluate()
torch.save(network.state_dict(), job["out"])
print(json.dumps({"loss": loss, "accuracy": accuracy}))
