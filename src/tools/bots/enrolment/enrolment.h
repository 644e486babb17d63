// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Brings bots to the world's door through the HTTP API, as any client would: log in (registering
// the account the first time), choose or create the character, enter. A few threads do it one bot
// after the other while the fleet already plays; each result is a connect token.
//
// With passes (prepared access tokens) only the last step is done.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "engine/core/error.h"
#include "tools/bots/enrolment/http_client.h"

namespace tessera::bots {

/// What lets a bot enter without a password: made by prepare.h.
struct Pass {
  std::string access_token;
  std::string character;  ///< its id, as the API writes it
  std::uint16_t class_id = 1;
};

/// Reads a JSON array of {"access_token", "character"}.
Result<std::vector<Pass>> load_passes(const std::string& path);
/// They let anybody in for hours, so only the file's owner may read it.
Result<void> save_passes(const std::string& path, const std::vector<Pass>& passes);

struct EnrolmentOptions {
  std::string server;  ///< http://HOST:PORT
  std::size_t count = 1;
  std::vector<Pass> passes;  ///< empty, or one for each bot
  /// What characters that are made can be; bots take them in turn.
  std::vector<std::uint16_t> classes{1};
  /// Password hashes queue up at the server, so more threads would only wait there.
  unsigned threads = 4;
  /// Calls that are refused because the server is busy or full are made again for so long.
  int patience_s = 300;
  std::chrono::milliseconds busy_pause{250};  ///< before a refused call is made again
};

class Enrolment {
 public:
  struct Entry {
    std::size_t bot = 0;
    std::vector<std::byte> connect_token;  ///< empty: it could not enter again (last_failure())
    std::string websocket{};               ///< the address of the same session for a WebSocket
    std::uint16_t class_id = 1;
  };

  explicit Enrolment(EnrolmentOptions options);
  /// Stops and joins.
  ~Enrolment();

  /// Checks that the server answers, then starts the threads.
  Result<void> start();
  /// The next bot that may connect. From the fleet's thread.
  std::optional<Entry> next();
  /// A bot that has been in needs another connect token: its character is in another zone now.
  void enter_again(std::size_t bot);
  /// Bots that gave up, and why the last one did.
  std::size_t failed() const { return failed_.load(); }
  std::string last_failure() const;
  /// With what the server keeps bots waiting at the moment; empty: with nothing.
  std::string why_waiting() const;

 private:
  void work();
  Result<Entry> bring_in(HttpClient& http, std::size_t bot);
  Result<Entry> enter(HttpClient& http, std::size_t bot, const Pass& pass);
  std::optional<std::size_t> wait_for_one_who_enters_again();
  Result<Pass> log_in(HttpClient& http, std::size_t bot);
  /// Its character, made if there is none.
  Result<void> find_character(HttpClient& http, std::size_t bot, Pass& pass);
  Result<void> create_character(HttpClient& http, std::size_t bot, Pass& pass);
  /// Calls until the answer is not "busy" or patience is over, and returns the last answer.
  template <class Call>
  Result<HttpAnswer> patiently(const std::string& path, Call call);
  void note_waiting(std::string why);
  Result<HttpAnswer> post_patiently(HttpClient& http, const std::string& path,
                                    const std::string& body, const std::string& token);

  EnrolmentOptions options_;
  std::atomic<std::size_t> next_bot_{0};
  std::atomic<std::size_t> failed_{0};
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Entry> entries_;
  std::vector<Pass> passes_;        ///< of bots that are in, by their numbers
  std::vector<std::size_t> again_;  ///< bots that shall enter again
  std::string last_failure_;
  std::string why_waiting_;
  std::vector<std::thread> threads_;
};

/// Of all bots: it guards nothing.
inline constexpr std::string_view kPassword = "a bot has no secrets";
/// The account of a bot: "bot00042".
std::string account_of(std::size_t bot);
/// The name of its character: letters only, so that it reads like a name.
std::string character_name_of(std::size_t bot);

}  // namespace tessera::bots
