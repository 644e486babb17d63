// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Messages of the control topic to clients. They go through the session's link; a message that does
// not fit ends the session there (cluster/link).
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>

#include "cluster/link/link.h"
#include "engine/core/bytes.h"
#include "engine/core/ids.h"
#include "engine/core/tick.h"
#include "engine/ecs/registry.h"
#include "gameplay/pvp/pvp.h"
#include "gameplay/talents/talents.h"

namespace tessera::intake {

struct WelcomeMessage {
  EntityId entity;
  TickNumber tick = 0;
  std::uint16_t zone = 0;
  std::string_view zone_name;
  std::uint64_t content_hash = 0;
};

void send_welcome(cluster::Link& link, SessionId session, const WelcomeMessage& welcome);
void send_announcement(cluster::Link& link, SessionId session, std::string_view sentence);
void send_time_dilation(cluster::Link& link, SessionId session, std::uint32_t permille,
                        TickNumber from_tick);
/// What changed, as bits: of word w of a set of doors, those that are open now or closed now.
struct ChangedDoors {
  std::uint32_t word = 0;
  std::uint64_t opened = 0;
  std::uint64_t closed = 0;
};
/// At least one. Allocates nothing.
void send_doors_changed(cluster::Link& link, SessionId session,
                        std::span<const ChangedDoors> changed);
/// From the next snapshot on the zone has this content.
void send_content_changed(cluster::Link& link, SessionId session, std::uint64_t content_hash);
void send_area_changed(cluster::Link& link, SessionId session, std::string_view name,
                       std::uint32_t properties, bool entered);
/// Tells the client, then the gateway. Sentences are cut to the protocol's limit.
void send_disconnect(cluster::Link& link, SessionId session, cluster::CloseReason reason,
                     std::string_view sentence);

/// What the own character is, as the registry has it.
void send_character_sheet(cluster::Link& link, SessionId session, const ecs::Registry& registry,
                          EntityId entity);
void send_talent_refused(cluster::Link& link, SessionId session,
                         const talents::TalentRefused& refused);

/// A ServerControl that is in bytes already.
void send_control_bytes(cluster::Link& link, SessionId session, std::span<const std::byte> bytes);

/// What a client may say on the control topic.
enum class ClientMessageKind : std::uint8_t {
  Leave,
  AskSheet,
  LearnTalent,
  ForgetTalents,
  RaiseFlag,
  WishDuel,
};
struct ClientMessage {
  ClientMessageKind kind{};
  TalentId talent{};         ///< LearnTalent; none for a number that no id can be
  bool is_up = false;        ///< RaiseFlag
  std::uint32_t banner = 0;  ///< RaiseFlag; 0 to kBannersMax
  pvp::DuelWish wish{};      ///< WishDuel
  EntityId target{};         ///< WishDuel; may be anything
  std::uint32_t action = 0;  ///< RaiseFlag, WishDuel
};
std::expected<ClientMessage, DecodeError> read_client_message(std::span<const std::byte> bytes);

}  // namespace tessera::intake
