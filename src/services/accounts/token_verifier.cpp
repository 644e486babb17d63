// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/token_verifier.h"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <map>

#include "services/accounts/detail/base64url.h"
#include "services/accounts/detail/es256.h"
#include "services/accounts/detail/token_signer.h"

namespace tessera::accounts {
namespace {

std::unexpected<Error> refused(const char* why) {
  return failure(ErrorKind::Unauthenticated,
                 std::string("access token: ") + why + "; log in or refresh to get a new one");
}

/// The object of a base64url part, or nothing.
std::optional<boost::json::object> object_in(std::string_view part) {
  const auto text = from_base64url(part);
  if (!text) return std::nullopt;
  boost::system::error_code failed;
  boost::json::value value = boost::json::parse(*text, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::optional<std::string> text_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

std::optional<std::int64_t> number_at(const boost::json::object& object, std::string_view key) {
  const boost::json::value* value = object.if_contains(key);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

std::optional<AccessClaims> claims_in(const boost::json::object& object) {
  const auto issuer = text_at(object, "iss");
  const auto subject = text_at(object, "sub");
  const auto name = text_at(object, "name");
  const auto issued_at = number_at(object, "iat");
  const auto expires_at = number_at(object, "exp");
  if (!issuer || *issuer != kIssuer || !subject || !name || !issued_at || !expires_at) {
    return std::nullopt;
  }
  AccessClaims claims{{}, *name, *issued_at, *expires_at};
  const char* end = subject->data() + subject->size();
  const auto [stop, failed] = std::from_chars(subject->data(), end, claims.account.value);
  if (failed != std::errc() || stop != end || !claims.account) return std::nullopt;
  return claims;
}

std::optional<Es256Key::Coordinate> coordinate_at(const boost::json::object& key,
                                                  std::string_view name) {
  const auto text = text_at(key, name);
  const auto bytes = text ? from_base64url(*text) : std::nullopt;
  Es256Key::Coordinate coordinate{};
  if (!bytes || bytes->size() != coordinate.size()) return std::nullopt;
  std::ranges::copy(*bytes, coordinate.begin());
  return coordinate;
}

}  // namespace

struct TokenVerifier::Keys {
  std::map<std::string, Es256Key, std::less<>> by_id;
};

TokenVerifier::TokenVerifier(std::shared_ptr<const Keys> keys) : keys_(std::move(keys)) {}

Result<TokenVerifier> TokenVerifier::from_key_set(std::string_view json) {
  const auto bad = [](const char* what) {
    return failure(ErrorKind::InvalidArgument,
                   std::string("key set: ") + what +
                       "; expected a JSON Web Key Set with keys of kty EC, crv P-256, x, y, kid");
  };
  boost::system::error_code failed;
  const boost::json::value parsed =
      boost::json::parse(boost::json::string_view(json.data(), json.size()), failed);
  const boost::json::object* set = parsed.if_object();
  const boost::json::value* list = set == nullptr ? nullptr : set->if_contains("keys");
  if (failed || list == nullptr || !list->is_array()) return bad("not JSON with a list of keys");
  auto keys = std::make_shared<Keys>();
  for (const boost::json::value& entry : list->get_array()) {
    const boost::json::object* key = entry.if_object();
    if (key == nullptr) return bad("a key is not an object");
    const auto id = text_at(*key, "kid");
    const auto x = coordinate_at(*key, "x");
    const auto y = coordinate_at(*key, "y");
    if (text_at(*key, "crv") != "P-256" || !id || !x || !y) return bad("a key of another kind");
    auto made = Es256Key::from_point({*x, *y});
    if (!made) return std::unexpected(made.error());
    keys->by_id.insert_or_assign(*id, std::move(*made));
  }
  return TokenVerifier(std::move(keys));
}

Result<AccessClaims> TokenVerifier::verify(std::string_view token, std::int64_t now) const {
  if (token.size() > kAccessTokenBytesMax) return refused("too long");
  const std::size_t first = token.find('.');
  const std::size_t second = token.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return refused("not a token");
  }
  const auto header = object_in(token.substr(0, first));
  // The algorithm is ours to choose, not the token's: only ES256, whatever else it claims.
  if (!header || text_at(*header, "alg") != "ES256") return refused("not a token of this server");
  const auto id = text_at(*header, "kid");
  const auto key = id ? keys_->by_id.find(*id) : keys_->by_id.end();
  if (key == keys_->by_id.end()) return refused("signed with a key that is not known here");
  const auto bytes = from_base64url(token.substr(second + 1));
  Es256Key::Signature signature{};
  if (!bytes || bytes->size() != signature.size()) return refused("not a token of this server");
  std::ranges::copy(*bytes, signature.begin());
  if (!key->second.verify(token.substr(0, second), signature)) return refused("forged or damaged");
  const auto payload = object_in(token.substr(first + 1, second - first - 1));
  const auto claims = payload ? claims_in(*payload) : std::nullopt;
  if (!claims) return refused("says nothing that is understood here");
  if (now >= claims->expires_at) return refused("expired");
  return *claims;
}

}  // namespace tessera::accounts
