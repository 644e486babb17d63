// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The sessions of a zone: who plays what, over which link, and what each has sent so far. Belongs
// to the simulation thread. Not part of the world's state: a replay has none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "cluster/link/link.h"
#include "cluster/link/session_messages.h"
#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "gameplay/shared/components.h"
#include "world/intake/limits.h"

namespace tessera::intake {

struct Session {
  SessionId id;
  cluster::Link* link = nullptr;
  CharacterId character;
  AccountId account;
  FixedString<kNameBytesMax> name{};
  EntityId entity;                        ///< none until the world let it in
  std::uint64_t play_seconds_before = 0;  ///< as the characters service knew it
  TickNumber opened_at = 0;
  std::optional<cluster::Place> return_place{};  ///< it is saved there while it is here
  TickNumber entered_at = 0;                     ///< when the world let it in
  bool travels = false;  ///< asked for another zone and waits for the answer

  EntityId target{};               ///< whom the player has chosen; may be anything
  std::uint32_t newest_frame = 0;  ///< frames up to this one became intents
  std::uint16_t newest_action = 0;
  bool any_action = false;
  std::uint32_t round_trip_ms = 0;  ///< as the gateway measures it; 0: not yet
  std::uint32_t malformed = 0;
  std::uint32_t too_fast = 0;
  std::uint32_t inputs_allowed = 0;  ///< as of `allowed_at`, in sixtieths of a section
  TickNumber allowed_at = 0;
  TickNumber muted_until = 0;        ///< before then nobody hears what it says
  TickNumber chat_paid_until = 0;    ///< each line moves it; it may be ahead by the burst
  TickNumber wishes_paid_until = 0;  ///< the same of looks at its sheet and of talents
  TickNumber counting_since = 0;     ///< too_fast counts from here
};

/// From a session's id to its place in the table: one look at memory where a node-based map takes
/// three, for each packet and each snapshot of each player.
class SessionPlaces {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  /// kNone: it is not there.
  std::uint32_t find(SessionId id) const;
  /// Puts it in, or changes its place. No id is zero.
  void set(SessionId id, std::uint32_t place);
  void remove(SessionId id);

 private:
  struct Entry {
    std::uint64_t id = 0;  ///< 0: free
    std::uint32_t place = 0;
  };

  /// Where the id is, or the free entry where its search ends.
  std::size_t at(SessionId id) const;
  std::size_t wanted(std::uint64_t id) const;
  void grow();

  std::vector<Entry> entries_ = std::vector<Entry>(64);  ///< a power of two, half of it free
  std::size_t count_ = 0;
};

class SessionTable {
 public:
  /// False: the id is in use.
  bool add(const Session& session);
  /// The pointer holds until the next add or remove. nullptr: none.
  Session* find(SessionId id);
  const Session* find(SessionId id) const;
  const Session* find_character(CharacterId character) const;
  /// As people type names: without regard to the case of Latin letters.
  const Session* find_name(std::string_view name) const;
  void remove(SessionId id);

  std::span<const Session> all() const { return sessions_; }
  std::size_t size() const { return sessions_.size(); }

 private:
  std::vector<Session> sessions_;  ///< in no order: the last one fills a gap
  SessionPlaces places_;
  std::unordered_map<CharacterId, SessionId> by_character_;
  std::unordered_map<std::string, SessionId> by_name_;  ///< in small letters
};

/// Takes one input section from the session's allowance. False: it sends too fast.
bool allow_inputs(Session& session, TickNumber now, const IntakeLimits& limits);

/// True when the session has dropped so many sections lately that it must go.
bool count_too_fast(Session& session, TickNumber now, const IntakeLimits& limits);

/// True when a frame number can be real after the time the session has lasted.
bool frame_is_possible(const Session& session, std::uint32_t frame, TickNumber now,
                       const IntakeLimits& limits);

}  // namespace tessera::intake
