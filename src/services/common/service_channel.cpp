// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/service_channel.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/support/channel_arguments.h>
#include <sodium.h>

#include <array>

#include "services/common/client_call.h"
#include "services/common/detail/transport_security.h"

namespace tessera::services {
namespace {

// Three tries within the deadline: a service that restarts is back within a second.
constexpr const char* kRetryPolicy = R"({"methodConfig": [{"name": [{}], "retryPolicy": {
  "maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 3,
  "retryableStatusCodes": ["UNAVAILABLE"]}}]})";

}  // namespace

Result<ServiceChannel> connect(const ConnectOptions& options) {
  auto credentials = channel_credentials(options);
  if (!credentials) return std::unexpected(credentials.error());
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kRetryPolicy);
  return std::make_shared<Connection>(
      grpc::CreateCustomChannel(options.address, *credentials, arguments), 0);
}

void prepare_call(grpc::ClientContext& context, const CallOptions& options) {
  context.set_deadline(std::chrono::system_clock::now() + options.deadline);
  std::array<unsigned char, 16> key{};
  randombytes_buf(key.data(), key.size());
  std::array<char, 2 * key.size() + 1> text{};
  sodium_bin2hex(text.data(), text.size(), key.data(), key.size());
  context.AddMetadata(kIdempotencyKeyName, text.data());
}

}  // namespace tessera::services
