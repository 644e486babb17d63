# SPDX-License-Identifier: MIT
"""The barrow: a burial mound on three levels, cut out of one block of rock.

    level  0:  entrance hall -> guard room -> shrine (west)
    level -6:  great hall with a bridge over the pit, tomb (north), armoury (east), ossuary (west)
    level -18: the floor of the pit, and the crypt beside it

Every room can be left on two ways but the hall and the tomb. The origin is the middle of the zone.
"""
from dataclasses import dataclass

from .blocks import Blocks
from .glb import Model
from .house import door_panel
from .mesh import Mesh, Point, box, column, prism, stairs
from .noise import Stream

SIZE = 256.0
LEVEL = -6.0
PIT = -18.0
_MARGIN = 100.0  # half of the side of the rock
ENTRANCE_Z, EXIT_Z = 76.0, 90.0  # where one arrives, and the end of the way out


@dataclass(frozen=True)
class Room:
    name: str
    low: Point
    high: Point


ROOMS = (
    Room("entrance_hall", (-8, 0, 60), (8, 6, 84)),
    Room("guard_room", (-9, 0, 24), (9, 5, 40)),
    Room("shrine", (-60, 0, 20), (-40, 7, 44)),
    Room("armoury", (46, LEVEL, 22), (66, -1, 42)),
    Room("great_hall", (-20, LEVEL, -46), (20, 4, -6)),
    Room("tomb", (-10, LEVEL, -74), (10, 0, -52)),
    Room("ossuary", (-66, LEVEL, -20), (-46, -1, 4)),
    Room("crypt", (50, PIT, -38), (70, -13, -18)),
)
_CHASM = Room("pit", (-20, PIT, -34), (20, LEVEL, -22))  # below the great hall

# Corridors are 3 m wide and 3.2 m high; wells of stairs and ramps reach from floor to ceiling.
_PASSAGES = (
    ((-1.5, 0, 84), (1.5, 3.2, 90)),  # out of the hall, back to the vale
    ((-1.5, 0, 40), (1.5, 3.2, 60)),  # hall to guard room
    ((-40, 0, 30.5), (-9, 3.2, 33.5)),  # guard room to shrine
    ((9, 0, 30.5), (34, 3.2, 33.5)),  # guard room to the eastern stairs
    ((34, LEVEL, 30.5), (46, 3.2, 33.5)),  # the eastern stairs
    ((-1.5, 0, 14), (1.5, 3.2, 24)),  # guard room to the ramp
    ((-2, LEVEL, -6), (2, 3.2, 14)),  # the ramp to the great hall
    ((-1.5, LEVEL, -52), (1.5, -2.8, -46)),  # great hall to tomb
    ((-52, LEVEL, 4), (-48, 3.2, 20)),  # the western ramp
    ((-46, LEVEL, -15.5), (-20, -2.8, -12.5)),  # ossuary to great hall
    ((20, PIT, -29.5), (50, -14.8, -26.5)),  # pit to crypt
    ((57, PIT, -18), (60, -2.8, 2)),  # the long stairs
    ((57, LEVEL, 2), (60, -2.8, 22)),  # the long stairs to the armoury
)

# Names, the middle of the foot, and whether the door closes a way along x.
_DOORS = (
    ("barrow_hall_door", (0, 0, 59.5), False),
    ("barrow_shrine_door", (-39.5, 0, 32), True),
    ("barrow_tomb_door", (0, LEVEL, -46.5), False),
    ("barrow_armoury_door", (58.5, LEVEL, 21.5), False),
)


def _rock() -> Mesh:
    blocks = Blocks().add((-_MARGIN, -24, -_MARGIN), (_MARGIN, 12, _MARGIN), "crypt", "flagstone",
                          "cave")
    for room in (*ROOMS, _CHASM):
        blocks.cut(room.low, room.high)
    for low, high in _PASSAGES:
        blocks.cut(low, high)
    for name, (x, y, z), across in _DOORS:
        # A frame: two posts that leave 2 m for the door, and a lintel.
        half = (0.3, 1.5) if across else (1.5, 0.3)
        blocks.add((x - half[0], y, z - half[1]), (x + half[0], y + 3.2, z + half[1]), "stone_dark")
        gap = (0.3, 1.0) if across else (1.0, 0.3)
        blocks.cut((x - gap[0], y, z - gap[1]), (x + gap[0], y + 2.6, z + gap[1]))
    return blocks.mesh()


def _flights() -> Mesh:
    """Stairs and ramps, each filling its well from wall to wall."""
    mesh = Mesh()
    # Down to the east: made rising to the west, 24 steps, the upper end at x = 34.
    eastern = stairs("stone", 24, 0.25, 0.4, 3.2, 1.2, 0.5)
    mesh.add(eastern, (44.4, LEVEL, 33.6), 180)
    # Up to the south from the crypt: 48 steps.
    mesh.add(stairs("stone", 48, 0.25, 0.38, 3.2, 1.2, 0.5), (60.1, PIT, -17.06), 90)
    for x, z, length, width in ((0, -6, 20, 4.2), (-50, 4, 16, 4.2)):
        # Rising to the south; its upper end dips below the floor that it meets.
        outline = [(0, -0.5), (length + 0.3, -0.5), (length + 0.3, 5.8), (length, 6), (0, -0.1)]
        ramp = prism("stone", outline, -width / 2, width / 2)
        mesh.add(ramp, (x, LEVEL, z), 90)
    return mesh


def _bridge() -> Mesh:
    """Over the pit, a little arched below; its deck is level with the hall."""
    outline = [(-34.4, LEVEL - 1.6), (-31, LEVEL - 1), (-28, LEVEL - 0.8), (-25, LEVEL - 1),
               (-21.6, LEVEL - 1.6), (-21.6, LEVEL + 0.06), (-34.4, LEVEL + 0.06)]
    # Outlines have their x to the east; a quarter makes it look south.
    mesh = Mesh().add(prism("stone", outline, -1.75, 1.75), turn_deg=90)
    for x in (-1.6, 1.6):
        mesh.add(box("stone_dark", (x - 0.2, LEVEL - 0.2, -33.6), (x + 0.2, LEVEL + 0.9, -22.4)))
    return mesh


def _pillar(height: float) -> Mesh:
    mesh = column("stone", 8, [(-0.3, 1.0), (0.5, 1.0)])
    mesh.add(column("stone", 8, [(0.4, 0.7), (height - 0.4, 0.7)]))
    return mesh.add(column("stone", 8, [(height - 0.5, 1.0), (height + 0.2, 1.0)]))


def _pillars(model: Model) -> None:
    groups = (
        (5, 0, ((-5, 28), (5, 28), (-5, 36), (5, 36))),
        (6, 0, ((-5, 66), (5, 66), (-5, 78), (5, 78))),
        (7, 0, ((-55, 26), (-45, 26), (-55, 38), (-45, 38))),
        (10, LEVEL, ((-10, -10), (10, -10), (-10, -18), (10, -18), (-10, -38), (10, -38))),
        (5, LEVEL, ((-61, -15), (-51, -15), (-61, -2), (-51, -2))),
        (6, LEVEL, ((-6, -58), (6, -58), (-6, -68), (6, -68))),
        (5, PIT, ((55, -33), (65, -33), (55, -23), (65, -23))),
    )
    pillars = model.node(name="pillars", extras={"walkable": False})
    for height, floor, places in groups:
        mesh = model.mesh(_pillar(height))
        for x, z in places:
            model.node(mesh, (x, floor, z), parent=pillars)


def _things(model: Model, chance: Stream) -> None:
    """What stands about: sarcophagi, an altar, racks, bones and braziers."""
    sarcophagus = box("stone_light", (-0.8, -0.1, -1.3), (0.8, 0.9, 1.3))
    sarcophagus.add(box("bronze", (-0.7, 0.85, -1.2), (0.7, 1.05, 1.2)))
    coffin = model.mesh(sarcophagus)
    altar = model.mesh(box("bone", (-2, -0.1, -0.8), (2, 1.0, 0.8)))
    rack = model.mesh(box("timber", (-1.5, -0.1, -0.3), (1.5, 1.7, 0.3)))
    rubble = model.mesh(box("bone", (-0.5, -0.1, -0.4), (0.5, 0.5, 0.4)))
    things = model.node(name="things", extras={"walkable": False})
    for x, z in ((0, -66), (-6.5, -63), (6.5, -63)):
        model.node(coffin, (x, LEVEL, z), parent=things)
    for x in (53, 60, 67):
        model.node(coffin, (x, PIT, -35), parent=things)
    model.node(altar, (-57, 0, 32), 90, things)
    for z in (25, 30, 35, 39):
        model.node(rack, (65, LEVEL, z), 90, things)
    for _ in range(14):
        at = (chance.between(-65, -53), LEVEL, chance.between(-13, -4))
        model.node(rubble, at, chance.below(360), things)
    brazier = model.mesh(column("bronze", 6, [(-0.1, 0.35), (0.7, 0.25), (1.0, 0.5)]))
    fire = model.mesh(column("glow", 6, [(0.95, 0.4), (1.5, 0.1)]))
    for at in ((-7, 0, 62), (7, 0, 62), (-7, 0, 82), (7, 0, 82), (-8, 0, 39), (8, 0, 39),
               (-58, 0, 22), (-58, 0, 42), (-18, LEVEL, -8), (18, LEVEL, -8), (-18, LEVEL, -44),
               (18, LEVEL, -44), (-8, LEVEL, -72), (8, LEVEL, -72), (48, LEVEL, 40),
               (-48, LEVEL, -18), (52, PIT, -20), (-18, PIT, -32), (18, PIT, -32)):
        model.node(brazier, at, parent=things)
        model.node(fire, at, extras={"collision": False})


def build_dungeon(seed: int) -> Model:
    chance = Stream(seed, "barrow")
    model = Model()
    model.node(model.mesh(_rock()), name="rock")
    # Nobody is to find a way on top of the rock.
    lid = box("crypt", (-_MARGIN - 0.5, 11.8, -_MARGIN - 0.5), (_MARGIN + 0.5, 12.6, _MARGIN + 0.5))
    model.node(model.mesh(lid), name="lid", extras={"walkable": False})
    model.node(model.mesh(_flights()), name="flights")
    model.node(model.mesh(_bridge()), name="bridge")
    _pillars(model)
    _things(model, chance)
    gate = box("glow", (-1.4, 0, EXIT_Z - 0.3), (1.4, 3, EXIT_Z - 0.1))
    model.node(model.mesh(gate), name="way_out", extras={"collision": False})
    panel = model.mesh(door_panel(2, 2.6, 0.3))
    for name, at, across in _DOORS:
        model.node(panel, at, 90 if across else 0, extras={"door": name})
    for room in (*ROOMS, _CHASM):
        area = model.mesh(box("glow", room.low, room.high))
        properties = ["indoor", "safe"] if room.name == "entrance_hall" else ["indoor"]
        model.node(area, extras={"area": room.name, "properties": properties, "collision": False})
    for x in (-3, 0, 3):
        model.node(at=(x, 0, 80), name="spawn", extras={"spawn": True, "facing_deg": 0})
    return model
