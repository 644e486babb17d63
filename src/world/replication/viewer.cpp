// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/viewer.h"

#include <algorithm>
#include <bit>

namespace tessera::replication {
namespace {

/// The slots of `mask` whose entity changed after `tick`.
std::uint32_t changed_after(const PageSlots& slots, std::uint32_t mask, std::uint32_t tick) {
  std::uint32_t changed = 0;
  for (; mask != 0; mask &= mask - 1) {
    const auto slot = static_cast<unsigned>(std::countr_zero(mask));
    changed |= (slots.roster_ticks[slot] > tick ? 1u : 0u) << slot;
  }
  return changed;
}

}  // namespace

void Viewer::meet(RowIndex row) {
  if (row / 64 >= known.size()) known.resize(row / 64 + 1);
  if (!knows(row)) ++known_count;
  known[row / 64] |= std::uint64_t{1} << row % 64;
}

void Viewer::forget(RowIndex row) {
  if (!knows(row)) return;
  known[row / 64] &= ~(std::uint64_t{1} << row % 64);
  --known_count;
}

Subscription* Viewer::find(PageIndex page) {
  const auto found = std::ranges::find(subscriptions, page, &Subscription::page);
  return found == subscriptions.end() ? nullptr : &*found;
}

void Viewer::add_answer(const protocol::ActionAnswer& answer) {
  if (answer_count == answers.size()) {  // the oldest was sent long ago
    std::move(answers.begin() + 1, answers.end(), answers.begin());
    --answer_count;
  }
  answers[answer_count++] = {answer, 0};
}

bool Viewer::has_waiting_answer() const {
  return own_combat.is_waiting() ||
         std::any_of(answers.begin(), answers.begin() + answer_count,
                     [](const WaitingAnswer& waiting) { return waiting.number == 0; });
}

void Viewer::begin_anew() {
  epoch = (epoch + 1) & protocol::kEpochMask;
  wants_own_state = true;
  wants_new_view = false;
  refresh_due = true;
  cells.clear();
  subscriptions.clear();
  flights.clear();
  std::ranges::fill(known, 0);
  known_count = 0;
  for (WaitingAnswer& waiting : answers) waiting.number = 0;
  own_combat.begin_anew();
  attention.begin_anew();
}

bool Viewer::merge_roster(Subscription& sub, const PageSlots& slots, std::uint32_t now) {
  const std::uint32_t changed = changed_after(slots, ~0u, sub.merged);
  sub.pending |= changed;
  sub.unconfirmed |= changed;
  sub.merged = now;
  for (std::uint32_t rest = sub.unconfirmed; rest != 0; rest &= rest - 1) {
    const auto slot = static_cast<unsigned>(std::countr_zero(rest));
    if (now - slots.roster_ticks[slot] > kUnconfirmedTicksMax) return false;
  }
  return true;
}

void Viewer::delivered(const Mirror& mirror, std::uint32_t number, bool arrived) {
  Flight* const flight = flights.find(number);
  if (flight == nullptr) return;
  if (arrived) {
    if (flight->rosters) confirm(mirror, *flight);
  } else {
    undo(mirror, *flight);
  }
  // Answers: gone when they arrived, to be sent again when not.
  const auto end = answers.begin() + answer_count;
  if (arrived) {
    const auto left = std::remove_if(answers.begin(), end, [&](const WaitingAnswer& waiting) {
      return waiting.number == number;
    });
    answer_count = static_cast<std::uint8_t>(left - answers.begin());
  } else {
    for (auto it = answers.begin(); it != end; ++it) {
      if (it->number == number) it->number = 0;
    }
  }
  own_combat.delivered(number, arrived);
  flights.close(*flight);
}

void Viewer::confirm(const Mirror& mirror, const Flight& flight) {
  flights.each(flight, [&](const Told& told) {
    if (told.kind == Told::Kind::Introduction) return;
    if (told.kind == Told::Kind::Page && told.slots == 0) return;
    Subscription* const sub = find(told.page);
    if (sub == nullptr) return;
    if (told.kind == Told::Kind::Closed) {
      if (!sub->closing || sub->served != flight.tick) return;
      *sub = subscriptions.back();
      subscriptions.pop_back();
      refresh_due = true;  // it may be in view again
    } else if (!sub->closing) {
      const std::uint32_t since =
          changed_after(mirror.slots(sub->page), told.slots, flight.tick) | sub->pending;
      sub->unconfirmed &= ~told.slots | since;
    }
  });
}

void Viewer::undo(const Mirror& mirror, const Flight& flight) {
  wants_own_state |= flight.own_state;
  own_frame_told = 0;
  flights.each(flight, [&](const Told& told) {
    if (told.kind == Told::Kind::Introduction) {
      const RowIndex row = told.before;
      forget(row);
      if (!mirror.alive(row)) return;
      // It may stand in another slot by now, which then was told of a stranger.
      Subscription* const sub = find(mirror.page_of(row));
      if (sub != nullptr && !sub->closing) sub->pending |= 1u << mirror.slot_of(row);
      return;
    }
    Subscription* const sub = find(told.page);
    if (sub == nullptr) return;
    if (told.kind == Told::Kind::Closed) {
      if (sub->closing && sub->served == flight.tick) sub->served = 0;
    } else if (!sub->closing) {
      sub->served = std::min(sub->served, told.before);
      sub->components = std::min(sub->components, told.components_before);
      sub->next_slot = 0;
      sub->pending |= told.slots;
    }
  });
}

void Viewer::sweep_known(const Mirror& mirror) {
  swept = mirror.tick();
  for (std::size_t word = 0; word < known.size(); ++word) {
    for (std::uint64_t rest = known[word]; rest != 0; rest &= rest - 1) {
      const auto row =
          static_cast<RowIndex>(word * 64 + static_cast<unsigned>(std::countr_zero(rest)));
      if (!mirror.alive(row) || !sees(mirror.head(mirror.page_of(row)).cell)) forget(row);
    }
  }
}

}  // namespace tessera::replication
