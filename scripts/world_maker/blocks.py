# SPDX-License-Identifier: MIT
"""Solids of axis-aligned boxes: added and cut in order, as a mason would, then one closed skin.

All coordinates of all boxes together make a grid of cells; a cell is what the last box over it
says. Faces between stone and air become the skin; faces side by side in a plane become one
rectangle. Where a corner of one rectangle lies on another's edge, that edge gets the corner too, so
that every edge of the skin is shared by two triangles and there is no crack, not even of a bit.
"""
import bisect
from dataclasses import dataclass

from .mesh import Mesh, Point

Cm = tuple[int, int, int]


@dataclass(frozen=True)
class _Operation:
    low: Cm
    high: Cm
    side: str  # empty: the box is cut out
    top: str = ""
    under: str = ""


@dataclass(frozen=True)
class _Rectangle:
    axis: int
    outward: int  # 1 or -1, along the axis
    plane: int
    low: tuple[int, int]  # along the two other axes, in the order that makes a right-handed frame
    high: tuple[int, int]
    material: str

    def at(self, u: int, v: int) -> Cm:
        point = [0, 0, 0]
        point[self.axis] = self.plane
        point[(self.axis + 1) % 3] = u
        point[(self.axis + 2) % 3] = v
        return tuple(point)

    def corners(self) -> list[Cm]:
        (u0, v0), (u1, v1) = self.low, self.high
        around = [self.at(u0, v0), self.at(u1, v0), self.at(u1, v1), self.at(u0, v1)]
        return around if self.outward > 0 else around[::-1]


def _cm(point: Point) -> Cm:
    return tuple(round(value * 100) for value in point)


class Blocks:
    def __init__(self) -> None:
        self._operations: list[_Operation] = []

    def add(self, low: Point, high: Point, side: str, top: str = "", under: str = "") -> "Blocks":
        """A box of stone; `top` and `under` are the materials of what looks up and down."""
        self._operations.append(_Operation(_cm(low), _cm(high), side, top or side, under or side))
        return self

    def cut(self, low: Point, high: Point) -> "Blocks":
        self._operations.append(_Operation(_cm(low), _cm(high), ""))
        return self

    def mesh(self) -> Mesh:
        """The closed skin."""
        rectangles = self._rectangles()
        on_line: dict[tuple, list[int]] = {}
        for corner in sorted({c for rectangle in rectangles for c in rectangle.corners()}):
            for axis in range(3):
                line = on_line.setdefault((axis, corner[:axis] + corner[axis + 1:]), [])
                bisect.insort(line, corner[axis])
        mesh = Mesh()
        for rectangle in rectangles:
            outline = []
            corners = rectangle.corners()
            for a, b in zip(corners, corners[1:] + corners[:1]):
                outline += _edge(a, b, on_line)
            _fill(mesh, rectangle, outline)
        return mesh

    def _rectangles(self) -> list[_Rectangle]:
        cuts = [sorted({point[axis] for op in self._operations for point in (op.low, op.high)})
                for axis in range(3)]
        cells = self._cells(cuts)
        found = []
        for axis in range(3):
            for layer in range(len(cuts[axis])):
                for outward in (1, -1):
                    found += _layer(cuts, cells, self._operations, axis, layer, outward)
        return found

    def _cells(self, cuts: list[list[int]]) -> dict[Cm, int]:
        """The number of the operation whose stone fills a cell; no entry is air."""
        cells: dict[Cm, int] = {}
        for number, op in enumerate(self._operations):
            spans = [range(cuts[a].index(op.low[a]), cuts[a].index(op.high[a])) for a in range(3)]
            for i in spans[0]:
                for j in spans[1]:
                    for k in spans[2]:
                        if op.side:
                            cells[i, j, k] = number
                        else:
                            cells.pop((i, j, k), None)
        return cells


def _layer(cuts: list[list[int]], cells: dict[Cm, int], operations: list[_Operation], axis: int,
           layer: int, outward: int) -> list[_Rectangle]:
    """The rectangles in one plane that look one way."""
    u_axis, v_axis = (axis + 1) % 3, (axis + 2) % 3
    inside = layer - 1 if outward > 0 else layer

    def cell(n: int, u: int, v: int) -> int | None:
        index = [0, 0, 0]
        index[axis], index[u_axis], index[v_axis] = n, u, v
        return cells.get(tuple(index))

    faces: dict[tuple[int, int], str] = {}
    for v in range(len(cuts[v_axis]) - 1):
        for u in range(len(cuts[u_axis]) - 1):
            number = cell(inside, u, v)
            if number is not None and cell(inside + outward, u, v) is None:
                op = operations[number]
                faces[u, v] = op.side if axis != 1 else (op.top if outward > 0 else op.under)
    found = []
    while faces:
        (u0, v0), material = next(iter(faces.items()))
        u1 = u0 + 1
        while faces.get((u1, v0)) == material:
            u1 += 1
        v1 = v0 + 1
        while all(faces.get((u, v1)) == material for u in range(u0, u1)):
            v1 += 1
        for v in range(v0, v1):
            for u in range(u0, u1):
                del faces[u, v]
        found.append(_Rectangle(axis, outward, cuts[axis][layer],
                                (cuts[u_axis][u0], cuts[v_axis][v0]),
                                (cuts[u_axis][u1], cuts[v_axis][v1]), material))
    return found


def _edge(a: Cm, b: Cm, on_line: dict[tuple, list[int]]) -> list[Cm]:
    """The corners from a up to, but without, b that lie on the edge between them."""
    axis = next(axis for axis in range(3) if a[axis] != b[axis])
    line = on_line[axis, a[:axis] + a[axis + 1:]]
    low, high = sorted((a[axis], b[axis]))
    between = line[bisect.bisect_left(line, low):bisect.bisect_right(line, high)]
    if a[axis] > b[axis]:
        between = between[::-1]
    return [a[:axis] + (value,) + a[axis + 1:] for value in between[:-1]]


def _fill(mesh: Mesh, rectangle: _Rectangle, outline: list[Cm]) -> None:
    """Two triangles, or a fan about the middle when there are corners on the edges."""
    points = [tuple(value / 100 for value in corner) for corner in outline]
    if len(points) == 4:
        mesh.quad(rectangle.material, *points)
        return
    middle = rectangle.at(*((a + b) // 2 for a, b in zip(rectangle.low, rectangle.high)))
    centre = tuple(value / 100 for value in middle)
    for a, b in zip(points, points[1:] + points[:1]):
        mesh.triangle(rectangle.material, centre, a, b)
