// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "cluster/link/link.h"

#include <algorithm>
#include <cstring>

namespace tessera::cluster {
namespace {

// A quarter of a ring is kept from the kinds that may be dropped.
constexpr std::size_t kReservedShare = 4;

template <class Header>
bool write_record(ByteRing& ring, const Header& header, std::span<const std::byte> bytes,
                  std::size_t spare) {
  static_assert(std::is_trivially_copyable_v<Header>);
  TESSERA_ASSERT(bytes.size() <= kLinkMessageBytesMax, "Link: message too large");
  const auto out = ring.reserve(sizeof header + bytes.size(), spare);
  if (out.data() == nullptr) return false;
  std::memcpy(out.data(), &header, sizeof header);
  if (!bytes.empty()) std::memcpy(out.data() + sizeof header, bytes.data(), bytes.size());
  ring.commit();
  return true;
}

void count(std::atomic<std::uint64_t>& counter) { counter.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

Link::Link(const LinkOptions& options) : up_(options.up_bytes), down_(options.down_bytes) {}

bool Link::push_up(const UpHeader& header, std::span<const std::byte> bytes) {
  const bool droppable = header.kind == UpKind::Inputs || header.kind == UpKind::RoundTrip;
  const std::size_t spare = droppable ? up_.capacity() / kReservedShare : 0;
  if (!write_record(up_, header, bytes, spare)) {
    count(droppable ? counters_.up_dropped : counters_.up_refused);
    return false;
  }
  count(counters_.up_messages);
  return true;
}

bool Link::try_push_down(const DownHeader& header, std::span<const std::byte> bytes,
                         std::size_t spare) {
  if (!write_record(down_, header, bytes, spare)) return false;
  count(counters_.down_messages);
  pushed_since_flush_ = true;
  if (header.at_once != 0) bell_->ring();
  return true;
}

void Link::keep_disconnect(const DownHeader& header, std::span<const std::byte> bytes) {
  const bool known = std::ranges::any_of(
      kept_, [&](const KeptDisconnect& kept) { return kept.header.session == header.session; });
  if (known) return;
  kept_.push_back({header, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())});
}

bool Link::push_down(const DownHeader& header, std::span<const std::byte> bytes) {
  switch (header.kind) {
    case DownKind::Snapshot:
      if (try_push_down(header, bytes, down_.capacity() / kReservedShare)) return true;
      count(counters_.down_dropped);
      return false;
    case DownKind::Message: {
      if (try_push_down(header, bytes, 0)) return true;
      count(counters_.down_refused);
      const auto reason = static_cast<std::uint32_t>(CloseReason::SlowClient);
      keep_disconnect({header.session, reason, DownKind::Disconnect}, {});
      return false;
    }
    case DownKind::Disconnect:
      if (!try_push_down(header, bytes, 0)) keep_disconnect(header, bytes);
      return true;
  }
  return false;
}

void Link::flush_down() {
  std::erase_if(kept_, [&](const KeptDisconnect& kept) {
    return try_push_down(kept.header, std::as_bytes(std::span(kept.sentence)), 0);
  });
  if (!pushed_since_flush_) return;
  pushed_since_flush_ = false;
  bell_->ring();
}

}  // namespace tessera::cluster
