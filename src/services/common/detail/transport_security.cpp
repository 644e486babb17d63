// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/common/detail/transport_security.h"

#include <fmt/format.h>

#include <optional>

#include "engine/platform/files.h"

namespace tessera::services {
namespace {

struct PemFiles {
  std::string authority;
  std::string certificate;
  std::string key;
};

bool stays_on_this_machine(const std::string& address) {
  return address.starts_with("unix:") || address.starts_with("127.") ||
         address.starts_with("localhost:") || address.starts_with("[::1]:");
}

/// No value: no TLS, which is fine for this address.
Result<std::optional<PemFiles>> read_files(const ConnectOptions& options) {
  if (options.authority_file.empty() && options.certificate_file.empty() &&
      options.key_file.empty()) {
    if (stays_on_this_machine(options.address)) return std::nullopt;
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("service address {}: leaves this machine, so it needs the "
                               "authority, certificate and key files of mutual TLS",
                               options.address));
  }
  PemFiles files;
  for (const auto& [path, text] : {std::pair{&options.authority_file, &files.authority},
                                   std::pair{&options.certificate_file, &files.certificate},
                                   std::pair{&options.key_file, &files.key}}) {
    auto read = platform::read_text_file(*path);
    if (!read) return std::unexpected(read.error());
    *text = std::move(*read);
  }
  return files;
}

}  // namespace

Result<std::shared_ptr<grpc::ChannelCredentials>> channel_credentials(
    const ConnectOptions& options) {
  auto files = read_files(options);
  if (!files) return std::unexpected(files.error());
  if (!*files) return grpc::InsecureChannelCredentials();
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = (*files)->authority;
  tls.pem_cert_chain = (*files)->certificate;
  tls.pem_private_key = (*files)->key;
  return grpc::SslCredentials(tls);
}

Result<std::shared_ptr<grpc::ServerCredentials>> server_credentials(const ConnectOptions& options) {
  auto files = read_files(options);
  if (!files) return std::unexpected(files.error());
  if (!*files) return grpc::InsecureServerCredentials();
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = (*files)->authority;
  tls.pem_key_cert_pairs.push_back({(*files)->key, (*files)->certificate});
  return grpc::SslServerCredentials(tls);
}

}  // namespace tessera::services
