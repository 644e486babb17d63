// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "transport/netcode/connect_token.h"

#include <string>

#include "transport/netcode/detail/token_codec.h"

namespace tessera::netcode {

Key random_key() {
  Key key{};
  detail::random_bytes(key);
  return key;
}

Result<ConnectTokenBytes> mint_connect_token(const TokenGrant& grant, const Key& private_key) {
  if (grant.servers.empty() || grant.servers.size() > kServersPerTokenMax) {
    return failure(ErrorKind::InvalidArgument, "a connect token names 1 to 32 servers, not " +
                                                   std::to_string(grant.servers.size()));
  }
  for (const udp::Address& server : grant.servers) {
    if (!server)
      return failure(ErrorKind::InvalidArgument, "a connect token's server has no address");
  }
  if (grant.expire_unix_s <= grant.create_unix_s) {
    return failure(ErrorKind::InvalidArgument, "a connect token must expire after its creation");
  }
  PublicToken token{.protocol_id = grant.protocol_id,
                    .create_unix_s = grant.create_unix_s,
                    .expire_unix_s = grant.expire_unix_s,
                    .timeout_s = grant.timeout_s,
                    .servers = grant.servers,
                    .client_to_server = random_key(),
                    .server_to_client = random_key()};
  detail::random_bytes(token.nonce);
  token.sealed_private = detail::write_private_token({.client_id = grant.client_id,
                                                      .timeout_s = grant.timeout_s,
                                                      .servers = grant.servers,
                                                      .client_to_server = token.client_to_server,
                                                      .server_to_client = token.server_to_client,
                                                      .user_data = grant.user_data});
  detail::seal_token(private_key, token.nonce,
                     detail::token_associated_data(grant.protocol_id, grant.expire_unix_s),
                     token.sealed_private);
  return detail::write_connect_token(token);
}

}  // namespace tessera::netcode
