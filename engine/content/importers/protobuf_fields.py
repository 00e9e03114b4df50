"""The fields of a protobuf message by number, without its description: enough for the few that Anki's files need."""

from collections.abc import Mapping

_LONGEST_VARINT = 10

Fields = Mapping[int, list[int | bytes]]


def protobuf_fields(data: bytes) -> Fields:
    """The values of each field, in order: numbers as ``int``; texts, messages and fixed numbers as ``bytes``.

    Raises:
        ValueError: it is no such message.
    """
    fields: dict[int, list[int | bytes]] = {}
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        value: int | bytes
        match key & 7:
            case 0:
                value, at = _varint(data, at)
            case 2:
                length, at = _varint(data, at)
                value, at = _slice(data, at, length)
            case 1:
                value, at = _slice(data, at, 8)
            case 5:
                value, at = _slice(data, at, 4)
            case other:
                raise ValueError(f"there is no wire type {other}")
        fields.setdefault(key >> 3, []).append(value)
    return fields


def number_in(fields: Fields, field: int) -> int:
    """The last number of a field; 0 where it is not there, as protobuf has it."""
    value = fields.get(field, [0])[-1]
    return value if isinstance(value, int) else 0


def text_in(fields: Fields, field: int) -> str:
    """The last text of a field; empty where it is not there."""
    value = fields.get(field, [b""])[-1]
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else ""


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(_LONGEST_VARINT):
        if at + place >= len(data):
            break
        byte = data[at + place]
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("a number does not end")


def _slice(data: bytes, at: int, length: int) -> tuple[bytes, int]:
    if at + length > len(data):
        raise ValueError("a field is cut off")
    return data[at : at + length], at + length
