// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Requests and responses: who may become a client. The checks stand in the standard's order, except
// that cheap ones go before the token is opened; nobody outside can tell the difference.
#include <algorithm>

#include "transport/netcode/detail/server_state.h"

namespace tessera::netcode {
namespace {

/// Repeats sooner than this are not answered. A correct client repeats every kHandshakeIntervalUs;
/// the half of it leaves room for jitter.
constexpr std::int64_t kAnswerIntervalUs = kHandshakeIntervalUs / 2;

}  // namespace

bool Server::State::names_us(const PrivateToken& token) const {
  return std::ranges::any_of(token.servers, [&](const udp::Address& server) {
    return std::ranges::find(options.public_addresses, server) != options.public_addresses.end();
  });
}

Received Server::State::on_request(Time now, const udp::Address& from,
                                   std::span<std::byte> datagram, std::span<std::byte> buffer) {
  const auto request = detail::read_request(datagram);
  if (!request) {
    ++counters.ignored_malformed;
    return {};
  }
  if (request->protocol_id != options.protocol_id) {
    ++counters.ignored_token_foreign;
    return {};
  }
  if (request->expire_unix_s <= now.unix_s ||
      request->expire_unix_s <= options.tokens_expire_after_unix_s) {
    ++counters.ignored_token_expired;
    return {};
  }
  const std::uint32_t known = find_address(from);
  if (known != detail::SlotTable::kNone && (known & kPendingBit) == 0) {
    ++counters.ignored_already_connected;
    return {};
  }
  Mac mac;
  std::ranges::copy(request->sealed_private.last(kMacBytes), mac.begin());
  if (!detail::open_token(
          options.private_key, request->nonce,
          detail::token_associated_data(request->protocol_id, request->expire_unix_s),
          request->sealed_private)) {
    ++counters.ignored_forged;
    return {};
  }
  const auto token = detail::read_private_token(request->sealed_private);
  if (!token || !names_us(*token)) {
    ++counters.ignored_token_foreign;
    return {};
  }
  if (id_is_connected(token->client_id)) {
    ++counters.ignored_already_connected;
    return {};
  }
  detail::TokenHistory::Entry* history = tokens.find(mac);
  if (history == nullptr) {
    history = tokens.add({.mac = mac, .address = from, .expire_unix_s = request->expire_unix_s},
                         now.unix_s);
    if (history == nullptr) {
      ++counters.ignored_no_room;
      return {};
    }
  }
  return on_request_accepted(now, from, *token, mac, *history, buffer);
}

Received Server::State::on_request_accepted(Time now, const udp::Address& from,
                                            const PrivateToken& token, const Mac& mac,
                                            detail::TokenHistory::Entry& history,
                                            std::span<std::byte> buffer) {
  if (history.address != from || history.made_session) {
    ++counters.ignored_token_reused;
    return {};
  }
  if (history.answered_at_us != INT64_MIN && now.us - history.answered_at_us < kAnswerIntervalUs) {
    ++counters.ignored_too_often;
    return {};
  }
  history.answered_at_us = now.us;
  if (clients.full()) return {.answer = seal_denied(token.server_to_client, buffer)};

  const std::uint32_t known = find_address(from);
  if (known != detail::SlotTable::kNone && pendings[known & ~kPendingBit].token_mac != mac) {
    release_pending(known & ~kPendingBit);  // it began anew with another token
  } else if (known == detail::SlotTable::kNone && pendings.full()) {
    ++counters.ignored_no_room;
    return {};
  }
  if (find_address(from) == detail::SlotTable::kNone) {
    const std::uint32_t pending = pendings.take({.address = from,
                                                 .send_key = token.server_to_client,
                                                 .receive_key = token.client_to_server,
                                                 .token_mac = mac,
                                                 .client_id = token.client_id,
                                                 .begun_at_us = now.us,
                                                 .timeout_s = token.timeout_s});
    addresses.insert(address_hash(from), pending | kPendingBit);
  }
  ++counters.challenges_sent;
  ByteWriter body(buffer.subspan(kHeadroom));
  body.number(challenge_sequence);
  body.bytes(detail::seal_challenge(codec.cipher(), challenge_key, challenge_sequence,
                                    {token.client_id, token.user_data, mac}));
  ++challenge_sequence;
  return {.answer = codec.seal(PacketType::Challenge, handshake_sequence++, token.server_to_client,
                               buffer, body.size())};
}

Received Server::State::on_response(Time now, std::uint32_t pending,
                                    const detail::PacketHeader& header,
                                    std::span<std::byte> datagram, std::span<std::byte> buffer) {
  if (header.type != PacketType::Response) {
    ++counters.ignored_unknown_address;
    return {};
  }
  const detail::PendingClient& p = pendings[pending];
  const auto body = codec.open(header, p.receive_key, datagram);
  if (!body) {
    ++counters.ignored_forged;
    return {};
  }
  ByteReader in(*body);
  const auto sequence = in.number<std::uint64_t>();
  const auto challenge = detail::open_challenge(codec.cipher(), challenge_key, sequence,
                                                body->last(kChallengeTokenBytes));
  if (!challenge || challenge->client_id != p.client_id ||
      challenge->connect_token_mac != p.token_mac) {
    ++counters.ignored_forged;
    return {};
  }
  if (id_is_connected(p.client_id)) {
    ++counters.ignored_already_connected;
    return {};
  }
  if (clients.full()) return {.answer = seal_denied(p.send_key, buffer)};
  return connect(now, pending, challenge->user_data, buffer);
}

Received Server::State::connect(Time now, std::uint32_t pending, const UserData& user,
                                std::span<std::byte> buffer) {
  const detail::PendingClient p = pendings[pending];
  release_pending(pending);
  const ClientIndex client = clients.take({.address = p.address,
                                           .send_key = p.send_key,
                                           .receive_key = p.receive_key,
                                           .client_id = p.client_id,
                                           .received_at_us = now.us,
                                           .timeout_s = p.timeout_s});
  if (client == user_data.size()) user_data.emplace_back();
  user_data[client] = user;
  addresses.insert(address_hash(p.address), client);
  ids.insert(id_hash(p.client_id), client);
  if (detail::TokenHistory::Entry* history = tokens.find(p.token_mac)) history->made_session = true;
  ++counters.connects;
  return {.event = Received::Event::Connected,
          .client = client,
          .answer = seal_keep_alive(now, client, buffer)};
}

}  // namespace tessera::netcode
