"""Makes files, and verdicts about files, with the reference implementation of the safetensors format.

    pip install safetensors && python3 test/reference/make_safetensors.py

Writes `safetensors.json` beside itself: whole files that the implementation has written, and files made by hand
from the format's description, good and bad, each with what the implementation says of it. Made with
safetensors 0.8.0.
"""

import base64
import ctypes
import json
import pathlib
import struct

import safetensors

NAMES = {"F32": ("float32", "f"), "F64": ("float64", "d"), "F16": ("float16", "e"), "BF16": ("bfloat16", "H")}


def written(tensors, metadata=None):
    """A file by the implementation; a bfloat16 number is given by its 16 bits."""
    buffers, specs = [], {}
    for name, (kind, shape, values) in tensors.items():
        data = struct.pack(f"<{len(values)}{NAMES[kind][1]}", *values)
        buffers.append(ctypes.create_string_buffer(data, max(1, len(data))))
        specs[name] = safetensors.TensorSpec(
            dtype=NAMES[kind][0], shape=shape, data_ptr=ctypes.addressof(buffers[-1]), data_len=len(data)
        )
    return bytes(safetensors.serialize(specs, metadata))


def made(header, data=b"", length=None):
    """A file by hand; `header` is an object or its bytes."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def info(shape, begin, end, kind="F32"):
    return {"dtype": kind, "shape": shape, "data_offsets": [begin, end]}


FLOATS = struct.pack("<3f", 1, 2, 3)

FILES = {
    "two layers, as Nabla names them": written(
        {
            "layers.0.weight": ("F32", [2, 3], [0.1, -0.2, 0.3, 1e-40, 3.4e38, -0.0]),
            "layers.0.bias": ("F32", [2], [0.5, -0.5]),
            "layers.1.weight": ("F64", [1, 2], [0.1, 5e-324]),
            "layers.1.bias": ("F64", [1], [1.7976931348623157e308]),
        },
        {"made by": "the reference implementation", "ключ": "∇"},
    ),
    "half precision": written(
        {
            "half": ("F16", [7], [1, -2, 0.333251953125, 6.103515625e-05, 5.960464477539063e-08, 65504, -0.0]),
            "brain": ("BF16", [5], [0x3F80, 0xC000, 0x0001, 0x7F7F, 0x3EAB]),
        }
    ),
    "a number without dimensions": written({"scalar": ("F32", [], [7])}),
    "an empty tensor": written({"empty": ("F32", [0, 3], []), "one": ("F32", [1], [1])}),
    "a name beyond the basic plane": written({"😀 é": ("F32", [1], [1])}),
    "no tensor at all": made({}),
    "blanks behind the header": made(b'{"a":' + json.dumps(info([3], 0, 12)).encode() + b"}   ", FLOATS),
    "a key of tomorrow": made({"a": {**info([3], 0, 12), "more": 1}}, FLOATS),
    "nothing": b"",
    "seven bytes": b"\x00" * 7,
    "a header longer than the file": made({"a": info([3], 0, 12)}, FLOATS, 1000),
    "a header above the limit": made({}, b"", 100_000_001),
    "a header of 2^64 - 1 bytes": made({}, b"", 2**64 - 1),
    "a header that is no UTF-8": made(b'{"\xff":1}'),
    "a header that is no JSON": made(b'{"a":'),
    "a header that is a list": made(b"[]"),
    "a hole before": made({"a": info([2], 4, 12)}, FLOATS),
    "a hole between": made({"a": info([1], 0, 4), "b": info([1], 8, 12)}, FLOATS),
    "an overlap": made({"a": info([2], 0, 8), "b": info([2], 4, 12)}, FLOATS),
    "the same bytes twice": made({"a": info([3], 0, 12), "b": info([3], 0, 12)}, FLOATS),
    "data cut off": made({"a": info([3], 0, 12)}, FLOATS[:8]),
    "data left over": made({"a": info([2], 0, 8)}, FLOATS),
    "a shape that is too small": made({"a": info([2], 0, 12)}, FLOATS),
    "a shape that overflows": made({"a": info([2**32, 2**32], 0, 12)}, FLOATS),
    "a negative length": made({"a": info([-3], 0, 12)}, FLOATS),
    "offsets backwards": made({"a": info([0], 12, 0)}, FLOATS),
    "an unknown type": made({"a": info([3], 0, 12, "Q32")}, FLOATS),
    "metadata that are no texts": made({"__metadata__": {"a": 1}, "a": info([3], 0, 12)}, FLOATS),
    "no dtype": made({"a": {"shape": [3], "data_offsets": [0, 12]}}, FLOATS),
}


def verdict(data):
    """Its tensors, each with its type, shape and bytes; None where it is refused."""
    try:
        tensors = safetensors.deserialize(data)
    except safetensors.SafetensorError:
        return None
    return {
        name: {"type": value["dtype"], "shape": list(value["shape"]), "data": bytes(value["data"]).hex()}
        for name, value in sorted(tensors)
    }


cases = [
    {"name": name, "file": base64.b64encode(data).decode(), "tensors": verdict(data)}
    for name, data in FILES.items()
]
path = pathlib.Path(__file__).with_name("safetensors.json")
path.write_text(json.dumps(cases, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
