// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// What other parts of the house call to reach the characters service. Every call that a gateway or
// an outbox makes exists twice: it waits for the answer, or (…_async) it takes a callback.
//
// Fencing: a process that owns a zone first takes it (take_zone) and gets an epoch. Loading and
// saving carry both. Once another process has taken the zone, the older epoch is refused, so a
// process that came back from the dead cannot overwrite what its successor saved. A character
// belongs to the zone that loaded it last; another zone's late save is refused for that character
// alone.
//
// Refusals by kind:
//   InvalidArgument    a name against the rules; the message may be shown to the player
//   AlreadyExists      the name is taken
//   NotFound           no such character of this account
//   ResourceExhausted  the account has as many characters as it may
//   PermissionDenied   an older epoch: this process no longer owns the zone
//   Unavailable        the service does not answer; ask again
//   StorageFailed      its database cannot be read or written: an operator is told why
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/core/error.h"
#include "engine/core/ids.h"
#include "services/common/service_channel.h"

namespace tessera::characters {

/// Where a character stands. zone 0: it has never been in a world; the world picks the place.
struct Place {
  std::uint16_t zone = 0;
  float x = 0;        ///< metres, east
  float y = 0;        ///< metres, up
  float z = 0;        ///< metres, south
  float heading = 0;  ///< radians
};

/// Times are seconds since 1970 UTC.
struct Character {
  CharacterId id{};
  AccountId account{};
  std::string name{};
  std::uint32_t look = 0;  ///< packed choices of the character screen
  Place place{};
  std::uint64_t play_seconds = 0;
  std::int64_t created_at = 0;
  std::int64_t last_seen_at = 0;  ///< 0: never played
  std::uint16_t class_id = 1;     ///< of the content
  std::uint16_t level = 1;
  std::uint64_t experience = 0;
  std::string talents{};  ///< as the world writes it
};

/// What the character screen lets one choose. Opaque here: the content says what there is.
struct Choices {
  std::uint32_t look = 0;
  std::uint16_t class_id = 1;
};

/// A process's right to a zone.
struct ZoneOwner {
  std::uint16_t zone = 0;
  std::uint64_t epoch = 0;
};

/// The state of a character in the world, to be stored. All values are absolute, so saving twice is
/// saving once.
struct CharacterSave {
  CharacterId id{};
  Place place{};
  std::uint64_t play_seconds = 0;  ///< in all, not since the last save
  std::int64_t last_seen_at = 0;
  std::uint16_t level = 1;
  std::uint64_t experience = 0;  ///< within the level
  std::string talents{};         ///< at most kTalentsBytesMax, in ASCII
};

inline constexpr std::size_t kTalentsBytesMax = 255;

struct SaveOutcome {
  std::uint32_t saved = 0;
  /// Not stored: deleted, or loaded by another zone since. Do not retry these.
  std::vector<CharacterId> refused{};
};

/// More characters in one save are refused; cut the batch.
inline constexpr std::size_t kSaveBatchMax = 8192;

class CharactersClient {
 public:
  explicit CharactersClient(const services::ServiceChannel& channel,
                            services::CallOptions options = {});
  ~CharactersClient();
  CharactersClient(CharactersClient&&) noexcept;
  CharactersClient& operator=(CharactersClient&&) noexcept;

  /// The account's characters, oldest first.
  Result<std::vector<Character>> list(AccountId account);
  void list_async(AccountId account, services::Callback<std::vector<Character>> callback);

  Result<Character> create(AccountId account, const std::string& name, Choices choices);
  void create_async(AccountId account, const std::string& name, Choices choices,
                    services::Callback<Character> callback);

  Result<void> remove(AccountId account, CharacterId character);
  void remove_async(AccountId account, CharacterId character, services::Callback<void> callback);

  /// Takes the zone over from whoever had it. Once, when the zone starts.
  Result<ZoneOwner> take_zone(std::uint16_t zone);

  /// Loads a character that is about to enter the owner's zone; from now on only this zone saves
  /// it.
  Result<Character> load_for_entering(AccountId account, CharacterId character, ZoneOwner owner);
  void load_for_entering_async(AccountId account, CharacterId character, ZoneOwner owner,
                               services::Callback<Character> callback);

  /// Stores all of them in one transaction.
  Result<SaveOutcome> save(ZoneOwner owner, std::span<const CharacterSave> characters);
  void save_async(ZoneOwner owner, std::span<const CharacterSave> characters,
                  services::Callback<SaveOutcome> callback);

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace tessera::characters
