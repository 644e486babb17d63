// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The gRPC face: one line per method; the rules are in detail/character_rules.
#include "services/characters/characters_service.h"

#include "engine/platform/clock.h"
#include "services/characters/characters.grpc.pb.h"
#include "services/characters/detail/character_rules.h"
#include "services/common/served_method.h"

namespace tessera::characters {
namespace {

void to_wire(const Character& character, v1::Character& wire) {
  wire.set_id(character.id.value);
  wire.set_account_id(character.account.value);
  wire.set_name(character.name);
  wire.set_look(character.look);
  wire.mutable_place()->set_zone(character.place.zone);
  wire.mutable_place()->set_x(character.place.x);
  wire.mutable_place()->set_y(character.place.y);
  wire.mutable_place()->set_z(character.place.z);
  wire.mutable_place()->set_heading(character.place.heading);
  wire.set_play_seconds(character.play_seconds);
  wire.set_created_at(character.created_at);
  wire.set_last_seen_at(character.last_seen_at);
  wire.set_class_id(character.class_id);
  wire.set_level(character.level);
  wire.set_experience(character.experience);
  wire.set_talents(character.talents);
}

Result<void> to_wire(const Result<Character>& character, v1::Character& wire) {
  if (!character) return std::unexpected(character.error());
  to_wire(*character, wire);
  return {};
}

ZoneOwner from_wire(const v1::ZoneOwner& wire) {
  return {static_cast<std::uint16_t>(wire.zone()), wire.epoch()};
}

CharacterSave from_wire(const v1::CharacterSave& wire) {
  const v1::Place& place = wire.place();
  return {
      CharacterId{wire.id()},
      {static_cast<std::uint16_t>(place.zone()), place.x(), place.y(), place.z(), place.heading()},
      wire.play_seconds(),
      wire.last_seen_at(),
      static_cast<std::uint16_t>(wire.level()),
      wire.experience(),
      wire.talents()};
}

class CharactersFace final : public services::Face {
 public:
  CharactersFace(services::Host& host, persistence::Database& database,
                 const CharactersOptions& options)
      : rules_(database, {options.per_account_max, options.now_s}),
        list_(host, "characters", "List"),
        create_(host, "characters", "Create", {.once = true}),
        remove_(host, "characters", "Remove", {.once = true}),
        take_zone_(host, "characters", "TakeZone", {.once = true}),
        load_(host, "characters", "LoadForEntering"),
        save_(host, "characters", "Save") {}

  grpc::Service& service() override { return service_; }

  void start(const services::FaceQueue& queue) override {
    services::serve(service_, &Service::RequestList, queue, list_,
                    [this](const auto& in, auto& out) { return list(in, out); });
    services::serve(
        service_, &Service::RequestCreate, queue, create_, [this](const auto& in, auto& out) {
          return to_wire(rules_.create(AccountId{in.account_id()}, in.name(),
                                       {in.look(), static_cast<std::uint16_t>(in.class_id())}),
                         out);
        });
    services::serve(
        service_, &Service::RequestRemove, queue, remove_, [this](const auto& in, auto&) {
          return rules_.remove(AccountId{in.account_id()}, CharacterId{in.character_id()});
        });
    services::serve(service_, &Service::RequestTakeZone, queue, take_zone_,
                    [this](const auto& in, auto& out) { return take_zone(in, out); });
    services::serve(service_, &Service::RequestLoadForEntering, queue, load_,
                    [this](const auto& in, auto& out) {
                      return to_wire(rules_.load_for_entering(AccountId{in.account_id()},
                                                              CharacterId{in.character_id()},
                                                              from_wire(in.owner())),
                                     out);
                    });
    services::serve(service_, &Service::RequestSave, queue, save_,
                    [this](const auto& in, auto& out) { return save(in, out); });
  }

 private:
  using Service = v1::Characters::AsyncService;

  Result<void> list(const v1::ListRequest& in, v1::ListAnswer& out) {
    const auto characters = rules_.list(AccountId{in.account_id()});
    if (!characters) return std::unexpected(characters.error());
    for (const Character& character : *characters) to_wire(character, *out.add_characters());
    return {};
  }
  Result<void> take_zone(const v1::TakeZoneRequest& in, v1::ZoneOwner& out) {
    const auto owner = rules_.take_zone(in.zone());
    if (!owner) return std::unexpected(owner.error());
    out.set_zone(owner->zone);
    out.set_epoch(owner->epoch);
    return {};
  }
  Result<void> save(const v1::SaveRequest& in, v1::SaveAnswer& out) {
    std::vector<CharacterSave> characters;
    characters.reserve(static_cast<std::size_t>(in.characters_size()));
    for (const auto& character : in.characters()) characters.push_back(from_wire(character));
    const auto outcome = rules_.save(from_wire(in.owner()), characters);
    if (!outcome) return std::unexpected(outcome.error());
    out.set_saved(outcome->saved);
    for (const CharacterId id : outcome->refused) out.add_refused(id.value);
    return {};
  }

  Service service_;
  CharacterRules rules_;
  services::Method list_, create_, remove_, take_zone_, load_, save_;
};

}  // namespace

void serve_characters(services::Host& host, persistence::Database& database,
                      CharactersOptions options) {
  if (options.now_s == nullptr) {
    options.now_s = [] { return platform::unix_time_ms() / 1000; };
  }
  host.add(std::make_unique<CharactersFace>(host, database, options));
}

}  // namespace tessera::characters
