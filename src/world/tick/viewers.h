// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Between sessions and replication: snapshots go to the session's link, what clients say of them
// goes back.
#pragma once

#include "world/intake/intake.h"
#include "world/replication/replication.h"

namespace tessera::tick {

class Viewers final : public intake::ViewFeedback, public replication::SnapshotSink {
 public:
  explicit Viewers(replication::Replication& replication) : replication_(replication) {}
  /// Where the links of sessions are found. It must be set before the first snapshot.
  void set_sessions(const intake::SessionTable& sessions) { sessions_ = &sessions; }

  void delivered(SessionId session, std::uint32_t snapshot, bool arrived) override {
    replication_.delivered(session, snapshot, arrived);
  }
  void want_own_state(SessionId session) override { replication_.want_own_state(session); }
  void want_new_view(SessionId session) override { replication_.want_new_view(session); }
  void choose_target(SessionId session, EntityId target) override {
    replication_.choose_target(session, target);
  }

  void send(SessionId session, std::uint32_t number, std::span<const std::byte> bytes,
            bool at_once) override {
    const intake::Session* const found = sessions_->find(session);
    if (found == nullptr) return;
    found->link->push_down({.session = session,
                            .number = number,
                            .kind = cluster::DownKind::Snapshot,
                            .at_once = static_cast<std::uint8_t>(at_once ? 1 : 0)},
                           bytes);
  }

 private:
  replication::Replication& replication_;
  const intake::SessionTable* sessions_ = nullptr;
};

}  // namespace tessera::tick
