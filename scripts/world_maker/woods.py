# SPDX-License-Identifier: MIT
"""Trees and rocks: thousands of nodes that share a few meshes."""
import math

from .farms import Farm
from .glb import Model
from .layout import CENTRE, QUARRY, RIVER, ROADS, SIZE, WATER_LEVEL, Place
from .mesh import Mesh, blob, column, cone
from .noise import Stream, smooth, value_noise
from .terrain import Terrain, distance_to_line

# Woods: middle and radius. Between them stand single trees.
_WOODS = (((1000, 1050), 430), ((3150, 880), 400), ((3200, 3080), 460), ((780, 3260), 380),
          ((2480, 2720), 230), ((2360, 1350), 200), ((1320, 2330), 150))
_SPACING = 18.0
QUARTERS = ("north_west", "north_east", "south_west", "south_east")


def _is_free(place: Place, terrain: Terrain, farms: list[Farm], gap: float) -> bool:
    """Off roads, water, steep slopes and all that is built."""
    x, z = place
    return (math.dist(place, CENTRE) > 190
            and max(abs(x - QUARRY[0]), abs(z - QUARRY[1])) > 140
            and terrain.height_at(x, z) > WATER_LEVEL + 1
            and terrain.slope_at(x, z) < 0.75
            and all(math.dist(place, farm.place) > 50 for farm in farms)
            and distance_to_line(place, RIVER) > 26
            and all(distance_to_line(place, road.points) > road.width / 2 + gap for road in ROADS))


def _density(seed: int, place: Place) -> float:
    """The chance of a tree at a place of the grid."""
    inside = max(1 - math.dist(place, middle) / radius for middle, radius in _WOODS)
    wood = smooth(3 * inside + 0.35 * value_noise(seed, place[0] / 70, place[1] / 70))
    return 0.012 + 0.75 * wood


def tree_places(seed: int, terrain: Terrain, farms: list[Farm]) -> list[tuple[float, float, int]]:
    """x, z and kind of all trees, from north to south."""
    chance = Stream(seed, "trees")
    trees = []
    for row in range(int(SIZE / _SPACING)):
        for column_number in range(int(SIZE / _SPACING)):
            x = (column_number + chance.between(0.1, 0.9)) * _SPACING
            z = (row + chance.between(0.1, 0.9)) * _SPACING
            lot, kind = chance.unit(), chance.below(3)
            if min(x, z, SIZE - x, SIZE - z) < 60 or lot > _density(seed, (x, z)):
                continue
            if _is_free((x, z), terrain, farms, 4):
                # Needles in the north and on high land, leaves elsewhere.
                needles = terrain.height_at(x, z) + (CENTRE[1] - z) / 60 > 42 + 10 * (lot * 100 % 1)
                trees.append((round(x, 1), round(z, 1), kind + (0 if needles else 3)))
    return trees


def tree(kind: int, chance: Stream) -> tuple[Mesh, Mesh]:
    """Trunk and crown; 0 to 2 are firs, 3 to 5 have leaves. The trunk reaches 1.5 m down."""
    if kind < 3:
        height, radius = 9 + 2.5 * kind, 0.28 + 0.06 * kind
        crown = cone("needles", 6, 2.4 + 0.4 * kind, 1.9, height * 0.62)
        crown.add(cone("needles", 6, 1.8 + 0.3 * kind, height * 0.42, height))
        return column("bark", 6, [(-1.5, radius * 1.3), (height * 0.5, radius * 0.7)]), crown
    size = kind - 3
    height, radius = 3.6 + 0.8 * size, 0.3 + 0.07 * size
    crown = Mesh()
    leaves = ("leaves", "leaves", "leaves_gold")[size]
    raised = blob(leaves, (2.6 + 0.5 * size, 2.2 + 0.4 * size, 2.6 + 0.5 * size),
                  lambda: chance.between(0.8, 1.15))
    crown.add(raised, (0, height + 1.1, 0))
    bark = "birch" if size == 2 else "bark"
    return column(bark, 6, [(-1.5, radius * 1.3), (height, radius * 0.8)]), crown


def build_woods(seed: int, terrain: Terrain, trees: list[tuple[float, float, int]],
                quarter: int) -> Model:
    """The trees of one quarter of the zone; the origin is the middle of the zone at height 0."""
    chance = Stream(seed, "tree shapes")
    model = Model()
    shapes = [tuple(model.mesh(part) for part in tree(kind, chance)) for kind in range(6)]
    trunks = model.node(name="trunks", extras={"walkable": False})
    crowns = model.node(name="crowns", extras={"collision": False})
    for x, z, kind in trees:
        if (x >= CENTRE[0]) + 2 * (z >= CENTRE[1]) == quarter:
            at = (x - CENTRE[0], round(terrain.height_at(x, z), 1), z - CENTRE[1])
            model.node(shapes[kind][0], at, parent=trunks)
            model.node(shapes[kind][1], at, parent=crowns)
    return model


def build_rocks(seed: int, terrain: Terrain, farms: list[Farm]) -> Model:
    """Boulders, half in the ground; the origin is the middle of the zone at height 0."""
    chance = Stream(seed, "rocks")
    model = Model()
    shapes = [model.mesh(blob("rock", radii, lambda: chance.between(0.75, 1.1)))
              for radii in ((1.6, 1.2, 1.3), (2.4, 1.5, 1.8), (1.2, 1.0, 1.2), (3.2, 2.4, 2.6))]
    rocks = model.node(name="rocks", extras={"walkable": False})
    left = 220
    while left > 0:
        x, z = chance.between(80, SIZE - 80), chance.between(80, SIZE - 80)
        if not _is_free((x, z), terrain, farms, 8):
            continue
        left -= 1
        at = (x - CENTRE[0], terrain.height_at(x, z) + 0.2, z - CENTRE[1])
        model.node(shapes[chance.below(4)], at, chance.below(360), rocks)
    return model
