// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// For tests: the services and the world behind the API, in memory, with errors on demand; and a way
// to call the API without a socket.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "gateway/http/api.h"

namespace tessera::gateway {

class FakeAccounts : public AccountsPort {
 public:
  struct Account {
    AccountId id;
    std::string password;
    std::int64_t banned_until = 0;
    std::int64_t muted_until = 0;
    std::string reason{};
  };
  std::map<std::string, Account> accounts;
  std::optional<Error> fail_with;

  AccountId add(const std::string& name, const std::string& password) {
    const AccountId id{accounts.size() + 1};
    accounts[name] = {id, password};
    return id;
  }
  static std::string token_of(AccountId id) { return "access-" + std::to_string(id.value); }

  void register_account(const accounts::Credentials& credentials,
                        Callback<AccountId> callback) override {
    if (fail_with) return callback(std::unexpected(*fail_with));
    if (accounts.contains(credentials.name)) {
      return callback(failure(ErrorKind::AlreadyExists, "The name is taken."));
    }
    callback(add(credentials.name, credentials.password));
  }
  void log_in(const accounts::Credentials& credentials,
              Callback<accounts::SessionTokens> callback) override {
    if (fail_with) return callback(std::unexpected(*fail_with));
    const auto found = accounts.find(credentials.name);
    if (found == accounts.end() || found->second.password != credentials.password) {
      return callback(failure(ErrorKind::Unauthenticated, "Wrong name or password."));
    }
    callback(tokens(credentials.name, found->second.id));
  }
  void refresh(const std::string& refresh_token,
               Callback<accounts::SessionTokens> callback) override {
    for (const auto& [name, account] : accounts) {
      if (refresh_token == "refresh-" + name) return callback(tokens(name, account.id));
    }
    callback(failure(ErrorKind::Unauthenticated, "The refresh token is not valid."));
  }
  void log_out(const std::string&, Callback<void> callback) override { callback({}); }
  void standing(AccountId id, Callback<accounts::Standing> callback) override {
    if (fail_with) return callback(std::unexpected(*fail_with));
    for (const auto& [name, account] : accounts) {
      if (account.id == id) return callback(standing_of(name, account));
    }
    callback(failure(ErrorKind::NotFound, "no such account"));
  }
  void find(const std::string& name, Callback<accounts::Standing> callback) override {
    const auto found = accounts.find(name);
    if (found == accounts.end()) {
      return callback(failure(ErrorKind::NotFound, "There is no account '" + name + "'."));
    }
    callback(standing_of(name, found->second));
  }
  void sanction(AccountId id, accounts::Sanction sanction, std::int64_t until,
                const std::string& reason, Callback<void> callback) override {
    for (auto& [name, account] : accounts) {
      if (account.id != id) continue;
      (sanction == accounts::Sanction::Ban ? account.banned_until : account.muted_until) = until;
      account.reason = reason;
    }
    callback({});
  }
  Result<accounts::AccessClaims> verify(std::string_view token, std::int64_t now) override {
    for (const auto& [name, account] : accounts) {
      if (token == token_of(account.id)) {
        return accounts::AccessClaims{account.id, name, now, now + 900};
      }
    }
    return failure(ErrorKind::Unauthenticated, "The access token is not valid.");
  }
  std::string key_set() override { return R"({"keys":[]})"; }

 private:
  static accounts::SessionTokens tokens(const std::string& name, AccountId id) {
    return {id, name, token_of(id), 900, "refresh-" + name, 86'400};
  }
  static accounts::Standing standing_of(const std::string& name, const Account& account) {
    return {account.id,          name,          account.banned_until, account.reason,
            account.muted_until, account.reason};
  }
};

class FakeCharacters : public CharactersPort {
 public:
  std::vector<characters::Character> all;
  std::optional<Error> fail_with;

  CharacterId add(AccountId account, const std::string& name) {
    characters::Character character;
    character.id = {all.size() + 1};
    character.account = account;
    character.name = name;
    all.push_back(character);
    return character.id;
  }
  void list(AccountId account, Callback<std::vector<characters::Character>> callback) override {
    if (fail_with) return callback(std::unexpected(*fail_with));
    std::vector<characters::Character> own;
    std::ranges::copy_if(all, std::back_inserter(own),
                         [&](const auto& character) { return character.account == account; });
    callback(std::move(own));
  }
  void create(AccountId account, const std::string& name, characters::Choices choices,
              Callback<characters::Character> callback) override {
    if (fail_with) return callback(std::unexpected(*fail_with));
    add(account, name);
    all.back().look = choices.look;
    all.back().class_id = choices.class_id;
    callback(all.back());
  }
  void remove(AccountId account, CharacterId id, Callback<void> callback) override {
    const auto erased = std::erase_if(all, [&](const auto& character) {
      return character.account == account && character.id == id;
    });
    if (erased == 0) return callback(failure(ErrorKind::NotFound, "account 1 has no character 1"));
    callback({});
  }
};

class FakeStatus : public StatusSource {
 public:
  ServerStatus now;
  Readiness ready{true, ""};
  unsigned asked_last_s = 0;
  ServerStatus status(unsigned last_s) override {
    asked_last_s = last_s;
    return now;
  }
  Readiness readiness() override { return ready; }
  std::string metrics_text() override { return "tessera_up 1\n"; }
};

class FakeOperators : public OperatorPort {
 public:
  std::vector<std::string> done;
  std::vector<AuditRow> rows;
  bool journal_works = true;

  void kick(AccountId account, bool banned, const std::string& sentence,
            Callback<std::uint32_t> callback) override {
    done.push_back((banned ? "ban " : "kick ") + std::to_string(account.value) + " " + sentence);
    callback(1u);
  }
  void mute(AccountId account, std::uint32_t seconds) override {
    done.push_back("mute " + std::to_string(account.value) + " " + std::to_string(seconds));
  }
  void announce(const std::string& sentence) override { done.push_back("announce " + sentence); }
  void shut_down(std::uint32_t in_s, const std::string& sentence) override {
    done.push_back("shutdown " + std::to_string(in_s) + " " + sentence);
  }
  void record(const AuditRow& row, Callback<void> callback) override {
    if (!journal_works) return callback(failure(ErrorKind::Unavailable, "the journal is full"));
    rows.push_back(row);
    callback({});
  }
};

inline constexpr const char* kTestAdminToken = "0123456789abcdef0123456789abcdef";

/// The API with everything behind it. Time stands still unless a test moves it.
struct TestApi {
  explicit TestApi(const ApiOptions& api_options = default_options(),
                   admission::AdmissionOptions admission_options = {})
      : admission(admission_options),
        api(api_options, {accounts, characters, status, operators, admission, grants},
            {[this] { return now_us; }, [this] { return 1'800'000'000 + now_us / 1'000'000; }}) {}

  static ApiOptions default_options() {
    ApiOptions options;
    options.admin_token = kTestAdminToken;
    options.exempt_loopback = false;
    return options;
  }
  static admission::GrantOptions grant_options() {
    admission::GrantOptions options;
    options.protocol_id = 42;
    options.udp_addresses = {udp::Address::loopback(7777)};
    options.protocol_version = 1;
    return options;
  }

  websocket::Response call(websocket::Request request) {
    std::optional<websocket::Response> answer;
    if (request.peer_address.empty()) request.peer_address = "192.0.2.1";
    api.on_request(request, [&](websocket::Response response) { answer = std::move(response); });
    return answer.value_or(websocket::Response{.status = 0});
  }
  websocket::Response get(const std::string& path, const std::string& token = "") {
    return call(request("GET", path, "", token));
  }
  websocket::Response post(const std::string& path, const std::string& body,
                           const std::string& token = "") {
    return call(request("POST", path, body, token));
  }
  static websocket::Request request(const std::string& method, const std::string& path,
                                    const std::string& body, const std::string& token) {
    websocket::Request out;
    out.method = method;
    out.path = path;
    out.body = body;
    out.headers.emplace_back("host", "play.test:8080");
    if (!body.empty()) out.headers.emplace_back("content-type", "application/json");
    if (!token.empty()) out.headers.emplace_back("authorization", "Bearer " + token);
    return out;
  }

  std::int64_t now_us = 1'000'000'000;
  FakeAccounts accounts;
  FakeCharacters characters;
  FakeStatus status;
  FakeOperators operators;
  admission::Admission admission;
  admission::SessionTickets tickets;
  admission::SessionGrants grants{grant_options(), tickets};
  Api api;
};

}  // namespace tessera::gateway
