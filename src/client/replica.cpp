// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "client/replica.h"

#include <algorithm>

#include "protocol/components/component_codec.h"

namespace tessera::client {
namespace {

constexpr std::uint16_t kNoPage = 0xffff;
/// A longer gap says that nobody moved, not how often the page is told.
constexpr std::uint32_t kGapMax = 24;
/// Of the ticks between two updates: one, and most of another, for one may be lost.
constexpr float kLaterShare = 1.67f;
/// Ticks a tick: so much slower or faster others may seem while their delay changes.
constexpr float kLaterRate = 0.1f;
constexpr std::uint32_t kTidyTicks = 60;
/// Who was told without its page so lately is told in every snapshot.
constexpr std::uint32_t kMindedTicks = 4 * kSnapshotTicks;
/// Pages kept before those that are empty are dropped: more than a view has.
constexpr std::size_t kPagesMax = 4096;

std::uint32_t number_of(protocol::PageKey key) {
  return std::uint32_t{key.cell.index()} << 8 | key.page;
}

/// Is `a` a later epoch than `b`? Epochs are counted modulo 8.
bool later(std::uint8_t a, std::uint8_t b) {
  const unsigned ahead = (a - b) & protocol::kEpochMask;
  return ahead != 0 && ahead < 4;
}

}  // namespace

Replica::Replica() { entities_.reserve(64); }

void Replica::clear() { *this = Replica(); }

void Replica::apply(const protocol::Snapshot& snapshot) {
  if (!begun_ || later(snapshot.epoch, epoch_)) begin_epoch(snapshot.epoch);
  if (!snapshot.has_view || snapshot.epoch != epoch_) return;
  applying_ = snapshot.tick;
  tick_ = std::max(tick_, snapshot.tick);
  for (const protocol::RosterChange& change : snapshot.rosters) apply_roster(snapshot, change);
  for (const protocol::PageUpdate& update : snapshot.pages) apply_page(snapshot, update);
  if (tick_ - tidied_ >= kTidyTicks) tidy();
}

float Replica::later_ticks(const RemoteEntity& entity) const {
  const float step = kLaterRate * static_cast<float>(clock_ - entity.later_since);
  return entity.later_before + std::clamp(entity.later_wanted - entity.later_before, -step, step);
}

void Replica::show_later(RemoteEntity& entity, float wanted) {
  const bool is_minded = tick_ - entity.told_alone_tick <= kMindedTicks;
  wanted = is_minded ? 0 : wanted;
  if (wanted == entity.later_wanted) return;
  entity.later_before = later_ticks(entity);
  entity.later_wanted = wanted;
  entity.later_since = clock_;
}

float Replica::Page::later_ticks() const {
  const std::uint32_t beyond = std::max(period(), kSnapshotTicks) - kSnapshotTicks;
  return static_cast<float>(beyond) * kLaterShare;
}

void Replica::Page::note_gap(std::uint32_t ticks) {
  if (ticks > kGapMax) return;
  gaps[next_gap++ % gaps.size()] = static_cast<std::uint8_t>(ticks);
}

void Replica::begin_epoch(std::uint8_t epoch) {
  begun_ = true;
  epoch_ = epoch;
  wants_new_view_ = false;
  pages_.clear();
  page_by_key_.clear();
  // Their histories stay, so that one who is introduced again does not jump.
  for (RemoteEntity& entity : entities_) {
    entity.page = kNoPage;
    entity.placed_tick = tick_;
    entity.introduced_tick = 0;
    entity.component_ticks = {};
  }
}

std::uint16_t Replica::page_at(protocol::PageKey key) {
  const auto [found, added] =
      page_by_key_.try_emplace(number_of(key), static_cast<std::uint16_t>(pages_.size()));
  if (added) {
    pages_.emplace_back().key = key;
    wants_new_view_ |= pages_.size() > kPagesMax;
  }
  return found->second;
}

Replica::Slot& Replica::slot_at(std::uint16_t page, std::uint8_t slot) {
  std::vector<Slot>& slots = pages_[page].slots;
  if (slot >= slots.size()) slots.resize(slot + 1u);
  return slots[slot];
}

std::uint32_t Replica::entity_named(std::uint32_t index) {
  const auto [found, added] = entity_by_index_.try_emplace(index, 0);
  if (!added) return found->second;
  std::uint32_t entity = static_cast<std::uint32_t>(entities_.size());
  if (free_entities_.empty()) {
    entities_.emplace_back();
  } else {
    entity = free_entities_.back();
    free_entities_.pop_back();
    entities_[entity] = RemoteEntity{};
  }
  entities_[entity].index = index;
  entities_[entity].placed_tick = applying_;
  found->second = entity;
  wants_new_view_ |= entity_by_index_.size() > protocol::kKnownEntitiesMax;
  return entity;
}

void Replica::apply_roster(const protocol::Snapshot& snapshot,
                           const protocol::RosterChange& change) {
  const std::uint16_t page = page_at(change.page);
  const auto entries = std::span(snapshot.entries).subspan(change.first_entry, change.entry_count);
  if (change.complete) {
    std::uint32_t told = 0;
    for (const protocol::RosterEntry& entry : entries) told |= 1u << entry.slot;
    for (std::uint8_t slot = 0; slot < pages_[page].slots.size(); ++slot) {
      if ((told >> slot & 1) == 0) empty(page, slot);
    }
  }
  for (const protocol::RosterEntry& entry : entries) {
    if (entry.kind == protocol::RosterEntry::Kind::Nobody) {
      empty(page, entry.slot);
      continue;
    }
    const std::uint32_t entity = entity_named(entry.entity_index);
    if (entry.kind == protocol::RosterEntry::Kind::Introduced) {
      introduce(snapshot, entry, entities_[entity]);
    }
    bind(page, entry.slot, entity);
  }
}

void Replica::introduce(const protocol::Snapshot& snapshot, const protocol::RosterEntry& entry,
                        RemoteEntity& entity) {
  if (applying_ < entity.introduced_tick) return;
  if (entity.id != entry.entity) {  // another one with the same short name, or a stranger
    if (entity.id.value != 0) entity.history.clear();
    entity.component_ticks = {};
    entity.appearance = {};
    entity.gesture = {};
    entity.condition = {};
    entity.cast = {};
    entity.effects = {};
  }
  entity.id = entry.entity;
  entity.introduced_tick = applying_;
  for (const protocol::ComponentBytes& component :
       std::span(snapshot.components).subspan(entry.first_component, entry.component_count)) {
    apply_component(entity, component);
  }
}

void Replica::bind(std::uint16_t page, std::uint8_t slot_number, std::uint32_t number) {
  Slot& slot = slot_at(page, slot_number);
  if (applying_ < slot.roster_tick) return;
  RemoteEntity& entity = entities_[number];
  const bool waiting_state = slot.entity == kNoEntity && slot.state_tick > slot.roster_tick;
  if (slot.entity != number) empty(page, slot_number);
  slot.roster_tick = applying_;
  // It may have gone on to another slot in a snapshot that overtook this one.
  if (entity.in_slot() && applying_ < entity.placed_tick) return;
  if (entity.in_slot() && (entity.page != page || entity.slot != slot_number)) {
    pages_[entity.page].slots[entity.slot].entity = kNoEntity;
  }
  slot.entity = number;
  const float later = pages_[page].later_ticks();
  if (entity.history.size() == 0) entity.later_before = entity.later_wanted = later;
  show_later(entity, later);
  entity.page = page;
  entity.slot = slot_number;
  entity.placed_tick = applying_;
  if (waiting_state) push_sample(entity, pages_[page].key.cell, slot, 0);
}

void Replica::empty(std::uint16_t page, std::uint8_t slot_number) {
  Slot& slot = slot_at(page, slot_number);
  if (applying_ < slot.roster_tick) return;
  slot.roster_tick = applying_;
  if (slot.entity == kNoEntity) return;
  RemoteEntity& entity = entities_[slot.entity];
  slot.entity = kNoEntity;
  entity.page = kNoPage;
  entity.placed_tick = applying_;
}

void Replica::apply_page(const protocol::Snapshot& snapshot, const protocol::PageUpdate& update) {
  const std::uint16_t page = page_at(update.page);
  const std::uint32_t told_before = pages_[page].updated_tick;
  for (const protocol::SlotState& told :
       std::span(snapshot.states).subspan(update.first_state, update.state_count)) {
    Slot& slot = slot_at(page, told.slot);
    if (applying_ < slot.state_tick || applying_ < slot.roster_tick) continue;
    slot.state = told.state;
    slot.state_tick = applying_;
    if (slot.entity == kNoEntity) continue;  // its roster is still on the way
    if (update.slots_alone) {
      entities_[slot.entity].told_alone_tick = applying_;
      show_later(entities_[slot.entity], 0);
    }
    push_sample(entities_[slot.entity], update.page.cell, slot, told_before);
  }
  if (applying_ > told_before && !update.slots_alone) {
    pages_[page].updated_tick = applying_;
    if (told_before != 0) pages_[page].note_gap(applying_ - told_before);
    const float later = pages_[page].later_ticks();
    for (const Slot& slot : pages_[page].slots) {
      if (slot.entity != kNoEntity) show_later(entities_[slot.entity], later);
    }
  }
  for (const protocol::ComponentBytes& component :
       std::span(snapshot.components).subspan(update.first_component, update.component_count)) {
    const Slot& slot = slot_at(page, component.slot);
    if (slot.entity != kNoEntity) apply_component(entities_[slot.entity], component);
  }
}

void Replica::apply_component(RemoteEntity& entity, const protocol::ComponentBytes& component) {
  if (component.component >= protocol::kReplicatedComponents) return;  // of a newer server
  std::uint32_t& tick = entity.component_ticks[component.component];
  if (applying_ < tick) return;
  bool understood = true;
  if (component.component == protocol::kComponentIndex<Appearance>) {
    understood = protocol::read_component(component.fields, entity.appearance);
  } else if (component.component == protocol::kComponentIndex<Gesture>) {
    understood = protocol::read_component(component.fields, entity.gesture);
  } else if (component.component == protocol::kComponentIndex<Condition>) {
    understood = protocol::read_component(component.fields, entity.condition);
  } else if (component.component == protocol::kComponentIndex<Cast>) {
    understood = protocol::read_component(component.fields, entity.cast);
  } else if (component.component == protocol::kComponentIndex<ShownEffects>) {
    understood = protocol::read_component(component.fields, entity.effects);
  }
  if (understood) tick = applying_;
}

void Replica::push_sample(RemoteEntity& entity, protocol::Cell cell, const Slot& slot,
                          std::uint32_t told_before) {
  Sample sample{.tick = slot.state_tick,
                .at = {protocol::steps_from_offset(cell.x, slot.state.x()),
                       protocol::steps_from_offset(cell.z, slot.state.z())},
                .height = slot.state.height(),
                .heading = static_cast<std::uint8_t>(slot.state.heading()),
                .has_height = slot.state.has_height()};
  History& history = entity.history;
  if (history.size() > 0) {
    // Its page was told without it, or not at all for longer than it takes if nothing is lost:
    // until then it stood where it was.
    Sample still = history.newest();
    const std::uint32_t moving = pages_[entity.page].period() + kSnapshotTicks;
    still.tick = std::max(told_before, sample.tick - std::min(sample.tick, moving));
    if (still.tick > history.newest().tick && still.tick < sample.tick) history.push(still);
  }
  history.push(sample);
}

const RemoteEntity* Replica::find(EntityId id) const {
  const auto found = entity_by_index_.find(id.index());
  if (found == entity_by_index_.end()) return nullptr;
  const RemoteEntity& entity = entities_[found->second];
  return entity.id == id && entity.visible() ? &entity : nullptr;
}

EntityId Replica::id_named(std::uint32_t index) const {
  const auto found = entity_by_index_.find(index);
  return found == entity_by_index_.end() ? EntityId{} : entities_[found->second].id;
}

std::size_t Replica::visible_count() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(entities_, [](const RemoteEntity& e) { return e.visible(); }));
}

void Replica::tidy() {
  tidied_ = tick_;
  for (std::uint32_t i = 0; i < entities_.size(); ++i) {
    RemoteEntity& entity = entities_[i];
    const auto named = entity_by_index_.find(entity.index);
    if (named == entity_by_index_.end() || named->second != i) continue;  // free
    const std::uint32_t age = tick_ - std::min(tick_, entity.placed_tick);
    if (entity.in_slot()) {
      wants_new_view_ |= !entity.visible() && age > kUnresolvedTicksMax;
    } else if (age > kRememberTicks) {
      entity_by_index_.erase(named);
      entity = RemoteEntity{};
      free_entities_.push_back(i);
    }
  }
}

}  // namespace tessera::client
