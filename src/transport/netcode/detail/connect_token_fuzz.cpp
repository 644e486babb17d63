// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The public and the private part of a connect token, from any bytes. What can be read is written
// again and must read the same.
#include <cstdint>

#include "transport/netcode/detail/token_codec.h"

using namespace tessera;
using namespace tessera::netcode;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  if (const auto token = read_connect_token(bytes)) {
    const auto again = read_connect_token(detail::write_connect_token(*token));
    TESSERA_ASSERT(again.has_value() && again->servers == token->servers &&
                       again->server_to_client == token->server_to_client,
                   "a token does not survive being written");
  }
  if (const auto token = detail::read_private_token(bytes)) {
    const auto again = detail::read_private_token(detail::write_private_token(*token));
    TESSERA_ASSERT(again.has_value() && again->servers == token->servers &&
                       again->user_data == token->user_data,
                   "a private token does not survive being written");
  }
  return 0;
}
