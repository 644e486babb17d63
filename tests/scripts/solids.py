# SPDX-License-Identifier: MIT
"""What the tests of the world ask of triangles."""
import math
from collections import Counter

from glb_reader import Triangle


def area_of(triangle: Triangle) -> float:
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = triangle
    ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
    return math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2


def volume_of(triangles: list[Triangle]) -> float:
    """Of a closed solid with its fronts outside."""
    return sum(ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx)
               for (ax, ay, az), (bx, by, bz), (cx, cy, cz) in triangles) / 6


def open_edges(triangles: list[Triangle]) -> list:
    """The edges that are not run along as often one way as the other; a closed solid has none."""
    edges = Counter()
    for a, b, c in triangles:
        for edge in ((a, b), (b, c), (c, a)):
            edges[edge] += 1
            edges[edge[::-1]] -= 1
    return [edge for edge, count in edges.items() if count]
