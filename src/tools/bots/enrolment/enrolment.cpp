// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "tools/bots/enrolment/enrolment.h"

#include <fmt/format.h>
#include <sodium.h>

#include <boost/json.hpp>
#include <chrono>

#include "engine/core/random.h"
#include "engine/platform/files.h"
#include "transport/netcode/connect_token.h"

namespace tessera::bots {
namespace {

namespace json = boost::json;

bool is_busy(int status) { return status == 202 || status == 429 || status == 503; }

/// The body as a part of a line.
std::string_view shown(const HttpAnswer& answer) {
  constexpr std::size_t kShownMax = 300;  // more than an error of the API has
  const std::string_view body = std::string_view(answer.body).substr(0, kShownMax);
  return body.substr(0, body.find_last_not_of("\r\n ") + 1);
}

Error refused(const std::string& path, const HttpAnswer& answer) {
  return {ErrorKind::Unavailable,
          fmt::format("{} was answered with {}: {}", path, answer.status, shown(answer))};
}

Error without(std::string_view what, const std::string& path, const HttpAnswer& answer) {
  return {ErrorKind::Corrupt,
          fmt::format("{} was answered without {}: {}", path, what, shown(answer))};
}

/// The text member `key` of a JSON object; empty when there is none.
std::string text_member(const std::string& body, std::string_view key) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  if (error || !value.is_object()) return {};
  const json::value* member = value.get_object().if_contains(key);
  return member != nullptr && member->is_string() ? std::string(member->get_string()) : "";
}

Result<std::vector<std::byte>> decode_connect_token(const std::string& base64) {
  std::vector<std::byte> bytes(netcode::kConnectTokenBytes);
  std::size_t size = 0;
  const int failed =
      sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), base64.data(),
                        base64.size(), nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (failed != 0 || size != bytes.size()) {
    return failure(ErrorKind::Corrupt,
                   fmt::format("the server's connect token is not the base64 of "
                               "{} bytes",
                               bytes.size()));
  }
  return bytes;
}

/// The class of a character; 1 when it says none.
std::uint16_t class_member(const json::value& character) {
  const json::value* const value =
      character.is_object() ? character.get_object().if_contains("class") : nullptr;
  const std::int64_t number = value != nullptr && value->is_int64() ? value->get_int64() : 1;
  return number > 0 && number <= UINT16_MAX ? static_cast<std::uint16_t>(number) : 1;
}

}  // namespace

std::string account_of(std::size_t bot) { return fmt::format("bot{:05}", bot); }

std::string character_name_of(std::size_t bot) {
  std::string name = "Bot";
  for (std::size_t rest = bot, i = 0; i < 4; ++i, rest /= 26) {
    name.push_back(static_cast<char>('a' + rest % 26));
  }
  return name;
}

Result<std::vector<Pass>> load_passes(const std::string& path) {
  auto text = platform::read_text_file(path);
  if (!text) return std::unexpected(text.error());
  boost::system::error_code error;
  const json::value value = json::parse(*text, error);
  std::vector<Pass> passes;
  if (!error && value.is_array()) {
    for (const json::value& entry : value.get_array()) {
      const std::string one = json::serialize(entry);
      passes.push_back(
          {text_member(one, "access_token"), text_member(one, "character"), class_member(entry)});
      if (passes.back().access_token.empty() || passes.back().character.empty()) break;
    }
  }
  if (passes.empty() || passes.back().access_token.empty() || passes.back().character.empty()) {
    return failure(ErrorKind::Corrupt,
                   path +
                       " has no passes: expected [{\"access_token\", \"character\"}, ...], as "
                       "made by tessera bots --prepare");
  }
  return passes;
}

Result<void> save_passes(const std::string& path, const std::vector<Pass>& passes) {
  json::array all;
  for (const Pass& pass : passes) {
    all.push_back({{"access_token", pass.access_token},
                   {"character", pass.character},
                   {"class", pass.class_id}});
  }
  return platform::write_text_file(path, json::serialize(all), 0600);
}

Enrolment::Enrolment(EnrolmentOptions options)
    : options_(std::move(options)), passes_(options_.count) {}

Enrolment::~Enrolment() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Result<void> Enrolment::start() {
  auto http = HttpClient::to(options_.server);
  if (!http) return std::unexpected(http.error());
  if (auto answer = http->get("/healthz"); !answer) return std::unexpected(answer.error());
  for (unsigned i = 0; i < options_.threads; ++i) threads_.emplace_back([this] { work(); });
  return {};
}

std::optional<Enrolment::Entry> Enrolment::next() {
  const std::scoped_lock lock(mutex_);
  if (entries_.empty()) return std::nullopt;
  Entry entry = std::move(entries_.back());
  entries_.pop_back();
  return entry;
}

void Enrolment::enter_again(std::size_t bot) {
  {
    const std::scoped_lock lock(mutex_);
    again_.push_back(bot);
  }
  wake_.notify_one();
}

std::optional<std::size_t> Enrolment::wait_for_one_who_enters_again() {
  std::unique_lock lock(mutex_);
  wake_.wait(lock, [this] { return stopping_ || !again_.empty(); });
  if (stopping_) return std::nullopt;
  const std::size_t bot = again_.back();
  again_.pop_back();
  return bot;
}

std::string Enrolment::last_failure() const {
  const std::scoped_lock lock(mutex_);
  return last_failure_;
}

std::string Enrolment::why_waiting() const {
  const std::scoped_lock lock(mutex_);
  return why_waiting_;
}

void Enrolment::note_waiting(std::string why) {
  const std::scoped_lock lock(mutex_);
  why_waiting_ = std::move(why);
}

void Enrolment::work() {
  auto http = HttpClient::to(options_.server);
  while (http && !stopping_) {
    const std::size_t bot = next_bot_.fetch_add(1);
    if (bot >= options_.count) break;
    auto entry = bring_in(*http, bot);
    const std::scoped_lock lock(mutex_);
    if (entry) {
      entries_.push_back(std::move(*entry));
    } else {
      last_failure_ = account_of(bot) + ": " + entry.error().message;
      ++failed_;
    }
  }
  while (http && !stopping_) {
    const auto bot = wait_for_one_who_enters_again();
    if (!bot) return;
    Pass pass;
    {
      const std::scoped_lock lock(mutex_);
      pass = passes_[*bot];
    }
    auto entry = enter(*http, *bot, pass);
    const std::scoped_lock lock(mutex_);
    if (!entry) last_failure_ = account_of(*bot) + ": " + entry.error().message;
    entries_.push_back(entry ? std::move(*entry) : Entry{*bot, {}});
  }
}

Result<Enrolment::Entry> Enrolment::bring_in(HttpClient& http, std::size_t bot) {
  Pass pass;
  if (bot < options_.passes.size()) {
    pass = options_.passes[bot];
  } else {
    auto logged_in = log_in(http, bot);
    if (!logged_in) return std::unexpected(logged_in.error());
    pass = std::move(*logged_in);
  }
  {
    const std::scoped_lock lock(mutex_);
    passes_[bot] = pass;
  }
  return enter(http, bot, pass);
}

Result<Enrolment::Entry> Enrolment::enter(HttpClient& http, std::size_t bot, const Pass& pass) {
  const std::string path = "/api/v1/characters/" + pass.character + "/enter";
  auto answer = post_patiently(http, path, "{}", pass.access_token);
  if (!answer) return std::unexpected(answer.error());
  if (answer->status != 200) return std::unexpected(refused(path, *answer));
  auto token = decode_connect_token(text_member(answer->body, "connect_token"));
  if (!token) return std::unexpected(token.error());
  return Entry{bot, std::move(*token), text_member(answer->body, "websocket"), pass.class_id};
}

Result<Pass> Enrolment::log_in(HttpClient& http, std::size_t bot) {
  const std::string body =
      json::serialize(json::object{{"name", account_of(bot)}, {"password", kPassword}});
  auto answer = post_patiently(http, "/api/v1/login", body, {});
  if (answer && answer->status == 401) {  // unknown yet
    auto registered = post_patiently(http, "/api/v1/register", body, {});
    if (!registered) return std::unexpected(registered.error());
    if (registered->status != 201) return std::unexpected(refused("/api/v1/register", *registered));
    answer = post_patiently(http, "/api/v1/login", body, {});
  }
  if (!answer) return std::unexpected(answer.error());
  if (answer->status != 200) return std::unexpected(refused("/api/v1/login", *answer));
  Pass pass{text_member(answer->body, "access_token"), {}};
  if (pass.access_token.empty()) {
    return std::unexpected(without("an access token", "/api/v1/login", *answer));
  }
  if (auto found = find_character(http, bot, pass); !found) return std::unexpected(found.error());
  return pass;
}

Result<void> Enrolment::find_character(HttpClient& http, std::size_t bot, Pass& pass) {
  const std::string path = "/api/v1/characters";
  auto listed = patiently(path, [&] { return http.get(path, pass.access_token); });
  if (!listed) return std::unexpected(listed.error());
  if (listed->status != 200) return std::unexpected(refused(path, *listed));
  boost::system::error_code error;
  const json::value value = json::parse(listed->body, error);
  const json::value* all =
      !error && value.is_object() ? value.get_object().if_contains("characters") : nullptr;
  if (all == nullptr || !all->is_array()) {
    return std::unexpected(without("a list of characters", path, *listed));
  }
  if (all->get_array().empty()) return create_character(http, bot, pass);
  pass.character = text_member(json::serialize(all->get_array().front()), "id");
  pass.class_id = class_member(all->get_array().front());
  if (pass.character.empty()) return std::unexpected(without("a character's id", path, *listed));
  return {};
}

Result<void> Enrolment::create_character(HttpClient& http, std::size_t bot, Pass& pass) {
  const std::string path = "/api/v1/characters";
  const std::uint64_t look = mix64(bot) & 0x1fff;  // skin, hair, clothes and trousers of each
  pass.class_id = options_.classes[bot % options_.classes.size()];
  const std::string body =
      json::serialize(json::object{{"name", character_name_of(bot)},
                                   {"look", static_cast<std::int64_t>(look)},
                                   {"class", static_cast<std::int64_t>(pass.class_id)}});
  auto created = post_patiently(http, path, body, pass.access_token);
  if (!created) return std::unexpected(created.error());
  if (created->status != 201) return std::unexpected(refused(path, *created));
  pass.character = text_member(created->body, "id");
  if (pass.character.empty()) return std::unexpected(without("a character's id", path, *created));
  return {};
}

template <class Call>
Result<HttpAnswer> Enrolment::patiently(const std::string& path, Call call) {
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(options_.patience_s);
  while (true) {
    auto answer = call();
    if (!answer || !is_busy(answer->status)) {
      note_waiting({});
      return answer;
    }
    note_waiting(refused(path, *answer).message);
    if (stopping_ || std::chrono::steady_clock::now() > deadline) return answer;
    std::this_thread::sleep_for(options_.busy_pause);
  }
}

Result<HttpAnswer> Enrolment::post_patiently(HttpClient& http, const std::string& path,
                                             const std::string& body, const std::string& token) {
  return patiently(path, [&] { return http.post(path, body, token); });
}

}  // namespace tessera::bots
