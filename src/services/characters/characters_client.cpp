// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "services/characters/characters_client.h"

#include "services/characters/characters.grpc.pb.h"
#include "services/common/client_call.h"

namespace tessera::characters {
namespace {

using services::Callback;
using Stub = v1::Characters::Stub;

Character from_wire(const v1::Character& wire) {
  const v1::Place& place = wire.place();
  return {
      CharacterId{wire.id()},
      AccountId{wire.account_id()},
      wire.name(),
      wire.look(),
      {static_cast<std::uint16_t>(place.zone()), place.x(), place.y(), place.z(), place.heading()},
      wire.play_seconds(),
      wire.created_at(),
      wire.last_seen_at(),
      static_cast<std::uint16_t>(wire.class_id()),
      static_cast<std::uint16_t>(wire.level()),
      wire.experience(),
      wire.talents()};
}

std::vector<Character> from_wire(const v1::ListAnswer& wire) {
  std::vector<Character> characters;
  characters.reserve(static_cast<std::size_t>(wire.characters_size()));
  for (const v1::Character& character : wire.characters()) {
    characters.push_back(from_wire(character));
  }
  return characters;
}

SaveOutcome from_wire(const v1::SaveAnswer& wire) {
  SaveOutcome outcome{wire.saved(), {}};
  for (const std::uint64_t id : wire.refused()) outcome.refused.push_back(CharacterId{id});
  return outcome;
}

void to_wire(ZoneOwner owner, v1::ZoneOwner& wire) {
  wire.set_zone(owner.zone);
  wire.set_epoch(owner.epoch);
}

void to_wire(const CharacterSave& save, v1::CharacterSave& wire) {
  wire.set_id(save.id.value);
  wire.mutable_place()->set_zone(save.place.zone);
  wire.mutable_place()->set_x(save.place.x);
  wire.mutable_place()->set_y(save.place.y);
  wire.mutable_place()->set_z(save.place.z);
  wire.mutable_place()->set_heading(save.place.heading);
  wire.set_play_seconds(save.play_seconds);
  wire.set_last_seen_at(save.last_seen_at);
  wire.set_level(save.level);
  wire.set_experience(save.experience);
  wire.set_talents(save.talents);
}

}  // namespace

struct CharactersClient::State {
  services::ServiceChannel channel;
  services::CallOptions options;
  std::unique_ptr<Stub> stub;

  template <class T, class Request, class Answer, class Convert>
  void call(services::StubMethod<Stub, Request, Answer> method, const Request& request,
            Convert convert, Callback<T> callback) {
    services::call_async<T>(channel, *stub, method, request, options, convert, std::move(callback));
  }
};

CharactersClient::CharactersClient(const services::ServiceChannel& channel,
                                   services::CallOptions options)
    : state_(
          std::make_shared<State>(channel, options, v1::Characters::NewStub(channel->channel()))) {}
CharactersClient::~CharactersClient() = default;
CharactersClient::CharactersClient(CharactersClient&&) noexcept = default;
CharactersClient& CharactersClient::operator=(CharactersClient&&) noexcept = default;

void CharactersClient::list_async(AccountId account, Callback<std::vector<Character>> callback) {
  v1::ListRequest request;
  request.set_account_id(account.value);
  state_->call<std::vector<Character>>(
      &Stub::PrepareAsyncList, request,
      [](const v1::ListAnswer& answer) { return from_wire(answer); }, std::move(callback));
}

void CharactersClient::create_async(AccountId account, const std::string& name, Choices choices,
                                    Callback<Character> callback) {
  v1::CreateRequest request;
  request.set_account_id(account.value);
  request.set_name(name);
  request.set_look(choices.look);
  request.set_class_id(choices.class_id);
  state_->call<Character>(
      &Stub::PrepareAsyncCreate, request,
      [](const v1::Character& answer) { return from_wire(answer); }, std::move(callback));
}

void CharactersClient::remove_async(AccountId account, CharacterId character,
                                    Callback<void> callback) {
  v1::RemoveRequest request;
  request.set_account_id(account.value);
  request.set_character_id(character.value);
  state_->call<void>(&Stub::PrepareAsyncRemove, request, services::kNoAnswer, std::move(callback));
}

void CharactersClient::load_for_entering_async(AccountId account, CharacterId character,
                                               ZoneOwner owner, Callback<Character> callback) {
  v1::LoadRequest request;
  request.set_account_id(account.value);
  request.set_character_id(character.value);
  to_wire(owner, *request.mutable_owner());
  state_->call<Character>(
      &Stub::PrepareAsyncLoadForEntering, request,
      [](const v1::Character& answer) { return from_wire(answer); }, std::move(callback));
}

void CharactersClient::save_async(ZoneOwner owner, std::span<const CharacterSave> characters,
                                  Callback<SaveOutcome> callback) {
  v1::SaveRequest request;
  to_wire(owner, *request.mutable_owner());
  request.mutable_characters()->Reserve(static_cast<int>(characters.size()));
  for (const CharacterSave& save : characters) to_wire(save, *request.add_characters());
  state_->call<SaveOutcome>(
      &Stub::PrepareAsyncSave, request,
      [](const v1::SaveAnswer& answer) { return from_wire(answer); }, std::move(callback));
}

Result<std::vector<Character>> CharactersClient::list(AccountId account) {
  using Characters = std::vector<Character>;
  return services::wait_for<Characters>(
      [&](Callback<Characters> callback) { list_async(account, std::move(callback)); });
}

Result<Character> CharactersClient::create(AccountId account, const std::string& name,
                                           Choices choices) {
  return services::wait_for<Character>([&](Callback<Character> callback) {
    create_async(account, name, choices, std::move(callback));
  });
}

Result<void> CharactersClient::remove(AccountId account, CharacterId character) {
  return services::wait_for<void>(
      [&](Callback<void> callback) { remove_async(account, character, std::move(callback)); });
}

Result<ZoneOwner> CharactersClient::take_zone(std::uint16_t zone) {
  v1::TakeZoneRequest request;
  request.set_zone(zone);
  return services::wait_for<ZoneOwner>([&](Callback<ZoneOwner> callback) {
    state_->call<ZoneOwner>(
        &Stub::PrepareAsyncTakeZone, request,
        [](const v1::ZoneOwner& answer) {
          return ZoneOwner{static_cast<std::uint16_t>(answer.zone()), answer.epoch()};
        },
        std::move(callback));
  });
}

Result<Character> CharactersClient::load_for_entering(AccountId account, CharacterId character,
                                                      ZoneOwner owner) {
  return services::wait_for<Character>([&](Callback<Character> callback) {
    load_for_entering_async(account, character, owner, std::move(callback));
  });
}

Result<SaveOutcome> CharactersClient::save(ZoneOwner owner,
                                           std::span<const CharacterSave> characters) {
  return services::wait_for<SaveOutcome>(
      [&](Callback<SaveOutcome> callback) { save_async(owner, characters, std::move(callback)); });
}

}  // namespace tessera::characters
