# PyTorch, eager, on one thread: the same step as a user writes it.
import json
import sys
import time

import torch

torch.set_num_threads(1)
for task in json.loads(sys.argv[1]):
    sizes, batch = task["sizes"], task["batch"]
    numbers = torch.frombuffer(bytearray(open(task["file"], "rb").read()), dtype=torch.float32)
    layers, at = [], 0
    for i, o in zip(sizes, sizes[1:]):
        layer = torch.nn.Linear(i, o)
        layer.weight.data = numbers[at : at + i * o].reshape(i, o).T.contiguous()
        layer.bias.data = numbers[at + i * o : at + i * o + o].clone()
        at += i * o + o
        layers += [layer, torch.nn.Tanh() if task["activation"] == "tanh" else torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    x = numbers[at : at + batch * sizes[0]].reshape(batch, sizes[0])
    labels = numbers[at + batch * sizes[0] :].long()
    optimizer = torch.optim.Adam(net.parameters(), task["rate"])

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(net(x), labels)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), task["clip"])
        optimizer.step()
        return loss

    for _ in range(20):
        loss = float(step())
    calls = 1
    while True:
        start = time.perf_counter()
        for _ in range(calls):
            step()
        if time.perf_counter() - start > 0.03:
            break
        calls *= 2
    times = []
    for _ in range(11):
        start = time.perf_counter()
        for _ in range(calls):
            step()
        times.append((time.perf_counter() - start) / calls * 1000)
    times.sort()
    print("RESULT " + json.dumps({
        "name": task["name"], "batch": batch, "loss": loss, "min": times[0], "median": times[5],
        "spread": (times[8] - times[2]) / times[5],
    }))
