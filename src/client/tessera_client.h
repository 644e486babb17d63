/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The Tessera authors
 *
 * The client core for game engines and other languages: C99, one opaque handle, plain structs.
 *
 * Once:
 *   - tessera_world_load(): the zone's ground and walls, as the server gives them
 *   - tessera_client_create(); for UDP see c_interface/tessera_client_udp.h
 *
 * Each frame:
 *   - tessera_client_receive() each datagram (or WebSocket message) that arrived
 *   - tessera_client_set_controls(), tessera_client_advance()
 *   - tessera_client_write() until it returns 0; send what it wrote
 *   - tessera_client_view_now(), tessera_client_own(), tessera_client_next_event()
 *
 * Nothing here blocks, opens a socket, reads a clock or starts a thread. A handle is used by one
 * thread at a time. Times are microseconds of a clock that never goes back. Functions accept no
 * null pointers unless they say so.
 */
#ifndef TESSERA_CLIENT_H
#define TESSERA_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tessera_world tessera_world;
typedef struct tessera_client tessera_client;

/* Of the language between client and server. `enter` of the HTTP API tells the server's; a client
 * of another version is not understood. */
uint32_t tessera_protocol_version(void);

/* ---- the zone ---- */

/* An upright box: centre and half sizes in metres, turn in radians clockwise seen from above. */
typedef struct tessera_box {
  float centre[3];
  float half_size[3];
  float turn;
} tessera_box;

typedef struct tessera_terrain {
  const uint16_t* samples; /* row by row from the north-west, columns * rows of them; copied */
  uint32_t columns;        /* 2 to 8193 */
  uint32_t rows;
  float spacing_m;
  float origin_x_m;
  float origin_z_m;
  float low_m;  /* height of sample 0 */
  float high_m; /* height of sample 65535 */
} tessera_terrain;

/* The geometry that a server gives to clients (GET /content/<zone>/<hash>/geometry); copied. NULL
 * for bytes that are no geometry of this version. */
tessera_world* tessera_world_load(const uint8_t* bytes, size_t size);
/* For programs that have a ground of their own.
 * The edge of the world is the edge of the terrain. NULL when a number is out of its limits. */
tessera_world* tessera_world_create(const tessera_terrain* terrain, const tessera_box* boxes,
                                    size_t box_count);
/* The same with doors, numbered as they stand in `doors`; at most TESSERA_DOORS_MAX. */
#define TESSERA_DOORS_MAX 1024
tessera_world* tessera_world_create_with_doors(const tessera_terrain* terrain,
                                               const tessera_box* boxes, size_t box_count,
                                               const tessera_box* doors, size_t door_count);
/* After all clients that use it. NULL is ignored. */
void tessera_world_destroy(tessera_world* world);

/* The ground to draw; `samples` is valid as long as the world. */
void tessera_world_terrain(const tessera_world* world, tessera_terrain* out);
/* The height of the ground at a place; buildings do not count. */
float tessera_world_ground_m(const tessera_world* world, float x, float z);
/* The height of the water; minus infinity without any. */
float tessera_world_water_level_m(const tessera_world* world);

/* ---- a session ---- */

/* For WebSocket: tessera_client_receive and _write take and give whole binary messages. */
tessera_client* tessera_client_create(const tessera_world* world);
/* NULL is ignored. */
void tessera_client_destroy(tessera_client* client);

/* Bytes that the buffer of tessera_client_write must have. */
#define TESSERA_PACKET_BYTES_MAX 2048

/* 0, or -1 when the bytes are no packet of this session; the session goes on. */
int tessera_client_receive(tessera_client* client, int64_t now_us, const uint8_t* bytes,
                           size_t size);
/* The bytes to send now; 0 when there is nothing more. */
size_t tessera_client_write(tessera_client* client, int64_t now_us, uint8_t* out);
/* Queues a reliable message (protobuf, protocol/messages). 0, or -1 when too much waits. */
int tessera_client_send_message(tessera_client* client, uint8_t topic, const uint8_t* bytes,
                                size_t size);

/* ---- the player ---- */

#define TESSERA_BUTTON_JUMP 1
#define TESSERA_BUTTON_WALK 2
#define TESSERA_BUTTON_BLOCK 4 /* held: slower, and no jumps */
#define TESSERA_BUTTON_DODGE 8 /* a roll, when it is newly pressed; again after 1.2 s */

typedef struct tessera_controls {
  float move_east;  /* -1 to 1 of full speed; beyond it is cut, no number is 0 */
  float move_south; /* the same */
  float heading;    /* radians clockwise from north */
  uint32_t buttons; /* TESSERA_BUTTON_... */
} tessera_controls;

void tessera_client_set_controls(tessera_client* client, const tessera_controls* controls);
/* Whom the player has chosen, an id of tessera_view: the server tells of him in every snapshot,
 * however many others there are. 0: nobody. */
void tessera_client_set_target(tessera_client* client, uint64_t target);

#define TESSERA_ACTION_EMOTE 1 /* value: which */
#define TESSERA_ACTION_SHOVE 2 /* who stands ahead, within 2.5 m; value: 0 */
#define TESSERA_ACTION_THROW \
  3 /* a stone; value: the pitch as int16_t, in 1/65536 of a turn, up > 0 */
/* 4: an ability, see below. */
#define TESSERA_ACTION_RELEASE 5 /* of the dead: they leave the body; value: 0 */
#define TESSERA_ACTION_REVIVE 6  /* of spirits: they live again; value: 0 */

/* Begins an action. Its number, which comes back in an event; 0 when too many wait for an answer,
 * or for a kind that there is not. Others are judged as tessera_client_view_now shows them now. */
uint16_t tessera_client_begin_action(tessera_client* client, int64_t now_us, uint32_t kind,
                                     uint16_t value);
/* Where an ability goes. What it needs of it, its definition says. */
typedef struct tessera_aim {
  uint64_t target; /* an id of tessera_view; 0: nobody */
  float point[3];  /* on the ground; only if has_point is not 0 */
  uint32_t has_point;
  float pitch; /* radians, up > 0; the way is that of the controls */
} tessera_aim;

/* Uses an ability of the own character, by its id, as begin_action does. */
uint16_t tessera_client_use_ability(tessera_client* client, int64_t now_us, uint16_t ability,
                                    const tessera_aim* aim);
/* Begins an emote, in the same way. */
uint16_t tessera_client_emote(tessera_client* client, int64_t now_us, uint16_t emote);
/* Runs the input frames that are due; 60 times a second or so. */
void tessera_client_advance(tessera_client* client, int64_t now_us);

/* What the server says of a door (DoorsChanged of topic 0); a closed one is solid. Each client has
 * doors of its own, closed at first. 0, or -1 when the world has no such door. */
int tessera_client_set_door(tessera_client* client, uint32_t door, int open);

/* The zone has other content (ContentChanged of topic 0): from now on frames run on this ground,
 * with all doors closed. The client copies what it needs. */
void tessera_client_set_world(tessera_client* client, const tessera_world* world);

/* ---- the world ---- */

/* Everybody in view but the own character, as arrays of `count` each: a renderer copies nothing.
 * They are valid until the next call with this client. */
typedef struct tessera_view {
  uint32_t count;
  const uint32_t* places; /* where the client keeps it: small numbers, each kept while in view */
  const uint64_t* ids;
  const float* positions;  /* three each: feet; x east, y up, z south, in metres */
  const float* velocities; /* three each, in metres a second */
  const float* headings;   /* radians clockwise from north */
  const uint8_t* kinds;    /* 1 player, 2 creature, 3 projectile; others: of a newer server */
  const uint16_t* definitions;
  const uint32_t* looks;
  const uint32_t* emotes;    /* the latest; 0 none */
  const float* emote_ages_s; /* since it began */
  const char* names;         /* TESSERA_NAME_BYTES each: UTF-8, ends with 0 */
  const uint8_t* healths;    /* of the maximum, in 255ths */
  const uint8_t* levels;
  const uint8_t* conditions; /* TESSERA_CONDITION_... */
  const uint16_t* casts;     /* the ability that is being cast; 0: none. See tessera_client_cast */
  const uint8_t* marks;      /* TESSERA_MARK_... */
} tessera_view;
#define TESSERA_NAME_BYTES 25

#define TESSERA_CONDITION_SIDE 3 /* the low two bits: 0 players, 1 wildlife, 2 monsters */
#define TESSERA_CONDITION_DEAD 4
#define TESSERA_CONDITION_SPIRIT 8
#define TESSERA_CONDITION_IN_COMBAT 16
#define TESSERA_CONDITION_CONTROLLED 32
#define TESSERA_CONDITION_BLOCKS 64
#define TESSERA_CONDITION_DODGES 128 /* it rolls, and no blow touches it */

#define TESSERA_MARK_FLAGGED 1 /* players who both are it fight each other */
#define TESSERA_MARK_DUELS 2   /* it fights one other player */

void tessera_client_view_now(tessera_client* client, int64_t now_us, tessera_view* out);

/* How far a ray of length 1 goes until it strikes the ground, a wall or a closed door; a negative
 * number when that is beyond `range_m`. */
float tessera_client_cast_ray(const tessera_client* client, const float from[3],
                              const float direction[3], float range_m);

typedef struct tessera_own {
  uint64_t id;       /* 0 until the character is in the world */
  float position[3]; /* where to draw it */
  float velocity[3];
  float heading;
  uint32_t grounded;
  float predicted[3];   /* as the server will have it after the newest frame */
  uint32_t frame;       /* the newest frame */
  float correction_m;   /* how far the last correction moved it */
  uint64_t corrections; /* how often the server's word moved it */
  uint8_t health;       /* as in tessera_view */
  uint8_t resource;     /* the same of mana, rage or energy */
  uint8_t level;
  uint8_t condition;
  uint32_t rolls; /* 1: it does, as predicted */
  uint32_t marks; /* TESSERA_MARK_... */
} tessera_own;

void tessera_client_own(const tessera_client* client, int64_t now_us, tessera_own* out);

/* ---- events ---- */

#define TESSERA_EVENT_NONE 0
#define TESSERA_EVENT_ACTION 1  /* an own action was answered, or was not in time */
#define TESSERA_EVENT_MESSAGE 2 /* a reliable message of the server */

#define TESSERA_VERDICT_DONE 0
#define TESSERA_VERDICT_ON_COOLDOWN 1
#define TESSERA_VERDICT_NOT_ALLOWED 2
#define TESSERA_VERDICT_UNKNOWN 3
#define TESSERA_VERDICT_NOBODY_THERE 4
#define TESSERA_VERDICT_NO_ANSWER 255

typedef struct tessera_event {
  uint32_t kind;
  uint16_t action;      /* ACTION: its number */
  uint8_t verdict;      /* ACTION */
  uint8_t topic;        /* MESSAGE */
  const uint8_t* bytes; /* MESSAGE: until the next call with this client */
  size_t size;
  uint32_t value; /* ACTION: of an ability that was refused, why; see docs/protocol.md */
} tessera_event;

/* The next event, oldest first. 0 and TESSERA_EVENT_NONE when there is none. */
int tessera_client_next_event(tessera_client* client, tessera_event* out);

/* ---- fights ---- */

/* One line of the combat log. Those in which the own character acts or suffers all come, once each;
 * of what others do to each other as much as there was room for. */
typedef struct tessera_combat {
  uint64_t actor;  /* 0: somebody out of sight */
  uint64_t target; /* the same */
  int32_t amount;  /* of health or, RESOURCE, of mana, rage or energy (may be negative) */
  int32_t absorbed;
  uint16_t ability; /* 0: of an effect that runs */
  uint16_t effect;
  uint8_t kind;  /* TESSERA_COMBAT_... */
  uint8_t type;  /* DAMAGE: 0 physical, 1 fire, 2 frost, 3 nature, 4 shadow, 5 holy */
  uint8_t flags; /* TESSERA_COMBAT_FLAG_... */
  uint8_t count; /* EFFECT_ON: stacks; DISPELLED: effects */
} tessera_combat;

#define TESSERA_COMBAT_DAMAGE 0
#define TESSERA_COMBAT_HEAL 1
#define TESSERA_COMBAT_MISSED 2
#define TESSERA_COMBAT_DODGED 3
#define TESSERA_COMBAT_PARRIED 4
#define TESSERA_COMBAT_EFFECT_ON 5
#define TESSERA_COMBAT_EFFECT_OFF 6
#define TESSERA_COMBAT_IMMUNE 7
#define TESSERA_COMBAT_INTERRUPTED 8
#define TESSERA_COMBAT_DISPELLED 9
#define TESSERA_COMBAT_RESOURCE 10

#define TESSERA_COMBAT_FLAG_CRITICAL 1
#define TESSERA_COMBAT_FLAG_BLOCKED 2
#define TESSERA_COMBAT_FLAG_FROM_BEHIND 4
#define TESSERA_COMBAT_FLAG_PERIODIC 8
#define TESSERA_COMBAT_FLAG_KILLED 16

/* The next line, oldest first; 0 when there is none. */
int tessera_client_next_combat(tessera_client* client, tessera_combat* out);

/* What somebody in view, or the own character, casts or channels. */
typedef struct tessera_cast {
  uint16_t ability;
  uint16_t has_point; /* it is aimed at a place */
  float since_s;      /* since it began */
  float whole_s;      /* from its beginning to its end */
  float heading;      /* where cones and lines go */
  float point[2];     /* east, south */
} tessera_cast;

/* 0 when that one casts nothing. */
int tessera_client_cast(const tessera_client* client, int64_t now_us, uint64_t id,
                        tessera_cast* out);

#define TESSERA_EFFECTS_MAX 8
typedef struct tessera_effect {
  uint16_t effect;
  uint8_t stacks;
  uint8_t reserved;
  float left_s; /* negative: until it is taken off */
} tessera_effect;

/* The effects that run on somebody in view or the own character, the oldest first, at most
 * TESSERA_EFFECTS_MAX. Returns how many. */
uint32_t tessera_client_effects(const tessera_client* client, int64_t now_us, uint64_t id,
                                tessera_effect* out);

typedef struct tessera_statistics {
  uint64_t snapshots;
  uint64_t decode_errors;
  uint64_t packets_in;
  uint64_t packets_out;
  uint32_t newest_tick; /* of the newest snapshot */
  float rtt_ms;
  float loss; /* of our packets, 0 to 1 */
} tessera_statistics;

void tessera_client_statistics(const tessera_client* client, tessera_statistics* out);

#ifdef __cplusplus
}
#endif

#endif
