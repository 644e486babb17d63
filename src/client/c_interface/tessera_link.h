/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The Tessera authors
 *
 * A bad link in a box, for development: packets that are pushed come out later, or not, or twice,
 * or out of order. One direction each; used as tessera_client.h says.
 */
#ifndef TESSERA_LINK_H
#define TESSERA_LINK_H

#include "client/tessera_client.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tessera_link tessera_link;

typedef struct tessera_link_options {
  float loss_percent;
  float duplicate_percent;
  float reorder_percent;
  uint32_t delay_ms;  /* one way */
  uint32_t jitter_ms; /* 0 to this on top */
  uint32_t seed;      /* the same seed, times and packets have the same fate */
} tessera_link_options;

tessera_link* tessera_link_create(const tessera_link_options* options);
/* NULL is ignored. */
void tessera_link_destroy(tessera_link* link);
void tessera_link_push(tessera_link* link, int64_t now_us, const uint8_t* bytes, size_t size);
/* The next packet whose time has come, at most `capacity` bytes; longer ones are lost. 0: none. */
size_t tessera_link_pop(tessera_link* link, int64_t now_us, uint8_t* out, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
