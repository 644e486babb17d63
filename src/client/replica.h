// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What a client knows of the world: every entity it was introduced to, where it was at the last
// ticks it was told of, and the pages of slots by which the server speaks of them
// (protocol/snapshot.h).
//
// Snapshots may overtake each other and get lost. So everything that is told remembers its tick: a
// slot when its entity was told, its state, each component; what is older than what is known is
// ignored. A state may come before the roster that says whose it is: it waits in the slot. An
// entity that left its slot and came to no other is out of view; it is remembered for a while, for
// the server may refer to it by its short name for about a second.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <expected>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/core/bytes.h"
#include "engine/core/ids.h"
#include "gameplay/shared/components.h"
#include "protocol/components/replicated_components.h"
#include "protocol/snapshot.h"

namespace tessera::client {

/// Ticks between two snapshots: what is near is told of so often.
inline constexpr std::uint32_t kSnapshotTicks = 3;
/// Ticks an entity without a slot is remembered; the server takes at most two seconds.
inline constexpr std::uint32_t kRememberTicks = 600;
/// Ticks after which something unresolved makes the client ask for a new view.
inline constexpr std::uint32_t kUnresolvedTicksMax = 90;

/// A place at a tick, exactly as it was told.
struct Sample {
  std::uint32_t tick = 0;
  protocol::GroundSteps at;
  std::uint16_t height = 0;  ///< if has_height; else it stands on the ground
  std::uint8_t heading = 0;
  bool has_height = false;
  bool same_place(const Sample& other) const {
    return at == other.at && height == other.height && heading == other.heading &&
           has_height == other.has_height;
  }
};

/// The newest samples, oldest first when walked.
class History {
 public:
  static constexpr std::size_t kSamples = 8;
  void clear() { count_ = 0; }
  /// Ignored unless it is newer than the newest.
  void push(const Sample& sample) {
    if (count_ > 0 && sample.tick <= newest().tick) return;
    samples_[next_++ % kSamples] = sample;
    if (count_ < kSamples) ++count_;
  }
  std::size_t size() const { return count_; }
  const Sample& operator[](std::size_t i) const {
    return samples_[(next_ + kSamples - count_ + i) % kSamples];
  }
  const Sample& newest() const { return (*this)[count_ - 1u]; }

 private:
  std::array<Sample, kSamples> samples_{};
  std::uint8_t next_ = 0;  // kSamples divides 256
  std::uint8_t count_ = 0;
};

inline constexpr std::uint32_t kNoEntity = ~std::uint32_t{0};

struct RemoteEntity {
  EntityId id;              ///< none until it is introduced
  std::uint32_t index = 0;  ///< its short name
  std::uint32_t introduced_tick = 0;
  std::uint32_t placed_tick = 0;  ///< since when it is in its slot, or in none
  std::uint16_t page = 0xffff;    ///< 0xffff: in no slot, out of view
  std::uint8_t slot = 0;
  History history;
  /// It is drawn so many ticks later than those that are told most often: the farther away, the
  /// rarer it is told of, and the longer one has to wait for the other end of its way.
  /// later_ticks() of the replica says how much; it changes from one value to the other bit by bit.
  float later_before = 0;
  float later_wanted = 0;
  double later_since = 0;             ///< by the replica's clock
  std::uint32_t told_alone_tick = 0;  ///< newest one in which it was told without its page
  Appearance appearance;
  Gesture gesture;
  Condition condition;
  Cast cast;
  ShownEffects effects;
  std::array<std::uint32_t, protocol::kReplicatedComponents> component_ticks{};

  bool in_slot() const { return page != 0xffff; }
  bool visible() const { return id.value != 0 && in_slot() && history.size() > 0; }
};

class Replica {
 public:
  Replica();

  /// Takes over a snapshot's view. Own parts and answers are the caller's.
  void apply(const protocol::Snapshot& snapshot);
  /// Time goes on: brings everybody's later_ticks() a little nearer to what it should be.
  void advance(float ticks) { clock_ += double{ticks}; }
  /// So many ticks later than those that are told most often one of each_visible() is drawn now.
  float later_ticks(const RemoteEntity& entity) const;
  /// Forgets all.
  void clear();

  /// Calls fn(const RemoteEntity&) for all that are in view, the own character among them.
  template <class F>
  void each_visible(F&& fn) const {
    for (const RemoteEntity& entity : entities_) {
      if (entity.visible()) fn(entity);
    }
  }
  /// Where one of each_visible() is kept: a small number, and its own as long as it is in view.
  std::uint32_t place_of(const RemoteEntity& entity) const {
    return static_cast<std::uint32_t>(&entity - entities_.data());
  }
  /// Null when it is unknown or out of view.
  const RemoteEntity* find(EntityId id) const;
  std::size_t visible_count() const;
  /// The newest tick of which the server has told where one of each_visible() is.
  std::uint32_t told_tick(const RemoteEntity& entity) const {
    const Page& page = pages_[entity.page];
    return std::max(page.updated_tick, page.slots[entity.slot].state_tick);
  }
  /// Whom the server calls by this short name; none when it is unknown.
  EntityId id_named(std::uint32_t index) const;

  /// Of the newest snapshot with a view.
  std::uint32_t tick() const { return tick_; }
  /// Something was told that refers to what is not known, and nothing has cleared it up since.
  bool wants_new_view() const { return wants_new_view_; }

 private:
  struct Slot {
    std::uint32_t entity = kNoEntity;  ///< into entities_
    std::uint32_t roster_tick = 0;
    std::uint32_t state_tick = 0;
    protocol::EntityState state;
  };
  /// As the farthest pages.
  static constexpr std::array<std::uint8_t, 4> kGapsUnknown{12, 12, 12, 12};
  struct Page {
    protocol::PageKey key;
    std::uint32_t updated_tick = 0;
    std::array<std::uint8_t, 4> gaps = kGapsUnknown;  ///< ticks between its newest updates
    std::uint8_t next_gap = 0;
    std::vector<Slot> slots;  ///< up to the highest that was ever told

    void note_gap(std::uint32_t ticks);
    /// How often it is told when something moves in it. Losses only make gaps wider.
    std::uint32_t period() const { return *std::ranges::min_element(gaps); }
    /// What later_ticks() of those in it should be.
    float later_ticks() const;
  };

  std::uint16_t page_at(protocol::PageKey key);
  Slot& slot_at(std::uint16_t page, std::uint8_t slot);
  std::uint32_t entity_named(std::uint32_t index);
  void begin_epoch(std::uint8_t epoch);
  void apply_roster(const protocol::Snapshot& snapshot, const protocol::RosterChange& change);
  void introduce(const protocol::Snapshot& snapshot, const protocol::RosterEntry& entry,
                 RemoteEntity& entity);
  void bind(std::uint16_t page, std::uint8_t slot, std::uint32_t entity);
  void empty(std::uint16_t page, std::uint8_t slot);
  void apply_page(const protocol::Snapshot& snapshot, const protocol::PageUpdate& update);
  void show_later(RemoteEntity& entity, float wanted);
  void apply_component(RemoteEntity& entity, const protocol::ComponentBytes& component);
  void push_sample(RemoteEntity& entity, protocol::Cell cell, const Slot& slot,
                   std::uint32_t told_before);
  void tidy();

  double clock_ = 0;            ///< ticks that went by
  std::uint32_t applying_ = 0;  ///< tick of the snapshot being applied
  std::uint32_t tick_ = 0;
  std::uint32_t tidied_ = 0;
  std::uint8_t epoch_ = 0;
  bool begun_ = false;
  bool wants_new_view_ = false;
  std::vector<RemoteEntity> entities_;
  std::vector<std::uint32_t> free_entities_;
  std::unordered_map<std::uint32_t, std::uint32_t> entity_by_index_;
  std::vector<Page> pages_;
  std::unordered_map<std::uint32_t, std::uint16_t> page_by_key_;
};

}  // namespace tessera::client
