# SPDX-License-Identifier: MIT
"""The kinds of houses. Places are from the middle of the house; its door looks south."""
from .house import HousePlan, Partition, Piece

COTTAGE = HousePlan(
    "cottage", 8, 8, 1, "plaster", "thatch", door_x=0.8,
    furniture=(Piece("bed", -2.9, -2.5), Piece("table", 1.4, -1.2), Piece("bench", 1.4, -2.1),
               Piece("hearth", -0.4, -3.2), Piece("shelf", 2.7, -3.4),
               Piece("chest", -3.3, 1.6, 90)))

LONG_HOUSE = HousePlan(
    "long_house", 10.4, 7.6, 1, "plaster_rose", "tiles", door_x=2.2,
    partitions=(Partition(-1.4, 1.2),),
    furniture=(Piece("bed", -4.2, -2.3), Piece("bed_red", -2.6, -2.3),
               Piece("chest", -4.5, 1.4, 90), Piece("table", 2.0, -1.0),
               Piece("bench", 2.0, -1.9), Piece("hearth", 0.2, -3.0), Piece("shelf", 4.0, -3.2)))

TOWN_HOUSE = HousePlan(
    "town_house", 9, 9.2, 2, "plaster_blue", "slate", door_x=1.6, roof_height=4,
    furniture=(Piece("table", 1.2, -1.0), Piece("bench", 1.2, -1.9), Piece("bench", 1.2, -0.1),
               Piece("hearth", 0.6, -3.8), Piece("shelf", 3.2, -4.0),
               Piece("chest", 3.7, 1.2, 90), Piece("bed", 3.4, -3.0, 0, 1),
               Piece("bed_red", 1.4, -3.0, 0, 1), Piece("chest", 3.7, 1.6, 90, 1),
               Piece("table", 1.0, 3.0, 0, 1)))

WORKSHOP = HousePlan(
    "workshop", 10, 8, 1, "stone_light", "slate", door_x=-1.0, door_width=2.4,
    furniture=(Piece("hearth", 0, -3.2), Piece("anvil", 0.2, -1.0),
               Piece("table", 3.4, -1.4, 90), Piece("shelf", 3.2, -3.4),
               Piece("shelf", -3.2, -3.4), Piece("chest", -4.3, 1.0, 90),
               Piece("bench", 3.4, 2.6)))

TALL_HOUSE = HousePlan(
    "tall_house", 9.6, 9, 2, "plaster", "tiles", door_x=2.6, roof_height=3.6,
    partitions=(Partition(0.4, 2.6), Partition(0.4, -2.6, 1)),
    furniture=(Piece("hearth", 2.4, -3.7), Piece("table", 2.6, -1.2), Piece("bench", 2.6, -2.1),
               Piece("shelf", -1.2, -3.9), Piece("chest", -1.8, 3.5),
               Piece("bed", 3.6, 2.6, 0, 1), Piece("shelf", 3.4, -3.9, 0, 1),
               Piece("bed_red", -0.9, 2.6, 0, 1)))

SHOP = HousePlan(
    "shop", 9.4, 8.2, 1, "plaster_rose", "slate", door_x=-1.8, door_width=1.8,
    partitions=(Partition(1.6, -2.0),),
    furniture=(Piece("counter", -1.8, -0.6), Piece("shelf", -3.2, -3.5),
               Piece("shelf", -1.6, -3.5), Piece("bed", 3.6, 2.4),
               Piece("chest", 3.9, -0.4, 90), Piece("hearth", 3.2, -3.2)))

TOWN_HALL = HousePlan(
    "town_hall", 22, 13, 1, "stone_light", "slate", door_x=0, door_width=3, room_height=5,
    roof_height=5.5, pillars=tuple((x, z) for x in (-7, -2.4, 2.4, 7) for z in (-2.8, 2.8)),
    dais=(5, 3),
    furniture=(Piece("throne", 0, -5.6), Piece("long_table", -7.4, 0, 90),
               Piece("long_table", 7.4, 0, 90), Piece("shelf", -5.0, -5.9),
               Piece("shelf", 5.0, -5.9), Piece("hearth", -9.0, -5.6),
               Piece("hearth", 9.0, -5.6), Piece("chest", 9.8, 4.5, 90)))

INN = HousePlan(
    "inn", 20, 12, 2, "plaster", "thatch", door_x=0, door_width=2.2, roof_height=5,
    partitions=(Partition(-3.0, 3.6, 1), Partition(3.4, 3.6, 1)),
    furniture=(Piece("counter", 7.6, -2.0, 90), Piece("shelf", 9.2, -3.0, 90),
               Piece("shelf", 9.2, -1.0, 90), Piece("hearth", 1.0, -5.2),
               Piece("long_table", -3.6, -2.6), Piece("long_table", 1.6, -1.6),
               Piece("table", -3.0, 3.6), Piece("table", 4.4, 3.6), Piece("bench", -3.0, 2.7),
               Piece("bench", 4.4, 2.7), Piece("bed", -5.0, -4.5, 0, 1),
               Piece("bed", -3.9, -4.5, 0, 1), Piece("bed_red", -1.2, -4.5, 0, 1),
               Piece("bed_red", 1.6, -4.5, 0, 1), Piece("bed", 5.2, -4.5, 0, 1),
               Piece("bed", 8.4, -4.5, 0, 1), Piece("chest", 0.2, -5.2, 0, 1),
               Piece("chest", 6.8, -5.2, 0, 1)))

BARN = HousePlan(
    "barn", 10, 13, 1, "timber", "thatch", door_x=0, door_width=3.6, room_height=3.6,
    roof_height=4.5, chimney=False,
    furniture=(Piece("chest", -3.8, -5.8), Piece("table", 3.4, -4.0, 90),
               Piece("shelf", 1.0, -6.0)))

STREET_PLANS = (COTTAGE, LONG_HOUSE, TOWN_HOUSE, WORKSHOP, TALL_HOUSE, SHOP)
ALL_PLANS = STREET_PLANS + (TOWN_HALL, INN, BARN)
