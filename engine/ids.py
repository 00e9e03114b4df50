"""Identifiers: UUID version 7 (RFC 9562), which sort by the time they were made."""

import os
import uuid
from collections.abc import Callable
from datetime import datetime

from engine.clock import milliseconds


def uuid7(now: datetime, *, random_bytes: Callable[[int], bytes] = os.urandom) -> uuid.UUID:
    """A new UUIDv7: 48 bits of Unix milliseconds, 74 random bits. RFC 9562, section 5.7."""
    value = max(0, milliseconds(now)) << 80 | int.from_bytes(random_bytes(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
