// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What logins cost. The parts that take a processor's time decide how many a minute are possible
// beside a full world; a call through the service shows what transport and database add.
#include <benchmark/benchmark.h>

#include <memory>
#include <optional>

#include "engine/platform/testing/temp_directory.h"
#include "persistence/stores/signing_key_store.h"
#include "services/accounts/accounts_client.h"
#include "services/accounts/accounts_service.h"
#include "services/accounts/detail/password_hasher.h"
#include "services/accounts/detail/token_signer.h"
#include "services/accounts/token_verifier.h"

namespace tessera::accounts {
namespace {

constexpr std::int64_t kNow = 1'800'000'000;

void hash_password(benchmark::State& state) {
  const PasswordHasher hasher;
  for (auto _ : state) benchmark::DoNotOptimize(hasher.hash("correct horse"));
}
BENCHMARK(hash_password)->Unit(benchmark::kMillisecond);

/// A service in a folder of its own, with one account.
class TestService {
 public:
  explicit TestService(const AccountsOptions& options) {
    if (!serve_accounts(host_, *database_, options) || !host_.start()) return;
    client_.emplace(host_.channel());
    (void)client_->register_account({"Ada", "correct horse"});
  }
  persistence::Database& database() { return *database_; }
  AccountsClient& client() { return *client_; }

 private:
  platform::TempDirectory folder_;
  std::unique_ptr<persistence::Database> database_ =
      persistence::Database::open({.file = folder_.file("tessera.db")}).value();
  services::Host host_;
  std::optional<AccountsClient> client_;
};

void verify_access_token(benchmark::State& state) {
  TestService service({});
  persistence::SigningKeyStore keys(service.database());
  const auto signer = TokenSigner::load_or_create(keys, kNow).value();
  const auto verifier = TokenVerifier::from_key_set(signer.key_set()).value();
  const std::string token = signer.sign({AccountId{1}, "Ada", kNow, kNow + 900}).value();
  for (auto _ : state) {
    if (!verifier.verify(token, kNow)) state.SkipWithError("refused");
  }
}
BENCHMARK(verify_access_token)->Unit(benchmark::kMicrosecond);

/// A call with next to no work behind it.
void call_key_set(benchmark::State& state) {
  TestService service({});
  for (auto _ : state) {
    if (!service.client().key_set()) state.SkipWithError("refused");
  }
}
BENCHMARK(call_key_set)->Unit(benchmark::kMicrosecond)->UseRealTime();

/// All of a login but the hash: transport, two database writes, a signature.
void log_in_with_cheap_hash(benchmark::State& state) {
  TestService service({.hashing_passes = 1, .hashing_memory_bytes = 8192});
  for (auto _ : state) {
    if (!service.client().log_in({"Ada", "correct horse"})) state.SkipWithError("refused");
  }
}
BENCHMARK(log_in_with_cheap_hash)->Unit(benchmark::kMillisecond)->UseRealTime();

void log_in(benchmark::State& state) {
  TestService service({});
  for (auto _ : state) {
    if (!service.client().log_in({"Ada", "correct horse"})) state.SkipWithError("refused");
  }
}
BENCHMARK(log_in)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace tessera::accounts
