// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/replication/page_cache.h"

#include <bit>

namespace tessera::replication {
namespace {

using protocol::kPageSlots;
using protocol::kReplicatedComponents;

/// Of a component's head: it is the last one.
constexpr std::byte kNoneFollows{0x7f};

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

/// Where the components that were written end, and whether those are all.
struct WrittenComponents {
  std::size_t last = 0;  ///< offset of the last one's head, whose bit 7 is to go
  bool all = true;
};

/// Appends the components of a slot that are newer than `since` to `out`, each with its head, up to
/// `room` bytes of it.
WrittenComponents write_slot_components(const Mirror& mirror, PageIndex page, std::uint8_t slot,
                                        std::uint32_t since, std::size_t room, ByteWriter& out) {
  const PageSlots& slots = mirror.slots(page);
  WrittenComponents written;
  for (std::size_t i = 0; i < kReplicatedComponents; ++i) {
    if (slots.component_ticks[i][slot] <= since) continue;
    std::array<std::byte, protocol::kComponentBytesMax> fields;
    ByteWriter writer(fields);
    mirror.write_component(slots.rows[slot], i, writer);
    if (out.size() + 3 + writer.size() > room) {
      written.all = false;
      continue;
    }
    written.last = out.size();
    protocol::write_page_component(out, slot, static_cast<std::uint8_t>(i), writer.written(),
                                   false);
  }
  return written;
}

/// The components of slots from `first` on that are newer than `since`: of whole slots, and of one
/// at least, as far as kComponentsBytes reach. `next` is the slot that comes next, 0 after the
/// last. Returns the bytes written.
std::size_t write_components(const Mirror& mirror, PageIndex page, std::uint8_t first,
                             std::uint32_t since, std::span<std::byte> bytes, std::uint8_t& next) {
  std::uint32_t changed = 0;
  for (const auto& ticks : mirror.slots(page).component_ticks) {
    changed |= newer(ticks, mirror.head(page).occupied & ~0u << first, since);
  }
  ByteWriter out(bytes);
  std::size_t last = 0;
  next = 0;
  for (; changed != 0 && next == 0; changed &= changed - 1) {
    const auto slot = static_cast<std::uint8_t>(std::countr_zero(changed));
    const std::size_t before = out.size();
    const auto written = write_slot_components(mirror, page, slot, since, kBodyBytesMax, out);
    if (before == 0 || out.size() <= kComponentsBytes) {
      last = written.last;
    } else {
      out.rewind(before);
      next = slot;
    }
  }
  if (out.size() > 0) bytes[last] &= kNoneFollows;
  return out.size();
}

}  // namespace

PageCache::Body PageCache::encode(const Mirror& mirror, PageIndex page, const Since& since,
                                  Entry& entry) {
  ++encoded_;
  if (used_ + kBodyBytesMax + protocol::kBodySlack > bytes_.size()) {
    bytes_.resize(std::max<std::size_t>(bytes_.size() * 2, std::size_t{64} * 1024));
  }
  const PageHead& head = mirror.head(page);
  const PageSlots& slots = mirror.slots(page);
  const std::uint32_t states = newer(slots.state_ticks, head.occupied, since.states);

  std::array<std::byte, kBodyBytesMax> component_bytes;
  std::size_t components = 0;
  std::uint8_t next_slot = 0;
  if (head.components_changed > since.components) {
    components = write_components(mirror, page, since.next_slot, since.components, component_bytes,
                                  next_slot);
  }

  const auto out = std::span(bytes_).subspan(used_, kBodyBytesMax);
  std::size_t size = protocol::write_page_states(out, states, slots.states);
  std::memcpy(out.data() + size, component_bytes.data(), components);
  size += components;
  const unsigned i = entry.used < kHistories ? entry.used++ : kHistories - 1;
  entry.since[i] = since;
  entry.bitmaps[i] = states | (components > 0 ? protocol::kComponentsFollow : 0);
  entry.offsets[i] = static_cast<std::uint32_t>(used_);
  entry.sizes[i] = static_cast<std::uint16_t>(size);
  entry.next_slots[i] = next_slot;
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
  const auto written = write_slot_components(mirror, page, slot, since, left, writer);
  const std::size_t components = writer.size();
  if (components > 0) slot_bytes_[states + written.last] &= kNoneFollows;
  return {mask | (components > 0 ? protocol::kComponentsFollow : 0),
          std::span(slot_bytes_).first(states + components),
          written.all ? std::uint8_t{0} : std::uint8_t{1}};
}

}  // namespace tessera::replication
