"""Small GGUF files made by hand: good headers, and every kind of bad one."""

import struct
from pathlib import Path


def _text(value: str) -> bytes:
    return struct.pack("<Q", len(value)) + value.encode()


def _header(tensors: int, keys: int) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, keys)


def bad_files(folder: Path) -> dict[str, Path]:
    """Name of the fault to a file that has it."""
    architecture = _text("general.architecture") + struct.pack("<I", 8) + _text("llama")
    huge_tensor = _text("token_embd.weight") + struct.pack("<IQQIQ", 2, 1 << 40, 1 << 20, 0, 0)
    contents = {
        "empty": b"",
        "wrong magic": b"PK\x03\x04" + bytes(1000),
        "text": b"this is no model" * 100,
        "header only": _header(0, 0),
        "truncated": _header(200, 20) + architecture,
        "huge counts": _header(1 << 62, 1 << 62) + bytes(100),
        "huge string": _header(0, 1) + struct.pack("<Q", 1 << 60) + bytes(100),
        "huge tensor": _header(1, 1) + architecture + huge_tensor + bytes(100),
        "zeros": b"GGUF" + bytes(5000),
    }
    files = {}
    for name, content in contents.items():
        files[name] = folder / f"{name.replace(' ', '-')}.gguf"
        files[name].write_bytes(content)
    return files
