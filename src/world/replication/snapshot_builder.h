// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Builds one viewer's snapshot: its own state, answers, rosters that changed, pages whose turn it
// is.
//
// When all that is due does not fit, what waits longest measured by its own rate goes first. A
// page's urgency grows until it is told, so nobody starves, and no crowd makes a snapshot larger.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "world/replication/page_cache.h"
#include "world/replication/replication.h"
#include "world/replication/viewer.h"

namespace tessera::replication {

/// A viewer's own character, as prediction sees it.
struct OwnNow {
  std::uint32_t frame = 0;          ///< last applied input frame
  bool ran_without_client = false;  ///< the server ran frames in place of missing ones
  protocol::Motion motion;
};

class SnapshotBuilder {
 public:
  SnapshotBuilder(const Options& options, Mirror& mirror, PageCache& cache,
                  const CombatFeed& combat, Figures& figures)
      : options_(options), mirror_(mirror), cache_(cache), combat_(combat), figures_(figures) {}

  struct Built {
    std::uint32_t number = 0;
    std::span<const std::byte> bytes;  ///< until the next call
  };

  /// Finds what is due for the viewer; ticks between two updates of a page, by tier, are `periods`.
  /// False when its view must begin anew first.
  bool choose(Viewer& viewer, const std::array<std::uint32_t, kTiers>& periods);
  /// Builds from what was chosen. `own` is null when the viewer's entity is not in the world.
  Built snapshot(Viewer& viewer, const OwnNow* own);
  /// A snapshot with nothing but what waits to be told at once: answers, and lines of own fights.
  Built answers(Viewer& viewer, std::uint32_t tick);

 private:
  struct Candidate {
    std::uint32_t urgency;
    std::uint16_t subscription;
    std::uint32_t told_slots;
  };

  /// One whom the viewer minds, as he knows him.
  struct Minded {
    std::uint16_t subscription;
    std::uint8_t slot;
    std::uint32_t* told;  ///< tick up to which he was told its components
  };

  void begin_flight(Viewer& viewer, std::uint32_t tick);
  void write_own(Viewer& viewer, const OwnNow& own, protocol::SnapshotWriter& out);
  void write_answers(Viewer& viewer, bool with_fights_of_others, protocol::SnapshotWriter& out);
  void write_rosters(Viewer& viewer, protocol::SnapshotWriter& out);
  bool write_rosters(Viewer& viewer, bool changed_only, std::size_t& written,
                     protocol::SnapshotWriter& out);
  bool write_roster(Viewer& viewer, Candidate& candidate, std::uint32_t wanted,
                    protocol::SnapshotWriter& out);
  std::uint32_t write_entries(Viewer& viewer, const Subscription& sub, std::uint32_t wanted,
                              std::size_t room, ByteWriter& entries);
  void write_pages(Viewer& viewer, protocol::SnapshotWriter& out);
  bool write_page(const Viewer& viewer, Subscription& sub, protocol::SnapshotWriter& out);
  void find_minded(Viewer& viewer);
  void write_minded(const Viewer& viewer, protocol::SnapshotWriter& out);

  const Options& options_;
  Mirror& mirror_;
  PageCache& cache_;
  const CombatFeed& combat_;
  Figures& figures_;
  Flight* flight_ = nullptr;
  std::size_t bytes_due_ = 0;  ///< what all candidates may need at most
  bool rosters_due_ = false;
  std::size_t states_room_ = 0;  ///< what rosters leave
  std::vector<Candidate> candidates_;
  std::array<Minded, Attention::kMindedMax> minded_{};
  std::size_t minded_count_ = 0;
  std::vector<std::byte> buffer_ = std::vector<std::byte>(protocol::kSnapshotBytesMax);
};

}  // namespace tessera::replication
