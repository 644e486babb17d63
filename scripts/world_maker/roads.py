# SPDX-License-Identifier: MIT
"""What is seen of the roads, drawn only, and the jetty at the end of the lake road."""
import math

from .glb import Model
from .layout import (BRIDGE, BRIDGE_HALF_LENGTH, CENTRE, ROADS, WALL_DISTANCE, WATER_LEVEL, Place,
                     Road)
from .mesh import Mesh, box
from .terrain import Terrain, points_along

_ABOVE = 0.1
_STEP = 4.0


def _in_town(place: Place) -> bool:
    return max(abs(place[0] - CENTRE[0]), abs(place[1] - CENTRE[1])) < WALL_DISTANCE + 3


def _edges(points: list[Place], i: int, half: float) -> list[Place]:
    """The road's left edge, middle and right edge at a point, square to its course."""
    a, b = points[max(i - 1, 0)], points[min(i + 1, len(points) - 1)]
    length = math.dist(a, b)
    along = ((b[0] - a[0]) / length, (b[1] - a[1]) / length)
    x, z = points[i]
    return [(x + along[1] * side * half, z - along[0] * side * half) for side in (1, 0, -1)]


def _ribbon(road: Road, terrain: Terrain) -> Mesh:
    mesh = Mesh()
    points = points_along(road.points, _STEP)

    def lifted(place: Place) -> tuple[float, float, float]:
        return (place[0] - CENTRE[0], terrain.height_at(*place) + _ABOVE, place[1] - CENTRE[1])
    for i in range(len(points) - 1):
        a, b = points[i], points[i + 1]
        if _in_town(a) or _in_town(b) or math.dist(a, BRIDGE) < BRIDGE_HALF_LENGTH:
            continue
        back = [lifted(place) for place in _edges(points, i, road.width / 2)]
        front = [lifted(place) for place in _edges(points, i + 1, road.width / 2)]
        for left in (0, 1):
            mesh.quad("path", front[left], back[left], back[left + 1], front[left + 1])
    return mesh


def build_roads(terrain: Terrain) -> Model:
    """The origin is the middle of the zone at height 0."""
    model = Model()
    for road in ROADS:
        model.node(model.mesh(_ribbon(road, terrain)), name=road.name, extras={"collision": False})
    return model


def build_jetty() -> Model:
    """Planks on posts into the lake, towards the west; the origin is its root at height 0."""
    deck = WATER_LEVEL + 0.45
    mesh = box("planks", (-44, deck - 0.4, -1.5), (14, deck, 1.5))
    mesh.add(box("planks", (-50, deck - 0.4, -4), (-43.5, deck, 4)))
    for x in range(-42, 0, 8):
        for z in (-1.2, 1.2):
            mesh.add(box("timber", (x - 0.2, WATER_LEVEL - 12, z - 0.2),
                         (x + 0.2, deck - 0.2, z + 0.2)))
    model = Model()
    model.node(model.mesh(mesh), name="jetty")
    return model
