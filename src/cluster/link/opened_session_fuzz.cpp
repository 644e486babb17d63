// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Whatever decodes, encodes to the same bytes again.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "cluster/link/session_messages.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera::cluster;
  const auto bytes = std::as_bytes(std::span(data, size));
  if (const auto session = decode_opened_session(bytes)) {
    std::array<std::byte, kOpenedSessionBytesMax> buffer{};
    if (!std::ranges::equal(encode(*session, buffer), bytes)) std::abort();
  }
  return 0;
}
