// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a characters service that knows everybody, at once or when told to.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "gateway/sessions/character_loader.h"

namespace tessera::gateway {

class FakeLoader : public CharacterLoader {
 public:
  void load(const admission::SessionClaim& claim, Loaded loaded) override {
    const std::lock_guard lock(mutex_);
    if (hold_) {
      held_.push_back({claim, std::move(loaded)});
    } else {
      answer(claim, loaded);
    }
  }
  void hold() { hold_ = true; }
  void fail_with(Error error) { error_ = std::move(error); }
  /// Answers all that were held, in order.
  void release() {
    const std::lock_guard lock(mutex_);
    for (auto& [claim, loaded] : held_) answer(claim, loaded);
    held_.clear();
    hold_ = false;
  }

 private:
  void answer(const admission::SessionClaim& claim, Loaded& loaded) {
    if (error_) return loaded(std::unexpected(*error_));
    cluster::OpenedSession session;
    session.account = claim.account;
    session.character = claim.character;
    session.name =
        FixedString<cluster::kOpenedNameBytesMax>("C" + std::to_string(claim.character.value));
    loaded(session);
  }

  std::mutex mutex_;
  bool hold_ = false;
  std::optional<Error> error_;
  std::vector<std::pair<admission::SessionClaim, Loaded>> held_;
};

}  // namespace tessera::gateway
