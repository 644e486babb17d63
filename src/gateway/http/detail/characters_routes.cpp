// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Characters, and the way into the world: is the account banned, is the character its own, is there
// a seat, and then two keys to the same session, a connect token for UDP and a ticket for
// WebSocket.
#include <algorithm>

#include "gateway/http/detail/api_state.h"

namespace tessera::gateway {
namespace {

constexpr std::size_t kNameBytesMax = 64;

std::string to_json(const characters::Character& character) {
  JsonObject object;
  object.text("id", std::to_string(character.id.value))
      .text("name", character.name)
      .number("look", character.look)
      .number("class", character.class_id)
      .number("level", character.level)
      .unsigned_number("play_seconds", character.play_seconds)
      .number("created_at", character.created_at)
      .number("last_seen_at", character.last_seen_at);
  if (character.place.zone != 0) {
    object.raw("place", JsonObject()
                            .number("zone", character.place.zone)
                            .real("x", character.place.x)
                            .real("y", character.place.y)
                            .real("z", character.place.z)
                            .done());
  }
  return object.done();
}

websocket::Response to_response(const admission::Queued& queued) {
  const std::string queue = JsonObject()
                                .number("position", queued.position)
                                .number("size", queued.size)
                                .number("retry_after_s", queued.retry_after_s)
                                .done();
  auto response = json_response(202, JsonObject().raw("queue", queue).done());
  response.headers.emplace_back("Retry-After", std::to_string(queued.retry_after_s));
  return response;
}

websocket::Response to_response(const admission::SessionGrant& grant) {
  return json_response(200, JsonObject()
                                .text("connect_token", grant.connect_token)
                                .text("udp", grant.udp)
                                .text("websocket", grant.websocket)
                                .number("expires_in_s", grant.expires_in_s)
                                .number("protocol_version", grant.protocol_version)
                                .done());
}

websocket::Response no_such_character() {
  return websocket::error_response(404, "not_found", "There is no such character of your account.");
}

}  // namespace

void Api::State::list_characters(Call call) {
  parts.characters.list(call.account, [respond = std::move(call.respond)](
                                          Result<std::vector<characters::Character>> result) {
    answer_or(result, respond, [&](const std::vector<characters::Character>& all) {
      std::string list = "[";
      for (const auto& character : all) {
        if (list.size() > 1) list += ',';
        list += to_json(character);
      }
      respond(json_response(200, JsonObject().raw("characters", list + "]").done()));
    });
  });
}

void Api::State::create_character(Call call) {
  const auto name = call.body.text("name", kNameBytesMax);
  if (!name) return call.respond(gateway::to_response(name.error()));
  const auto look = call.body.number("look", 0, UINT32_MAX, 0);
  if (!look) return call.respond(gateway::to_response(look.error()));
  const auto class_id = call.body.number("class", 1, UINT16_MAX, 1);
  if (!class_id) return call.respond(gateway::to_response(class_id.error()));
  const std::vector<std::uint16_t>& playable = options.playable_classes;
  const auto wanted = static_cast<std::uint16_t>(*class_id);
  if (!playable.empty() && std::ranges::find(playable, wanted) == playable.end()) {
    return call.respond(websocket::error_response(400, "invalid_argument",
                                                  "'class' is none that players can choose."));
  }
  parts.characters.create(
      call.account, *name, {static_cast<std::uint32_t>(*look), wanted},
      [respond = std::move(call.respond)](Result<characters::Character> result) {
        // Asking again later would not help here.
        if (!result && result.error().kind == ErrorKind::ResourceExhausted) {
          return respond(websocket::error_response(409, "limit_reached", result.error().message));
        }
        answer_or(result, respond, [&](const characters::Character& character) {
          respond(json_response(201, to_json(character)));
        });
      });
}

void Api::State::remove_character(Call call) {
  parts.characters.remove(call.account, CharacterId{call.id},
                          [respond = std::move(call.respond)](Result<void> result) {
                            // The store's words name its own ids: they are not for players.
                            if (!result && result.error().kind == ErrorKind::NotFound) {
                              return respond(no_such_character());
                            }
                            answer_or(result, respond, [&] { respond({.status = 204}); });
                          });
}

void Api::State::enter(Call call) {
  const admission::SessionClaim claim{.account = call.account, .character = CharacterId{call.id}};
  auto let_in = [self = shared_from_this(), host = call.host, respond = call.respond](
                    const admission::SessionClaim& who,
                    Result<std::vector<characters::Character>> result) {
    if (!result) return respond(gateway::to_response(result.error()));
    if (std::ranges::find(*result, who.character, &characters::Character::id) == result->end()) {
      return respond(no_such_character());
    }
    const auto answer = self->parts.admission.ask(who.character, self->clock.monotonic_us());
    if (const auto* queued = std::get_if<admission::Queued>(&answer)) {
      return respond(to_response(*queued));
    }
    if (std::holds_alternative<admission::QueueFull>(answer)) {
      return respond(websocket::error_response(
          503, "world_full", "The world and its queue are full; try again in some minutes."));
    }
    const auto grant =
        self->parts.grants.grant(who, host, self->clock.monotonic_us(), self->clock.unix_s());
    respond(grant ? to_response(*grant) : gateway::to_response(grant.error()));
  };
  // An access token outlives a ban by some minutes, so the ban is looked up here.
  auto check_standing = [self = shared_from_this(), claim, respond = std::move(call.respond),
                         let_in = std::move(let_in)](Result<accounts::Standing> standing) {
    answer_or(standing, respond, [&](const accounts::Standing& known) {
      if (known.banned(self->clock.unix_s())) {
        return respond(websocket::error_response(403, "banned",
                                                 "This account is banned. " + known.ban_reason));
      }
      admission::SessionClaim who = claim;
      who.account_name = FixedString<admission::kAccountNameBytesMax>(known.name);
      who.muted_until = known.muted_until;
      self->parts.characters.list(who.account,
                                  [who, let_in](auto found) { let_in(who, std::move(found)); });
    });
  };
  parts.accounts.standing(claim.account, std::move(check_standing));
}

}  // namespace tessera::gateway
