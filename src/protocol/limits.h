// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Every limit of the language between client and server, with its reason. Both ends keep them: the
// write side asserts, the read side refuses.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tessera::protocol {

/// Raised when a byte changes its meaning. A client of another version is refused at `enter`.
inline constexpr std::uint32_t kProtocolVersion = 7;

/// A datagram that crosses the internet in one piece: 1,280 bytes is the least IPv6 must carry,
/// less IP and UDP headers and room for a tunnel.
inline constexpr std::size_t kDatagramBytesMax = 1200;
/// A snapshot shares its datagram with netcode (prefix, sequence, tag: 26), the channel's header
/// and section frame (14) and a piece of a reliable stream (60).
inline constexpr std::size_t kSnapshotBytesMax = 1100;
/// 8 frames that differ in everything, 4 abilities with all they can have and the header take 155
/// bytes; usual are 12.
inline constexpr std::size_t kInputsBytesMax = 156;

/// Three new frames at 20 packets a second and five that may have been lost: what the server can
/// still run, for it saves six frames of credit and queues eight.
inline constexpr std::uint32_t kInputFramesMax = 8;
/// Actions that wait for an answer and ride with the inputs.
inline constexpr std::size_t kActionsMax = 4;
/// An action names the frame it began in, 7 bits back from the newest: the server does not care for
/// one that is older than two seconds.
inline constexpr std::uint32_t kActionFramesBackMax = 127;

/// Slots of one roster page: a bitmap is five bytes at most and one byte for the first seven.
inline constexpr unsigned kPageSlots = 32;
/// The page number is one byte on the wire: 8,192 entities in one cell of 32 m.
inline constexpr unsigned kPagesPerCellMax = 256;
/// Ticks for which a freed slot stays empty (2 s). A viewer that has not confirmed the change by
/// then starts a new view, so an update for the next owner never lands on the former one.
inline constexpr std::uint32_t kSlotRestTicks = 120;
/// Rosters in one snapshot: one byte.
inline constexpr std::size_t kRostersPerSnapshotMax = 255;

/// Answers to own actions in one snapshot; at 4 actions waiting it never fills.
inline constexpr std::size_t kAnswersMax = 8;

/// Lines of the combat log in one snapshot. A fighter in the middle of a battle has about ten a
/// second of his own; these must be told. So there is always room for all of a tick, and one more
/// snapshot.
inline constexpr std::size_t kCombatLinesMax = 32;
/// All lines of one snapshot: 32 of usual size (8 to 10 bytes). Leaves most of it to where
/// everybody is.
inline constexpr std::size_t kCombatBytesMax = 320;
/// Of these what others do to each other may take: some 16 lines, 320 a second; more nobody reads,
/// and a seventh of a snapshot is as much as a battle may cost those who only watch it.
inline constexpr std::size_t kCombatOfOthersBytesMax = 160;
/// One line with all it can have is of 215 bits.
inline constexpr std::size_t kCombatLineBytesMax = 27;
/// Own lines that may wait for their confirmation; a client that confirms nothing for so long (six
/// seconds of a battle) loses the oldest. Less than half of their numbers, which are one byte.
inline constexpr std::size_t kCombatWaitingMax = 64;

/// One component in an introduction or an update; the length is one byte, this is the largest we
/// send.
inline constexpr std::size_t kComponentBytesMax = 80;
/// All components of one entity when it is introduced; leaves room for a roster in every snapshot.
inline constexpr std::size_t kIntroductionBytesMax = 400;
/// Kinds of components that can be told; an index is one byte and 32 bits hold a set.
inline constexpr std::size_t kReplicatedComponentsMax = 32;

/// One reliable message; a piece of chat or a trade window is far below, a greater one is an
/// attack.
inline constexpr std::size_t kMessageBytesMax = 16 * 1024;
/// An announcement or a reason for the player, in UTF-8.
inline constexpr std::size_t kSentenceBytesMax = 512;

/// A line of chat, in UTF-8: some 250 letters, or 85 of Korean; two lines on a screen.
inline constexpr std::size_t kChatTextBytesMax = 256;

/// Doors of a zone; a DoorsChanged that names them all is of 2 kB.
inline constexpr std::size_t kDoorsMax = 1024;
/// The name of an area, in UTF-8: a word of the content.
inline constexpr std::size_t kAreaNameBytesMax = 64;

/// Entities a client keeps in mind; a viewer is never introduced to more at a time.
inline constexpr std::size_t kKnownEntitiesMax = 16 * 1024;

}  // namespace tessera::protocol
