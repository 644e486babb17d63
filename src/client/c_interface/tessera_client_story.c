/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 The Tessera authors
 *
 * The C interface used from C99, without a server. c_interface_test.cpp runs it.
 */
#include <string.h>

#include "client/c_interface/tessera_client_udp.h"
#include "client/tessera_client.h"

int tessera_client_story(void);

/* 0, or the number of the step that went wrong. */
int tessera_client_story(void) {
  static const uint16_t samples[4] = {0, 0, 65535, 65535};
  tessera_terrain terrain;
  tessera_box box = {{50, 1, 50}, {1, 1, 1}, 0};
  tessera_world* world;
  tessera_client* client;
  tessera_controls controls = {1.0f, 0.0f, 0.0f, TESSERA_BUTTON_WALK};
  tessera_own own;
  tessera_view view;
  tessera_terrain ground;
  static const float from[3] = {20, 100, 20};
  static const float down[3] = {0, -1, 0};
  tessera_event event;
  tessera_statistics statistics;
  tessera_udp* udp;
  tessera_address to;
  uint8_t packet[TESSERA_PACKET_BYTES_MAX];
  uint8_t token[2048];

  memset(&terrain, 0, sizeof terrain);
  if (tessera_world_create(&terrain, NULL, 0) != NULL) return 1;
  terrain.samples = samples;
  terrain.columns = 2;
  terrain.rows = 2;
  terrain.spacing_m = 100;
  terrain.high_m = 10;
  box.half_size[0] = -1;
  if (tessera_world_create(&terrain, &box, 1) != NULL) return 2;
  box.half_size[0] = 1;
  world = tessera_world_create(&terrain, &box, 1);
  if (world == NULL) return 3;

  tessera_world_terrain(world, &ground);
  if (ground.columns != 2 || ground.samples[3] != 65535) return 16;
  if (tessera_world_ground_m(world, 50, 100) != 10) return 17;
  if (tessera_world_water_level_m(world) > -1e30f) return 18;
  if (tessera_world_load(packet, 0) != NULL) return 19;

  client = tessera_client_create(world);
  if (tessera_client_cast_ray(client, from, down, 50) >= 0) return 20;
  if (tessera_client_cast_ray(client, from, down, 200) < 90) return 21;
  tessera_client_set_controls(client, &controls);
  tessera_client_advance(client, 1000000);
  if (tessera_client_write(client, 1000000, packet) == 0) return 4;
  if (tessera_client_receive(client, 1000000, (const uint8_t*)"x", 1) != -1) return 5;
  tessera_client_own(client, 1000000, &own);
  if (own.id != 0) return 6;
  tessera_client_view_now(client, 1000000, &view);
  if (view.count != 0) return 7;
  if (tessera_client_next_event(client, &event) || event.kind != TESSERA_EVENT_NONE) return 8;
  if (tessera_client_emote(client, 1000000, 1) != 0) return 9; /* not in the world yet */
  if (tessera_client_begin_action(client, 1000000, TESSERA_ACTION_THROW, 0) != 0) return 9;
  if (tessera_client_send_message(client, 0, packet, 5) != 0) return 10;
  if (tessera_client_send_message(client, 99, packet, 5) != -1) return 11;
  if (tessera_client_send_message(client, 0, packet, 60000) != -1) return 12;
  tessera_client_statistics(client, &statistics);
  if (statistics.decode_errors != 1 || statistics.packets_out != 1) return 13;
  tessera_client_destroy(client);

  udp = tessera_udp_create(world);
  memset(token, 0, sizeof token);
  tessera_udp_connect(udp, 1000000, 1800000000, token, sizeof token);
  if (tessera_udp_state(udp) >= 0) return 14;
  if (tessera_udp_write(udp, 1000000, 1800000000, packet, &to) != 0) return 15;
  tessera_udp_destroy(udp);
  tessera_world_destroy(world);
  tessera_client_destroy(NULL);
  tessera_world_destroy(NULL);
  return 0;
}
