/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The Tessera authors
 *
 * A client on UDP: the netcode 1.02 session that tessera_client.h's packets travel in. The socket
 * is the caller's. tessera_udp_receive and tessera_udp_write take the place of
 * tessera_client_receive and tessera_client_write; everything else is done with
 * tessera_udp_client().
 */
#ifndef TESSERA_CLIENT_UDP_H
#define TESSERA_CLIENT_UDP_H

#include "client/tessera_client.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tessera_udp tessera_udp;

/* An address in network order: IPv4 as the IPv6 address ::ffff:a.b.c.d. */
typedef struct tessera_address {
  uint8_t bytes[16];
  uint16_t port;
} tessera_address;

tessera_udp* tessera_udp_create(const tessera_world* world);
/* NULL is ignored. The client goes with it. */
void tessera_udp_destroy(tessera_udp* udp);
/* Lives as long as `udp`; not to be destroyed. */
tessera_client* tessera_udp_client(tessera_udp* udp);

/* Begins, with the 2,048 bytes of a connect token from the HTTP API. */
void tessera_udp_connect(tessera_udp* udp, int64_t now_us, uint64_t unix_s, const uint8_t* token,
                         size_t size);
/* 3 connected; 1, 2 on the way; 0 closed; below 0 failed (netcode 1.02: -6 token expired, -5
 * invalid token, -4 timed out, -3 no answer to the response, -2 no answer to the request, -1
 * denied). */
int tessera_udp_state(const tessera_udp* udp);

/* A datagram has arrived; it is decrypted in place. */
void tessera_udp_receive(tessera_udp* udp, int64_t now_us, uint64_t unix_s,
                         const tessera_address* from, uint8_t* bytes, size_t size);
/* The next datagram and where to send it; 0 when there is nothing more. `out` has
 * TESSERA_PACKET_BYTES_MAX bytes. */
size_t tessera_udp_write(tessera_udp* udp, int64_t now_us, uint64_t unix_s, uint8_t* out,
                         tessera_address* to);
/* To leave: send ten of these, then destroy. */
size_t tessera_udp_write_disconnect(tessera_udp* udp, uint8_t* out, tessera_address* to);

#ifdef __cplusplus
}
#endif

#endif
