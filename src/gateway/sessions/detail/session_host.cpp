// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/detail/session_host.h"

#include "engine/platform/log.h"
#include "gateway/sessions/detail/session.h"
#include "protocol/sections.h"

namespace tessera::gateway::detail {

using cluster::CloseReason;
using cluster::DownKind;
using cluster::UpKind;

namespace {

constexpr std::int64_t kRoundTripIntervalUs = 1'000'000;
constexpr std::int64_t kDroppedWindowUs = 60'000'000;
// Stream data for one session in one go; the channel paces itself, this is against surprises.
constexpr int kPacketsAtOnceMax = 8;

}  // namespace

// Passes on what a packet of a client contains.
class SessionHost::PacketReader : public channel::Receiver {
 public:
  explicit PacketReader(Session& session) : session_(session) {}

  void on_section(std::uint8_t kind, std::span<const std::byte> bytes) override {
    if (kind != static_cast<std::uint8_t>(protocol::SectionKind::Inputs)) {
      unknown = true;
    } else if (session_.state == SessionState::Open) {
      session_.route->uplink.send({session_.id, 0, UpKind::Inputs, 0}, bytes);
    }
  }
  void on_message(std::uint8_t stream, std::span<const std::byte> bytes) override {
    // Before it is in the world a client has nothing to say.
    if (session_.state == SessionState::Loading) unknown = true;
    if (session_.state != SessionState::Open) return;
    const cluster::UpHeader header{session_.id, stream, UpKind::Message, 0};
    if (!session_.route->uplink.send(header, bytes)) overflow = true;
  }

  bool unknown = false;
  bool overflow = false;

 private:
  Session& session_;
};

SessionHost::SessionHost(const SessionLimits& limits, const GatewayParts& parts,
                         std::uint32_t slots, Wire& wire, SessionCloser& closer,
                         std::shared_ptr<Inbox> inbox)
    : limits_(limits),
      parts_(parts),
      wire_(wire),
      closer_(closer),
      inbox_(std::move(inbox)),
      sessions_(slots) {
  TESSERA_ASSERT(slots <= 1u << kSlotBits, "SessionHost: more slots than a session id can name");
  live_.reserve(slots);
  dirty_.reserve(slots);
}

SessionHost::~SessionHost() = default;

SessionHost::Session* SessionHost::find(SessionId id) {
  const std::size_t slot = id.value & ((1u << kSlotBits) - 1);
  if (slot >= sessions_.size() || !sessions_[slot] || sessions_[slot]->id != id) return nullptr;
  return sessions_[slot].get();
}

void SessionHost::open(std::int64_t now_us, std::uint32_t slot,
                       const admission::SessionClaim& claim) {
  TESSERA_ASSERT(!sessions_[slot], "SessionHost: the slot is in use");
  auto session = std::make_unique<Session>();
  session->id = SessionId{parts_.registry.next_number() << kSlotBits | slot};
  session->slot = slot;
  session->claim = claim;
  session->deadline_us = now_us + std::int64_t{limits_.load_s} * 1'000'000;
  session->live_index = static_cast<std::uint32_t>(live_.size());
  live_.push_back(slot);
  counters_.sessions.set(live_.size());
  const SessionId id = session->id;
  sessions_[slot] = std::move(session);

  if (const auto older = parts_.registry.take(claim.character, {id, &closer_})) {
    if (older->closer == &closer_) {
      close(now_us, older->session, CloseReason::LoggedInElsewhere);
    } else {
      older->closer->close_session(older->session, CloseReason::LoggedInElsewhere);
    }
  }
  if (parts_.admission != nullptr) parts_.admission->connected(claim.character, now_us);
  // The answer may come after this host is gone: then the inbox keeps it from doing harm.
  parts_.loader.load(claim, [this, id, inbox = inbox_](Result<LoadedCharacter> character) {
    inbox->post([this, id, character = std::move(character)]() mutable {
      loaded(id, std::move(character));
    });
  });
}

void SessionHost::loaded(SessionId id, Result<LoadedCharacter> loaded) {
  Session* session = find(id);
  if (session == nullptr || session->state != SessionState::Loading) return;
  if (!loaded) {
    counters_.load_failures.add();
    static platform::LogLimit log_limit;
    log_limit.log(
        platform::LogLevel::Warning, "a character could not be loaded",
        {{"character", session->claim.character.value}, {"error", loaded.error().message}});
    return begin_close(now_us_, *session, CloseReason::Kicked,
                       "The character could not be loaded; try again in a moment.", false);
  }
  std::array<std::byte, cluster::kOpenedSessionBytesMax> buffer;
  session->route = &route_to(loaded->zone);
  ++session->route->sessions;
  session->route->uplink.send({id, 0, UpKind::SessionOpened, 0},
                              cluster::encode(loaded->character, buffer));
  session->state = SessionState::Open;
  counters_.sessions_opened.add();
}

SessionHost::Route& SessionHost::route_to(const std::shared_ptr<cluster::Link>& link) {
  const auto found =
      std::ranges::find(routes_, link, [](const auto& route) { return route->link; });
  if (found != routes_.end()) return **found;
  return *routes_.emplace_back(std::make_unique<Route>(link));
}

// A zone may end when nobody holds its links any more.
void SessionHost::drop_unused_routes() {
  std::erase_if(routes_, [](const auto& route) {
    return route->sessions == 0 && route->uplink.waiting() == 0;
  });
}

bool SessionHost::within_rates(std::int64_t now_us, Session& session, std::size_t bytes) {
  if (session.packets.take(limits_.packets, now_us) &&
      session.bytes.take(limits_.bytes, now_us, static_cast<double>(bytes))) {
    return true;
  }
  counters_.dropped_too_fast.add();
  if (now_us - session.counting_since_us > kDroppedWindowUs) {
    session.counting_since_us = now_us;
    session.dropped = 0;
  }
  if (++session.dropped > limits_.dropped_max) {
    begin_close(now_us, session, CloseReason::TooFast, {}, false);
  }
  return false;
}

void SessionHost::receive(std::int64_t now_us, std::uint32_t slot,
                          std::span<const std::byte> packet) {
  Session* session = sessions_[slot].get();
  if (session == nullptr) return;
  counters_.packets_in.add();
  counters_.bytes_in.add(packet.size());
  if (session->state != SessionState::Closing && !within_rates(now_us, *session, packet.size())) {
    return;
  }
  PacketReader reader(*session);
  const bool understood = session->channel.read_packet(now_us, packet, reader).has_value();
  tell_deliveries(*session);
  if (session->state == SessionState::Closing) return;
  if (!understood || reader.unknown) {
    counters_.malformed.add();
    if (++session->malformed >= limits_.malformed_max) {
      begin_close(now_us, *session, CloseReason::ProtocolError, {}, false);
    }
  } else if (reader.overflow) {
    begin_close(now_us, *session, CloseReason::TooFast, {}, false);
  }
}

void SessionHost::tell_deliveries(Session& session) {
  session.channel.take_deliveries([&](const channel::Delivery& delivery) {
    if (session.state != SessionState::Open) return;
    const auto arrived = static_cast<std::uint8_t>(delivery.arrived ? 1 : 0);
    session.route->uplink.send({session.id, delivery.tag, UpKind::Delivery, arrived});
  });
}

void SessionHost::tell_round_trip(std::int64_t now_us, Session& session) {
  if (now_us - session.rtt_told_at_us < kRoundTripIntervalUs) return;
  session.rtt_told_at_us = now_us;
  const float rtt_ms = session.channel.rtt_ms();
  if (rtt_ms <= 0) return;
  session.route->uplink.send(
      {session.id, static_cast<std::uint32_t>(rtt_ms + 0.5f), UpKind::RoundTrip, 0});
}

std::size_t SessionHost::take_down(std::int64_t now_us) {
  now_us_ = now_us;
  std::size_t taken = 0;
  for (const auto& route : routes_) {
    route->uplink.flush();
    taken += route->link->drain_down(
        [&](const cluster::DownHeader& header, std::span<const std::byte> bytes) {
          take(now_us, header, bytes);
        });
  }
  drop_unused_routes();
  for (const std::uint32_t slot : dirty_) {
    Session* session = sessions_[slot].get();
    if (session == nullptr || !session->in_dirty) continue;
    session->in_dirty = false;
    write_due_packets(now_us, *session);
  }
  dirty_.clear();
  return taken;
}

void SessionHost::take(std::int64_t now_us, const cluster::DownHeader& header,
                       std::span<const std::byte> bytes) {
  Session* session = find(header.session);
  if (session == nullptr || session->state != SessionState::Open) {
    counters_.late_messages.add();
    return;
  }
  switch (header.kind) {
    case DownKind::Snapshot: {
      const channel::Section section{static_cast<std::uint8_t>(protocol::SectionKind::Snapshot),
                                     header.number, bytes};
      return write_packet(now_us, *session, {&section, 1});
    }
    case DownKind::Message:
      if (!session->channel.send(static_cast<std::uint8_t>(header.number), bytes)) {
        return begin_close(now_us, *session, CloseReason::SlowClient, {}, false);
      }
      if (!session->in_dirty) {
        session->in_dirty = true;
        dirty_.push_back(session->slot);
      }
      return;
    case DownKind::Disconnect: {
      const std::string_view sentence(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      return begin_close(now_us, *session, static_cast<CloseReason>(header.number), sentence, true);
    }
  }
}

void SessionHost::write_packet(std::int64_t now_us, Session& session,
                               std::span<const channel::Section> sections) {
  const std::size_t size =
      session.channel.write_packet(now_us, sections, wire_.packet_buffer(session.slot));
  counters_.packets_out.add();
  counters_.bytes_out.add(size);
  wire_.send_packet(session.slot, size);
}

void SessionHost::write_due_packets(std::int64_t now_us, Session& session) {
  for (int i = 0; i < kPacketsAtOnceMax && session.channel.wants_to_send(now_us); ++i) {
    write_packet(now_us, session, {});
  }
}

void SessionHost::sweep(std::int64_t now_us) {
  if (swept_at_us_ != INT64_MIN && now_us - swept_at_us_ < kSweepIntervalUs) return;
  swept_at_us_ = now_us;
  // Backwards, because a session that ends is replaced by the last one.
  for (std::size_t i = live_.size(); i-- > 0;) look_after(now_us, *sessions_[live_[i]]);
}

void SessionHost::look_after(std::int64_t now_us, Session& session) {
  write_due_packets(now_us, session);
  tell_deliveries(session);
  if (session.state == SessionState::Open) return tell_round_trip(now_us, session);
  if (session.state == SessionState::Loading && now_us >= session.deadline_us) {
    counters_.load_failures.add();
    return begin_close(now_us, session, CloseReason::Kicked,
                       "The character could not be loaded in time; try again in a moment.", false);
  }
  if (session.state == SessionState::Closing &&
      (now_us >= session.deadline_us || session.channel.queued_bytes() == 0)) {
    finish_close(session);
  }
}

}  // namespace tessera::gateway::detail
