// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Objects of one type that come and go often: fixed places in blocks that never move, the free ones
// chained. Taking and giving back are a few instructions and touch no allocator once the pool has
// grown to its high-water mark. Not thread-safe.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "engine/core/assert.h"

namespace tessera {

template <class T>
class ObjectPool {
 public:
  struct GiveBack {
    ObjectPool* pool;
    void operator()(T* object) const { pool->destroy(object); }
  };
  /// Owns an object of the pool, which must outlive it.
  using Handle = std::unique_ptr<T, GiveBack>;

  /// Grows by `block_objects` at a time, up to `objects_max` (0: without limit).
  explicit ObjectPool(std::size_t block_objects = 64, std::size_t objects_max = 0)
      : block_objects_(block_objects), objects_max_(objects_max) {
    TESSERA_ASSERT(block_objects > 0, "ObjectPool: empty blocks");
  }
  ObjectPool(const ObjectPool&) = delete;
  ObjectPool& operator=(const ObjectPool&) = delete;
  ~ObjectPool() { TESSERA_ASSERT(in_use_ == 0, "ObjectPool: objects outlive their pool"); }

  /// nullptr at the limit.
  template <class... Args>
  T* create(Args&&... arguments) {
    if (objects_max_ != 0 && in_use_ == objects_max_) return nullptr;
    if (free_ == nullptr) grow();
    Place* const place = free_;
    free_ = place->next_free;
    ++in_use_;
    return new (place->bytes) T{std::forward<Args>(arguments)...};
  }
  template <class... Args>
  Handle make(Args&&... arguments) {
    return Handle(create(std::forward<Args>(arguments)...), GiveBack{this});
  }
  void destroy(T* object) {
    object->~T();
    auto* const place = reinterpret_cast<Place*>(object);
    place->next_free = free_;
    free_ = place;
    --in_use_;
  }

  std::size_t in_use() const { return in_use_; }
  std::size_t capacity() const { return blocks_.size() * block_objects_; }

 private:
  union Place {
    Place() : next_free(nullptr) {}
    Place* next_free;
    alignas(T) std::byte bytes[sizeof(T)];
  };

  void grow() {
    blocks_.push_back(std::make_unique<Place[]>(block_objects_));
    for (std::size_t i = block_objects_; i-- > 0;) {
      blocks_.back()[i].next_free = free_;
      free_ = &blocks_.back()[i];
    }
  }

  std::vector<std::unique_ptr<Place[]>> blocks_;
  Place* free_ = nullptr;
  std::size_t in_use_ = 0;
  std::size_t block_objects_;
  std::size_t objects_max_;
};

}  // namespace tessera
