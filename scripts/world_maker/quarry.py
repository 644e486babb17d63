# SPDX-License-Identifier: MIT
"""A quarry: a pit with a terrace, two ramps, and a cave that goes into the hill.

The pit and the cave's trench are cut into the height map; ramps and the rock over the trench are
meshes. Places are from QUARRY; heights are those of the zone. The cave runs to the north.
"""
from .glb import Model
from .layout import QUARRY, QUARRY_FLOOR, QUARRY_TERRACE, QUARRY_TOP
from .mesh import Flat, Mesh, box, column, loft, prism
from .noise import Stream
from .terrain import Terrain

_CAVE_X = -12.0  # the middle of the cave
CAVE_END = (_CAVE_X, -111.0)  # where it leads into the barrow
_BURIED = QUARRY_FLOOR - 2.5

# Along the cave, from its end to its mouth: z, half widths outside and inside, heights of the
# rock's edge and of the ceiling. The rock covers the trench, whose sides are 8 m wide.
_SECTIONS = (
    (-113, 32, 9.0, 34.3, 15.0), (-108, 32, 14.0, 34.3, 17.5), (-101, 32, 17.0, 34.3, 19.5),
    (-94, 32, 17.5, 34.3, 20.0), (-87, 32, 14.5, 34.3, 18.0), (-81, 32, 8.0, 34.3, 15.0),
    (-76, 32, 3.2, 34.3, 14.2), (-70, 32, 2.6, 34.3, 13.8), (-66, 16, 2.9, 34.3, 14.0),
    (-60, 16, 2.5, 34.3, 13.6), (-54, 16, 3.0, 34.3, 14.2), (-49, 16, 2.7, 34.3, 14.0),
    (-45, 15, 2.9, 30.0, 14.4), (-41, 13, 3.2, 24.0, 15.0), (-37.5, 10, 3.6, 18.5, 15.6))


def shape_quarry(terrain: Terrain) -> None:
    """Levels the hill; before the roads."""
    terrain.level(QUARRY, 160, 150, QUARRY_TOP)


def dig_quarry(terrain: Terrain) -> None:
    """Cuts terrace, pit and cave; after the roads."""
    for low, high, height in (((-80, -40), (80, 64), QUARRY_TERRACE),
                              ((-64, -40), (40, 32), QUARRY_FLOOR),
                              ((-16, -72), (-8, -40), QUARRY_FLOOR),
                              ((-32, -112), (8, -80), QUARRY_FLOOR)):
        terrain.set_rectangle((QUARRY[0] + low[0], QUARRY[1] + low[1]),
                              (QUARRY[0] + high[0], QUARRY[1] + high[1]), height)


def _section(outer: float, inner: float, edge: float, ceiling: float, chance: Stream) -> list[Flat]:
    """The rock over the cave: outside from the right over the top, inside from the left back."""
    def uneven(x: float, y: float, by: float) -> Flat:
        return (_CAVE_X + x + chance.between(-by, by), y + chance.between(-by, by))
    spring = QUARRY_FLOOR + (ceiling - QUARRY_FLOOR) * 0.5
    haunch = QUARRY_FLOOR + (ceiling - QUARRY_FLOOR) * 0.85
    mound = edge + outer * 0.13  # the rock is a low hill upon the hill
    return [(_CAVE_X + outer, _BURIED), (_CAVE_X + outer, edge), uneven(outer / 2, mound, 0.7),
            uneven(-outer / 2, mound, 0.7), (_CAVE_X - outer, edge), (_CAVE_X - outer, _BURIED),
            (_CAVE_X - inner, _BURIED), uneven(-inner, spring, 0.25),
            uneven(-inner * 0.6, haunch, 0.25), uneven(0, ceiling, 0.25),
            uneven(inner * 0.6, haunch, 0.25), uneven(inner, spring, 0.25),
            (_CAVE_X + inner, _BURIED)]


def _cave(chance: Stream) -> Mesh:
    tunnel = loft("cave", [(z, _section(outer, inner, edge, ceiling, chance))
                           for z, outer, inner, edge, ceiling in _SECTIONS], end="rock")
    west, east = _CAVE_X - 31.5, _CAVE_X + 31.5
    back = loft("cave", [(z, [(west, _BURIED), (east, _BURIED), (east, 34.1),
                              (_CAVE_X + 15, crest), (_CAVE_X - 16, crest - 0.6), (west, 34.1)])
                         for z, crest in ((-130, 34.6), (-112.5, 38.2))])
    tunnel.add(back)
    for x, z, width in ((-6.5, -95, 1.0), (6, -99, 1.3), (2, -88, 0.8)):
        rings = [(_BURIED, 1.9 * width), (11.5, 1.3 * width), (15, width), (23, 1.9 * width)]
        tunnel.add(column("rock", 7, rings), (_CAVE_X + x, 0, z), round(chance.between(0, 50)))
    return tunnel


def _ramps() -> Mesh:
    """From the floor up to the terrace, to the east, and on to the top, to the south."""
    rise = QUARRY_TERRACE - QUARRY_FLOOR
    # Each is level where the terrain's own slope comes up to the edge.
    low = [(0, -2), (29, -2), (29, rise + 0.05), (24, rise + 0.05), (0, -0.1)]
    mesh = Mesh().add(prism("path", low, 0, 6, end="stone_dark"), (23, QUARRY_FLOOR, 4))
    rise = QUARRY_TOP - QUARRY_TERRACE
    high = [(0, -2), (29.5, -2), (29.5, rise + 0.05), (24.5, rise + 0.05), (0, -0.1)]
    # Turned by a quarter its x looks south.
    ramp = Mesh().add(prism("path", high, -3, 3, end="stone_dark"), turn_deg=90)
    return mesh.add(ramp, (0, QUARRY_TERRACE, 46.5))


def _cut_stones(chance: Stream) -> Mesh:
    """Blocks ready to be carted off, in rows on the floor."""
    mesh = Mesh()
    for i in range(9):
        x, z = -52 + 5.0 * (i % 3), 6 + 4.0 * (i // 3)
        height = round(chance.between(0.8, 1.6), 2)
        stone = box("stone_light", (-1.2, -0.3, -0.8), (1.2, height, 0.8))
        mesh.add(stone, (x, QUARRY_FLOOR, z), round(chance.between(-8, 8)))
    return mesh


def build_quarry(seed: int) -> Model:
    chance = Stream(seed, "quarry")
    model = Model()
    model.node(model.mesh(_cave(chance)), name="cave")
    model.node(model.mesh(_ramps()), name="ramps")
    gate = box("glow", (-2.4, QUARRY_FLOOR, -0.1), (2.4, QUARRY_FLOOR + 3, 0.1))
    model.node(model.mesh(gate), (CAVE_END[0], 0, CAVE_END[1] - 0.6), name="barrow_gate",
               extras={"collision": False})
    model.node(model.mesh(_cut_stones(chance)), name="cut_stones", extras={"walkable": False})
    area = model.mesh(box("cave", (_CAVE_X - 18, QUARRY_FLOOR - 1, -113), (_CAVE_X + 18, 21, -39)))
    model.node(area, extras={"area": "quarry_cave", "properties": ["indoor"], "collision": False})
    return model
