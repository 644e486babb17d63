// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// One player's view: which pages it is subscribed to, up to which tick each was told, which
// entities it was introduced to, and what is under way to it.
//
// The life of a subscription: opened with all slots pending; told; when its cell goes out of view
// it is closing until the client confirmed that; then it is gone (and may be opened again).
//
// Loss. Every snapshot's record says, for each page it told, since when it told it. If it is lost
// the subscription goes back to that tick, its roster slots are pending again and who was
// introduced in it is a stranger again. So the next snapshot tells the newest value, and nothing is
// ever stored to be sent twice.
//
// Reuse of slots. A freed slot rests kSlotRestTicks. If a client has not confirmed a change of a
// slot shortly before it may be reused, its view begins anew in the next epoch (begin_anew).
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

#include "engine/core/ids.h"
#include "protocol/snapshot.h"
#include "world/replication/combat/attention.h"
#include "world/replication/combat/combat_feed.h"
#include "world/replication/flight_log.h"
#include "world/replication/mirror/mirror.h"

namespace tessera::replication {

enum class Tier : std::uint8_t { Near, Middle, Far };
inline constexpr std::size_t kTiers = 3;

/// A viewer forgets who is out of its view after so many ticks; less than kRowRestTicks.
inline constexpr std::uint32_t kKnownSweepTicks = 60;
/// Unconfirmed changes of slots older than this begin the view anew: the rest time less the slowest
/// snapshot rate and a round trip.
inline constexpr std::uint32_t kUnconfirmedTicksMax = protocol::kSlotRestTicks - 20;

struct Subscription {
  std::uint32_t served =
      0;  ///< tick up to which its states were told; closing: tick of the message
  std::uint32_t components = 0;   ///< tick up to which the components of all slots were told ...
  std::uint32_t round = 0;        ///< ... and of those before next_slot, in a round begun then
  std::uint32_t merged = 0;       ///< tick up to which changes of its roster are in `pending`
  std::uint32_t pending = 0;      ///< slots whose entity is to be told
  std::uint32_t unconfirmed = 0;  ///< slots that changed while subscribed and are not confirmed
  PageIndex page = kNoPage;
  Tier tier{};
  std::uint8_t next_slot = 0;  ///< 0: no round has begun
  bool closing = false;

  /// The components of slots before `end` were told; 0: of all.
  void note_components(std::uint32_t now, std::uint8_t end) {
    if (next_slot == 0) round = now;
    if (end == 0) components = round;
    next_slot = end;
  }
};

/// The answer to an own action on its way.
struct WaitingAnswer {
  protocol::ActionAnswer answer;
  std::uint32_t number = 0;  ///< of the snapshot that carries it; 0: to be sent
};

/// A set of cells no more than 7 apart from each other, in each direction.
class NearCells {
 public:
  bool has(protocol::Cell cell) const { return bits_[place(cell)]; }
  void set(protocol::Cell cell, bool value) { bits_[place(cell)] = value; }
  void clear() { bits_.reset(); }

 private:
  static std::size_t place(protocol::Cell cell) { return (cell.z & 15u) << 4 | (cell.x & 15u); }
  std::bitset<256> bits_;
};

struct Viewer {
  SessionId session;
  EntityId entity;
  std::uint8_t epoch = 0;
  std::uint8_t bucket = 0;  ///< in which of the six ticks of a round it is served
  bool wants_own_state = true;
  bool wants_new_view = false;
  bool placed = false;      ///< its entity was seen in the world
  bool refresh_due = true;  ///< its cells must be looked at
  protocol::Cell anchor;    ///< its own cell
  protocol::Cell refresh_anchor;
  protocol::GroundSteps at;
  protocol::GroundSteps refreshed_at;
  std::size_t pages_seen = 0;  ///< pages of the mirror when its cells were looked at
  std::uint32_t swept = 0;
  std::uint32_t anew_at = 0;  ///< tick in which its view began last
  std::uint32_t own_frame_told = 0;
  protocol::Motion own_motion_told;
  NearCells cells;
  std::vector<Subscription> subscriptions;
  FlightLog flights;
  std::vector<std::uint64_t> known;  ///< bit per row: introduced
  std::size_t known_count = 0;
  std::array<WaitingAnswer, protocol::kAnswersMax> answers{};
  std::uint8_t answer_count = 0;
  OwnCombat own_combat;
  Attention attention;
  std::uint32_t combat_seen = 0;  ///< tick up to which he was told of the fights of others
  /// Bytes that went at once since his last snapshot; it must be smaller by them.
  std::size_t bytes_at_once = 0;

  bool knows(RowIndex row) const {
    return row / 64 < known.size() && (known[row / 64] >> row % 64 & 1) != 0;
  }
  bool sees(protocol::Cell cell) const {
    return protocol::within_reach(refresh_anchor, cell) && cells.has(cell);
  }
  void meet(RowIndex row);
  void forget(RowIndex row);

  Subscription* find(PageIndex page);
  void add_answer(const protocol::ActionAnswer& answer);
  /// Of an own action, or of a fight of his own.
  bool has_waiting_answer() const;

  /// Starts the next epoch: everything is to be told again.
  void begin_anew();
  /// Takes over roster changes since the last call. False when the client is too far behind for
  /// slots to be reused safely.
  static bool merge_roster(Subscription& sub, const PageSlots& slots, std::uint32_t now);
  void delivered(const Mirror& mirror, std::uint32_t number, bool arrived);
  /// Forgets entities that are no longer in view.
  void sweep_known(const Mirror& mirror);

 private:
  void confirm(const Mirror& mirror, const Flight& flight);
  void undo(const Mirror& mirror, const Flight& flight);
};

}  // namespace tessera::replication
