// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/token_signer.h"

#include <sodium.h>

#include <array>
#include <boost/json.hpp>

#include "services/accounts/detail/base64url.h"

namespace tessera::accounts {
namespace {

boost::json::object jwk_of(const Es256Key::Point& point) {
  return {{"kty", "EC"},    {"crv", "P-256"}, {"x", base64url(point.x)}, {"y", base64url(point.y)},
          {"alg", "ES256"}, {"use", "sig"},   {"kid", key_id_of(point)}};
}

Result<void> ensure_key(persistence::SigningKeyStore& store, std::int64_t now) {
  auto known = store.list();
  if (!known) return std::unexpected(known.error());
  if (!known->empty()) return {};
  auto key = Es256Key::generate();
  if (!key) return std::unexpected(key.error());
  auto point = key->point();
  if (!point) return std::unexpected(point.error());
  auto pem = key->private_pem();
  if (!pem) return std::unexpected(pem.error());
  return store.add_first({key_id_of(*point), *pem, now});
}

}  // namespace

std::string key_id_of(const Es256Key::Point& point) {
  const std::string canonical = R"({"crv":"P-256","kty":"EC","x":")" + base64url(point.x) +
                                R"(","y":")" + base64url(point.y) + R"("})";
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(canonical.data()),
                     canonical.size());
  return base64url(hash);
}

Result<TokenSigner> TokenSigner::load_or_create(persistence::SigningKeyStore& store,
                                                std::int64_t now) {
  if (auto ensured = ensure_key(store, now); !ensured) return std::unexpected(ensured.error());
  auto rows = store.list();
  if (!rows) return std::unexpected(rows.error());
  boost::json::array keys;
  std::vector<Es256Key> signers;
  for (const persistence::SigningKeyRow& row : *rows) {
    auto key = Es256Key::from_private_pem(row.private_pem);
    if (!key) return std::unexpected(key.error());
    auto point = key->point();
    if (!point) return std::unexpected(point.error());
    keys.push_back(jwk_of(*point));
    signers.push_back(std::move(*key));
  }
  const boost::json::object header{
      {"alg", "ES256"}, {"typ", "JWT"}, {"kid", keys[0].as_object()["kid"]}};
  return TokenSigner(std::move(signers.front()), base64url(boost::json::serialize(header)),
                     boost::json::serialize(boost::json::object{{"keys", keys}}));
}

Result<std::string> TokenSigner::sign(const AccessClaims& claims) const {
  const boost::json::object payload{{"iss", kIssuer},
                                    {"sub", std::to_string(claims.account.value)},
                                    {"name", claims.name},
                                    {"iat", claims.issued_at},
                                    {"exp", claims.expires_at}};
  std::string token = header_ + "." + base64url(boost::json::serialize(payload));
  auto signature = key_.sign(token);
  if (!signature) return std::unexpected(signature.error());
  return token + "." + base64url(*signature);
}

}  // namespace tessera::accounts
