# SPDX-License-Identifier: MIT
"""A stone bridge with three arches. The origin is the middle of the river, at height 0."""
import math

from .glb import Model
from .layout import BANK_HEIGHT, BRIDGE_HALF_LENGTH, WATER_LEVEL
from .mesh import Flat, Mesh, prism

_RISE = 3.0  # of the deck, in the middle
_HALF_WIDTH = 3.3
_BELOW = -3.0
_ARCHES = ((-21, -9.5, 9.6), (-7, 7, 12.6), (9.5, 21, 9.6))  # from, to, height of the crown
_SPRINGING = WATER_LEVEL - 1


def deck_height(x: float) -> float:
    """A flat parabola between the banks, a little above the road at both ends."""
    share = x / BRIDGE_HALF_LENGTH
    return BANK_HEIGHT + 0.05 + _RISE * (1 - share * share)


def _along_deck(raised: float) -> list[Flat]:
    """Points of the deck from east to west."""
    steps = [BRIDGE_HALF_LENGTH * (1 - i / 8) for i in range(17)]
    return [(x, deck_height(x) + raised) for x in steps]


def _body() -> Mesh:
    outline = [(-BRIDGE_HALF_LENGTH, _BELOW)]
    for west, east, crown in _ARCHES:
        outline += [(west, _BELOW), (west, _SPRINGING)]
        middle, half = (west + east) / 2, (east - west) / 2
        for i in range(1, 8):
            turn = math.pi * i / 8
            outline.append((middle - half * math.cos(turn),
                            _SPRINGING + (crown - _SPRINGING) * math.sin(turn)))
        outline += [(east, _SPRINGING), (east, _BELOW)]
    outline.append((BRIDGE_HALF_LENGTH, _BELOW))
    outline += _along_deck(0)
    return prism("cobble", outline, -_HALF_WIDTH, _HALF_WIDTH, end="stone")


def build_bridge() -> Model:
    """The road runs along x; x = 0 is the middle of the river."""
    model = Model()
    model.node(model.mesh(_body()), name="bridge")
    outline = _along_deck(1.0) + _along_deck(-0.3)[::-1]
    parapets = model.mesh(prism("stone_light", outline, -0.25, 0.25))
    for z in (-_HALF_WIDTH + 0.15, _HALF_WIDTH - 0.15):
        model.node(parapets, (0, 0, z), extras={"walkable": False})
    return model
