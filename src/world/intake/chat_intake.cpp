// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What players say, carried to those who hear it: in the tick in which it arrives, by where they
// stood at the end of the one before. Words change nothing in the world, so they are no intents and
// stand in no log: a replay does without them, and nobody's whispers lie on a disk.
#include <algorithm>
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

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// As people type names: without regard to the case of Latin letters.
bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

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

/// Those who get a line of this speaker, the speaker among them.
class Listeners {
 public:
  Listeners(const ecs::Registry& registry, const SessionTable& sessions)
      : registry_(registry), sessions_(sessions) {}

  std::vector<const Session*> of(const Session& speaker, const ClientChat& said) const {
    std::vector<const Session*> listeners;
    const auto* const here = registry_.get<Position>(speaker.entity);
    for (const Session& session : sessions_.all()) {
      const bool hears = &session == &speaker || hears_it(session, said, here);
      if (hears && session.entity) listeners.push_back(&session);
    }
    return listeners;
  }

 private:
  bool hears_it(const Session& session, const ClientChat& said, const Position* from) const {
    if (said.channel() == ChatChannel::CHAT_ZONE) return true;
    if (said.channel() == ChatChannel::CHAT_WHISPER) {
      const auto* const appearance = registry_.get<Appearance>(session.entity);
      return appearance != nullptr && same_name(appearance->name.view(), said.to());
    }
    const auto* const there = registry_.get<Position>(session.entity);
    return from != nullptr && there != nullptr &&
           math::distance(from->metres, there->metres) <= kSayRange_m;
  }

  const ecs::Registry& registry_;
  const SessionTable& sessions_;
};

}  // namespace

void Intake::take_chat(Session& session, std::span<const std::byte> bytes) {
  ClientChat said;
  if (!decode(bytes, said)) return note_malformed(session);
  said.set_text(one_line(said.text()));
  const auto* const speaker = registry_.get<Appearance>(session.entity);
  if (said.text().empty() || speaker == nullptr) return;  // nothing, or nobody yet
  if (now_ < session.muted_until) return refuse(session, said, protocol::CHAT_MUTED);
  const IntakeLimits& limits = options_.limits;
  const bool to_all = said.channel() == ChatChannel::CHAT_ZONE;
  const TickNumber paid_until = std::max(session.chat_paid_until, now_) +
                                (to_all ? limits.chat_zone_ticks : limits.chat_ticks);
  if (paid_until > now_ + limits.chat_burst_ticks) {
    return refuse(session, said, protocol::CHAT_TOO_FAST);
  }
  session.chat_paid_until = paid_until;
  const auto listeners = Listeners(registry_, sessions_).of(session, said);
  if (said.channel() == ChatChannel::CHAT_WHISPER && listeners.size() < 2) {
    return refuse(session, said, protocol::CHAT_NOBODY);
  }
  if (chat_deliveries_ + listeners.size() > limits.chat_deliveries_per_tick) {
    return refuse(session, said, protocol::CHAT_TOO_BUSY);
  }
  chat_deliveries_ += static_cast<std::uint32_t>(listeners.size());
  ServerChat line;
  line.set_channel(said.channel());
  line.set_from(std::string(speaker->name.view()));
  line.set_entity(session.entity.value);
  line.set_to(said.to());
  line.set_text(said.text());
  for (const Session* listener : listeners) send(*listener, line);
}

void Intake::take_command(const MuteAccount& command) {
  const TickNumber until = now_ + TickNumber{command.seconds} * kTicksPerSecond;
  for (const Session& session : sessions_.all()) {
    if (session.account == command.account) sessions_.find(session.id)->muted_until = until;
  }
}

}  // namespace tessera::intake
