// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/accounts/detail/account_rules.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "engine/core/assert.h"
#include "services/accounts/detail/refresh_token.h"

namespace tessera::accounts {
namespace {

// ASCII only, whatever the locale.
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The same for an unknown name and a wrong password.
std::unexpected<Error> wrong_credentials() {
  return failure(ErrorKind::Unauthenticated, "wrong name or password");
}

std::unexpected<Error> bad_refresh_token() {
  return failure(ErrorKind::Unauthenticated,
                 "refresh token: expired, used before or revoked; log in again");
}

std::unexpected<Error> no_such_account(const std::string& which) {
  return failure(ErrorKind::NotFound, fmt::format("there is no account {}", which));
}

/// After the year 9999 is for good.
constexpr std::int64_t kFarFuture = 253'402'300'799;

std::unexpected<Error> banned(const persistence::AccountRow& row) {
  const std::string until =
      row.banned_until > kFarFuture
          ? "for good"
          : fmt::format("until {:%Y-%m-%d %H:%M} UTC", fmt::gmtime(row.banned_until));
  const std::string why = row.ban_reason.empty() ? "" : ": " + row.ban_reason;
  return failure(ErrorKind::PermissionDenied,
                 fmt::format("this account is banned {}{}", until, why));
}

Standing standing_of(const persistence::AccountRow& row) {
  return {row.id, row.name, row.banned_until, row.ban_reason, row.muted_until, row.mute_reason};
}

}  // namespace

std::string folded_name(const std::string& name) {
  std::string folded = name;
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

Result<void> check_account_name(const std::string& name) {
  const bool allowed = std::ranges::all_of(
      name, [](char c) { return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; });
  if (name.size() >= kAccountNameBytesMin && name.size() <= kAccountNameBytesMax && allowed &&
      is_letter(name.front())) {
    return {};
  }
  return failure(ErrorKind::InvalidArgument,
                 fmt::format("name: expected {} to {} letters (a to z), digits or any of \"_-.\", "
                             "beginning with a letter",
                             kAccountNameBytesMin, kAccountNameBytesMax));
}

Result<void> check_password(const Credentials& credentials) {
  const std::size_t size = credentials.password.size();
  if (size < kPasswordBytesMin || size > kPasswordBytesMax) {
    return failure(ErrorKind::InvalidArgument, fmt::format("password: expected {} to {} characters",
                                                           kPasswordBytesMin, kPasswordBytesMax));
  }
  if (folded_name(credentials.password) == folded_name(credentials.name)) {
    return failure(ErrorKind::InvalidArgument, "password: it must not be the name");
  }
  return {};
}

AccountRules::AccountRules(persistence::Database& database, TokenSigner signer,
                           AccountRulesOptions options)
    : accounts_(database),
      logins_(database),
      signer_(std::move(signer)),
      options_(std::move(options)),
      hasher_(options_.password_cost) {
  TESSERA_ASSERT(options_.now_s != nullptr, "AccountRules: no clock");
}

Result<AccountId> AccountRules::register_account(const Credentials& credentials) {
  if (auto checked = check_account_name(credentials.name); !checked) {
    return std::unexpected(checked.error());
  }
  if (auto checked = check_password(credentials); !checked) {
    return std::unexpected(checked.error());
  }
  persistence::AccountRow row;
  row.name = credentials.name;
  row.name_key = folded_name(credentials.name);
  auto known = accounts_.find(row.name_key);  // spares the hash; create() decides
  if (!known) return std::unexpected(known.error());
  if (*known) return failure(ErrorKind::AlreadyExists, "the name is taken: choose another");
  auto hash = hasher_.hash(credentials.password);
  if (!hash) return std::unexpected(hash.error());
  row.password_hash = std::move(*hash);
  row.created_at = options_.now_s();
  return accounts_.create(row);
}

Result<SessionTokens> AccountRules::log_in(const Credentials& credentials) {
  // What cannot be a name or password here is hashed no less than what can.
  const std::string password = credentials.password.substr(0, kPasswordBytesMax + 1);
  std::optional<persistence::AccountRow> row;
  if (check_account_name(credentials.name)) {
    auto found = accounts_.find(folded_name(credentials.name));
    if (!found) return std::unexpected(found.error());
    row = std::move(*found);
  }
  const bool right = hasher_.verify(row ? row->password_hash : hasher_.nobody(), password);
  if (!row || !right) return wrong_credentials();
  const std::int64_t now = options_.now_s();
  if (now < row->banned_until) return banned(*row);
  RefreshToken token = make_refresh_token();
  auto started =
      logins_.start({token.login, row->id, token.secret_hash, now, now + options_.refresh_token_s});
  if (!started) return std::unexpected(started.error());
  return tokens_for(*row, std::move(token.text), now);
}

Result<SessionTokens> AccountRules::refresh(const std::string& refresh_token) {
  const auto presented = parse_refresh_token(refresh_token);
  if (!presented) return bad_refresh_token();
  const std::int64_t now = options_.now_s();
  RefreshToken next = make_refresh_token(presented->login);
  auto rotation = logins_.rotate(presented->login, presented->secret_hash, next.secret_hash, now,
                                 now + options_.refresh_token_s);
  if (!rotation) return std::unexpected(rotation.error());
  if (rotation->outcome != persistence::RotationOutcome::Rotated) return bad_refresh_token();
  auto row = accounts_.find(rotation->account);
  if (!row) return std::unexpected(row.error());
  if (!*row) return bad_refresh_token();
  if (now < (*row)->banned_until) return banned(**row);
  return tokens_for(**row, std::move(next.text), now);
}

Result<void> AccountRules::log_out(const std::string& refresh_token) {
  const auto presented = parse_refresh_token(refresh_token);
  if (!presented) return {};
  return logins_.end(presented->login, presented->secret_hash);
}

Result<Standing> AccountRules::standing(AccountId account) {
  auto row = accounts_.find(account);
  if (!row) return std::unexpected(row.error());
  if (!*row) return no_such_account(std::to_string(account.value));
  return standing_of(**row);
}

Result<Standing> AccountRules::find(const std::string& name) {
  // A name against the rules is nobody's; it is not repeated in the message either.
  if (!check_account_name(name)) return no_such_account("of that name");
  auto row = accounts_.find(folded_name(name));
  if (!row) return std::unexpected(row.error());
  if (!*row) return no_such_account(name);
  return standing_of(**row);
}

Result<void> AccountRules::sanction(AccountId account, Sanction sanction, std::int64_t until,
                                    const std::string& reason) {
  if (until < 0 || reason.size() > kReasonBytesMax) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("sanction: expected a time since 1970 and a reason of at most {} "
                               "bytes",
                               kReasonBytesMax));
  }
  const auto found = sanction == Sanction::Ban ? accounts_.set_ban(account, until, reason)
                                               : accounts_.set_mute(account, until, reason);
  if (!found) return std::unexpected(found.error());
  if (!*found) return no_such_account(std::to_string(account.value));
  if (sanction == Sanction::Ban && until > options_.now_s()) return logins_.end_all(account);
  return {};
}

Result<SessionTokens> AccountRules::tokens_for(const persistence::AccountRow& account,
                                               std::string refresh_token, std::int64_t now) const {
  const std::int64_t expires_at = now + options_.access_token_s;
  auto access = signer_.sign({account.id, account.name, now, expires_at});
  if (!access) return std::unexpected(access.error());
  return SessionTokens{account.id,
                       account.name,
                       std::move(*access),
                       expires_at,
                       std::move(refresh_token),
                       now + options_.refresh_token_s};
}

}  // namespace tessera::accounts
