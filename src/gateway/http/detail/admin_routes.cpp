// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What operators do. Each call is written to the journal first; what cannot be recorded is not
// done.
#include "gateway/http/detail/api_state.h"

namespace tessera::gateway {
namespace {

constexpr std::size_t kAccountBytesMax = 64;
constexpr std::size_t kSentenceBytesMax = 512;  // as protocol's

websocket::Response done(std::string body = JsonObject().truth("done", true).done()) {
  return json_response(200, std::move(body));
}

struct Target {
  std::string account;
  std::string reason;
};

Result<Target> target_of(const JsonBody& body) {
  auto account = body.text("account", kAccountBytesMax);
  if (!account) return std::unexpected(account.error());
  auto reason = body.optional_text("reason", kSentenceBytesMax);
  if (!reason) return std::unexpected(reason.error());
  return Target{std::move(*account), std::move(*reason)};
}

// Finds the account, records the row, and goes on with the account.
template <class F>
void find_and_record(const ApiParts& parts, AuditRow row, const websocket::Responder& respond,
                     F next) {
  const std::string name = row.target;
  parts.accounts.find(name, [parts, row = std::move(row), respond,
                             next = std::move(next)](Result<accounts::Standing> found) mutable {
    if (!found) return respond(to_response(found.error()));
    row.target = found->name;
    parts.operators.record(row, [respond, account = found->account,
                                 next = std::move(next)](Result<void> recorded) mutable {
      answer_or(recorded, respond, [&] { next(account); });
    });
  });
}

void kick_now(const ApiParts& parts, AccountId account, bool banned, const std::string& sentence,
              const websocket::Responder& respond) {
  parts.operators.kick(account, banned, sentence, [respond](Result<std::uint32_t> result) {
    answer_or(result, respond, [&](std::uint32_t sessions) {
      respond(done(JsonObject().truth("done", true).number("sessions_closed", sessions).done()));
    });
  });
}

}  // namespace

void Api::State::kick(Call call) {
  const auto target = target_of(call.body);
  if (!target) return call.respond(to_response(target.error()));
  AuditRow row{"kick", target->account, JsonObject().text("reason", target->reason).done(),
               call.address};
  find_and_record(parts, std::move(row), call.respond,
                  [parts = parts, reason = target->reason, respond = call.respond](
                      AccountId account) { kick_now(parts, account, false, reason, respond); });
}

// "seconds": how long, absent for good, 0 lifts it.
void Api::State::ban(Call call) {
  const auto target = target_of(call.body);
  if (!target) return call.respond(to_response(target.error()));
  const auto seconds = call.body.number("seconds", 0, kSanctionMax_s, INT64_MAX);
  if (!seconds) return call.respond(to_response(seconds.error()));
  const std::int64_t until = *seconds == INT64_MAX ? accounts::kForever
                             : *seconds == 0       ? 0
                                                   : clock.unix_s() + *seconds;
  AuditRow row{"ban", target->account,
               JsonObject().text("reason", target->reason).number("until", until).done(),
               call.address};
  find_and_record(
      parts, std::move(row), call.respond,
      [parts = parts, reason = target->reason, until, respond = call.respond](AccountId account) {
        parts.accounts.sanction(account, accounts::Sanction::Ban, until, reason,
                                [parts, account, reason, until, respond](Result<void> result) {
                                  answer_or(result, respond, [&] {
                                    if (until == 0) return respond(done());
                                    kick_now(parts, account, true, reason, respond);
                                  });
                                });
      });
}

void Api::State::mute(Call call) {
  const auto target = target_of(call.body);
  if (!target) return call.respond(to_response(target.error()));
  const auto seconds = call.body.number("seconds", 0, kSanctionMax_s);
  if (!seconds) return call.respond(to_response(seconds.error()));
  const std::int64_t until = *seconds == 0 ? 0 : clock.unix_s() + *seconds;
  AuditRow row{"mute", target->account,
               JsonObject().text("reason", target->reason).number("until", until).done(),
               call.address};
  find_and_record(parts, std::move(row), call.respond,
                  [parts = parts, reason = target->reason, until, seconds = *seconds,
                   respond = call.respond](AccountId account) {
                    parts.accounts.sanction(
                        account, accounts::Sanction::Mute, until, reason,
                        [parts, account, seconds, respond](Result<void> result) {
                          answer_or(result, respond, [&] {
                            parts.operators.mute(account, static_cast<std::uint32_t>(seconds));
                            respond(done());
                          });
                        });
                  });
}

void Api::State::announce(Call call) {
  const auto text = call.body.text("text", kSentenceBytesMax);
  if (!text) return call.respond(to_response(text.error()));
  AuditRow row{"announce", "", JsonObject().text("text", *text).done(), call.address};
  parts.operators.record(
      row, [parts = parts, text = *text, respond = std::move(call.respond)](Result<void> recorded) {
        answer_or(recorded, respond, [&] {
          parts.operators.announce(text);
          respond(done());
        });
      });
}

void Api::State::shut_down(Call call) {
  const auto in_s = call.body.number("in_s", 0, kShutdownMax_s, 0);
  if (!in_s) return call.respond(to_response(in_s.error()));
  const auto reason = call.body.optional_text("reason", kSentenceBytesMax);
  if (!reason) return call.respond(to_response(reason.error()));
  AuditRow row{"shutdown", "", JsonObject().number("in_s", *in_s).text("reason", *reason).done(),
               call.address};
  parts.operators.record(row,
                         [parts = parts, in_s = static_cast<std::uint32_t>(*in_s), reason = *reason,
                          respond = std::move(call.respond)](Result<void> recorded) {
                           answer_or(recorded, respond, [&] {
                             respond(done());
                             parts.operators.shut_down(in_s, reason);
                           });
                         });
}

}  // namespace tessera::gateway
