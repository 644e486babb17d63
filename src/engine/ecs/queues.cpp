// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "engine/ecs/queues.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/core/bytes.h"

namespace tessera::ecs {
namespace {

constexpr std::size_t kNameBytesMax = 256;

std::unexpected<Error> damaged(std::string_view what) {
  return failure(ErrorKind::Corrupt, "recorded messages are damaged: " + std::string(what));
}

}  // namespace

std::uint32_t detail::next_message_id() {
  static std::atomic<std::uint32_t> next{0};
  return next.fetch_add(1);
}

void Queues::enter(detail::QueueBase& queue) {
  for (const detail::QueueBase* other : registered_) {
    TESSERA_ASSERT(other->type->name != queue.type->name, "Queues: two types of the same name");
  }
  registered_.push_back(&queue);
}

void Queues::clear() {
  for (const auto& queue : queues_) {
    if (queue) queue->clear();
  }
}

std::size_t Queues::size() const {
  std::size_t count = 0;
  for (const auto& queue : queues_) {
    if (queue) count += queue->size();
  }
  return count;
}

bool Queues::empty() const { return size() == 0; }

void Queues::serialise(std::vector<std::byte>& out) const {
  const auto has_messages = [](const detail::QueueBase* queue) { return queue->size() > 0; };
  std::array<std::byte, kNameBytesMax + 32> buffer;
  const auto flush = [&](const ByteWriter& writer) {
    out.insert(out.end(), writer.written().begin(), writer.written().end());
  };
  ByteWriter head(buffer);
  head.varint(static_cast<std::uint64_t>(std::ranges::count_if(registered_, has_messages)));
  flush(head);
  for (const detail::QueueBase* queue : registered_) {
    if (!has_messages(queue)) continue;
    ByteWriter writer(buffer);
    writer.text(queue->type->name);
    writer.number(queue->type->options.version);
    writer.varint(queue->type->size);
    writer.varint(queue->size());
    flush(writer);
    if (!queue->type->is_tag()) out.insert(out.end(), queue->bytes().begin(), queue->bytes().end());
  }
}

Result<void> Queues::deserialise(std::span<const std::byte> in) {
  auto done = read_all(in);
  if (!done) clear();
  return done;
}

Result<void> Queues::read_all(std::span<const std::byte> in) {
  ByteReader reader(in);
  const auto types = reader.varint_at_most(registered_.size());
  for (std::size_t i = 0; i < types; ++i) {
    const std::string_view name = reader.text(kNameBytesMax);
    const auto version = reader.number<std::uint16_t>();
    const auto size = reader.varint();
    const auto count = reader.varint_at_most(kMessagesMax);
    if (!reader.ok()) return damaged("a header");
    const auto found = std::ranges::find_if(
        registered_, [&](const detail::QueueBase* queue) { return queue->type->name == name; });
    if (found == registered_.end()) {
      return failure(ErrorKind::InvalidArgument, "recorded message '" + std::string(name) +
                                                     "' is unknown to this build; use the build "
                                                     "that recorded it");
    }
    const ComponentType& type = *(*found)->type;
    if (version != type.options.version || size != type.size) {
      return failure(ErrorKind::InvalidArgument,
                     "recorded message '" + std::string(name) + "' has version " +
                         std::to_string(version) + ", this build has " +
                         std::to_string(type.options.version) + "; use the build that recorded it");
    }
    if (count > kMessagesMax - std::min((*found)->size(), kMessagesMax)) {
      return damaged("more messages than a tick holds");
    }
    if (count * type.size > reader.left()) return damaged("fewer messages than were announced");
    (*found)->append(reader.bytes(count * type.size), count);
  }
  if (!reader.done()) return damaged("bytes left over");
  return {};
}

}  // namespace tessera::ecs
