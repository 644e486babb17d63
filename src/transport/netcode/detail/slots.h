// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Numbered places for at most `count_max` values. Memory for all is reserved at once but touched
// only as places are first taken; a freed place is the next to be taken.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/core/assert.h"

namespace tessera::netcode::detail {

template <class T>
class Slots {
 public:
  explicit Slots(std::uint32_t count_max) : count_max_(count_max) { values_.reserve(count_max); }

  bool full() const { return used_ == count_max_; }
  std::uint32_t size() const { return used_; }
  std::uint32_t count_max() const { return count_max_; }
  /// Places ever taken: all used ones are below.
  std::uint32_t end() const { return static_cast<std::uint32_t>(values_.size()); }

  std::uint32_t take(T value) {
    TESSERA_ASSERT(!full(), "Slots: full");
    ++used_;
    if (free_.empty()) {
      values_.push_back({std::move(value), true});
      return end() - 1;
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    values_[slot] = {std::move(value), true};
    return slot;
  }
  void release(std::uint32_t slot) {
    TESSERA_ASSERT(used(slot), "Slots: released twice");
    values_[slot].used = false;
    free_.push_back(slot);
    --used_;
  }
  bool used(std::uint32_t slot) const { return slot < end() && values_[slot].used; }
  T& operator[](std::uint32_t slot) { return values_[slot].value; }
  const T& operator[](std::uint32_t slot) const { return values_[slot].value; }

 private:
  struct Place {
    T value;
    bool used = false;
  };
  std::vector<Place> values_;
  std::vector<std::uint32_t> free_;
  std::uint32_t count_max_;
  std::uint32_t used_ = 0;
};

}  // namespace tessera::netcode::detail
