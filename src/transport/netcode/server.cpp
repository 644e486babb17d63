// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/server.h"

#include <algorithm>
#include <cstring>

#include "transport/netcode/detail/server_state.h"

namespace tessera::netcode {
namespace detail {
namespace {

constexpr std::int64_t kSweepPeriodUs = 100'000;

}  // namespace

std::uint32_t Sweep::due(std::int64_t now_us, std::uint32_t count) {
  if (last_us_ == INT64_MIN) last_us_ = now_us - kSweepPeriodUs;
  const std::int64_t passed_us = std::max<std::int64_t>(0, now_us - last_us_);
  if (passed_us >= kSweepPeriodUs || count == 0) {
    last_us_ = now_us;
    return count;
  }
  const auto places = static_cast<std::int64_t>(count) * passed_us / kSweepPeriodUs;
  // Advance by the time that the whole places stand for; the rest counts next time.
  last_us_ += places * kSweepPeriodUs / count;
  return static_cast<std::uint32_t>(places);
}

}  // namespace detail

namespace {

std::uint64_t random_u64() {
  std::uint64_t value = 0;
  detail::random_bytes(std::as_writable_bytes(std::span(&value, 1)));
  return value;
}

ServerOptions with_defaults(ServerOptions options) {
  TESSERA_ASSERT(options.clients_max > 0 && options.clients_max <= 1u << 20,
                 "netcode: clients_max must be 1 to 1,048,576");
  if (options.pending_max == 0) options.pending_max = options.clients_max;
  if (options.tokens_max == 0) options.tokens_max = std::max(1024u, 4 * options.clients_max);
  return options;
}

}  // namespace

Server::State::State(const ServerOptions& server_options)
    : options(with_defaults(server_options)),
      codec(options.protocol_id),
      clients(options.clients_max),
      pendings(options.pending_max),
      addresses(options.clients_max + options.pending_max),
      ids(options.clients_max),
      tokens(options.tokens_max),
      handshake_sequence(std::uint64_t{1} << 63 | random_u64() >> 2),
      hash_seed(random_u64()) {
  user_data.reserve(options.clients_max);
}

Server::Server(const ServerOptions& options) : state_(std::make_unique<State>(options)) {}
Server::Server(Server&&) noexcept = default;
Server& Server::operator=(Server&&) noexcept = default;
Server::~Server() = default;

Received Server::receive(Time now, const udp::Address& from, std::span<std::byte> datagram,
                         std::span<std::byte> answer_buffer) {
  State& s = *state_;
  TESSERA_ASSERT(answer_buffer.size() >= kControlPacketBytesMax,
                 "receive: answer buffer too small");
  if (!datagram.empty() && datagram[0] == std::byte{0}) {
    return s.on_request(now, from, datagram, answer_buffer);
  }
  const auto header = detail::read_header(datagram);
  if (!header) {
    ++s.counters.ignored_malformed;
    return {};
  }
  const std::uint32_t slot = s.find_address(from);
  if (slot == detail::SlotTable::kNone) {
    const bool ended = s.endings.contains(s.address_hash(from), from, now.us);
    ++(ended ? s.counters.ignored_session_ended : s.counters.ignored_unknown_address);
    return {};
  }
  if ((slot & State::kPendingBit) != 0) {
    return s.on_response(now, slot & ~State::kPendingBit, *header, datagram, answer_buffer);
  }
  return s.on_client_packet(now, slot, *header, datagram, answer_buffer);
}

Received Server::State::on_client_packet(Time now, ClientIndex client,
                                         const detail::PacketHeader& header,
                                         std::span<std::byte> datagram,
                                         std::span<std::byte> buffer) {
  detail::ConnectedClient& c = clients[client];
  const bool repeats_response = header.type == PacketType::Response;
  if (!repeats_response && header.type != PacketType::Payload &&
      header.type != PacketType::KeepAlive && header.type != PacketType::Disconnect) {
    ++counters.ignored_malformed;
    return {};
  }
  if (repeats_response && (c.confirmed || now.us - c.sent_at_us < kHandshakeIntervalUs / 2)) {
    ++counters.ignored_already_connected;
    return {};
  }
  if (!repeats_response && c.replay.refuses(header.sequence)) {
    ++counters.ignored_replayed;
    return {};
  }
  const auto body = codec.open(header, c.receive_key, datagram);
  if (!body) {
    ++counters.ignored_forged;
    return {};
  }
  if (repeats_response) return {.answer = seal_keep_alive(now, client, buffer)};
  c.replay.received(header.sequence);
  c.received_at_us = now.us;
  if (header.type == PacketType::Disconnect) {
    release_client(now, client);
    return {.event = Received::Event::Disconnected, .client = client};
  }
  c.confirmed = true;
  if (header.type == PacketType::KeepAlive) return {};
  ++counters.payloads_in;
  return {.event = Received::Event::Payload, .client = client, .payload = *body};
}

std::span<const std::byte> Server::State::seal_to(Time now, ClientIndex client, PacketType type,
                                                  std::span<std::byte> buffer,
                                                  std::size_t body_bytes) {
  TESSERA_ASSERT(clients.used(client), "netcode: no such client");
  detail::ConnectedClient& c = clients[client];
  c.sent_at_us = now.us;
  return codec.seal(type, c.sequence++, c.send_key, buffer, body_bytes);
}

std::span<const std::byte> Server::State::seal_keep_alive(Time now, ClientIndex client,
                                                          std::span<std::byte> buffer) {
  ByteWriter body(buffer.subspan(kHeadroom));
  body.number(client);
  body.number(options.clients_max);
  return seal_to(now, client, PacketType::KeepAlive, buffer, body.size());
}

std::span<const std::byte> Server::State::seal_denied(const Key& key, std::span<std::byte> buffer) {
  ++counters.denied_full;
  return codec.seal(PacketType::Denied, handshake_sequence++, key, buffer, 0);
}

std::span<const std::byte> Server::seal_payload(Time now, ClientIndex client,
                                                std::span<std::byte> buffer,
                                                std::size_t payload_bytes) {
  return state_->seal_to(now, client, PacketType::Payload, buffer, payload_bytes);
}

bool Server::needs_keep_alive(ClientIndex client) const {
  return connected(client) && !state_->clients[client].confirmed;
}

std::span<const std::byte> Server::seal_keep_alive(Time now, ClientIndex client,
                                                   std::span<std::byte> buffer) {
  return state_->seal_keep_alive(now, client, buffer);
}

std::uint32_t Server::State::find_address(const udp::Address& address) const {
  return addresses.find(address_hash(address), [&](std::uint32_t slot) {
    return (slot & kPendingBit) != 0 ? pendings[slot & ~kPendingBit].address == address
                                     : clients[slot].address == address;
  });
}

bool Server::State::id_is_connected(std::uint64_t client_id) const {
  const auto same = [&](std::uint32_t slot) { return clients[slot].client_id == client_id; };
  return ids.find(id_hash(client_id), same) != detail::SlotTable::kNone;
}

void Server::State::release_client(Time now, ClientIndex client) {
  detail::ConnectedClient& c = clients[client];
  endings.add(address_hash(c.address), c.address, now.us);
  addresses.erase(address_hash(c.address), client);
  ids.erase(id_hash(c.client_id), client);
  clients.release(client);
}

void Server::State::release_pending(std::uint32_t pending) {
  addresses.erase(address_hash(pendings[pending].address), pending | kPendingBit);
  pendings.release(pending);
}

void Server::State::sweep_clients(Time now, ServerOutput& output) {
  const std::uint32_t count = clients.end();
  for (std::uint32_t left = client_sweep.due(now.us, count); left > 0; --left) {
    const ClientIndex client = client_sweep.next(count);
    if (!clients.used(client)) continue;
    const detail::ConnectedClient& c = clients[client];
    if (c.timeout_s >= 0 && now.us - c.received_at_us >= std::int64_t{c.timeout_s} * 1'000'000) {
      ++counters.timeouts;
      release_client(now, client);
      output.on_disconnected(client, DisconnectReason::TimedOut);
      continue;
    }
    // Until it is confirmed, a client waits for a keep-alive whatever else we send.
    const std::int64_t interval_us = c.confirmed ? kKeepAliveIntervalUs : kHandshakeIntervalUs;
    if (now.us - c.sent_at_us < interval_us) continue;
    std::array<std::byte, kControlPacketBytesMax> buffer;
    const udp::Address to = c.address;
    output.on_send(to, seal_keep_alive(now, client, buffer));
  }
}

void Server::State::sweep_pending(Time now) {
  const std::uint32_t count = pendings.end();
  for (std::uint32_t left = pending_sweep.due(now.us, count); left > 0; --left) {
    const std::uint32_t pending = pending_sweep.next(count);
    if (!pendings.used(pending)) continue;
    const detail::PendingClient& p = pendings[pending];
    // A token without a timeout (development) still has to finish its handshake some time.
    const std::int64_t timeout_s = p.timeout_s > 0 ? p.timeout_s : 10;
    if (now.us - p.begun_at_us >= timeout_s * 1'000'000) release_pending(pending);
  }
}

void Server::update(Time now, ServerOutput& output) {
  state_->sweep_clients(now, output);
  state_->sweep_pending(now);
}

void Server::disconnect(Time now, ClientIndex client, ServerOutput& output) {
  const udp::Address to = address(client);
  for (int i = 0; i < kDisconnectPackets; ++i) {
    std::array<std::byte, kControlPacketBytesMax> buffer;
    output.on_send(to, state_->seal_to(now, client, PacketType::Disconnect, buffer, 0));
  }
  state_->release_client(now, client);
}

bool Server::connected(ClientIndex client) const { return state_->clients.used(client); }
std::uint32_t Server::client_count() const { return state_->clients.size(); }
std::uint32_t Server::pending_count() const { return state_->pendings.size(); }

const udp::Address& Server::address(ClientIndex client) const {
  TESSERA_ASSERT(connected(client), "netcode: no such client");
  return state_->clients[client].address;
}
std::uint64_t Server::client_id(ClientIndex client) const {
  TESSERA_ASSERT(connected(client), "netcode: no such client");
  return state_->clients[client].client_id;
}
const UserData& Server::user_data(ClientIndex client) const {
  TESSERA_ASSERT(connected(client), "netcode: no such client");
  return state_->user_data[client];
}
const ServerCounters& Server::counters() const { return state_->counters; }

}  // namespace tessera::netcode
