// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players say, carried to those who hear it: in the tick in which it arrives, by where they
// stood at the end of the one before. Words change nothing in the world, so they are no intents and
// stand in no log: a replay does without them, and nobody's whispers lie on a disk.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "engine/core/utf8.h"
#include "gameplay/shared/components.h"
#include "protocol/limits.h"
#include "protocol/messages/chat.pb.h"
#include "protocol/sections.h"
#include "world/intake/intake.h"

namespace tessera::intake {
namespace {

using protocol::ChatChannel;
using protocol::ClientChat;
using protocol::ServerChat;

/// Who stands farther away does not hear what is said: about what fits on a screen.
constexpr float kSayRange_m = 30;

bool decode(std::span<const std::byte> bytes, ClientChat& chat) {
  if (!chat.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return false;
  return protocol::ChatChannel_IsValid(chat.channel()) &&
         chat.text().size() <= protocol::kChatTextBytesMax && chat.to().size() <= kNameBytesMax &&
         is_utf8(chat.text()) && is_utf8(chat.to());
}

void send(const Session& to, const ServerChat& chat) {
  std::string bytes;
  chat.SerializeToString(&bytes);
  to.link->push_down({.session = to.id,
                      .number = static_cast<std::uint32_t>(protocol::Topic::Chat),
                      .kind = cluster::DownKind::Message},
                     std::as_bytes(std::span(bytes)));
}

void refuse(const Session& session, const ClientChat& said, protocol::ChatRefusal refusal) {
  ServerChat answer;
  answer.set_channel(said.channel());
  answer.set_to(said.to());
  answer.set_text(said.text());
  answer.set_refusal(refusal);
  send(session, answer);
}

bool hears(const ecs::Registry& registry, const Session& session, const math::Vec3& from_m) {
  const auto* const there = registry.get<Position>(session.entity);
  return there != nullptr && math::distance(from_m, there->metres) <= kSayRange_m;
}

}  // namespace

void Intake::take_chat(Session& session, std::span<const std::byte> bytes) {
  ClientChat said;
  if (!decode(bytes, said)) return note_malformed(session);
  said.set_text(one_line(said.text()));
  if (said.text().empty() || !session.entity) return;  // nothing, or nobody yet
  if (now_ < session.muted_until) {
    refuse(session, said, protocol::CHAT_MUTED);
    return note_too_fast(session);
  }
  const IntakeLimits& limits = options_.limits;
  const bool to_all = said.channel() == ChatChannel::CHAT_ZONE;
  const TickNumber paid_until = std::max(session.chat_paid_until, now_) +
                                (to_all ? limits.chat_zone_ticks : limits.chat_ticks);
  if (paid_until > now_ + limits.chat_burst_ticks) {
    refuse(session, said, protocol::CHAT_TOO_FAST);
    return note_too_fast(session);
  }
  session.chat_paid_until = paid_until;
  const auto listeners = listeners_of(session, said);
  if (!listeners) return refuse(session, said, protocol::CHAT_TOO_BUSY);
  if (said.channel() == ChatChannel::CHAT_WHISPER && listeners->empty()) {
    return refuse(session, said, protocol::CHAT_NOBODY);
  }
  if (chat_deliveries_ + listeners->size() > limits.chat_deliveries_per_tick) {
    return refuse(session, said, protocol::CHAT_TOO_BUSY);
  }
  chat_deliveries_ += static_cast<std::uint32_t>(listeners->size());
  ServerChat line;
  line.set_channel(said.channel());
  line.set_from(std::string(session.name.view()));
  line.set_entity(session.entity.value);
  line.set_to(said.to());
  line.set_text(said.text());
  for (const Session* listener : *listeners) send(*listener, line);
}

std::optional<std::vector<const Session*>> Intake::listeners_of(const Session& speaker,
                                                                const ClientChat& said) {
  std::vector<const Session*> listeners;
  if (said.channel() == ChatChannel::CHAT_WHISPER) {
    const Session* const to = sessions_.find_name(said.to());
    if (to == nullptr || !to->entity) return listeners;
    listeners.push_back(to);
    if (to != &speaker) listeners.push_back(&speaker);
    return listeners;
  }
  if (chat_looks_ + sessions_.size() > options_.limits.chat_looks_per_tick) return std::nullopt;
  chat_looks_ += static_cast<std::uint32_t>(sessions_.size());
  const bool to_all = said.channel() == ChatChannel::CHAT_ZONE;
  const auto* const here = registry_.get<Position>(speaker.entity);
  for (const Session& session : sessions_.all()) {
    if (!session.entity) continue;
    const bool is_near = here != nullptr && hears(registry_, session, here->metres);
    if (to_all || &session == &speaker || is_near) listeners.push_back(&session);
  }
  return listeners;
}

void Intake::take_command(const MuteAccount& command) {
  const TickNumber until = now_ + TickNumber{command.seconds} * kTicksPerSecond;
  for (const Session& session : sessions_.all()) {
    if (session.account == command.account) sessions_.find(session.id)->muted_until = until;
  }
}

}  // namespace tessera::intake
