# SPDX-License-Identifier: MIT
"""Triangles, and the closed solids that everything is made of.

Points are rounded to centimetres when they enter a mesh, so that equal corners are equal bits.
Fronts are counter-clockwise seen from outside, as glTF wants it.
"""
import itertools
import math
from typing import Callable, Iterable

Point = tuple[float, float, float]
Flat = tuple[float, float]
Triangle = tuple[str, Point, Point, Point]  # material and corners


def along_z(u: float, v: float, w: float) -> Point:
    """An outline in x and y, drawn out towards the south."""
    return (u, v, w)


def along_x(u: float, v: float, w: float) -> Point:
    """An outline in north and y, drawn out towards the east."""
    return (w, v, -u)


def along_y(u: float, v: float, w: float) -> Point:
    """An outline in east and north, drawn out upwards."""
    return (u, w, -v)


class Mesh:
    def __init__(self) -> None:
        self.triangles: list[Triangle] = []

    def triangle(self, material: str, a: Point, b: Point, c: Point) -> None:
        a, b, c = (tuple(round(value, 2) + 0.0 for value in point) for point in (a, b, c))
        self.triangles.append((material, a, b, c))

    def quad(self, material: str, a: Point, b: Point, c: Point, d: Point) -> None:
        self.triangle(material, a, b, c)
        self.triangle(material, a, c, d)

    def add(self, other: "Mesh", at: Point = (0, 0, 0), turn_deg: float = 0) -> "Mesh":
        """Adds the triangles of another mesh, turned and then moved."""
        for material, *corners in other.triangles:
            self.triangle(material, *(moved(corner, at, turn_deg) for corner in corners))
        return self


def turned(x: float, z: float, turn_deg: float) -> Flat:
    """Where a place comes to lie by a turn about the origin; quarters of a circle are exact."""
    quarters = {0: (0, 1), 90: (1, 0), 180: (0, -1), 270: (-1, 0)}
    sine, cosine = quarters.get(turn_deg % 360) or (
        math.sin(math.radians(turn_deg)), math.cos(math.radians(turn_deg)))
    return (x * cosine - z * sine, x * sine + z * cosine)


def moved(point: Point, at: Point, turn_deg: float) -> Point:
    x, z = turned(point[0], point[2], turn_deg)
    return (x + at[0], point[1] + at[1], z + at[2])


def _cross(o: Flat, a: Flat, b: Flat) -> int:
    """Twice the area of a triangle, in square centimetres; positive when counter-clockwise."""
    ox, oy, ax, ay, bx, by = (round(value * 100) for value in (*o, *a, *b))
    return (ax - ox) * (by - oy) - (ay - oy) * (bx - ox)


def _ears(outline: list[Flat]) -> list[tuple[int, int, int]]:
    """Cuts a simple counter-clockwise outline into triangles, ear by ear."""
    left = list(range(len(outline)))
    found = []
    while len(left) > 3:
        for i, middle in enumerate(left):
            before, after = left[i - 1], left[(i + 1) % len(left)]
            a, b, c = outline[before], outline[middle], outline[after]
            if _cross(a, b, c) <= 0:
                continue
            if any(_cross(a, b, outline[p]) >= 0 and _cross(b, c, outline[p]) >= 0
                   and _cross(c, a, outline[p]) >= 0
                   for p in left if p not in (before, middle, after)):
                continue
            found.append((before, middle, after))
            del left[i]
            break
        else:
            raise ValueError(f"the outline crosses itself or runs clockwise: {outline}")
    return found + [tuple(left)]


def loft(material: str, sections: list[tuple[float, list[Flat]]],
         place: Callable[[float, float, float], Point] = along_z, end: str = "") -> Mesh:
    """A closed solid through sections: pairs of how far along and a counter-clockwise outline.

    All outlines have equally many corners. `place` turns (u, v, along) into a point; `end` is the
    material of the two ends, when it is another.
    """
    mesh = Mesh()
    for (back, a), (front, b) in zip(sections, sections[1:]):
        for i in range(len(a)):
            j = (i + 1) % len(a)
            mesh.quad(material, place(*b[i], front), place(*a[i], back), place(*a[j], back),
                      place(*b[j], front))
    for along, outline, flip in ((*sections[0], True), (*sections[-1], False)):
        for ear in _ears(outline):
            corners = [place(*outline[i], along) for i in (reversed(ear) if flip else ear)]
            mesh.triangle(end or material, *corners)
    return mesh


def prism(material: str, outline: list[Flat], low: float, high: float,
          place: Callable[[float, float, float], Point] = along_z, end: str = "") -> Mesh:
    """A closed solid with the same outline from `low` to `high`."""
    return loft(material, [(low, outline), (high, outline)], place, end)


def ring(sides: int, radius: float, phase: float = 0.5) -> list[Flat]:
    """A regular polygon; `phase` turns it, in parts of a side."""
    steps = [(i + phase) * 2 * math.pi / sides for i in range(sides)]
    return [(radius * math.cos(step), radius * math.sin(step)) for step in steps]


def column(material: str, sides: int, rings: Iterable[tuple[float, float]], top: str = "") -> Mesh:
    """An upright closed solid: pairs of height and radius from below upwards."""
    return loft(material, [(height, ring(sides, radius)) for height, radius in rings], along_y, top)


def cone(material: str, sides: int, radius: float, low: float, high: float) -> Mesh:
    mesh = Mesh()
    base = [along_y(u, v, low) for u, v in ring(sides, radius)]
    for i in range(sides):
        mesh.triangle(material, base[i], base[(i + 1) % sides], (0, high, 0))
    for i in range(1, sides - 1):
        mesh.triangle(material, base[0], base[i + 1], base[i])
    return mesh


def box(material: str, low: Point, high: Point) -> Mesh:
    (x0, y0, z0), (x1, y1, z1) = low, high
    return prism(material, [(x0, y0), (x1, y0), (x1, y1), (x0, y1)], z0, z1)


def stairs(material: str, steps: int, rise: float, tread: float, width: float, landing: float,
           base: float) -> Mesh:
    """Solid stairs up towards the east from x = 0, y = 0; z from 0 to `width`.

    The last step is `landing` long; `base` is how far the solid reaches below the lowest ground.
    """
    outline = [(0.0, -base)]
    length = tread * (steps - 1) + landing
    outline.append((length, -base))
    for step in range(steps, 0, -1):
        east = length if step == steps else tread * step
        outline += [(east, rise * step), (tread * (step - 1), rise * step)]
    return prism(material, outline, 0, width)


def _icosahedron() -> list[Point]:
    golden = (1 + math.sqrt(5)) / 2
    scale = 1 / math.sqrt(1 + golden * golden)
    return [tuple(value * scale for value in point)
            for a, b in ((-1, golden), (1, golden), (-1, -golden), (1, -golden))
            for point in ((a, b, 0), (0, a, b), (b, 0, a))]


def blob(material: str, radii: Point, jitter: Callable[[], float]) -> Mesh:
    """A boulder or a crown: an icosahedron with its 12 corners moved along their rays."""
    unit = _icosahedron()
    corners = []
    for corner in unit:
        factor = jitter()
        corners.append(tuple(value * radius * factor for value, radius in zip(corner, radii)))
    mesh = Mesh()
    for i, j, k in itertools.combinations(range(12), 3):
        a, b, c = unit[i], unit[j], unit[k]
        if max(math.dist(a, b), math.dist(b, c), math.dist(c, a)) > 1.1:
            continue  # neighbours are 1.05 apart, all others 1.7 and more
        outward = sum(p * q for p, q in zip(a, _cross3(b, c))) > 0
        mesh.triangle(material, corners[i], *((corners[j], corners[k]) if outward
                                              else (corners[k], corners[j])))
    return mesh


def _cross3(a: Point, b: Point) -> Point:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
