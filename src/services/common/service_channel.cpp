// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/service_channel.h"

#include <fmt/format.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <iterator>

#include "services/common/client_call.h"

namespace tessera::services {
namespace {

// Three tries within the deadline: a service that restarts is back within a second.
constexpr const char* kRetryPolicy = R"({"methodConfig": [{"name": [{}], "retryPolicy": {
  "maxAttempts": 4, "initialBackoff": "0.1s", "maxBackoff": "1s", "backoffMultiplier": 3,
  "retryableStatusCodes": ["UNAVAILABLE"]}}]})";

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file && !text.empty()) return text;
  return failure(ErrorKind::InvalidArgument,
                 fmt::format("{}: cannot be read or is empty; a PEM file for TLS between services "
                             "was expected",
                             path));
}

bool stays_on_this_machine(const std::string& address) {
  return address.starts_with("unix:") || address.starts_with("127.") ||
         address.starts_with("localhost:") || address.starts_with("[::1]:");
}

Result<std::shared_ptr<grpc::ChannelCredentials>> credentials_for(const ConnectOptions& options) {
  if (options.authority_file.empty() && options.certificate_file.empty() &&
      options.key_file.empty()) {
    if (stays_on_this_machine(options.address)) return grpc::InsecureChannelCredentials();
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("service address {}: leaves this machine, so it needs the "
                               "authority, certificate and key files of mutual TLS",
                               options.address));
  }
  auto authority = read_file(options.authority_file);
  auto certificate = read_file(options.certificate_file);
  auto key = read_file(options.key_file);
  for (const auto* text : {&authority, &certificate, &key}) {
    if (!*text) return std::unexpected(text->error());
  }
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = *authority;
  tls.pem_cert_chain = *certificate;
  tls.pem_private_key = *key;
  return grpc::SslCredentials(tls);
}

}  // namespace

Result<ServiceChannel> connect(const ConnectOptions& options) {
  auto credentials = credentials_for(options);
  if (!credentials) return std::unexpected(credentials.error());
  grpc::ChannelArguments arguments;
  arguments.SetServiceConfigJSON(kRetryPolicy);
  return grpc::CreateCustomChannel(options.address, *credentials, arguments);
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
