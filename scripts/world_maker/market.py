# SPDX-License-Identifier: MIT
"""The market square: a well, a stage, stalls, crates and barrels. The origin is its middle."""
from .blocks import Blocks
from .glb import Model
from .mesh import Mesh, box, column, prism, turned
from .noise import Stream

MARKET = 36.0  # half of the side of the square


def _well() -> Mesh:
    mesh = column("stone", 8, [(-1, 1.3), (1.0, 1.3)])
    for x in (-1.1, 1.1):
        mesh.add(box("timber", (x - 0.15, 0.9, -0.15), (x + 0.15, 2.6, 0.15)))
    roof = [(-1.7, 2.5), (1.7, 2.5), (1.7, 2.65), (0, 3.6), (-1.7, 2.65)]
    return mesh.add(prism("tiles", roof, -1.2, 1.2))


def _stage() -> Mesh:
    return (Blocks().add((-4.5, -1, -3), (4.5, 0.3, 3), "planks")
            .add((-4.5, -1, -3), (4.5, 0.6, -1), "planks").mesh())


def _stall() -> Mesh:
    """The counter with two posts behind it; who buys stands to the south."""
    mesh = box("planks", (-1.6, -0.5, -0.7), (1.6, 1.1, 0.7))
    for x in (-1.5, 1.5):
        mesh.add(box("timber", (x - 0.15, -0.5, -1.1), (x + 0.15, 2.6, -0.8)))
    return mesh


def _awning(cloth: str) -> Mesh:
    outline = [(-1.3, 2.2), (1.3, 2.55), (1.3, 2.65), (-1.3, 2.3)]
    mesh = Mesh()
    for i, material in enumerate((cloth, "plaster", cloth, "plaster", cloth)):
        strip = prism(material, outline, -1.9 + 0.76 * i, -1.14 + 0.76 * i)
        mesh.add(strip, turn_deg=270)
    return mesh


def _barrel() -> Mesh:
    return column("timber", 8, [(-0.3, 0.35), (0.5, 0.45), (1.0, 0.35)], "planks")


def _crate() -> Mesh:
    return box("planks", (-0.5, -0.3, -0.5), (0.5, 1.0, 0.5))


def build_market(model: Model, seed: int) -> None:
    chance = Stream(seed, "market")
    model.node(model.mesh(_well()), name="well", extras={"walkable": False})
    model.node(model.mesh(_stage()), (0, 0, -20), name="stage")
    stall = model.mesh(_stall())
    awnings = [model.mesh(_awning(cloth)) for cloth in ("cloth_red", "cloth_blue", "cloth_green")]
    for i in range(12):
        turn = 15 + 30 * i
        x, z = turned(0, -25, turn)
        if abs(x) < 8 and z < 0:
            continue  # the stage is here
        # Their fronts look to the well.
        model.node(stall, (x, 0, z), turn, extras={"walkable": False})
        model.node(awnings[i % 3], (x, 0, z), turn, extras={"collision": False})
    crate, barrel = model.mesh(_crate()), model.mesh(_barrel())
    goods = model.node(name="goods", extras={"walkable": False})
    for i in range(28):
        # Off the streets, which run along the axes.
        x, z = turned(0, -chance.between(28.5, 32), 90 * (i % 4) + chance.between(15, 75))
        model.node(barrel if i % 3 == 0 else crate, (x, 0, z), round(chance.between(0, 90)), goods)
