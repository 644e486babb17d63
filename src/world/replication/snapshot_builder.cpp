// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/snapshot_builder.h"

#include <algorithm>
#include <bit>

namespace tessera::replication {
namespace {

using protocol::SnapshotWriter;

/// A roster's reference and mask; a roster that cannot hold one entry more is not begun.
constexpr std::size_t kRosterHeadBytes = protocol::kPageReferenceBytesMax + 5;
/// A head and one state.
constexpr std::size_t kBodyBytesLeast = protocol::kPageHeadBytesMax + 4;
/// Rosters leave this share of what is left of a snapshot to states, so that a crowd that comes
/// into view moves while it is introduced.
constexpr std::size_t kStatesShare = 3;
/// What pages leave to each whom the viewer minds.
constexpr std::size_t kMindedBytes = protocol::kPageHeadBytesMax + kSlotBytesMax;
/// Of a packet around a snapshot: UDP, netcode, channel.
constexpr std::size_t kPacketHeadBytes = 68;
/// Age in sixteenths of the page's own period.
constexpr std::uint32_t kUrgencyMax = 1u << 24;
/// After so many bodies that did not fit the others are left for the next snapshot, unlooked at.
constexpr unsigned kMissesMax = 3;

std::size_t body_bytes_max(const PageHead& head) {
  return protocol::kPageHeadBytesMax + static_cast<std::size_t>(std::popcount(head.occupied)) * 5;
}

}  // namespace

void SnapshotBuilder::begin_flight(Viewer& viewer, std::uint32_t tick) {
  while (const Flight* flight = viewer.flights.overdue()) {
    viewer.delivered(mirror_, flight->number, false);
  }
  flight_ = &viewer.flights.begin(tick);
}

SnapshotBuilder::Built SnapshotBuilder::snapshot(Viewer& viewer, const OwnNow* own) {
  begin_flight(viewer, mirror_.tick());
  // What went at once since the last snapshot is taken from this one, so that all packets of a
  // client together keep within the cap.
  const std::size_t spent = std::min(viewer.bytes_at_once, options_.snapshot_bytes / 2);
  viewer.bytes_at_once = 0;
  const std::span<std::byte> room = std::span(buffer_).first(options_.snapshot_bytes - spent);
  SnapshotWriter out(room, mirror_.tick(), viewer.epoch);
  if (own != nullptr) write_own(viewer, *own, out);
  write_answers(viewer, !rosters_due_, out);  // who is no stranger is worth more than his blows
  find_minded(viewer);
  if (!candidates_.empty() || minded_count_ > 0) {
    out.begin_view(viewer.anchor);
    if (rosters_due_) write_rosters(viewer, out);
    write_pages(viewer, out);
    write_minded(viewer, out);
  }
  ++figures_.snapshots;
  figures_.bytes += out.size();
  return {flight_->number, out.written()};
}

SnapshotBuilder::Built SnapshotBuilder::answers(Viewer& viewer, std::uint32_t tick) {
  begin_flight(viewer, tick);
  SnapshotWriter out(buffer_, tick, viewer.epoch);
  write_answers(viewer, false, out);
  viewer.bytes_at_once += out.size() + kPacketHeadBytes;
  ++figures_.answers_at_once;
  figures_.bytes += out.size();
  return {flight_->number, out.written()};
}

void SnapshotBuilder::write_own(Viewer& viewer, const OwnNow& own, SnapshotWriter& out) {
  const bool moved = own.motion != viewer.own_motion_told;
  if (viewer.wants_own_state || (moved && own.ran_without_client)) {
    out.own_state({own.frame, viewer.entity, own.motion});
    viewer.wants_own_state = false;
    flight_->own_state = true;
  } else if (moved || own.frame != viewer.own_frame_told) {
    out.own_check({static_cast<std::uint16_t>(own.frame), protocol::motion_check(own.motion)});
  }
  viewer.own_motion_told = own.motion;
  viewer.own_frame_told = own.frame;
}

void SnapshotBuilder::write_answers(Viewer& viewer, bool with_fights_of_others,
                                    SnapshotWriter& out) {
  std::array<protocol::ActionAnswer, protocol::kAnswersMax> sent;
  std::size_t count = 0;
  for (WaitingAnswer& waiting : std::span(viewer.answers).first(viewer.answer_count)) {
    if (waiting.number != 0) continue;
    waiting.number = flight_->number;
    sent[count++] = waiting.answer;
  }
  const std::size_t head =
      count * protocol::kAnswerBytes + protocol::kAnswersHeadBytes + protocol::kCombatHeadBytesMax;
  std::array<std::byte, protocol::kCombatBytesMax> scratch;
  // With the smallest snapshots a test may ask for, states still get their share.
  const std::size_t room = std::min(scratch.size(), (out.room() - head) / 2);
  protocol::CombatWriter lines{std::span(scratch).first(room)};
  combat_.write(viewer, mirror_, flight_->number, with_fights_of_others, lines);
  if (count == 0 && lines.count() == 0) return;
  const std::uint8_t line_count = lines.count();
  out.answers(std::span(sent).first(count), line_count, lines.finish());
}

bool SnapshotBuilder::choose(Viewer& viewer, const std::array<std::uint32_t, kTiers>& periods) {
  const std::uint32_t now = mirror_.tick();
  candidates_.clear();
  bytes_due_ = 0;
  rosters_due_ = false;
  for (std::size_t i = 0; i < viewer.subscriptions.size(); ++i) {
    Subscription& sub = viewer.subscriptions[i];
    const auto place = static_cast<std::uint16_t>(i);
    if (sub.closing) {
      if (now - sub.merged > kUnconfirmedTicksMax) return false;
      if (sub.served != 0) continue;
      rosters_due_ = true;
      candidates_.push_back({kUrgencyMax, place, 0});
      continue;
    }
    const PageHead& head = mirror_.head(sub.page);
    if ((head.roster_changed > sub.merged || sub.unconfirmed != 0) &&
        !Viewer::merge_roster(sub, mirror_.slots(sub.page), now)) {
      return false;
    }
    const std::uint32_t age = now - sub.served;
    const std::uint32_t period = periods[static_cast<std::size_t>(sub.tier)];
    if (sub.pending != 0) {
      rosters_due_ = true;
    } else {
      if (age < period) continue;
      const bool has_components = sub.next_slot != 0 || head.components_changed > sub.components;
      if (head.changed <= sub.served && !has_components) {
        sub.served = sub.components = now;  // nothing happened there
        continue;
      }
    }
    candidates_.push_back({std::min(age, kUrgencyMax / 16) * 16 / period, place, 0});
    bytes_due_ += body_bytes_max(head);
  }
  if (bytes_due_ > options_.snapshot_bytes / kStatesShare) {
    std::ranges::sort(candidates_, std::greater<>{}, &Candidate::urgency);
  }
  return true;
}

void SnapshotBuilder::write_rosters(Viewer& viewer, SnapshotWriter& out) {
  states_room_ = out.room() / kStatesShare;
  std::size_t written = 0;
  // Slots that changed under his eyes first: for them time runs out, and most are of known ones.
  if (write_rosters(viewer, true, written, out)) write_rosters(viewer, false, written, out);
}

bool SnapshotBuilder::write_rosters(Viewer& viewer, bool changed_only, std::size_t& written,
                                    SnapshotWriter& out) {
  for (Candidate& candidate : candidates_) {
    if (written == protocol::kRostersPerSnapshotMax) return false;
    Subscription& sub = viewer.subscriptions[candidate.subscription];
    const PageHead& head = mirror_.head(sub.page);
    if (!protocol::within_reach(viewer.anchor, head.cell)) continue;
    if (sub.closing) {
      if (sub.served != 0) continue;
      if (out.room() < kRosterHeadBytes) return false;
      out.roster({head.cell, head.number}, 0, true, {});
      sub.served = mirror_.tick();
      viewer.flights.add({.page = sub.page, .kind = Told::Kind::Closed});
      ++written;
      continue;
    }
    const std::uint32_t wanted = changed_only ? sub.pending & sub.unconfirmed : sub.pending;
    if (wanted == 0) continue;
    if (!write_roster(viewer, candidate, wanted, out)) return false;
    ++written;
  }
  return true;
}

bool SnapshotBuilder::write_roster(Viewer& viewer, Candidate& candidate, std::uint32_t wanted,
                                   SnapshotWriter& out) {
  Subscription& sub = viewer.subscriptions[candidate.subscription];
  if (out.room() < states_room_ + kRosterHeadBytes) return false;
  std::array<std::byte, protocol::kSnapshotBytesMax> scratch;
  ByteWriter entries(scratch);
  const std::uint32_t mask =
      write_entries(viewer, sub, wanted, out.room() - states_room_ - kRosterHeadBytes, entries);
  if (mask == 0) return false;
  const PageHead& head = mirror_.head(sub.page);
  out.roster({head.cell, head.number}, mask, false, entries.written());
  sub.pending &= ~mask;
  candidate.told_slots |= mask;
  return mask == wanted;
}

std::uint32_t SnapshotBuilder::write_entries(Viewer& viewer, const Subscription& sub,
                                             std::uint32_t wanted, std::size_t room,
                                             ByteWriter& entries) {
  const PageSlots& slots = mirror_.slots(sub.page);
  std::uint32_t told = 0;
  for (std::uint32_t rest = wanted; rest != 0; rest &= rest - 1) {
    const auto slot = static_cast<unsigned>(std::countr_zero(rest));
    const RowIndex row = slots.rows[slot];
    const std::size_t before = entries.size();
    bool stranger = false;
    if (row == kNoRow) {
      protocol::write_empty_slot(entries);
    } else if (viewer.knows(row)) {
      protocol::write_known_slot(entries, mirror_.entity(row).index());
    } else {
      if (viewer.known_count >= protocol::kKnownEntitiesMax) break;
      std::array<std::byte, protocol::kIntroductionBytesMax> scratch;
      ByteWriter components(scratch);
      mirror_.write_introduction(row, components);
      if (entries.size() + components.size() + protocol::kIntroductionHeadBytesMax > room) break;
      protocol::write_introduced_slot(entries, mirror_.entity(row), components.written());
      stranger = true;
    }
    if (entries.size() > room) {
      entries.rewind(before);
      break;
    }
    told |= 1u << slot;
    if (!stranger) continue;
    viewer.meet(row);
    viewer.flights.add({.before = row, .kind = Told::Kind::Introduction});
    ++figures_.introductions;
  }
  return told;
}

void SnapshotBuilder::write_pages(Viewer& viewer, SnapshotWriter& out) {
  unsigned misses = 0;
  for (const Candidate& candidate : candidates_) {
    Subscription& sub = viewer.subscriptions[candidate.subscription];
    if (sub.closing) continue;
    const std::uint32_t before = sub.served;
    const std::uint32_t components_before = sub.components;
    if (misses < kMissesMax && !write_page(viewer, sub, out)) ++misses;
    if (sub.served != before || candidate.told_slots != 0) {
      viewer.flights.add({.before = before,
                          .components_before = components_before,
                          .slots = candidate.told_slots,
                          .page = sub.page});
    }
  }
  figures_.snapshots_full += misses > 0 ? 1 : 0;
}

bool SnapshotBuilder::write_page(const Viewer& viewer, Subscription& sub, SnapshotWriter& out) {
  const PageHead& head = mirror_.head(sub.page);
  const bool knows_none = head.occupied != 0 && (head.occupied & ~sub.pending) == 0;
  if (knows_none || !protocol::within_reach(viewer.anchor, head.cell)) return true;
  const std::size_t room = out.room() - std::min(out.room(), minded_count_ * kMindedBytes);
  if (room < kBodyBytesLeast) return false;
  const PageCache::Body body =
      cache_.body(mirror_, sub.page, {sub.served, sub.components, sub.next_slot});
  if (body.bytes.size() + protocol::kPageHeadBytesMax > room) return false;
  if (body.bitmap != 0) {
    out.page({head.cell, head.number}, body.bitmap, body.bytes);
    ++figures_.pages_sent;
  }
  sub.served = mirror_.tick();
  sub.note_components(mirror_.tick(), body.next_slot);
  return true;
}

void SnapshotBuilder::find_minded(Viewer& viewer) {
  minded_count_ = 0;
  viewer.attention.each(mirror_.tick(), [&](EntityId entity, std::uint32_t& told) {
    const RowIndex row = mirror_.find(entity);
    if (row == kNoRow || entity == viewer.entity || !viewer.knows(row)) return;
    const Subscription* const sub = viewer.find(mirror_.page_of(row));
    const std::uint8_t slot = mirror_.slot_of(row);
    if (sub == nullptr || sub->closing || (sub->pending >> slot & 1) != 0) return;
    if (!protocol::within_reach(viewer.anchor, mirror_.head(sub->page).cell)) return;
    const auto place = static_cast<std::uint16_t>(sub - viewer.subscriptions.data());
    minded_[minded_count_++] = {place, slot, &told};
  });
}

/// Those whose page was told just now are told already. What is told here is not undone when it is
/// lost: the page tells it too, later.
void SnapshotBuilder::write_minded(const Viewer& viewer, SnapshotWriter& out) {
  for (const Minded& minded : std::span(minded_).first(minded_count_)) {
    const Subscription& sub = viewer.subscriptions[minded.subscription];
    if (sub.served == mirror_.tick() || out.room() < kMindedBytes) continue;
    const PageCache::Body body =
        cache_.slot_body(mirror_, sub.page, minded.slot, std::max(sub.components, *minded.told),
                         out.room() - protocol::kPageHeadBytesMax);
    const PageHead& head = mirror_.head(sub.page);
    out.page({head.cell, head.number}, body.bitmap | protocol::kSlotsAlone, body.bytes);
    if (body.next_slot == 0) *minded.told = mirror_.tick();
  }
}

}  // namespace tessera::replication
