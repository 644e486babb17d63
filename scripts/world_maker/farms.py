# SPDX-License-Identifier: MIT
"""Farms round the town: a house, a barn, a fenced yard and a field each, on levelled ground."""
import math
from dataclasses import dataclass

from .glb import Model
from .house import HouseBuilder
from .house_plans import BARN, LONG_HOUSE
from .layout import CENTRE, LAKE, LAKE_RADII, QUARRY, RIVER, ROADS, Place
from .mesh import Mesh, box, turned
from .noise import Stream
from .terrain import Terrain, distance_to_line

_COUNT = 20
_RADIUS = 40.0  # of level ground
_YARD = (22.0, 18.0)  # half of its sides
_POST_EVERY = 4.0


@dataclass(frozen=True)
class Farm:
    place: Place
    turn_deg: int
    height: float


def find_farms(seed: int, terrain: Terrain) -> list[Farm]:
    """Sites on gentle land, off roads, water and each other; levels them."""
    chance = Stream(seed, "farms")
    farms: list[Farm] = []
    for _ in range(20_000):
        x, z = turned(0, -chance.between(330, 950), chance.between(0, 360))
        place = (round(CENTRE[0] + x), round(CENTRE[1] + z))
        turn = 5 * chance.below(72)
        if (min(distance_to_line(place, road.points) for road in ROADS) < 75
                or distance_to_line(place, RIVER) < 130
                or math.dist(place, LAKE) < LAKE_RADII[0] + 90 or math.dist(place, QUARRY) < 340
                or any(math.dist(place, farm.place) < 140 for farm in farms)
                or terrain.slope_at(*place, 40) > 0.16):
            continue
        farm = Farm(place, turn, round(terrain.height_at(*place), 1))
        terrain.level(farm.place, _RADIUS, 45, farm.height)
        farms.append(farm)
        if len(farms) == _COUNT:
            return farms
    raise ValueError(f"--seed {seed} has room for {len(farms)} farms, {_COUNT} are wanted: the land "
                     "is too steep; take another seed")


def _fence() -> Mesh:
    """A post and the 4 m to the next one; low enough to jump on, too high to walk over."""
    mesh = box("timber", (-_POST_EVERY / 2 + 0.2, -0.6, -0.15), (_POST_EVERY / 2 - 0.2, 0.95, 0.15))
    x = -_POST_EVERY / 2
    return mesh.add(box("bark", (x - 0.2, -1, -0.2), (x + 0.2, 1.15, 0.2)))


def _field() -> Mesh:
    """Rows of crop beside the yard: drawn only."""
    mesh = Mesh()
    for row in range(9):
        z = -16 + 4 * row
        mesh.add(box("crop", (-9, -0.4, z - 1.2), (9, 0.35, z + 1.2)))
    return mesh


def _fence_places() -> list[tuple[float, float, int]]:
    """x, z and turn of all stretches round the yard, but for the gap of a gate to the south."""
    x, z = _YARD
    along_x = [(-x + _POST_EVERY * (i + 0.5)) for i in range(int(2 * x / _POST_EVERY))]
    along_z = [(-z + _POST_EVERY * (i + 0.5)) for i in range(int(2 * z / _POST_EVERY))]
    places = [(at, -z, 0) for at in along_x] + [(at, z, 180) for at in along_x if abs(at) > 3]
    return places + [(-x, at, 270) for at in along_z] + [(x, at, 90) for at in along_z]


def build_farms(farms: list[Farm]) -> Model:
    """The origin is the middle of the zone at height 0."""
    model = Model()
    houses = HouseBuilder(model)
    fence, field = model.mesh(_fence()), model.mesh(_field())
    for number, farm in enumerate(farms, 1):
        at = (farm.place[0] - CENTRE[0], farm.height, farm.place[1] - CENTRE[1])

        def in_yard(x: float, z: float) -> tuple[float, float, float]:
            east, south = turned(x, z, farm.turn_deg)
            return (at[0] + east, at[1], at[2] + south)
        houses.build(LONG_HOUSE, f"farm_{number}", in_yard(-10, -8), farm.turn_deg)
        houses.build(BARN, f"barn_{number}", in_yard(11, -7), farm.turn_deg)
        yard = model.node(at=at, turn_deg=farm.turn_deg)
        model.node(field, (33, 0, 0), parent=yard, extras={"collision": False})
        fences = model.node(parent=yard, extras={"walkable": False})
        for x, z, turn in _fence_places():
            model.node(fence, (x, 0, z), turn, fences)
    return model
