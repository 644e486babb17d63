# SPDX-License-Identifier: MIT
"""Writes glTF 2.0 binary files: meshes of plain colours with flat normals, placed by nodes."""
import json
import math
import struct

from .materials import linear
from .mesh import Mesh, Point

_FLOAT, _UINT16, _UINT32 = 5126, 5123, 5125
_VERTICES, _INDICES = 34962, 34963


def _number(value: float) -> float | int:
    """Short in JSON: whole numbers without a point."""
    value = round(value, 6)
    return int(value) if value == int(value) else value


def _single(value: float) -> float:
    """As it is in single precision."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def _normal(a: Point, b: Point, c: Point) -> Point:
    ux, uy, uz = (q - p for p, q in zip(a, b))
    vx, vy, vz = (q - p for p, q in zip(a, c))
    n = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
    length = math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2])
    if length < 1e-6:
        raise ValueError(f"a triangle without area: {a} {b} {c}")
    return tuple(round(value / length, 5) + 0.0 for value in n)


class Model:
    """One file. Meshes are shared by all nodes that name them."""

    def __init__(self) -> None:
        self._nodes: list[dict] = []
        self._roots: list[int] = []
        self._meshes: list[dict] = []
        self._materials: list[str] = []
        self._accessors: list[dict] = []
        self._positions = bytearray()
        self._normals = bytearray()
        self._indices = bytearray()

    def mesh(self, mesh: Mesh) -> int:
        """Stores a mesh, a primitive for each material; the number is for `node`."""
        by_material: dict[str, list] = {}
        for material, *corners in mesh.triangles:
            by_material.setdefault(material, []).append(corners)
        self._meshes.append({"primitives": [self._primitive(material, triangles)
                                            for material, triangles in by_material.items()]})
        return len(self._meshes) - 1

    def node(self, mesh: int | None = None, at: Point = (0, 0, 0), turn_deg: float = 0,
             parent: int | None = None, name: str = "", extras: dict | None = None,
             scale: float = 1) -> int:
        node: dict = {}
        if name:
            node["name"] = name
        if mesh is not None:
            node["mesh"] = mesh
        if any(round(value, 2) for value in at):
            node["translation"] = [_number(round(value, 2)) for value in at]
        if turn_deg % 360:
            half = math.radians(-turn_deg) / 2
            node["rotation"] = [0, _number(math.sin(half)), 0, _number(math.cos(half))]
        if scale != 1:
            node["scale"] = [_number(scale)] * 3
        if extras:
            node["extras"] = extras
        self._nodes.append(node)
        number = len(self._nodes) - 1
        if parent is None:
            self._roots.append(number)
        else:
            self._nodes[parent].setdefault("children", []).append(number)
        return number

    def encode(self) -> bytes:
        """The bytes of the file."""
        starts = (0, len(self._positions), len(self._positions) + len(self._normals))
        views = [{"buffer": 0, "byteOffset": starts[0], "byteLength": len(self._positions),
                  "byteStride": 12, "target": _VERTICES},
                 {"buffer": 0, "byteOffset": starts[1], "byteLength": len(self._normals),
                  "byteStride": 12, "target": _VERTICES},
                 {"buffer": 0, "byteOffset": starts[2], "byteLength": len(self._indices),
                  "target": _INDICES}]
        binary = bytes(self._positions + self._normals + self._indices)
        document = {
            "asset": {"version": "2.0", "generator": "Tessera make-world"},
            "scene": 0,
            "scenes": [{"nodes": self._roots}],
            "nodes": self._nodes,
            "meshes": self._meshes,
            "materials": [{"name": name, "pbrMetallicRoughness": {
                "baseColorFactor": linear(name), "metallicFactor": 0, "roughnessFactor": 0.9}}
                for name in self._materials],
            "accessors": self._accessors,
            "bufferViews": views,
            "buffers": [{"byteLength": len(binary)}],
        }
        text = json.dumps(document, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 4)
        return (struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(binary))
                + struct.pack("<I4s", len(text), b"JSON") + text
                + struct.pack("<I4s", len(binary), b"BIN\0") + binary)

    def _primitive(self, material: str, triangles: list[list[Point]]) -> dict:
        numbers: dict[tuple[Point, Point], int] = {}
        order = []
        for corners in triangles:
            normal = _normal(*corners)
            order += [numbers.setdefault((corner, normal), len(numbers)) for corner in corners]
        points = [tuple(_single(value) for value in corner) for corner, _ in numbers]
        positions = self._accessor(0, len(self._positions), _FLOAT, len(points), "VEC3")
        self._accessors[positions]["min"] = [min(axis) for axis in zip(*points)]
        self._accessors[positions]["max"] = [max(axis) for axis in zip(*points)]
        normals = self._accessor(1, len(self._normals), _FLOAT, len(points), "VEC3")
        kind, code = (_UINT16, "H") if len(points) <= 65535 else (_UINT32, "I")
        indices = self._accessor(2, len(self._indices), kind, len(order), "SCALAR")
        for corner, normal in numbers:
            self._positions += struct.pack("<3f", *corner)
            self._normals += struct.pack("<3f", *normal)
        self._indices += struct.pack(f"<{len(order)}{code}", *order)
        self._indices += bytes(-len(self._indices) % 4)
        if material not in self._materials:
            self._materials.append(material)
        return {"attributes": {"POSITION": positions, "NORMAL": normals}, "indices": indices,
                "material": self._materials.index(material)}

    def _accessor(self, view: int, offset: int, component: int, count: int, kind: str) -> int:
        self._accessors.append({"bufferView": view, "byteOffset": offset,
                                "componentType": component, "count": count, "type": kind})
        return len(self._accessors) - 1
