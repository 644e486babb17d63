# SPDX-License-Identifier: MIT
"""The palette of the world: few plain colours with good contrast."""

PALETTE = {
    "stone": "#8d8d88",
    "stone_dark": "#62645f",
    "stone_light": "#b5b2a6",
    "rock": "#7b756c",
    "cave": "#57514b",
    "cobble": "#9a9488",
    "path": "#a58a62",
    "plaster": "#dccfae",
    "plaster_rose": "#cfa58c",
    "plaster_blue": "#a9b8bd",
    "timber": "#6f4e33",
    "planks": "#9b7449",
    "thatch": "#b8964f",
    "tiles": "#9e4c38",
    "slate": "#4c5661",
    "glass": "#2f4552",
    "glow": "#ffd37a",
    "cloth_red": "#b03a3a",
    "cloth_blue": "#3b5fa0",
    "cloth_green": "#4e8a4a",
    "bark": "#5a4331",
    "birch": "#c9c4b6",
    "needles": "#2f5a3a",
    "leaves": "#5d8f3f",
    "leaves_gold": "#a8952f",
    "crop": "#c2ad4f",
    "water_dark": "#24465a",
    "flagstone": "#6d6a70",
    "crypt": "#4d4a55",
    "bone": "#d8d0bb",
    "bronze": "#8c6a2f",
}


def linear(name: str) -> list[float]:
    """The base colour as glTF wants it: linear red, green, blue and an opacity of 1."""
    text = PALETTE[name]
    channels = [int(text[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    return [round(channel ** 2.2, 3) for channel in channels] + [1]
