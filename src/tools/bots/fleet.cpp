// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The fleet's loop. Bots take their turns spread evenly over each sixtieth of a second, by a cursor
// that follows the clock, so that neither the server nor the sockets see bursts that a crowd of
// independent players would not make. A turn that comes late keeps its scheduled time as the time
// of its actions: what the bots' own machine delays counts as latency.
#include "tools/bots/fleet.h"

#include <fmt/format.h>

#include <cstdio>
#include <vector>

#include "engine/math/angles.h"
#include "engine/platform/clock.h"
#include "tools/bots/bot.h"
#include "tools/bots/enrolment/arrivals.h"
#include "tools/bots/enrolment/enrolment.h"
#include "tools/bots/measurement.h"
#include "tools/bots/sockets/bot_sockets.h"
#include "tools/bots/zones/known_zones.h"
#include "transport/netcode/standard.h"

namespace tessera::bots {
namespace {

constexpr std::int64_t kTurnUs = 1'000'000 / 60;
constexpr std::int64_t kRestUs = 1'000;  ///< between looks at the sockets when nothing is due

std::int64_t now_us() { return platform::monotonic_ns() / 1000; }

netcode::Time netcode_time(std::int64_t us) {
  return {us, static_cast<std::uint64_t>(platform::unix_time_ms() / 1000)};
}

class Fleet {
 public:
  /// The zone in which it begins is one of `zones`.
  Fleet(const FleetOptions& options, KnownZones& zones, LoadedZone& begins_in,
        std::unique_ptr<BotSockets> sockets)
      : options_(options),
        zones_(zones),
        sockets_(std::move(sockets)),
        measurement_(options.count) {
    const Places& places = begins_in.places;
    const auto homes = places.homes(options.profile, options.count, begins_in.guide);
    for (std::size_t i = 0; i < options.count; ++i) {
      const std::uint64_t seed = mix64(options.seed + i);
      bots_.emplace_back(std::make_unique<Bot>(
          begins_in, Behaviour(options.profile, places, homes[i], seed), seed, options.websocket));
      if (options.chaos.any()) add_chaos(*bots_.back(), i);
    }
  }

  Result<FleetReport> run(Enrolment& enrolment, const std::atomic<bool>& stop) {
    enrolment_ = &enrolment;
    if (auto arrived = wait_for_arrivals(enrolment, stop); !arrived) {
      leave();
      return std::unexpected(arrived.error());
    }
    play_until(now_us() + static_cast<std::int64_t>(options_.warmup_s * 1e6), stop);
    measurement_.report().bots = static_cast<int>(bots_.size());
    measurement_.report().connected = static_cast<int>(in_world_);
    measurement_.report().shared_sockets = options_.share_sockets;
    measurement_.report().websocket = options_.websocket;
    measurement_.report().fights = fights();
    name_abilities();
    measurement_.begin(bots_, now_us());
    fmt::print("measuring {} of {} bots\n", in_world_, bots_.size());
    std::fflush(stdout);
    if (options_.when_measuring) options_.when_measuring();
    const std::int64_t end = options_.seconds > 0
                                 ? now_us() + static_cast<std::int64_t>(options_.seconds * 1e6)
                                 : INT64_MAX;
    play_until(end, stop);
    measurement_.end(bots_, now_us());
    leave();
    return std::move(measurement_.report());
  }

 private:
  bool fights() const {
    return options_.profile == Profile::Fight || options_.profile == Profile::Siege;
  }

  /// Those that some bot has, so that the report tells what nobody used.
  void name_abilities() {
    if (!fights()) return;
    const Rulebook& rules = *bots_.front()->zone->rules;
    for (const ClassDefinition& kind : rules.classes.all()) {
      if (!kind.is_playable) continue;
      for (const LearnedAbility& learned : kind.abilities) {
        const AbilityDefinition* const ability = rules.abilities.find(learned.ability);
        if (ability != nullptr) measurement_.report().abilities_used[ability->name] = 0;
      }
    }
  }
  void add_chaos(Bot& bot, std::size_t index) {
    chaos::Options chaos = options_.chaos;
    chaos.queue_bytes_max = 64 << 10;
    chaos.seed = mix64(options_.chaos.seed + 2 * index);
    bot.up = std::make_unique<chaos::Link>(chaos);
    chaos.seed = mix64(options_.chaos.seed + 2 * index + 1);
    bot.down = std::make_unique<chaos::Link>(chaos);
  }

  Result<void> wait_for_arrivals(Enrolment& enrolment, const std::atomic<bool>& stop) {
    Arrivals arrivals(now_us(), static_cast<std::int64_t>(options_.arrival_patience_s * 1e6));
    const auto settled = [&] { return entered_ + refused_ + enrolment.failed(); };
    while (settled() < bots_.size() && !stop && arrivals.going_on(now_us(), entered_)) {
      while (auto entry = enrolment.next()) {
        if (auto connected = let_in(*entry); !connected) return connected;
      }
      turn(now_us());
      if (arrivals.line_due(now_us())) say(arrival_counts(enrolment).text());
    }
    if (stop) {
      measurement_.report().failed_logins = static_cast<int>(enrolment.failed());
      return {};
    }
    measurement_.report().failed_logins = static_cast<int>(bots_.size() - entered_);
    const ArrivalCounts counts = arrival_counts(enrolment);
    if (in_world_ == 0) {
      const std::string& why = counts.failed > 0 ? counts.why_failed : counts.why_waiting;
      return failure(ErrorKind::Unavailable,
                     "no bot came into the world" + (why.empty() ? "" : ": " + why));
    }
    if (entered_ < bots_.size()) say(counts.text());
    return {};
  }

  ArrivalCounts arrival_counts(const Enrolment& enrolment) const {
    ArrivalCounts counts{.bots = bots_.size(),
                         .in_world = in_world_,
                         .failed = enrolment.failed() + refused_,
                         .why_failed = enrolment.last_failure(),
                         .why_waiting = enrolment.why_waiting()};
    if (counts.why_failed.empty()) counts.why_failed = why_refused_;
    return counts;
  }

  /// Beside the report, which is for machines.
  static void say(const std::string& line) { fmt::print(stderr, "{}\n", line); }

  /// A bot may connect: for the first time, or after it was sent to another zone.
  Result<void> let_in(const Enrolment::Entry& entry) {
    Bot& bot = *bots_[entry.bot];
    if (entry.connect_token.empty()) {
      say(enrolment_->last_failure());
      lose(bot);
      return {};
    }
    if (bot.counters.moves > 0) bot.begin_session();
    const bool besieges = options_.profile == Profile::Siege;
    bot.warrior = Warrior(ClassId{entry.class_id}, bot.seed,
                          static_cast<std::uint8_t>(besieges ? 1 + entry.bot / 4 % 2 : 0));
    if (!bot.session->connect(netcode_time(now_us()), entry)) {
      return failure(ErrorKind::Corrupt,
                     options_.websocket
                         ? "the server has no WebSocket for bots: is it of another version?"
                         : "the server's connect token is not netcode 1.02: is it of another "
                           "version?");
    }
    bot.state = BotState::Connecting;
    const udp::Address server = bot.session->server_address();
    if (std::exchange(bot.server, server) == server && !options_.websocket) return {};
    return sockets_->connect(entry.bot, {.udp = server, .websocket = entry.websocket});
  }

  /// It was on the way to another zone and did not get there.
  void lose(Bot& bot) {
    bot.state = BotState::Ended;
    --moving_;
    measurement_.note_disconnect();
  }

  void play_until(std::int64_t end_us, const std::atomic<bool>& stop) {
    while (!stop && now_us() < end_us && in_world_ + moving_ > 0) {
      while (auto entry = enrolment_->next()) {
        if (auto connected = let_in(*entry); !connected) {
          say(connected.error().message);
          lose(*bots_[entry->bot]);
        }
      }
      turn(now_us());
    }
  }

  /// Everything that is due at `now`: datagrams that came, and the turns of bots.
  void turn(std::int64_t now) {
    zones_.begin_step();
    sockets_->receive(kRestUs, [this](std::size_t bot, std::span<std::byte> datagram) {
      take_datagram(*bots_[bot], now_us(), datagram);
    });
    // The cursor counts turns of all bots since the beginning; bot b's turns are b, b + N, ...
    if (began_us_ == 0) began_us_ = now;
    const auto count = static_cast<std::int64_t>(bots_.size());
    const std::int64_t due = (now - began_us_) * count / kTurnUs;
    if (due - cursor_ > 10 * count) cursor_ = due - count;  // this process stood still
    for (; cursor_ < due; ++cursor_) {
      const std::int64_t scheduled_us = began_us_ + cursor_ * kTurnUs / count;
      play(static_cast<std::size_t>(cursor_ % count), scheduled_us);
    }
    sockets_->flush();
  }

  void take_datagram(Bot& bot, std::int64_t now, std::span<std::byte> datagram) {
    ++bot.counters.datagrams_in;
    bot.counters.bytes_in += datagram.size() + sockets_->header_bytes();
    if (bot.down) {
      bot.down->push(now, datagram, bot.session->server_address());
    } else {
      bot.session->receive(netcode_time(now), datagram);
      after_receive(bot);
    }
  }

  void after_receive(Bot& bot) {
    client::Client& client = bot.session->client();
    for (const client::ActionEvent& event : client.action_events()) {
      measurement_.note_action(event);
      const Rulebook& rules = *bot.zone->rules;
      if (const auto* ability = bot.warrior.take_answer(event, rules)) {
        measurement_.note_ability(*ability, event, rules);
      }
    }
    if (fights()) bot.note_attackers();
    bot.take_messages();
    client.clear_events();
  }

  void play(std::size_t index, std::int64_t scheduled_us) {
    Bot& bot = *bots_[index];
    if (bot.state == BotState::Away || bot.state == BotState::Ended) return;
    const std::int64_t now = now_us();
    while (bot.down) {
      auto datagram = bot.down->pop(now);
      if (!datagram) break;
      bot.session->receive(netcode_time(now), datagram->bytes);
      after_receive(bot);
    }
    if (auto why = sockets_->ended(index)) bot.session->lose_socket(std::move(*why));
    note_state(bot, index);
    if (bot.state == BotState::Away || bot.state == BotState::Ended) return;
    look_for_zone(bot);
    client::Client& client = bot.session->client();
    if (bot.state == BotState::InWorld) steer(bot, index, client, scheduled_us, now);
    while (true) {
      const auto datagram = bot.session->write(netcode_time(now));
      if (datagram.empty()) break;
      send(index, bot, now, datagram);
    }
    while (bot.up) {
      auto datagram = bot.up->pop(now);
      if (!datagram) break;
      sockets_->send(index, datagram->bytes);
    }
  }

  /// The ground that the server has named, once it is loaded.
  void look_for_zone(Bot& bot) {
    if (!bot.wanted || !bot.session->client().in_world()) return;
    LoadedZone* const zone = zones_.find(bot.wanted->name, bot.wanted->content_hash);
    if (zone != nullptr) bot.take_zone(*zone, options_.profile);
  }

  void note_state(Bot& bot, std::size_t index) {
    if (bot.state == BotState::Connecting && bot.session->client().in_world()) {
      bot.state = BotState::InWorld;
      bot.first_tick = bot.session->client().newest_tick();
      ++in_world_;
      if (bot.counters.moves == 0) ++entered_;
      if (bot.counters.moves > 0) --moving_;
    }
    if (bot.session->ended() && bot.state == BotState::InWorld && bot.leaves_for_another_zone) {
      bot.state = BotState::Away;
      --in_world_;
      ++moving_;
      ++bot.counters.moves;
      measurement_.note_move(index);
      enrolment_->enter_again(index);
      return;
    }
    if (bot.session->ended()) {
      if (bot.state == BotState::InWorld) {
        --in_world_;
        measurement_.note_disconnect();
      } else if (bot.counters.moves > 0) {
        return lose(bot);
      } else {
        ++refused_;
        why_refused_ = account_of(index) + ": " + bot.session->why_ended();
      }
      bot.state = BotState::Ended;
    }
  }

  void steer(Bot& bot, std::size_t index, client::Client& client, std::int64_t scheduled_us,
             std::int64_t now) {
    if (bot.wanted) {  // it does not know where walls are
      client.set_controls({});
      client.advance(now);
      return;
    }
    movement::InputFrame frame;
    if (!fights() || !bot.warrior.is_busy()) {
      frame = bot.behaviour.next_frame(client.prediction().state().position, bot.zone->guide);
    }
    Warrior::Turn turn;
    if (fights()) {
      turn = bot.warrior.next(client, *bot.zone->rules, frame);
      client.set_target(bot.warrior.target());
      frame = turn.frame;
    }
    client.set_controls(
        {frame.move_x, frame.move_z, frame.buttons, math::angle_from_quantised(frame.aim)});
    if (turn.action.kind != protocol::ActionKind::None) {
      bot.warrior.note_begun(client.begin_action(scheduled_us, turn.action));
    }
    if (turn.raises_flag) bot.raise_flag();
    if (!fights() && bot.behaviour.wants_emote()) {
      client.begin_action(scheduled_us, protocol::ActionKind::Emote, bot.behaviour.emote());
    }
    if (bot.behaviour.skirmish() != protocol::ActionKind::None) {
      client.begin_action(scheduled_us, bot.behaviour.skirmish(), bot.behaviour.skirmish_value());
    }
    client.advance(now);
    measurement_.note_frame(index, bot, now);
  }

  void send(std::size_t index, Bot& bot, std::int64_t now, std::span<const std::byte> datagram) {
    ++bot.counters.datagrams_out;
    bot.counters.bytes_out += datagram.size() + sockets_->header_bytes();
    if (bot.up) {
      bot.up->push(now, datagram, bot.session->server_address());
    } else {
      sockets_->send(index, datagram);
    }
  }

  void leave() {
    for (std::size_t i = 0; i < bots_.size(); ++i) {
      Bot& bot = *bots_[i];
      if (bot.state != BotState::InWorld) continue;
      for (int packet = 0; packet < netcode::kDisconnectPackets && !options_.websocket; ++packet) {
        sockets_->send(i, bot.session->write_disconnect());
      }
      bot.session->close();
    }
    sockets_->flush();
    sockets_->close_all();
  }

  FleetOptions options_;
  KnownZones& zones_;
  Enrolment* enrolment_ = nullptr;  ///< of the run
  std::unique_ptr<BotSockets> sockets_;
  std::vector<std::unique_ptr<Bot>> bots_;
  Measurement measurement_;
  std::size_t in_world_ = 0;
  std::size_t entered_ = 0;
  std::size_t moving_ = 0;   ///< left for another zone and are not there yet
  std::size_t refused_ = 0;  ///< had a token, but their connection ended before they were in
  std::string why_refused_;  ///< the newest of them
  std::int64_t began_us_ = 0;
  std::int64_t cursor_ = 0;
};

}  // namespace

Result<FleetReport> run_fleet(const FleetOptions& options, const std::atomic<bool>& stop) {
  if (options.count == 0 || options.count > kBotsMax) {
    return failure(ErrorKind::InvalidArgument,
                   fmt::format("a fleet has 1 to {} bots, not {}", kBotsMax, options.count));
  }
  KnownZones zones(options.zone_folder);
  auto zone = zones.begin();
  if (!zone) return std::unexpected(zone.error());
  EnrolmentOptions enrolling;
  enrolling.server = options.server;
  enrolling.count = options.count;
  enrolling.classes = playable_classes(*(*zone)->rules);
  if (!options.passes_file.empty()) {
    auto passes = load_passes(options.passes_file);
    if (!passes) return std::unexpected(passes.error());
    enrolling.passes = std::move(*passes);
  }
  Result<std::unique_ptr<BotSockets>> sockets = options.websocket ? open_web_sockets(options.count)
                                                : options.share_sockets
                                                    ? open_shared_sockets(options.count)
                                                    : open_own_sockets(options.count);
  if (!sockets) return std::unexpected(sockets.error());
  Fleet fleet(options, zones, **zone, std::move(*sockets));
  Enrolment enrolment(std::move(enrolling));
  if (auto started = enrolment.start(); !started) return std::unexpected(started.error());
  return fleet.run(enrolment, stop);
}

}  // namespace tessera::bots
