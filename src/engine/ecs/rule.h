// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A rule of the game is a function, and its parameters say all it does to the world. They may come
// in any order and number:
//
//   const Step&           the tick: number, seed, jobs
//   In<Intent>            the intents of this tick
//   InEvents<Event>       the events that systems before this one emitted in this tick
//   Out<Event>            emits events
//   Query<C...>           entities: see view.h; const C is read, C is written
//   Singleton<C>          the one C of the world; Singleton<const C> only reads it
//   Commands&             spawn, destroy, add, remove; carried out after the phase
//   const T&, T&          a resource, read or written (Schedule::set_resource)
//
// From this the schedule derives what may run side by side (schedule.h).
//
// Inside par_each a piece may write the components it is given and put out events and commands;
// other rows it may only read, and only components that no piece writes.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "engine/ecs/commands.h"
#include "engine/ecs/execution/lanes.h"
#include "engine/ecs/queues.h"
#include "engine/ecs/registry.h"
#include "engine/ecs/step.h"
#include "engine/ecs/view.h"

namespace tessera::ecs {

/// Messages that a system reads, in order.
template <class T>
class In {
 public:
  explicit In(std::span<const T> messages) : messages_(messages) {}
  auto begin() const { return messages_.begin(); }
  auto end() const { return messages_.end(); }
  std::size_t size() const { return messages_.size(); }
  bool empty() const { return messages_.empty(); }
  const T& operator[](std::size_t i) const { return messages_[i]; }
  operator std::span<const T>() const { return messages_; }

 private:
  std::span<const T> messages_;
};

template <class T>
class InEvents : public In<T> {
 public:
  using In<T>::In;
};

namespace detail {

/// The events of one type that one system emits, before they reach the queue.
template <class T>
class StagedEvents final : public Staged {
 public:
  void emit(const T& event) { lanes_[current_lane()].push_back(event); }
  void begin_lanes(std::size_t count) override {
    if (lanes_.size() < count + 1) lanes_.resize(count + 1);
  }
  void end_lanes(std::size_t count) override {
    for (std::size_t i = 1; i <= count; ++i) {
      lanes_[0].insert(lanes_[0].end(), lanes_[i].begin(), lanes_[i].end());
      lanes_[i].clear();
    }
  }
  void move_to(std::vector<T>& queue) {
    queue.insert(queue.end(), lanes_[0].begin(), lanes_[0].end());
    lanes_[0].clear();
  }

 private:
  std::vector<std::vector<T>> lanes_{1};
};

}  // namespace detail

/// Where a system puts its events. They keep the order in which they were emitted, also by pieces
/// of a par_each.
template <class T>
class Out {
 public:
  explicit Out(detail::StagedEvents<T>& events) : events_(&events) {}
  void emit(const T& event) const { events_->emit(event); }

 private:
  detail::StagedEvents<T>* events_;
};

template <class C>
class Singleton {
 public:
  explicit Singleton(C& value) : value_(&value) {}
  C& operator*() const { return *value_; }
  C* operator->() const { return value_; }

 private:
  C* value_;
};

/// A view as a system gets it.
template <class... Terms>
class Query : public View<Terms...> {
 public:
  Query(const View<Terms...>& view, const detail::LaneRunner& lanes)
      : View<Terms...>(view), lanes_(lanes) {}

  /// As each(), the chunks side by side on the job pool. What they emit and command is ordered by
  /// chunk, then row.
  template <class F>
  void par_each(F&& fn) const {
    lanes_.run(this->chunk_count(), [&](std::size_t chunk) { this->each_in_chunk(chunk, fn); });
  }

 private:
  detail::LaneRunner lanes_;
};

}  // namespace tessera::ecs
