// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/client.h"

#include <algorithm>
#include <utility>

#include "transport/netcode/detail/packet.h"
#include "transport/netcode/detail/replay_protection.h"

namespace tessera::netcode {

const char* client_state_name(ClientState state) {
  switch (state) {
    case ClientState::TokenExpired:
      return "connect token expired";
    case ClientState::InvalidToken:
      return "invalid connect token";
    case ClientState::ConnectionTimedOut:
      return "connection timed out";
    case ClientState::ResponseTimedOut:
      return "connection response timed out";
    case ClientState::RequestTimedOut:
      return "connection request timed out";
    case ClientState::Denied:
      return "connection denied: the server is full";
    case ClientState::Disconnected:
      return "disconnected";
    case ClientState::SendingRequest:
      return "sending connection request";
    case ClientState::SendingResponse:
      return "sending connection response";
    case ClientState::Connected:
      return "connected";
  }
  return "unknown";
}

struct Client::State {
  /// What only the handshake needs: 1.4 KB that a connected client gives back.
  struct Handshake {
    PublicToken token;
    std::size_t server = 0;
    std::int64_t begun_at_us = 0;
    std::uint64_t challenge_sequence = 0;
    std::array<std::byte, kChallengeTokenBytes> challenge{};
  };

  ClientState state = ClientState::Disconnected;
  std::optional<detail::PacketCodec> codec;
  std::unique_ptr<Handshake> handshake;
  udp::Address server;
  Key send_key{};
  Key receive_key{};
  /// Goes on from server to server of a token: they share its keys.
  std::uint64_t sequence = 0;
  detail::ReplayProtection replay;
  std::int64_t sent_at_us = 0;
  std::int64_t received_at_us = 0;
  std::int32_t timeout_s = 0;
  std::uint32_t client_index = 0;
  std::uint32_t clients_max = 0;

  bool connecting() const {
    return state == ClientState::SendingRequest || state == ClientState::SendingResponse;
  }
  void begin_with_server(Time now, std::size_t index);
  void fail(Time now, ClientState failure);
  void check_time(Time now);
  void on_challenge(Time now, std::span<const std::byte> body);
  void on_keep_alive(std::span<const std::byte> body);
  std::span<const std::byte> seal(Time now, PacketType type, std::span<std::byte> buffer,
                                  std::size_t body_bytes);
};

void Client::State::begin_with_server(Time now, std::size_t index) {
  handshake->server = index;
  server = handshake->token.servers[index];
  state = ClientState::SendingRequest;
  received_at_us = now.us;
  sent_at_us = now.us - kHandshakeIntervalUs;  // the first request goes at once
  replay = {};
}

void Client::State::fail(Time now, ClientState failure) {
  if (connecting() && handshake->server + 1 < handshake->token.servers.size()) {
    return begin_with_server(now, handshake->server + 1);
  }
  state = failure;
  handshake.reset();
}

void Client::State::check_time(Time now) {
  if (connecting()) {
    const PublicToken& token = handshake->token;
    const auto passed_us = static_cast<std::uint64_t>(now.us - handshake->begun_at_us);
    if (passed_us / 1'000'000 >= token.expire_unix_s - token.create_unix_s) {
      state = ClientState::TokenExpired;  // no other server would take it either
      handshake.reset();
      return;
    }
  }
  if (timeout_s < 0 || now.us - received_at_us < std::int64_t{timeout_s} * 1'000'000) return;
  if (state == ClientState::SendingRequest) return fail(now, ClientState::RequestTimedOut);
  if (state == ClientState::SendingResponse) return fail(now, ClientState::ResponseTimedOut);
  if (state == ClientState::Connected) return fail(now, ClientState::ConnectionTimedOut);
}

void Client::State::on_challenge(Time now, std::span<const std::byte> body) {
  if (state != ClientState::SendingRequest) return;
  ByteReader in(body);
  handshake->challenge_sequence = in.number<std::uint64_t>();
  std::ranges::copy(in.bytes(kChallengeTokenBytes), handshake->challenge.begin());
  state = ClientState::SendingResponse;
  sent_at_us = now.us - kHandshakeIntervalUs;
}

void Client::State::on_keep_alive(std::span<const std::byte> body) {
  if (state != ClientState::SendingResponse) return;
  ByteReader in(body);
  client_index = in.number<std::uint32_t>();
  clients_max = in.number<std::uint32_t>();
  state = ClientState::Connected;
  handshake.reset();
}

std::span<const std::byte> Client::State::seal(Time now, PacketType type,
                                               std::span<std::byte> buffer,
                                               std::size_t body_bytes) {
  sent_at_us = now.us;
  return codec->seal(type, sequence++, send_key, buffer, body_bytes);
}

Client::Client() : state_(std::make_unique<State>()) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

void Client::connect(Time now, std::span<const std::byte> connect_token) {
  *state_ = State{};
  State& s = *state_;
  auto token = read_connect_token(connect_token);
  if (!token) {
    s.state = ClientState::InvalidToken;
    return;
  }
  s.codec.emplace(token->protocol_id);
  s.send_key = token->client_to_server;
  s.receive_key = token->server_to_client;
  s.timeout_s = token->timeout_s;
  s.handshake = std::make_unique<State::Handshake>();
  s.handshake->token = std::move(*token);
  s.handshake->begun_at_us = now.us;
  s.begin_with_server(now, 0);
}

ClientState Client::state() const { return state_->state; }
const udp::Address& Client::server_address() const { return state_->server; }
std::uint32_t Client::client_index() const { return state_->client_index; }
std::uint32_t Client::clients_max() const { return state_->clients_max; }

std::span<const std::byte> Client::receive(Time now, const udp::Address& from,
                                           std::span<std::byte> datagram) {
  State& s = *state_;
  if (s.state <= ClientState::Disconnected || from != s.server) return {};
  const auto header = detail::read_header(datagram);
  if (!header || header->type == PacketType::Response) return {};
  const bool in_session =
      header->type != PacketType::Challenge && header->type != PacketType::Denied;
  if (in_session && s.replay.refuses(header->sequence)) return {};
  const auto body = s.codec->open(*header, s.receive_key, datagram);
  if (!body) return {};
  if (in_session) s.replay.received(header->sequence);
  s.received_at_us = now.us;
  switch (header->type) {
    case PacketType::Challenge:
      s.on_challenge(now, *body);
      return {};
    case PacketType::Denied:
      if (s.connecting()) s.fail(now, ClientState::Denied);
      return {};
    case PacketType::KeepAlive:
      s.on_keep_alive(*body);
      return {};
    case PacketType::Disconnect:
      if (s.state == ClientState::Connected) s.state = ClientState::Disconnected;
      return {};
    case PacketType::Payload:
      if (s.state != ClientState::Connected) return {};
      return *body;
    case PacketType::Request:
    case PacketType::Response:
      break;
  }
  return {};
}

std::span<const std::byte> Client::update(Time now, std::span<std::byte> buffer) {
  TESSERA_ASSERT(buffer.size() >= kRequestBytes, "netcode client: buffer too small");
  State& s = *state_;
  s.check_time(now);
  const std::int64_t silent_us = now.us - s.sent_at_us;
  ByteWriter body(buffer.subspan(kHeadroom));
  switch (s.state) {
    case ClientState::SendingRequest: {
      if (silent_us < kHandshakeIntervalUs) return {};
      s.sent_at_us = now.us;
      const PublicToken& token = s.handshake->token;
      return buffer.first(detail::write_request(token.protocol_id, token.expire_unix_s, token.nonce,
                                                token.sealed_private, buffer));
    }
    case ClientState::SendingResponse:
      if (silent_us < kHandshakeIntervalUs) return {};
      body.number(s.handshake->challenge_sequence);
      body.bytes(s.handshake->challenge);
      return s.seal(now, PacketType::Response, buffer, body.size());
    case ClientState::Connected:
      if (silent_us < kKeepAliveIntervalUs) return {};
      body.number(std::uint64_t{0});  // index and count mean something from the server only
      return s.seal(now, PacketType::KeepAlive, buffer, body.size());
    default:
      return {};
  }
}

std::span<const std::byte> Client::seal_payload(Time now, std::span<std::byte> buffer,
                                                std::size_t payload_bytes) {
  TESSERA_ASSERT(state() == ClientState::Connected, "netcode client: payload before Connected");
  return state_->seal(now, PacketType::Payload, buffer, payload_bytes);
}

std::span<const std::byte> Client::seal_disconnect(std::span<std::byte> buffer) {
  TESSERA_ASSERT(state_->codec.has_value(), "netcode client: nothing to disconnect");
  return state_->codec->seal(PacketType::Disconnect, state_->sequence++, state_->send_key, buffer,
                             0);
}

void Client::close() {
  state_->state = ClientState::Disconnected;
  state_->handshake.reset();
}

}  // namespace tessera::netcode
