// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/commands.h"

#include <algorithm>

#include "engine/core/assert.h"

namespace tessera::ecs {
namespace {

/// Reads back what Commands wrote; our own bytes, so nothing is checked but the end.
class CommandReader {
 public:
  explicit CommandReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  bool done() const { return bytes_.empty(); }
  template <class T>
  T take() {
    T value{};
    std::memcpy(&value, bytes(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::span<const std::byte> bytes(std::size_t count) {
    const auto head = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    return head;
  }

 private:
  std::span<const std::byte> bytes_;
};

std::size_t value_bytes(const detail::Shape& shape) {
  std::size_t size = 0;
  for (const ComponentType* type : shape.types) size += type->size;
  return size;
}

}  // namespace

void Commands::prepare(const storage::EntityIndex& entities, std::uint32_t slot,
                       std::uint32_t slots) {
  TESSERA_ASSERT(empty() && slot < slots, "Commands: prepared before the last were applied");
  entities_ = &entities;
  slot_ = slot;
  slots_ = slots;
  lanes_[0].next = 0;
}

EntityId Commands::reserve(Lane& lane) {
  TESSERA_ASSERT(entities_ != nullptr, "Commands: not prepared");
  const std::uint32_t number = lane.next * slots_ + slot_;
  lane.next += lane.step;
  lane.reserved.push_back(number);
  return entities_->peek(number);
}

void Commands::begin_lanes(std::size_t count) {
  if (lanes_.size() < count + 1) lanes_.resize(count + 1);
  for (std::size_t i = 1; i <= count; ++i) {
    lanes_[i].next = lanes_[0].next + static_cast<std::uint32_t>(i - 1);
    lanes_[i].step = static_cast<std::uint32_t>(count);
  }
}

void Commands::end_lanes(std::size_t count) {
  Lane& joined = lanes_[0];
  const std::uint32_t first = joined.next;
  for (std::size_t i = 1; i <= count; ++i) {
    Lane& lane = lanes_[i];
    put_bytes(joined, lane.bytes);
    joined.reserved.insert(joined.reserved.end(), lane.reserved.begin(), lane.reserved.end());
    const auto rounds = static_cast<std::uint32_t>(lane.reserved.size());
    joined.next = std::max(joined.next, first + rounds * static_cast<std::uint32_t>(count));
    lane.bytes.clear();
    lane.reserved.clear();
  }
}

void Commands::apply(Registry& registry) {
  CommandReader reader(lanes_[0].bytes);
  while (!reader.done()) {
    const auto kind = reader.take<Kind>();
    const auto entity = reader.take<EntityId>();
    switch (kind) {
      case Kind::Spawn: {
        const auto& shape = *reader.take<const detail::Shape*>();
        registry.place_reserved(entity, shape, reader.bytes(value_bytes(shape)).data());
        break;
      }
      case Kind::Destroy:
        registry.destroy(entity);
        break;
      case Kind::Add: {
        const auto& type = *reader.take<const ComponentType*>();
        registry.add_component(entity, type, reader.bytes(type.size));
        break;
      }
      case Kind::Remove:
        registry.remove_component(entity, *reader.take<const ComponentType*>());
        break;
    }
  }
  lanes_[0].bytes.clear();
  lanes_[0].reserved.clear();
}

}  // namespace tessera::ecs
