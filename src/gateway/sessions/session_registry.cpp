// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/session_registry.h"

namespace tessera::gateway {

std::optional<SessionRegistry::Holder> SessionRegistry::take(CharacterId character,
                                                             const Holder& holder) {
  const std::lock_guard lock(mutex_);
  const auto [entry, added] = holders_.try_emplace(character, holder);
  if (added) return std::nullopt;
  return std::exchange(entry->second, holder);
}

bool SessionRegistry::release(CharacterId character, SessionId session) {
  const std::lock_guard lock(mutex_);
  const auto found = holders_.find(character);
  if (found == holders_.end() || found->second.session != session) return false;
  holders_.erase(found);
  return true;
}

std::size_t SessionRegistry::size() const {
  const std::lock_guard lock(mutex_);
  return holders_.size();
}

}  // namespace tessera::gateway
