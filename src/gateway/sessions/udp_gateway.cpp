// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/sessions/udp_gateway.h"

#include <optional>

#include "engine/platform/clock.h"
#include "engine/platform/log.h"
#include "gateway/sessions/detail/session_host.h"
#include "transport/udp/waiter.h"

namespace tessera::gateway {

using cluster::CloseReason;

namespace {

constexpr std::int64_t kNetcodeIntervalUs = 10'000;
constexpr std::int64_t kCountersIntervalUs = 250'000;
// With nobody there only handshakes and commands come, and those wake us.
constexpr std::int64_t kIdleRestUs = 250'000;
// A flood must not keep the thread from sending: 4,096 datagrams take some 10 ms.
constexpr int kBatchesPerTurnMax = 64;

}  // namespace

struct UdpGateway::State : detail::Wire, netcode::ServerOutput {
  State(UdpGateway& gateway, const UdpGatewayOptions& udp_options, const GatewayParts& parts,
        udp::Socket udp_socket, udp::Waiter any_event, udp::Waiter bell_only);

  // Wire
  std::span<std::byte> packet_buffer(std::uint32_t slot) override;
  void send_packet(std::uint32_t slot, std::size_t size) override;
  void hang_up(std::uint32_t slot, CloseReason reason, std::string_view sentence) override;
  // ServerOutput
  void on_send(const udp::Address& to, std::span<const std::byte> datagram) override;
  void on_disconnected(netcode::ClientIndex client, netcode::DisconnectReason reason) override;

  void send_in_place(const udp::Address& to, std::span<const std::byte> datagram);
  void read_clocks();
  std::size_t drain_socket();
  void receive(const udp::Address& from, std::span<std::byte> bytes);
  void connected(netcode::ClientIndex client);
  void pass_chaos();
  void count_ignored();
  void count(UdpGateway& gateway);
  bool turn(UdpGateway& gateway);
  void rest(std::size_t received);

  const UdpGatewayOptions options;
  udp::Socket socket;
  netcode::Server server;
  udp::Waiter waiter;
  udp::Waiter bell_waiter;
  std::shared_ptr<detail::Inbox> inbox = std::make_shared<detail::Inbox>();
  detail::SessionHost host;
  std::optional<chaos::Link> chaos_in;
  std::optional<chaos::Link> chaos_out;
  netcode::Time now;
  std::int64_t updated_at_us = INT64_MIN;
  std::int64_t counted_at_us = INT64_MIN;
  udp::SocketCounters counted;
  bool stopping = false;
  std::int64_t stop_at_us = 0;
};

namespace {

netcode::ServerOptions server_options(const UdpGatewayOptions& options, udp::Address bound) {
  netcode::ServerOptions server;
  server.protocol_id = options.protocol_id;
  server.private_key = options.private_key;
  server.public_addresses = options.public_addresses;
  if (server.public_addresses.empty()) server.public_addresses.push_back(bound);
  server.clients_max = options.sessions_max;
  server.tokens_expire_after_unix_s = options.tokens_expire_after_unix_s;
  return server;
}

}  // namespace

UdpGateway::State::State(UdpGateway& gateway, const UdpGatewayOptions& udp_options,
                         const GatewayParts& parts, udp::Socket udp_socket, udp::Waiter any_event,
                         udp::Waiter bell_only)
    : options(udp_options),
      socket(std::move(udp_socket)),
      server(server_options(udp_options, socket.local_address())),
      waiter(std::move(any_event)),
      bell_waiter(std::move(bell_only)),
      host(udp_options.limits, parts, udp_options.sessions_max, *this, gateway, inbox) {
  if (options.chaos.any()) {
    chaos_in.emplace(options.chaos);
    chaos::Options out = options.chaos;
    ++out.seed;  // its own fate for each direction
    chaos_out.emplace(out);
  }
}

std::span<std::byte> UdpGateway::State::packet_buffer(std::uint32_t slot) {
  // Until the client is known to be connected it ignores payloads unless a keep-alive comes first.
  if (server.needs_keep_alive(slot)) {
    send_in_place(server.address(slot), server.seal_keep_alive(now, slot, socket.next_buffer()));
  }
  return socket.next_buffer().subspan(netcode::kHeadroom, netcode::kPayloadBytesMax);
}

void UdpGateway::State::send_packet(std::uint32_t slot, std::size_t size) {
  send_in_place(server.address(slot), server.seal_payload(now, slot, socket.next_buffer(), size));
}

// `datagram` lies in the socket's next buffer already.
void UdpGateway::State::send_in_place(const udp::Address& to, std::span<const std::byte> datagram) {
  if (chaos_out) {
    chaos_out->push(now.us, datagram, to);
  } else {
    socket.queue(to, datagram);
  }
}

void UdpGateway::State::hang_up(std::uint32_t slot, CloseReason, std::string_view) {
  server.disconnect(now, slot, *this);
}

void UdpGateway::State::on_send(const udp::Address& to, std::span<const std::byte> datagram) {
  if (chaos_out) {
    chaos_out->push(now.us, datagram, to);
  } else {
    socket.queue_copy(to, datagram);
  }
}

void UdpGateway::State::on_disconnected(netcode::ClientIndex client,
                                        netcode::DisconnectReason reason) {
  host.lost(now.us, client,
            reason == netcode::DisconnectReason::TimedOut ? CloseReason::TimedOut
                                                          : CloseReason::ClientLeft);
}

void UdpGateway::State::read_clocks() {
  now = {platform::monotonic_ns() / 1000,
         static_cast<std::uint64_t>(platform::unix_time_ms() / 1000)};
}

std::size_t UdpGateway::State::drain_socket() {
  std::size_t received = 0;
  for (int batch = 0; batch < kBatchesPerTurnMax; ++batch) {
    const auto datagrams = socket.receive();
    for (const udp::Datagram& datagram : datagrams) {
      if (chaos_in) {
        chaos_in->push(now.us, datagram.bytes, datagram.from);
      } else {
        receive(datagram.from, datagram.bytes);
      }
    }
    received += datagrams.size();
    if (datagrams.size() < udp::kBatch) break;
  }
  return received;
}

void UdpGateway::State::receive(const udp::Address& from, std::span<std::byte> bytes) {
  std::array<std::byte, netcode::kControlPacketBytesMax> answer;
  const netcode::Received received = server.receive(now, from, bytes, answer);
  if (!received.answer.empty()) on_send(from, received.answer);
  switch (received.event) {
    case netcode::Received::Event::None:
      return;
    case netcode::Received::Event::Connected:
      return connected(received.client);
    case netcode::Received::Event::Payload:
      return host.receive(now.us, received.client, received.payload);
    case netcode::Received::Event::Disconnected:
      return host.lost(now.us, received.client, CloseReason::ClientLeft);
  }
}

void UdpGateway::State::connected(netcode::ClientIndex client) {
  const auto claim = admission::decode_claim(server.user_data(client));
  // A token of ours always has a claim; one of another version may not.
  if (!claim || stopping) {
    return server.disconnect(now, client, *this);
  }
  host.open(now.us, client, *claim);
}

void UdpGateway::State::pass_chaos() {
  if (!chaos_in) return;
  while (auto datagram = chaos_in->pop(now.us)) receive(datagram->address, datagram->bytes);
  while (const auto datagram = chaos_out->pop(now.us)) {
    socket.queue_copy(datagram->address, datagram->bytes);
  }
}

void UdpGateway::State::count_ignored() {
  const netcode::ServerCounters& seen = server.counters();
  const auto set = [this](IgnoreReason reason, std::uint64_t count) {
    host.counters().ignored[static_cast<std::size_t>(reason)].set(count);
  };
  set(IgnoreReason::NotNetcode, seen.ignored_malformed);
  set(IgnoreReason::UnknownAddress, seen.ignored_unknown_address);
  set(IgnoreReason::SessionEnded, seen.ignored_session_ended);
  set(IgnoreReason::Forged, seen.ignored_forged);
  set(IgnoreReason::Replayed, seen.ignored_replayed);
  set(IgnoreReason::TokenForeign, seen.ignored_token_foreign);
  set(IgnoreReason::TokenExpired, seen.ignored_token_expired);
  set(IgnoreReason::TokenReused, seen.ignored_token_reused);
  set(IgnoreReason::AlreadyConnected, seen.ignored_already_connected);
  set(IgnoreReason::TooOften, seen.ignored_too_often);
  set(IgnoreReason::NoRoom, seen.ignored_no_room);
}

void UdpGateway::State::count(UdpGateway& gateway) {
  host.counters().handshakes.set(server.pending_count());
  count_ignored();
  if (counted_at_us != INT64_MIN && now.us - counted_at_us < kCountersIntervalUs) return;
  counted_at_us = now.us;
  const udp::SocketCounters counters = socket.counters();
  gateway.datagrams_out_.add(now.us * 1000, counters.datagrams_out - counted.datagrams_out);
  gateway.bytes_out_.add(now.us * 1000, counters.bytes_out - counted.bytes_out);
  counted = counters;
  host.counters().ignored[static_cast<std::size_t>(IgnoreReason::Oversized)].set(
      counters.oversized_in);
  host.counters().socket_drops.set(counters.receive_overflows + counters.send_full);
}

// False when it is over.
bool UdpGateway::State::turn(UdpGateway& gateway) {
  read_clocks();
  inbox->run_all();
  const std::size_t received = drain_socket();
  host.take_down(now.us);
  host.sweep(now.us);
  if (updated_at_us == INT64_MIN || now.us - updated_at_us >= kNetcodeIntervalUs) {
    updated_at_us = now.us;
    server.update(now, *this);
  }
  pass_chaos();
  socket.flush();
  count(gateway);
  if (stopping && (host.size() == 0 || now.us >= stop_at_us)) {
    return false;
  }
  rest(received);
  return true;
}

void UdpGateway::State::rest(std::size_t received) {
  inbox->bell.about_to_sleep();
  if (inbox->empty() && host.quiet()) {
    if (received > 0) {
      bell_waiter.wait(received >= options.busy_datagrams ? options.busy_rest_us : options.rest_us);
    } else if (chaos_in) {
      waiter.wait(options.rest_us);
    } else if (host.size() > 0 || server.client_count() + server.pending_count() > 0) {
      waiter.wait(kNetcodeIntervalUs);
    } else {
      waiter.wait(kIdleRestUs);
    }
  }
  inbox->bell.awake();
}

UdpGateway::~UdpGateway() = default;

Result<std::unique_ptr<UdpGateway>> UdpGateway::open(const UdpGatewayOptions& options,
                                                     const GatewayParts& parts) {
  auto socket = udp::Socket::open(options.socket);
  if (!socket) return std::unexpected(socket.error());
  auto waiter = udp::Waiter::open();
  if (!waiter) return std::unexpected(waiter.error());
  auto bell_waiter = udp::Waiter::open();
  if (!bell_waiter) return std::unexpected(bell_waiter.error());
  std::unique_ptr<UdpGateway> gateway(new UdpGateway);
  const int descriptor = socket->descriptor();
  gateway->state_ = std::make_unique<State>(*gateway, options, parts, std::move(*socket),
                                            std::move(*waiter), std::move(*bell_waiter));
  State& state = *gateway->state_;
  for (auto watched : {state.waiter.watch(descriptor), state.waiter.watch(state.inbox->bell.fd()),
                       state.bell_waiter.watch(state.inbox->bell.fd())}) {
    if (!watched) return std::unexpected(watched.error());
  }
  return gateway;
}

udp::Address UdpGateway::local_address() const { return state_->socket.local_address(); }

void UdpGateway::run() {
  while (state_->turn(*this)) {
  }
}

void UdpGateway::stop(std::chrono::milliseconds deadline) {
  state_->inbox->post([this, deadline] {
    State& state = *state_;
    if (state.stopping) return;
    platform::log_info("closing the UDP sessions", {{"sessions", state.host.size()}});
    state.stop_at_us = state.now.us + deadline.count() * 1000;
    state.stopping = true;
    state.host.close_all(state.now.us, CloseReason::ServerStopping, {});
  });
}

void UdpGateway::close_session(SessionId session, CloseReason reason) {
  state_->inbox->post(
      [this, session, reason] { state_->host.close(state_->now.us, session, reason); });
}

const GatewayCounters& UdpGateway::counters() const { return state_->host.counters(); }
cluster::Doorbell& UdpGateway::bell() { return state_->inbox->bell; }

}  // namespace tessera::gateway
