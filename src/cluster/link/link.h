// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The link between one network thread of the gateway and one zone, in one process: two bounded byte
// rings. A zone has a link for each network thread (one for UDP, one for WebSocket).
//
//   network thread  --push_up-->    up ring    --drain_up-->    simulation thread
//   network thread  <--drain_down-- down ring  <--push_down--   simulation thread
//
// What happens when a ring is full is stated for each kind. Kinds that the sender repeats anyway
// (Inputs, RoundTrip; Snapshot) may fill only part of a ring, so that sessions and messages still
// pass when the reader is slow:
//   Inputs, RoundTrip, Snapshot  dropped and counted; the next one replaces them
//   SessionOpened, SessionClosed, Delivery, Message (up)  refused and counted; the gateway keeps
//       them and tries again, or closes the session
//   Message (down)  a stream with a hole is worse than none: the session is disconnected as
//   SlowClient Disconnect      kept by the link and sent as soon as there is room
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cluster/link/doorbell.h"
#include "cluster/link/link_messages.h"
#include "engine/core/queues/byte_ring.h"

namespace tessera::cluster {

struct LinkOptions {
  /// Powers of two. 5,000 clients send about 11 MB/s up and 40 MB/s down: both rings hold more than
  /// 0.2 s, longer than any stall that a client would not notice anyway.
  std::size_t up_bytes = std::size_t{4} << 20;
  std::size_t down_bytes = std::size_t{8} << 20;
};

/// Totals since the link was made; any thread may read them.
struct LinkCounters {
  std::atomic<std::uint64_t> up_messages{0};
  std::atomic<std::uint64_t> up_dropped{0};  ///< Inputs and RoundTrip that found the ring full
  std::atomic<std::uint64_t> up_refused{0};  ///< others; the gateway tries again
  std::atomic<std::uint64_t> down_messages{0};
  std::atomic<std::uint64_t> down_dropped{0};  ///< snapshots that found the ring full
  std::atomic<std::uint64_t> down_refused{0};  ///< messages lost, each ending its session
};

class Link {
 public:
  explicit Link(const LinkOptions& options = {});

  /// Gateway. False: the ring is full, see above. `bytes` is at most kLinkMessageBytesMax.
  bool push_up(const UpHeader& header, std::span<const std::byte> bytes = {});
  /// Gateway: calls `take(const DownHeader&, std::span<const std::byte>)` for each waiting message,
  /// at most `count_max`; the bytes are valid within the call. Returns how many.
  template <class F>
  std::size_t drain_down(F&& take, std::size_t count_max = SIZE_MAX) {
    return drain<DownHeader>(down_, take, count_max);
  }
  /// Gateway: whether nothing waits, to be asked between about_to_sleep() and sleeping.
  bool down_empty() const { return down_.empty(); }
  /// Rung when there is something to take down. A gateway with several links may give all of them
  /// its own bell, before any thread runs.
  Doorbell& bell() { return *bell_; }
  void use_bell(Doorbell& bell) { bell_ = &bell; }

  /// Zone. A message marked at_once rings the bell itself. False: dropped or refused, see above.
  bool push_down(const DownHeader& header, std::span<const std::byte> bytes = {});
  /// Zone, at the end of its tick: sends what was kept and rings the bell if anything was pushed.
  void flush_down();
  /// Zone: as drain_down.
  template <class F>
  std::size_t drain_up(F&& take, std::size_t count_max = SIZE_MAX) {
    return drain<UpHeader>(up_, take, count_max);
  }

  const LinkCounters& counters() const { return counters_; }

 private:
  struct KeptDisconnect {
    DownHeader header;
    std::string sentence;
  };

  template <class Header, class F>
  static std::size_t drain(ByteRing& ring, F& take, std::size_t count_max) {
    std::size_t count = 0;
    for (; count < count_max; ++count) {
      const auto record = ring.front();
      if (record.data() == nullptr) break;
      Header header;
      std::memcpy(&header, record.data(), sizeof header);
      take(header, record.subspan(sizeof header));
      ring.pop(record.size());
      // A long drain gives room back in between; one store per 64 messages is not felt.
      if (count % 64 == 63) ring.release();
    }
    if (count > 0) ring.release();
    return count;
  }
  bool try_push_down(const DownHeader& header, std::span<const std::byte> bytes, std::size_t spare);
  void keep_disconnect(const DownHeader& header, std::span<const std::byte> bytes);

  ByteRing up_;
  ByteRing down_;
  Doorbell own_bell_;
  Doorbell* bell_ = &own_bell_;
  std::vector<KeptDisconnect> kept_;  // zone's; at most one a session
  bool pushed_since_flush_ = false;   // zone's
  LinkCounters counters_;
};

}  // namespace tessera::cluster
