# SPDX-License-Identifier: MIT
"""Reads what scripts/make-world writes: glTF binary files, 16-bit PNG images. For its tests."""
import json
import struct
import zlib
from dataclasses import dataclass, field

Point = tuple[float, float, float]
Triangle = tuple[Point, Point, Point]
_FLOAT, _UINT16, _UINT32 = 5126, 5123, 5125


@dataclass
class Primitive:
    points: list[Point]
    normals: list[Point]
    indices: list[int]
    bounds: tuple[list[float], list[float]]  # as the file states them

    def triangles(self) -> list[Triangle]:
        corners = [self.points[i] for i in self.indices]
        return list(zip(corners[::3], corners[1::3], corners[2::3]))


@dataclass
class Placed:
    """A node that has a mesh or a meaning, in the frame of the file."""
    name: str
    mesh: int | None
    origin: Point
    turn: tuple[float, float]  # sine and cosine of the rotation about y
    extras: dict = field(default_factory=dict)  # with those of its parents

    def moved(self, point: Point) -> Point:
        sine, cosine = self.turn
        x, y, z = point
        return (x * cosine + z * sine + self.origin[0], y + self.origin[1],
                z * cosine - x * sine + self.origin[2])

    @property
    def is_solid(self) -> bool:
        """Blocks always: neither drawn only nor a door that may stand open."""
        return (self.mesh is not None and self.extras.get("collision", True)
                and "door" not in self.extras)


class Glb:
    def __init__(self, data: bytes):
        magic, version, length = struct.unpack_from("<4sII", data)
        assert (magic, version, length) == (b"glTF", 2, len(data)), "wrong head of the file"
        size, kind = struct.unpack_from("<I4s", data, 12)
        assert kind == b"JSON" and size % 4 == 0
        self.document = json.loads(data[20:20 + size])
        binary_size, kind = struct.unpack_from("<I4s", data, 20 + size)
        assert kind == b"BIN\0" and binary_size % 4 == 0
        self._binary = data[28 + size:]
        assert len(self._binary) == binary_size == self.document["buffers"][0]["byteLength"]
        self.meshes = [[self._primitive(primitive) for primitive in mesh["primitives"]]
                       for mesh in self.document["meshes"]]

    def triangles_of(self, mesh: int) -> list[Triangle]:
        return [triangle for primitive in self.meshes[mesh] for triangle in primitive.triangles()]

    def placed(self) -> list[Placed]:
        """All nodes of the scene; fails when a node has two parents or none."""
        found: list[Placed] = []
        seen: set[int] = set()

        def visit(number: int, parent: Placed) -> None:
            assert number not in seen, f"node {number} has two parents"
            seen.add(number)
            node = self.document["nodes"][number]
            _, ry, _, rw = node.get("rotation", (0, 0, 0, 1))
            assert abs(ry * ry + rw * rw - 1) < 1e-5, f"node {number} is scaled by its rotation"
            sine, cosine = 2 * ry * rw, 1 - 2 * ry * ry
            before = parent.turn
            here = Placed(node.get("name", ""), node.get("mesh"),
                          parent.moved(tuple(node.get("translation", (0, 0, 0)))),
                          (before[0] * cosine + before[1] * sine,
                           before[1] * cosine - before[0] * sine),
                          {**parent.extras, **node.get("extras", {})})
            found.append(here)
            for child in node.get("children", ()):
                visit(child, here)
        for root in self.document["scenes"][self.document["scene"]]["nodes"]:
            visit(root, Placed("", None, (0, 0, 0), (0, 1)))
        assert len(seen) == len(self.document["nodes"]), "a node is not in the scene"
        return found

    def solids(self, at: Point = (0, 0, 0)) -> list[Triangle]:
        """All triangles that block, of a model placed somewhere."""
        triangles = []
        for node in self.placed():
            if node.is_solid:
                for corners in self.triangles_of(node.mesh):
                    moved = (node.moved(corner) for corner in corners)
                    triangles.append(tuple((x + at[0], y + at[1], z + at[2]) for x, y, z in moved))
        return triangles

    def _primitive(self, primitive: dict) -> Primitive:
        accessor = self.document["accessors"][primitive["attributes"]["POSITION"]]
        assert primitive["material"] < len(self.document["materials"])
        return Primitive(self._vectors(primitive["attributes"]["POSITION"]),
                         self._vectors(primitive["attributes"]["NORMAL"]),
                         self._numbers(primitive["indices"]), (accessor["min"], accessor["max"]))

    def _bytes(self, number: int, size: int) -> tuple[int, int]:
        """Where an accessor's bytes begin, and how many elements it has; checks its bounds."""
        accessor = self.document["accessors"][number]
        view = self.document["bufferViews"][accessor["bufferView"]]
        end = accessor["byteOffset"] + size * accessor["count"]
        assert end <= view["byteLength"], f"accessor {number} leaves its view"
        view_end = view["byteOffset"] + view["byteLength"]
        assert view_end <= len(self._binary), "a view leaves the buffer"
        start = view["byteOffset"] + accessor["byteOffset"]
        assert start % 4 == 0 and accessor["count"] > 0
        return start, accessor["count"]

    def _vectors(self, number: int) -> list[Point]:
        accessor = self.document["accessors"][number]
        assert (accessor["componentType"], accessor["type"]) == (_FLOAT, "VEC3")
        assert self.document["bufferViews"][accessor["bufferView"]]["byteStride"] == 12
        start, count = self._bytes(number, 12)
        values = struct.unpack_from(f"<{3 * count}f", self._binary, start)
        return list(zip(values[::3], values[1::3], values[2::3]))

    def _numbers(self, number: int) -> list[int]:
        accessor = self.document["accessors"][number]
        size, code = {_UINT16: (2, "H"), _UINT32: (4, "I")}[accessor["componentType"]]
        start, count = self._bytes(number, size)
        return list(struct.unpack_from(f"<{count}{code}", self._binary, start))


def read_grey16(data: bytes) -> list[list[int]]:
    """Rows of a grey image with 16 bits a pixel and only the filters that the writer uses."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at, packed, width, height = 8, b"", 0, 0
    while at < len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        content = data[at + 8:at + 8 + size]
        assert struct.unpack_from(">I", data, at + 8 + size)[0] == zlib.crc32(kind + content)
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", content)
            assert (depth, colour) == (16, 0)
        elif kind == b"IDAT":
            packed += content
        at += size + 12
    raw = zlib.decompress(packed)
    rows, above = [], bytes(2 * width)
    for row in range(height):
        start = row * (2 * width + 1)
        line = bytearray(raw[start + 1:start + 1 + 2 * width])
        for i in range(2 * width):
            left = line[i - 2] if i > 1 else 0
            line[i] = (line[i] + {1: left, 2: above[i]}[raw[start]]) & 255
        rows.append(list(struct.unpack(f">{width}H", line)))
        above = line
    return rows
