// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/session_table.h"

#include <algorithm>
#include <utility>

namespace tessera::intake {

bool SessionTable::add(const Session& session) {
  if (!by_id_.try_emplace(session.id, sessions_.size()).second) return false;
  sessions_.push_back(session);
  by_character_[session.character] = session.id;
  return true;
}

Session* SessionTable::find(SessionId id) {
  return const_cast<Session*>(std::as_const(*this).find(id));
}

const Session* SessionTable::find(SessionId id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : &sessions_[found->second];
}

const Session* SessionTable::find_character(CharacterId character) const {
  const auto found = by_character_.find(character);
  return found == by_character_.end() ? nullptr : find(found->second);
}

void SessionTable::remove(SessionId id) {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return;
  const std::size_t gap = found->second;
  by_id_.erase(found);
  const auto character = by_character_.find(sessions_[gap].character);
  if (character != by_character_.end() && character->second == id) by_character_.erase(character);
  if (gap + 1 < sessions_.size()) {
    sessions_[gap] = sessions_.back();
    by_id_[sessions_[gap].id] = gap;
  }
  sessions_.pop_back();
}

bool allow_inputs(Session& session, TickNumber now, const IntakeLimits& limits) {
  constexpr std::uint64_t kWhole = kTicksPerSecond;  // one section, in sixtieths
  const std::uint64_t earned = (now - session.allowed_at) * limits.inputs_per_second;
  const std::uint64_t allowed =
      std::min<std::uint64_t>(session.inputs_allowed + earned, limits.inputs_burst * kWhole);
  session.allowed_at = now;
  session.inputs_allowed =
      static_cast<std::uint32_t>(allowed >= kWhole ? allowed - kWhole : allowed);
  return allowed >= kWhole;
}

bool count_too_fast(Session& session, TickNumber now, const IntakeLimits& limits) {
  if (now - session.counting_since > 60 * kTicksPerSecond) {
    session.counting_since = now;
    session.too_fast = 0;
  }
  return ++session.too_fast > limits.too_fast_max;
}

bool frame_is_possible(const Session& session, std::uint32_t frame, TickNumber now,
                       const IntakeLimits& limits) {
  return frame <= (now - session.opened_at) * limits.frames_percent / 100 + limits.frames_ahead;
}

}  // namespace tessera::intake
