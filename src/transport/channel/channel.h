// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A channel makes the packets of one session and reads those of its peer; it knows no socket and no
// clock. Each packet carries a sequence number and what has arrived of the other side, then
// unreliable sections (told lost or arrived by their tag, never sent again) and fragments of
// reliable-ordered message streams (sent again until they arrive). docs/protocol.md has every byte.
//
// Everything is bounded: what waits to be sent (send_queue_bytes_max; send() says no beyond it),
// what may be under way (the stream window and 64 packets), and what is kept of a peer's incomplete
// messages (window + largest message). An idle channel takes about 2 KiB.
//
// The write side asserts, the read side checks and never asserts. One thread at a time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <vector>

#include "engine/core/bytes.h"
#include "transport/channel/limits.h"

namespace tessera::channel {

namespace detail {
class SectionWriter;
struct PacketHeader;
struct SentPacket;
}  // namespace detail

/// A part of a packet that is sent once. `bytes` must live until write_packet() returns.
struct Section {
  std::uint8_t kind = 0;  ///< 1 .. kSectionKindMax, chosen by the protocol above
  std::uint32_t tag = 0;  ///< not 0: take_deliveries() tells what became of it
  std::span<const std::byte> bytes;
};

/// What became of a packet with a tagged section.
struct Delivery {
  std::uint32_t tag = 0;
  bool arrived = false;
};

/// Told what a packet contains, in the packet's order. The spans live for the call.
class Receiver {
 public:
  virtual ~Receiver() = default;
  virtual void on_section(std::uint8_t kind, std::span<const std::byte> bytes) = 0;
  /// Each message of a stream once and in the order it was sent; streams do not wait for each
  /// other.
  virtual void on_message(std::uint8_t stream, std::span<const std::byte> bytes) = 0;
};

struct Statistics {
  std::uint64_t packets_sent = 0;
  std::uint64_t packets_received = 0;
  std::uint64_t packets_lost = 0;   ///< of ours, as far as known
  std::uint64_t packets_stale = 0;  ///< of the peer's: duplicates and too old, ignored
  std::uint64_t stream_bytes_resent = 0;
};

class Channel {
 public:
  explicit Channel(const Options& options);
  Channel(Channel&&) noexcept;
  Channel& operator=(Channel&&) noexcept;
  ~Channel();

  /// Queues a message; false when the send queue is full (the caller decides: drop, retry or hang
  /// up). `stream` < stream_count and message.size() <= send_message_bytes_max.
  [[nodiscard]] bool send(std::uint8_t stream, std::span<const std::byte> message);

  /// Makes the next packet and returns its size: header, all of `unreliable` (at most
  /// kTaggedSectionsMax with a tag), then as much of the streams as is due and fits. The sections
  /// must fit: sum of section_bytes() <= unreliable_room(). `out` must have packet_bytes_max bytes.
  std::size_t write_packet(std::int64_t now_us, std::span<const Section> unreliable,
                           std::span<std::byte> out);
  /// Bytes left for sections in the next packet.
  std::size_t unreliable_room() const { return options_.packet_bytes_max - kHeaderBytesMax; }

  /// Reads a peer's packet: all of it or, when it is malformed, nothing. Duplicates and packets
  /// that are too old are ignored without an error.
  std::expected<void, DecodeError> read_packet(std::int64_t now_us, std::span<const std::byte> in,
                                               Receiver& receiver);

  /// Calls `f(const Delivery&)` for all that became known since the last call.
  template <class F>
  void take_deliveries(F&& f) {
    for (const Delivery& delivery : deliveries_) f(delivery);
    deliveries_.clear();
  }

  /// True when a packet should be written even without sections: stream bytes may go, or
  /// acknowledgements are due. Also notices losses by time, so call it (or write_packet) regularly.
  bool wants_to_send(std::int64_t now_us);

  /// Smoothed round trip, the peer's delay in acknowledging taken out; 0 before the first
  /// measurement.
  float rtt_ms() const { return rtt_ms_; }
  /// The share of our packets that got lost, smoothed over about 64 packets: 0 to 1.
  float loss() const { return loss_; }
  /// Bytes of messages queued and not acknowledged.
  std::size_t queued_bytes() const { return queued_bytes_; }
  const Statistics& statistics() const { return statistics_; }
  /// Heap and object, in bytes.
  std::size_t memory_bytes() const;

 private:
  struct State;

  // Writing: channel_write.cpp.
  void write_pieces(detail::SectionWriter& sections, detail::SentPacket& packet);
  bool stream_may_send() const;
  // What the peer's acknowledgements and the time tell: channel_delivery.cpp.
  void on_acknowledgement(std::int64_t now_us, const detail::PacketHeader& header);
  void on_arrived(detail::SentPacket& packet);
  void on_lost(detail::SentPacket& packet);
  void settle(detail::SentPacket& packet, bool arrived);
  void measure_rtt(std::int64_t sample_us);
  void notice_timeouts(std::int64_t now_us);
  // Reading: channel_read.cpp.
  bool is_new(std::uint16_t sequence) const;
  void note_arrival(std::int64_t now_us, std::uint16_t sequence, bool has_sections);
  std::expected<bool, DecodeError> check_sections(ByteReader in);
  std::expected<void, DecodeError> read_sections(ByteReader in, Receiver& receiver);

  std::unique_ptr<State> state_;
  Options options_;
  std::vector<Delivery> deliveries_;
  float rtt_ms_ = 0;
  float loss_ = 0;
  std::size_t queued_bytes_ = 0;
  Statistics statistics_;
};

}  // namespace tessera::channel
