// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/detail/uplink.h"

namespace tessera::gateway::detail {

using cluster::UpKind;

bool Uplink::send(const cluster::UpHeader& header, std::span<const std::byte> bytes) {
  if (waiting_.empty() && link_.push_up(header, bytes)) return true;
  if (header.kind == UpKind::Inputs || header.kind == UpKind::RoundTrip) return false;
  const bool must = header.kind == UpKind::SessionOpened || header.kind == UpKind::SessionClosed;
  const std::size_t size = sizeof(Waiting) + bytes.size();
  if (!must && waiting_bytes_ + size > kWaitingBytesMax) return false;
  waiting_.push_back({header, {bytes.begin(), bytes.end()}});
  waiting_bytes_ += size;
  return true;
}

void Uplink::flush() {
  while (!waiting_.empty() && link_.push_up(waiting_.front().header, waiting_.front().bytes)) {
    waiting_bytes_ -= sizeof(Waiting) + waiting_.front().bytes.size();
    waiting_.pop_front();
  }
}

}  // namespace tessera::gateway::detail
