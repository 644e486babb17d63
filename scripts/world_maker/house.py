# SPDX-License-Identifier: MIT
"""Houses one can enter: walls with a foundation, rooms, stairs, furniture, a roof and a door.

A house stands on level ground at y = 0 with its door to the south (+z). Its floor is one low step
above the ground. The shell is one solid; so is each piece of furniture.
"""
from dataclasses import dataclass

from .blocks import Blocks
from .glb import Model
from .mesh import Mesh, Point, box, prism, stairs

WALL = 0.35
FLOOR = 0.15  # above the ground: stepped up without a jump
FOUNDATION = 3.0  # below the ground
DOOR_HEIGHT = 2.3
STOREY = 3.12  # from floor to floor: 13 steps of 24 cm
SLAB = 0.27
STAIR_STEPS, STAIR_TREAD, STAIR_WIDTH = 13, 0.35, 1.6


@dataclass(frozen=True)
class Partition:
    """An inner wall along z at x, with a gap of 1.4 m about `gap_z`."""
    x: float
    gap_z: float
    storey: int = 0


@dataclass(frozen=True)
class Piece:
    """Furniture: what it is, where the middle of its foot stands, and its turn in quarters."""
    kind: str
    x: float
    z: float
    turn_deg: float = 0
    storey: int = 0


@dataclass(frozen=True)
class HousePlan:
    name: str
    width: float  # along x
    depth: float  # along z
    storeys: int
    wall: str
    roof: str
    door_x: float
    door_width: float = 1.6
    room_height: float = 2.85  # of the highest storey
    roof_height: float = 3.4
    partitions: tuple[Partition, ...] = ()
    furniture: tuple[Piece, ...] = ()
    pillars: tuple[tuple[float, float], ...] = ()
    chimney: bool = True
    dais: tuple[float, float] | None = None  # width and depth of a step by the northern wall

    @property
    def wall_top(self) -> float:
        return round(FLOOR + STOREY * (self.storeys - 1) + self.room_height, 2)


# Sizes along x, up and along z. Shelves, chests and beds have their backs to the north.
FURNITURE = {
    "bed": ("cloth_blue", 1.1, 0.5, 2.0),
    "bed_red": ("cloth_red", 1.1, 0.5, 2.0),
    "table": ("planks", 1.6, 0.8, 0.9),
    "long_table": ("planks", 3.6, 0.8, 1.0),
    "bench": ("timber", 1.6, 0.45, 0.4),
    "shelf": ("timber", 1.4, 1.9, 0.4),
    "chest": ("timber", 0.9, 0.6, 0.5),
    "counter": ("planks", 3.0, 1.1, 0.7),
    "hearth": ("stone_dark", 1.6, 1.3, 0.8),
    "anvil": ("stone_dark", 0.9, 0.8, 0.5),
    "throne": ("timber", 1.0, 1.4, 0.9),
}


def floor_of(storey: int) -> float:
    return round(FLOOR + STOREY * storey, 2)


def shell(plan: HousePlan) -> Mesh:
    """Foundation, floors and walls as one solid, and the stairs."""
    x, z = plan.width / 2, plan.depth / 2
    inner_x, inner_z = x - WALL, z - WALL
    blocks = Blocks().add((-x, -FOUNDATION, -z), (x, plan.wall_top, z), plan.wall, "planks",
                          "planks")
    for storey in range(plan.storeys):
        _build_storey(blocks, plan, storey)
    if plan.dais:
        width, depth = plan.dais
        blocks.add((-width / 2, FLOOR, -inner_z), (width / 2, FLOOR + 0.3, depth - inner_z),
                   "planks")
    half = plan.door_width / 2
    blocks.cut((plan.door_x - half, FLOOR, inner_z), (plan.door_x + half, FLOOR + DOOR_HEIGHT, z))
    if plan.storeys == 1:
        return blocks.mesh()
    start = _stair_start(plan)
    end = start - STAIR_TREAD * (STAIR_STEPS - 1)
    # No ceiling above the stairs but over the lowest step: heads need room on the way up.
    blocks.cut((-inner_x, floor_of(1) - SLAB, end),
               (STAIR_WIDTH - inner_x, floor_of(1), start - STAIR_TREAD))
    flight = stairs("planks", STAIR_STEPS - 1, STOREY / STAIR_STEPS, STAIR_TREAD,
                    STAIR_WIDTH + 0.05, STAIR_TREAD, 0.05)
    return blocks.mesh().add(flight, (-inner_x - 0.05, FLOOR, start), 270)


def _build_storey(blocks: Blocks, plan: HousePlan, storey: int) -> None:
    """Cuts out a storey; puts its inner walls and pillars in."""
    inner_x, inner_z = plan.width / 2 - WALL, plan.depth / 2 - WALL
    floor = floor_of(storey)
    ceiling = plan.wall_top if storey == plan.storeys - 1 else floor_of(storey + 1) - SLAB
    blocks.cut((-inner_x, floor, -inner_z), (inner_x, ceiling, inner_z))
    for wall in plan.partitions:
        if wall.storey == storey:
            west, east = wall.x - 0.15, wall.x + 0.15
            blocks.add((west, floor, -inner_z), (east, ceiling, inner_z), plan.wall)
            blocks.cut((west, floor, wall.gap_z - 0.7),
                       (east, floor + DOOR_HEIGHT, wall.gap_z + 0.7))
    for x, z in plan.pillars:
        blocks.add((x - 0.25, floor, z - 0.25), (x + 0.25, ceiling, z + 0.25), "timber")


def _stair_start(plan: HousePlan) -> float:
    """Where along z the stairs begin; they rise to the north beside the western wall."""
    return round(plan.depth / 2 - WALL - 2.2, 2)


def roof(plan: HousePlan) -> Mesh:
    """A gable roof with its ridge along the longer side, and a chimney if there is one."""
    low, high = plan.wall_top - 0.05, plan.wall_top + plan.roof_height
    along_x_axis = plan.width > plan.depth
    span, length = sorted((plan.width, plan.depth))
    outline = [(-span / 2 - 0.5, low), (span / 2 + 0.5, low), (span / 2 + 0.5, low + 0.25),
               (0, high), (-span / 2 - 0.5, low + 0.25)]
    gable = prism(plan.roof, outline, -length / 2 - 0.4, length / 2 + 0.4, end="timber")
    mesh = Mesh().add(gable, turn_deg=90 if along_x_axis else 0)
    if not plan.chimney:
        return mesh
    chimney = (span / 4, length / 4)
    cx, cz = chimney[::-1] if along_x_axis else chimney
    return mesh.add(box("stone_dark", (cx - 0.4, low + 0.3, cz - 0.4),
                        (cx + 0.4, high + 0.5, cz + 0.4)))


def furniture(plan: HousePlan) -> Mesh:
    mesh = Mesh()
    for piece in plan.furniture:
        material, width, height, depth = FURNITURE[piece.kind]
        solid = box(material, (-width / 2, -0.05, -depth / 2), (width / 2, height, depth / 2))
        mesh.add(solid, (piece.x, floor_of(piece.storey), piece.z), piece.turn_deg)
    return mesh


def windows(plan: HousePlan) -> Mesh:
    """Panes that show on both faces of the walls. They are drawn only; the wall behind is whole."""
    mesh = Mesh()
    out = WALL / 2 + 0.04

    def pane(x: float, z: float, half_x: float, half_z: float, low: float) -> None:
        mesh.add(box("glass", (x - half_x, low, z - half_z), (x + half_x, low + 1.1, z + half_z)))
    for storey in range(plan.storeys):
        low = floor_of(storey) + 1.0
        for side in (-1, 1):
            for z in (-plan.depth / 4, plan.depth / 4):
                pane(side * (plan.width - WALL) / 2, z, out, 0.45, low)
            for x in (-plan.width / 4, plan.width / 4):
                at_door = abs(x - plan.door_x) < plan.door_width / 2 + 0.6
                if side < 0 or storey > 0 or not at_door:
                    pane(x, side * (plan.depth - WALL) / 2, 0.45, out, low)
    return mesh


def door_panel(width: float, height: float, thickness: float = 0.2) -> Mesh:
    """A closed door, with 2 cm of air on each side. The middle of its foot is the origin."""
    return box("timber", (0.02 - width / 2, 0.02, -thickness / 2),
               (width / 2 - 0.02, height - 0.02, thickness / 2))


def rooms(plan: HousePlan) -> Mesh:
    """The space inside, from the lowest floor to the roof: an area, not a solid."""
    x, z = plan.width / 2 - WALL, plan.depth / 2 - WALL
    return box("glass", (-x, FLOOR - 0.1, -z), (x, plan.wall_top, z))


class HouseBuilder:
    """Puts houses into a model; those of one plan share their meshes."""

    def __init__(self, model: Model):
        self._model = model
        self._meshes: dict[str, dict[str, int]] = {}

    def build(self, plan: HousePlan, name: str, at: Point, turn_deg: float) -> None:
        """`name` becomes the name of the house's area and, with _door behind it, of its door."""
        meshes = self._meshes.get(plan.name)
        if meshes is None:
            meshes = {kind: self._model.mesh(make) for kind, make in (
                ("shell", shell(plan)), ("roof", roof(plan)), ("furniture", furniture(plan)),
                ("windows", windows(plan)), ("rooms", rooms(plan)),
                ("door", door_panel(plan.door_width, DOOR_HEIGHT)))}
            self._meshes[plan.name] = meshes
        house = self._model.node(at=at, turn_deg=turn_deg, name=name)
        self._model.node(meshes["shell"], parent=house)
        self._model.node(meshes["furniture"], parent=house, extras={"walkable": False})
        self._model.node(meshes["roof"], parent=house, extras={"walkable": False})
        self._model.node(meshes["windows"], parent=house, extras={"collision": False})
        self._model.node(meshes["rooms"], parent=house,
                         extras={"area": name, "properties": ["indoor"], "collision": False})
        self._model.node(meshes["door"], (plan.door_x, FLOOR, (plan.depth - WALL) / 2),
                         parent=house, extras={"door": f"{name}_door"})
