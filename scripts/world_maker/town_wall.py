# SPDX-License-Identifier: MIT
"""The town's walls: battlements one can walk round on, four gates with towers, stairs inside.

One side is made, the northern, with its gate and its eastern corner tower; the other three are the
same side turned. The origin is the middle of the town, at the height of the ground.
"""
from .blocks import Blocks
from .glb import Model
from .house import door_panel
from .layout import WALL_DISTANCE
from .mesh import Mesh, box, prism, ring, loft, along_y, stairs

WALK = 5.0  # height of the walkway
OUTER, INNER = -WALL_DISTANCE - 1.6, -WALL_DISTANCE + 1.6
PARAPET = 0.5  # its thickness
GATE = 4.0  # half of its width
GATE_HEIGHT = 4.4
TOWER = 11.0  # the gate towers reach from GATE to here
CORNER = WALL_DISTANCE - 4.5  # the corner towers begin here
ROOM_TOP, TOWER_TOP = 8.2, 9.0
DEPTH = -3.0  # of all foundations
STAIRS_AT = (24.0, -40.0)  # x of the foot of each flight
SIDES = ("north", "east", "south", "west")


def _tower(blocks: Blocks, x0: float, x1: float, z0: float, z1: float) -> None:
    """Solid up to the walkway, with a room upon it."""
    blocks.add((x0, DEPTH, z0), (x1, TOWER_TOP, z1), "stone", "stone_dark", "stone_dark")
    blocks.cut((x0 + 0.8, WALK, z0 + 0.8), (x1 - 0.8, ROOM_TOP, z1 - 0.8))


def _side() -> Mesh:
    """Everything solid of one side but its merlons and roofs."""
    blocks = Blocks()
    for x0, x1 in ((-CORNER, -TOWER), (TOWER, CORNER)):
        blocks.add((x0, DEPTH, OUTER), (x1, WALK, INNER), "stone", "stone_light")
        blocks.add((x0, WALK, OUTER), (x1, WALK + 1.1, OUTER + PARAPET), "stone", "stone_light")
    blocks.add((-GATE, GATE_HEIGHT, OUTER), (GATE, WALK, INNER), "stone", "stone_light")
    for z in (OUTER, INNER - PARAPET):
        blocks.add((-GATE, WALK, z), (GATE, WALK + 1.1, z + PARAPET), "stone", "stone_light")
    middle = -WALL_DISTANCE
    for x0, x1 in ((-TOWER, -GATE), (GATE, TOWER)):
        _tower(blocks, x0, x1, middle - 4, middle + 4)
        for wall in (x0, x1 - 0.8):
            blocks.cut((wall, WALK, middle - 0.9), (wall + 0.8, WALK + 2.4, middle + 0.9))
    far = CORNER + 9
    _tower(blocks, CORNER, far, -far, -CORNER)
    blocks.cut((CORNER, WALK, middle - 0.9), (CORNER + 0.8, WALK + 2.4, middle + 0.9))
    blocks.cut((-middle - 0.9, WALK, -CORNER - 0.8), (-middle + 0.9, WALK + 2.4, -CORNER))
    mesh = blocks.mesh()
    for x in STAIRS_AT:
        flight = stairs("stone_light", 20, WALK / 20, 0.35, 2.1, 2.0, 1.5)
        mesh.add(flight, (x, 0, INNER - 0.1))
    return mesh


def _merlons() -> Mesh:
    mesh = Mesh()
    places = [sign * (TOWER + 1.4 + 2.6 * i) for i in range(36) for sign in (-1, 1)]
    for x in places + [-2.6, 0, 2.6]:
        mesh.add(box("stone", (x - 0.6, WALK + 1.0, OUTER + 0.02),
                     (x + 0.6, WALK + 1.9, OUTER + PARAPET - 0.02)))
    return mesh


def _spire(width: float, depth: float, height: float) -> Mesh:
    """A hipped roof over a tower, from its eaves to a short ridge."""
    def rectangle(x: float, z: float) -> list[tuple[float, float]]:
        return [(-x, -z), (x, -z), (x, z), (-x, z)]
    return loft("slate", [(-0.1, rectangle(width / 2 + 0.5, depth / 2 + 0.5)),
                          (0.3, rectangle(width / 2 + 0.5, depth / 2 + 0.5)),
                          (height, rectangle(0.3, 0.3))], along_y)


def build_walls(model: Model) -> None:
    side, merlons = model.mesh(_side()), model.mesh(_merlons())
    gate_roof, corner_roof = model.mesh(_spire(7, 8, 4.5)), model.mesh(_spire(9, 9, 6))
    wing = model.mesh(door_panel(GATE, GATE_HEIGHT, 0.3))
    banner = model.mesh(prism("cloth_red", ring(4, 0.6), 5.2, 7.6, along_y))
    for number, name in enumerate(SIDES):
        root = model.node(turn_deg=90 * number, name=f"{name}_wall")
        model.node(side, parent=root)
        model.node(merlons, parent=root, extras={"walkable": False})
        roofs = model.node(parent=root, extras={"walkable": False})
        for x in (-(GATE + TOWER) / 2, (GATE + TOWER) / 2):
            model.node(gate_roof, (x, TOWER_TOP, -WALL_DISTANCE), parent=roofs)
            model.node(banner, (x, 0, -WALL_DISTANCE - 4), parent=root, extras={"collision": False})
        model.node(corner_roof, (WALL_DISTANCE, TOWER_TOP, -WALL_DISTANCE), parent=roofs)
        for x, hand in ((-GATE / 2, "left"), (GATE / 2, "right")):
            model.node(wing, (x, 0.03, -WALL_DISTANCE), parent=root,
                       extras={"door": f"{name}_gate_{hand}"})
