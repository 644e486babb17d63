// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include "gateway/sessions/detail/session_host.h"

namespace tessera::gateway::detail {

enum class SessionState : std::uint8_t { Loading, Open, Closing };

struct SessionHost::Session {
  SessionId id;
  std::uint32_t slot = 0;
  std::uint32_t live_index = 0;  // in live_
  SessionState state = SessionState::Loading;
  Route* route = nullptr;  // once it was open
  bool in_dirty = false;
  admission::SessionClaim claim;
  channel::Channel channel{channel::Options::server()};
  admission::TokenBucket packets;
  admission::TokenBucket bytes;
  std::uint32_t dropped = 0;  // since counting_since_us
  std::int64_t counting_since_us = 0;
  std::uint32_t malformed = 0;
  std::int64_t deadline_us = 0;  // of loading or closing
  std::int64_t rtt_told_at_us = 0;
  cluster::CloseReason close_reason{};
  std::string close_sentence;
};

}  // namespace tessera::gateway::detail
