// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Typed queues: the intents that enter a tick and the events that leave it, one vector a type.
// Filled and cleared by the tick, on the simulation thread; their memory is kept.
//
// Intents go to the log, so their types are described like components and registered, and their
// bytes stand under their names. A Queues with registered types accepts no others: an intent the
// log would miss is a replay that diverges.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "engine/core/assert.h"
#include "engine/core/error.h"
#include "engine/ecs/storage/component_type.h"

namespace tessera::ecs {

namespace detail {

std::uint32_t next_message_id();

/// A number of this process for a type of message.
template <class T>
std::uint32_t message_id() {
  static const std::uint32_t id = next_message_id();
  return id;
}

class QueueBase {
 public:
  virtual ~QueueBase() = default;
  virtual void clear() = 0;
  virtual std::size_t size() const = 0;
  virtual std::span<const std::byte> bytes() const = 0;
  /// Appends `count` messages; there are count times the type's size bytes.
  virtual void append(std::span<const std::byte> messages, std::size_t count) = 0;

  const ComponentType* type = nullptr;  ///< of registered messages
};

template <class T>
class QueueOf final : public QueueBase {
 public:
  static_assert(std::is_trivially_copyable_v<T>, "a message is plain bytes");
  void clear() override { messages.clear(); }
  std::size_t size() const override { return messages.size(); }
  std::span<const std::byte> bytes() const override { return std::as_bytes(std::span(messages)); }
  void append(std::span<const std::byte> data, std::size_t count) override {
    const std::size_t before = messages.size();
    messages.resize(before + count);
    if (!data.empty()) std::memcpy(messages.data() + before, data.data(), data.size());
  }

  std::vector<T> messages;
};

}  // namespace detail

/// Messages of one type a tick may hold in a log; more is taken for damage.
inline constexpr std::size_t kMessagesMax = 1 << 20;

class Queues {
 public:
  template <class T>
  std::vector<T>& of() {
    return static_cast<detail::QueueOf<T>&>(queue<T>()).messages;
  }
  /// Messages of a type that was never put in: none.
  template <class T>
  std::span<const T> read() const {
    const std::uint32_t id = detail::message_id<T>();
    if (id >= queues_.size() || !queues_[id]) return {};
    return static_cast<const detail::QueueOf<T>&>(*queues_[id]).messages;
  }

  /// Makes T loggable. From the first call on of() takes registered types only.
  template <Component T>
  void register_type() {
    registering_ = true;
    detail::QueueBase& added = queue<T>();
    registering_ = false;
    if (added.type != nullptr) return;
    added.type = &component_type<T>();
    enter(added);
  }

  /// Empties all queues, keeping their memory.
  void clear();
  bool empty() const;
  /// Messages in all queues.
  std::size_t size() const;

  /// Appends all registered messages: varint types; for each that has messages, in the order of
  /// registration: text name, u16 version, varint size of one, varint count, their bytes.
  void serialise(std::vector<std::byte>& out) const;
  /// Adds what serialise() wrote. After an error all queues are empty.
  Result<void> deserialise(std::span<const std::byte> in);

 private:
  template <class T>
  detail::QueueBase& queue() {
    const std::uint32_t id = detail::message_id<T>();
    if (id < queues_.size() && queues_[id]) return *queues_[id];
    TESSERA_ASSERT(registered_.empty() || registering_, "Queues: a type that is not registered");
    if (id >= queues_.size()) queues_.resize(id + 1);
    queues_[id] = std::make_unique<detail::QueueOf<T>>();
    return *queues_[id];
  }
  void enter(detail::QueueBase& queue);
  Result<void> read_all(std::span<const std::byte> in);

  std::vector<std::unique_ptr<detail::QueueBase>> queues_;  ///< by message_id
  std::vector<detail::QueueBase*> registered_;
  bool registering_ = false;
};

}  // namespace tessera::ecs
