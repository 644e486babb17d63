// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// transport/chaos for the browser's network panel: one direction of a bad link, through which a
// page sends the packets of a session before they go out, or after they came in.

#include "client/c_interface/tessera_link.h"

#include <cstring>

#include "transport/chaos/chaos.h"

struct tessera_link {
  explicit tessera_link(const tessera::chaos::Options& options) : link(options) {}
  tessera::chaos::Link link;
};

extern "C" {

tessera_link* tessera_link_create(const tessera_link_options* options) {
  return new tessera_link({.loss_percent = options->loss_percent,
                           .duplicate_percent = options->duplicate_percent,
                           .reorder_percent = options->reorder_percent,
                           .delay_ms = options->delay_ms,
                           .jitter_ms = options->jitter_ms,
                           .seed = options->seed});
}

void tessera_link_destroy(tessera_link* link) { delete link; }

void tessera_link_push(tessera_link* link, int64_t now_us, const uint8_t* bytes, size_t size) {
  link->link.push(now_us, std::as_bytes(std::span(bytes, size)), {});
}

size_t tessera_link_pop(tessera_link* link, int64_t now_us, uint8_t* out, size_t capacity) {
  while (const auto datagram = link->link.pop(now_us)) {
    if (datagram->bytes.empty() || datagram->bytes.size() > capacity) continue;
    std::memcpy(out, datagram->bytes.data(), datagram->bytes.size());
    return datagram->bytes.size();
  }
  return 0;
}

}  // extern "C"
