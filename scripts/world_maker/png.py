# SPDX-License-Identifier: MIT
"""Writes grey PNG images with 16 bits a pixel (PNG specification, 2nd edition)."""
import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _filtered(line: bytes, above: bytes) -> bytes:
    """The line as differences from left (1) or from above (2), whichever are smaller in sum."""
    def cost(data: bytes) -> int:
        return sum(min(byte, 256 - byte) for byte in data)
    left = bytes((a - b) & 255 for a, b in zip(line, b"\0\0" + line[:-2]))
    up = bytes((a - b) & 255 for a, b in zip(line, above))
    return b"\1" + left if cost(left) < cost(up) else b"\2" + up


def encode_grey16(rows: list[list[int]]) -> bytes:
    """The file of an image; rows from the top, each sample in [0, 65535]."""
    width, height = len(rows[0]), len(rows)
    packed = bytearray()
    above = bytes(2 * width)
    for row in rows:
        line = struct.pack(f">{width}H", *row)
        packed += _filtered(line, above)
        above = line
    header = struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
            + _chunk(b"IDAT", zlib.compress(bytes(packed), 9)) + _chunk(b"IEND", b""))
