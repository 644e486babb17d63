// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "gateway/admission/session_grants.h"

#include <openssl/evp.h>
#include <sys/random.h>

#include "engine/core/assert.h"
#include "transport/netcode/connect_token.h"

namespace tessera::admission {
namespace {

std::string base64(std::span<const std::byte> bytes) {
  std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

// A server holds one connection for each client id. A new one every time lets a player come back
// while the server still waits for the old connection.
std::uint64_t random_client_id() {
  std::uint64_t id = 0;
  const auto got = getrandom(&id, sizeof id, 0);
  TESSERA_ASSERT(got == sizeof id, "getrandom: the kernel has no random bytes");
  return id;
}

}  // namespace

Result<SessionGrant> SessionGrants::grant(const SessionClaim& claim, std::string_view host,
                                          std::int64_t now_us, std::int64_t unix_s) {
  netcode::TokenGrant token;
  token.protocol_id = options_.protocol_id;
  token.client_id = random_client_id();
  token.create_unix_s = static_cast<std::uint64_t>(unix_s);
  token.expire_unix_s = token.create_unix_s + options_.valid_s;
  token.timeout_s = options_.timeout_s;
  token.servers = options_.udp_addresses;
  token.user_data = encode_claim(claim);
  const auto minted = netcode::mint_connect_token(token, options_.private_key);
  if (!minted) return std::unexpected(minted.error());

  SessionGrant grant;
  grant.connect_token = base64(*minted);
  grant.udp = options_.udp_addresses.front().text();
  const std::string where =
      options_.websocket_host.empty() ? std::string(host) : options_.websocket_host;
  grant.websocket = (options_.websocket_tls ? "wss://" : "ws://") + where +
                    options_.websocket_path + "?token=" + tickets_.issue(claim, now_us);
  grant.expires_in_s = options_.valid_s;
  grant.protocol_version = options_.protocol_version;
  return grant;
}

}  // namespace tessera::admission
