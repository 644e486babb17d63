// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/intake/control_messages.h"

#include <array>
#include <bit>
#include <string>

#include "protocol/limits.h"
#include "protocol/messages/control.pb.h"
#include "protocol/sections.h"

namespace tessera::intake {
namespace {

void send(cluster::Link& link, SessionId session, const protocol::ServerControl& message) {
  std::string bytes;
  message.SerializeToString(&bytes);
  send_control_bytes(link, session, std::as_bytes(std::span(bytes)));
}

/// Cut at a character's border, as FixedString does.
std::string cut(std::string_view sentence, std::size_t bytes_max = protocol::kSentenceBytesMax) {
  std::size_t size = std::min(sentence.size(), bytes_max);
  while (size < sentence.size() && size > 0 && (sentence[size] & 0xc0) == 0x80) --size;
  return std::string(sentence.substr(0, size));
}

/// A field of protobuf that holds bytes: its number, and 2 for how it is written.
constexpr std::uint8_t length_tag(int field) { return static_cast<std::uint8_t>(field << 3 | 2); }

/// Of one of the lists of DoorsChanged: calls visit(door) for each of its doors.
template <class Visit>
void each_door(std::span<const ChangedDoors> changed, std::uint64_t ChangedDoors::* list,
               Visit&& visit) {
  for (const ChangedDoors& some : changed) {
    for (std::uint64_t bits = some.*list; bits != 0; bits &= bits - 1) {
      visit(some.word * 64 + static_cast<unsigned>(std::countr_zero(bits)));
    }
  }
}

void write_doors(ByteWriter& out, int field, std::span<const ChangedDoors> changed,
                 std::uint64_t ChangedDoors::* list) {
  std::size_t size = 0;
  each_door(changed, list, [&](std::uint32_t door) { size += varint_size(door); });
  if (size == 0) return;
  out.number(length_tag(field));
  out.varint(size);
  each_door(changed, list, [&](std::uint32_t door) { out.varint(door); });
}

}  // namespace

void send_control_bytes(cluster::Link& link, SessionId session, std::span<const std::byte> bytes) {
  link.push_down({.session = session,
                  .number = static_cast<std::uint32_t>(protocol::Topic::Control),
                  .kind = cluster::DownKind::Message},
                 bytes);
}

void send_welcome(cluster::Link& link, SessionId session, const WelcomeMessage& welcome) {
  protocol::ServerControl control;
  protocol::Welcome& message = *control.mutable_welcome();
  message.set_entity(welcome.entity.value);
  message.set_tick(welcome.tick);
  message.set_zone(welcome.zone);
  message.set_zone_name(std::string(welcome.zone_name));
  message.set_ticks_per_second(kTicksPerSecond);
  message.set_content_hash(welcome.content_hash);
  message.set_protocol_version(protocol::kProtocolVersion);
  send(link, session, control);
}

void send_announcement(cluster::Link& link, SessionId session, std::string_view sentence) {
  protocol::ServerControl control;
  control.mutable_announcement()->set_text(cut(sentence));
  send(link, session, control);
}

void send_time_dilation(cluster::Link& link, SessionId session, std::uint32_t permille,
                        TickNumber from_tick) {
  protocol::ServerControl control;
  control.mutable_time_dilation()->set_permille(permille);
  control.mutable_time_dilation()->set_from_tick(from_tick);
  send(link, session, control);
}

// By hand, for protobuf's own writer allocates, and doors open and close all the time.
void send_doors_changed(cluster::Link& link, SessionId session,
                        std::span<const ChangedDoors> changed) {
  using protocol::DoorsChanged;
  std::array<std::byte, 2 * protocol::kDoorsMax + 16> lists_memory;
  ByteWriter lists(lists_memory);
  write_doors(lists, DoorsChanged::kOpenedFieldNumber, changed, &ChangedDoors::opened);
  write_doors(lists, DoorsChanged::kClosedFieldNumber, changed, &ChangedDoors::closed);
  std::array<std::byte, lists_memory.size() + 8> memory;
  ByteWriter message(memory);
  message.number(length_tag(protocol::ServerControl::kDoorsChangedFieldNumber));
  message.varint(lists.size());
  message.bytes(lists.written());
  send_control_bytes(link, session, message.written());
}

void send_content_changed(cluster::Link& link, SessionId session, std::uint64_t content_hash) {
  protocol::ServerControl control;
  control.mutable_content_changed()->set_content_hash(content_hash);
  send(link, session, control);
}

void send_area_changed(cluster::Link& link, SessionId session, std::string_view name,
                       std::uint32_t properties, bool entered) {
  protocol::ServerControl control;
  protocol::AreaChanged& message = *control.mutable_area_changed();
  message.set_name(cut(name, protocol::kAreaNameBytesMax));
  message.set_properties(properties);
  message.set_entered(entered);
  send(link, session, control);
}

void send_character_sheet(cluster::Link& link, SessionId session, const ecs::Registry& registry,
                          EntityId entity) {
  const auto* fighter = registry.get<combat::Fighter>(entity);
  const auto* vitals = registry.get<combat::Vitals>(entity);
  const auto* stats = registry.get<combat::Stats>(entity);
  const auto* talents = registry.get<combat::Talents>(entity);
  if (fighter == nullptr || vitals == nullptr || stats == nullptr || talents == nullptr) return;
  protocol::ServerControl control;
  protocol::CharacterSheet& sheet = *control.mutable_character_sheet();
  sheet.set_class_id(fighter->class_id.value);
  sheet.set_level(fighter->level);
  sheet.set_health(vitals->health);
  sheet.set_health_max(vitals->health_max);
  sheet.set_resource(vitals->resource);
  sheet.set_resource_max(vitals->resource_max);
  for (const float value : stats->values.of) sheet.add_stats(value);
  for (const combat::LearnedTalent& one : talents->learned()) {
    protocol::TalentRank& rank = *sheet.add_talents();
    rank.set_talent(one.talent.value);
    rank.set_ranks(one.ranks);
  }
  sheet.set_points_left(combat::points_left(*talents, fighter->level));
  send(link, session, control);
}

void send_talent_refused(cluster::Link& link, SessionId session,
                         const talents::TalentRefused& refused) {
  protocol::ServerControl control;
  control.mutable_talent_refused()->set_talent(refused.talent.value);
  control.mutable_talent_refused()->set_reason(static_cast<std::uint32_t>(refused.reason));
  send(link, session, control);
}

void send_disconnect(cluster::Link& link, SessionId session, cluster::CloseReason reason,
                     std::string_view sentence) {
  const std::string text = cut(sentence);
  protocol::ServerControl control;
  control.mutable_disconnecting()->set_reason(static_cast<std::uint32_t>(reason));
  control.mutable_disconnecting()->set_text(text);
  send(link, session, control);
  link.push_down({.session = session,
                  .number = static_cast<std::uint32_t>(reason),
                  .kind = cluster::DownKind::Disconnect},
                 std::as_bytes(std::span(text)));
}

std::expected<ClientMessage, DecodeError> read_client_message(std::span<const std::byte> bytes) {
  protocol::ClientControl control;
  if (bytes.size() > protocol::kMessageBytesMax) return std::unexpected(DecodeError::OutOfRange);
  if (!control.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) {
    return std::unexpected(DecodeError::Malformed);
  }
  using Kind = protocol::ClientControl::KindCase;
  switch (control.kind_case()) {
    case Kind::kLeave:
      return ClientMessage{ClientMessageKind::Leave};
    case Kind::kAskSheet:
      return ClientMessage{ClientMessageKind::AskSheet};
    case Kind::kLearnTalent: {
      const std::uint32_t id = control.learn_talent().talent();
      return ClientMessage{ClientMessageKind::LearnTalent,
                           {id <= 0xffff ? static_cast<std::uint16_t>(id) : std::uint16_t{0}}};
    }
    case Kind::kForgetTalents:
      return ClientMessage{ClientMessageKind::ForgetTalents};
    case Kind::kRaiseFlag: {
      const protocol::RaiseFlag& flag = control.raise_flag();
      if (flag.banner() > kBannersMax) return std::unexpected(DecodeError::OutOfRange);
      return ClientMessage{.kind = ClientMessageKind::RaiseFlag,
                           .is_up = flag.is_up(),
                           .banner = flag.banner(),
                           .action = flag.action()};
    }
    case Kind::kWishDuel: {
      const protocol::WishDuel& wish = control.wish_duel();
      if (wish.kind() > static_cast<std::uint32_t>(pvp::DuelWish::GiveUp)) {
        return std::unexpected(DecodeError::OutOfRange);
      }
      return ClientMessage{.kind = ClientMessageKind::WishDuel,
                           .wish = static_cast<pvp::DuelWish>(wish.kind()),
                           .target = {wish.target()},
                           .action = wish.action()};
    }
    case Kind::KIND_NOT_SET:
      break;
  }
  return std::unexpected(DecodeError::Malformed);
}

}  // namespace tessera::intake
