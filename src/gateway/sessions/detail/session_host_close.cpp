// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// How sessions end: who is told, in which order, and when the slot is free again.
#include "engine/platform/log.h"
#include "gateway/sessions/detail/control_words.h"
#include "gateway/sessions/detail/session.h"
#include "gateway/sessions/detail/session_host.h"
#include "protocol/sections.h"

namespace tessera::gateway::detail {

using cluster::CloseReason;
using cluster::UpKind;

namespace {

constexpr auto kControl = static_cast<std::uint8_t>(protocol::Topic::Control);

// Whether the player may want to come back at once, so that the seat is kept.
bool may_return(CloseReason reason) {
  return reason == CloseReason::TimedOut || reason == CloseReason::SlowClient ||
         reason == CloseReason::Moved;
}

// Whether the client itself is to blame, so that an operator may want to know whose it is: by the
// account's name, which is what `tessera admin` takes.
bool is_misbehaviour(CloseReason reason) {
  return reason == CloseReason::ProtocolError || reason == CloseReason::TooFast;
}

}  // namespace

void SessionHost::lost(std::int64_t now_us, std::uint32_t slot, CloseReason reason) {
  Session* session = sessions_[slot].get();
  if (session == nullptr) return;
  if (session->state != SessionState::Closing) part(now_us, *session, reason, false);
  forget(*session);
}

void SessionHost::close(std::int64_t now_us, SessionId id, CloseReason reason,
                        std::string_view sentence) {
  Session* session = find(id);
  if (session == nullptr || session->state == SessionState::Closing) return;
  begin_close(now_us, *session, reason, sentence, false);
}

void SessionHost::close_all(std::int64_t now_us, CloseReason reason, std::string_view sentence) {
  for (std::size_t i = live_.size(); i-- > 0;) {
    close(now_us, sessions_[live_[i]]->id, reason, sentence);
  }
}

// The zone sends its own last words before it tells us; ours are for what is decided here.
void SessionHost::begin_close(std::int64_t now_us, Session& session, CloseReason reason,
                              std::string_view sentence, bool by_zone) {
  if (sentence.empty()) sentence = default_sentence(reason);
  part(now_us, session, reason, by_zone);
  if (is_misbehaviour(reason)) {
    static platform::LogLimit log_limit;
    log_limit.log(platform::LogLevel::Warning, "a client that misbehaves is disconnected",
                  {{"reason", name_of(reason)},
                   {"account", session.claim.account_name.view()},
                   {"character", session.claim.character.value}});
  }
  session.state = SessionState::Closing;
  session.close_reason = reason;
  session.close_sentence = sentence;
  session.deadline_us = now_us + std::int64_t{limits_.linger_ms} * 1000;
  if (!by_zone) {
    const std::string message = disconnecting_message(reason, sentence);
    // A full queue means that the client does not read; it will only see the connection end.
    if (!session.channel.send(kControl, std::as_bytes(std::span(message)))) {
      session.deadline_us = now_us;
    }
  }
  write_due_packets(now_us, session);
}

void SessionHost::part(std::int64_t now_us, Session& session, CloseReason reason, bool by_zone) {
  if (session.state == SessionState::Open && !by_zone) {
    session.route->uplink.send(
        {session.id, static_cast<std::uint32_t>(reason), UpKind::SessionClosed, 0});
  }
  const auto index = static_cast<std::size_t>(reason);
  if (index < kCloseReasons) counters_.sessions_closed[index].add();
  // When a newer session plays the character, its seat is the newer one's.
  const bool was_ours = parts_.registry.release(session.claim.character, session.id);
  if (was_ours && parts_.admission != nullptr) {
    parts_.admission->disconnected(session.claim.character, may_return(reason), now_us);
  }
}

void SessionHost::finish_close(Session& session) {
  const std::uint32_t slot = session.slot;
  const CloseReason reason = session.close_reason;
  const std::string sentence = std::move(session.close_sentence);
  forget(session);
  wire_.hang_up(slot, reason, sentence);
}

void SessionHost::forget(Session& session) {
  const std::uint32_t slot = session.slot;
  const std::uint32_t hole = session.live_index;
  live_[hole] = live_.back();
  sessions_[live_[hole]]->live_index = hole;
  live_.pop_back();
  counters_.sessions.set(live_.size());
  if (session.route != nullptr) --session.route->sessions;
  sessions_[slot].reset();
}

}  // namespace tessera::gateway::detail
