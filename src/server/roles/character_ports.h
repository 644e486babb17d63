// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The characters service as the world and the gateway see it: one saves, the other loads and says
// which zone the character enters, both with the right to the zone that this process took at its
// start.
#pragma once

#include "gateway/sessions/character_loader.h"
#include "server/zones/zone_directory.h"
#include "services/characters/characters_client.h"
#include "world/outbox/character_saver.h"

namespace tessera::server {

class ServiceSaver final : public outbox::CharacterSaver {
 public:
  ServiceSaver(characters::CharactersClient& client, characters::ZoneOwner owner)
      : client_(client), owner_(owner) {}
  Result<std::vector<CharacterId>> save(std::span<const outbox::CharacterState> states) override;

 private:
  characters::CharactersClient& client_;
  characters::ZoneOwner owner_;
};

class ServiceLoader final : public gateway::CharacterLoader {
 public:
  /// `link`: that of the network thread it loads for.
  ServiceLoader(characters::CharactersClient& client, characters::ZoneOwner owner,
                ZoneDirectory& directory, cluster::Link ZoneLinks::* link)
      : client_(client), owner_(owner), directory_(directory), link_(link) {}
  void load(const admission::SessionClaim& claim, Loaded loaded) override;

 private:
  characters::CharactersClient& client_;
  characters::ZoneOwner owner_;
  ZoneDirectory& directory_;
  cluster::Link ZoneLinks::* const link_;
};

}  // namespace tessera::server
