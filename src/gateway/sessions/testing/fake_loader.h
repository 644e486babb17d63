// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: a characters service that knows everybody, at once or when told to, and sends all to
// one zone or some to another.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/sessions/character_loader.h"

namespace tessera::gateway {

class FakeLoader : public CharacterLoader {
 public:
  /// The link outlives the loader and all sessions.
  explicit FakeLoader(cluster::Link& zone) : zone_(not_owned(zone)) {}

  /// From now on the character enters the zone at the other end of this link.
  void send_to(std::uint64_t character, std::shared_ptr<cluster::Link> zone) {
    const std::lock_guard lock(mutex_);
    elsewhere_[character] = std::move(zone);
  }
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
    const auto elsewhere = elsewhere_.find(claim.character.value);
    loaded(LoadedCharacter{session, elsewhere == elsewhere_.end() ? zone_ : elsewhere->second});
  }
  static std::shared_ptr<cluster::Link> not_owned(cluster::Link& link) {
    return {std::shared_ptr<void>(), &link};
  }

  const std::shared_ptr<cluster::Link> zone_;
  std::mutex mutex_;
  std::map<std::uint64_t, std::shared_ptr<cluster::Link>> elsewhere_;
  bool hold_ = false;
  std::optional<Error> error_;
  std::vector<std::pair<admission::SessionClaim, Loaded>> held_;
};

}  // namespace tessera::gateway
