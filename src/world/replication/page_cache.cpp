// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/page_cache.h"

#include <bit>

namespace tessera::replication {
namespace {

using protocol::kPageSlots;
using protocol::kReplicatedComponents;

struct ComponentAt {
  std::uint8_t slot;
  std::uint8_t component;
};

/// Slots of `occupied` whose tick is after `since`.
std::uint32_t newer(const std::array<std::uint32_t, kPageSlots>& ticks, std::uint32_t occupied,
                    std::uint32_t since) {
  std::uint32_t mask = 0;
  for (std::uint32_t rest = occupied; rest != 0; rest &= rest - 1) {
    const auto slot = static_cast<unsigned>(std::countr_zero(rest));
    mask |= (ticks[slot] > since ? 1u : 0u) << slot;
  }
  return mask;
}

/// Encodes the changed components of some slots into `out`, each with its head, and calls
/// leave(slot, component) for what does not fit. Returns the offset of the last one's slot byte,
/// whose "another follows" bit is to be cleared.
template <class F>
std::size_t write_components(const Mirror& mirror, PageIndex page, std::uint32_t of_slots,
                             std::uint32_t since, std::size_t room, ByteWriter& out, F&& leave) {
  std::size_t last = 0;
  for (std::size_t i = 0; i < kReplicatedComponents; ++i) {
    const PageSlots& slots = mirror.slots(page);
    std::uint32_t mask = newer(slots.component_ticks[i], of_slots, since);
    for (; mask != 0; mask &= mask - 1) {
      const auto slot = static_cast<std::uint8_t>(std::countr_zero(mask));
      std::array<std::byte, protocol::kComponentBytesMax> fields;
      ByteWriter writer(fields);
      mirror.write_component(slots.rows[slot], i, writer);
      if (out.size() + 3 + writer.size() > room) {
        leave(slot, i);
        continue;
      }
      last = out.size();
      protocol::write_page_component(out, slot, static_cast<std::uint8_t>(i), writer.written(),
                                     false);
    }
  }
  return last;
}

}  // namespace

PageCache::Body PageCache::encode(Mirror& mirror, PageIndex page, std::uint32_t since,
                                  Entry& entry) {
  ++encoded_;
  if (used_ + kBodyBytesMax + protocol::kBodySlack > bytes_.size()) {
    bytes_.resize(std::max<std::size_t>(bytes_.size() * 2, std::size_t{64} * 1024));
  }
  const PageHead& head = mirror.head(page);
  const PageSlots& slots = mirror.slots(page);
  const std::uint32_t states = newer(slots.state_ticks, head.occupied, since);

  std::array<std::byte, kBodyBytesMax> components;
  ByteWriter writer(components);
  if (head.components_changed > since) {
    const std::size_t last = write_components(
        mirror, page, head.occupied, since, kBodyBytesMax - protocol::kPageStatesBytesMax, writer,
        [&](std::uint8_t slot, std::size_t component) { mirror.postpone(page, slot, component); });
    if (writer.size() > 0) components[last] &= std::byte{0x7f};
  }

  const auto out = std::span(bytes_).subspan(used_, kBodyBytesMax);
  std::size_t size = protocol::write_page_states(out, states, slots.states);
  if (writer.size() > 0) std::memcpy(out.data() + size, components.data(), writer.size());
  size += writer.size();
  const unsigned i = entry.used < kHistories ? entry.used++ : kHistories - 1;
  entry.since[i] = since;
  entry.bitmaps[i] = states | (writer.size() > 0 ? protocol::kComponentsFollow : 0);
  entry.offsets[i] = static_cast<std::uint32_t>(used_);
  entry.sizes[i] = static_cast<std::uint16_t>(size);
  used_ += size;
  return view(entry, i);
}

PageCache::Body PageCache::slot_body(const Mirror& mirror, PageIndex page, std::uint8_t slot,
                                     std::uint32_t since, std::size_t room) {
  const std::uint32_t mask = 1u << slot;
  const std::size_t states =
      protocol::write_page_states(slot_bytes_, mask, mirror.slots(page).states);
  ByteWriter writer{std::span(slot_bytes_).subspan(states, kBodyBytesMax - states)};
  const std::size_t left = std::min(room, kBodyBytesMax) - std::min(states, room);
  const std::size_t last =
      write_components(mirror, page, mask, since, left, writer, [](std::uint8_t, std::size_t) {});
  const std::size_t components = writer.size();
  if (components > 0) slot_bytes_[states + last] &= std::byte{0x7f};
  return {mask | (components > 0 ? protocol::kComponentsFollow : 0),
          std::span(slot_bytes_).first(states + components)};
}

}  // namespace tessera::replication
