// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The C face of the client core. No exception leaves it: nothing of ours throws, and an allocation
// that fails ends the process as everywhere else.
#include "client/tessera_client.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "client/c_interface/handles.h"
#include "engine/math/angles.h"
#include "engine/physics/box.h"
#include "engine/physics/geometry_bytes.h"

namespace {

using tessera::math::Vec3;

void put(float out[3], const Vec3& v) {
  out[0] = v.x;
  out[1] = v.y;
  out[2] = v.z;
}

std::int8_t move_of(float share) {
  if (!(share >= -1)) return share < -1 ? std::int8_t{-127} : std::int8_t{0};
  return static_cast<std::int8_t>(std::floor(std::min(share, 1.0f) * 127 + 0.5f));
}

/// Lines of fights that wait to be fetched; the oldest go.
constexpr std::size_t kCombatKeptMax = 256;

/// Appends what the core has to what is not handed out yet.
template <class Event>
void append(std::span<const Event> news, std::vector<Event>& fetched, std::size_t& next) {
  fetched.erase(fetched.begin(), fetched.begin() + static_cast<std::ptrdiff_t>(next));
  next = 0;
  fetched.insert(fetched.end(), news.begin(), news.end());
}

void fetch_events(tessera_client& c) {
  append(c.core.action_events(), c.actions, c.next_action);
  append(c.core.message_events(), c.messages, c.next_message);
  append(c.core.combat_events(), c.combat, c.next_combat);
  if (c.combat.size() > kCombatKeptMax) {
    c.combat.erase(c.combat.begin(), c.combat.end() - kCombatKeptMax);
  }
  c.core.clear_events();
}

static_assert(TESSERA_COMBAT_RESOURCE == static_cast<int>(tessera::combat::kCombatEventKindMax));
static_assert(TESSERA_COMBAT_FLAG_KILLED == tessera::combat::kKilled);
static_assert(TESSERA_MARK_FLAGGED == tessera::kMarkFlagged &&
              TESSERA_MARK_DUELS == tessera::kMarkDuels);

bool sound(const tessera_terrain& t) {
  using tessera::physics::kHeightSamplesMax;
  using tessera::physics::kHeightSamplesMin;
  const auto in_limits = [](std::uint32_t n) {
    return n >= kHeightSamplesMin && n <= kHeightSamplesMax;
  };
  const float numbers[] = {t.spacing_m, t.origin_x_m, t.origin_z_m, t.low_m, t.high_m};
  return t.samples != nullptr && in_limits(t.columns) && in_limits(t.rows) && t.spacing_m > 0 &&
         std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); });
}

bool sound(const tessera_box& box) {
  for (int i = 0; i < 3; ++i) {
    if (!std::isfinite(box.centre[i]) || !(box.half_size[i] > 0) ||
        !std::isfinite(box.half_size[i])) {
      return false;
    }
  }
  return std::isfinite(box.turn);
}

std::vector<tessera::physics::BoxShape> shapes_of(std::span<const tessera_box> boxes) {
  std::vector<tessera::physics::BoxShape> shapes;
  for (const tessera_box& box : boxes) {
    shapes.push_back({{box.centre[0], box.centre[1], box.centre[2]},
                      {box.half_size[0], box.half_size[1], box.half_size[2]},
                      box.turn});
  }
  return shapes;
}

}  // namespace

extern "C" {

uint32_t tessera_protocol_version(void) { return tessera::protocol::kProtocolVersion; }

tessera_world* tessera_world_create(const tessera_terrain* terrain, const tessera_box* boxes,
                                    size_t box_count) {
  return tessera_world_create_with_doors(terrain, boxes, box_count, nullptr, 0);
}

tessera_world* tessera_world_create_with_doors(const tessera_terrain* terrain,
                                               const tessera_box* boxes, size_t box_count,
                                               const tessera_box* doors, size_t door_count) {
  static_assert(TESSERA_DOORS_MAX == tessera::physics::kDoorsMax);
  const std::span walls(boxes, box_count);
  const std::span leaves(doors, door_count);
  const auto is_sound = [](const tessera_box& box) { return sound(box); };
  if (!sound(*terrain) || door_count > TESSERA_DOORS_MAX) return nullptr;
  if (!std::ranges::all_of(walls, is_sound)) return nullptr;
  if (!std::ranges::all_of(leaves, is_sound)) return nullptr;
  const std::size_t count = std::size_t{terrain->columns} * terrain->rows;
  const tessera::physics::HeightFieldOptions options{
      .columns = terrain->columns,
      .rows = terrain->rows,
      .spacing_m = terrain->spacing_m,
      .origin = {terrain->origin_x_m, terrain->origin_z_m},
      .low_m = terrain->low_m,
      .high_m = terrain->high_m};
  const tessera::math::Vec2 size{static_cast<float>(terrain->columns - 1) * terrain->spacing_m,
                                 static_cast<float>(terrain->rows - 1) * terrain->spacing_m};
  return new tessera_world(tessera::physics::CollisionWorld(tessera::physics::geometry_of_boxes(
      {options.origin, options.origin + size},
      tessera::physics::HeightField(options, {terrain->samples, terrain->samples + count}),
      shapes_of(walls), shapes_of(leaves))));
}

tessera_world* tessera_world_load(const uint8_t* bytes, size_t size) {
  auto geometry = tessera::physics::geometry_from_bytes(std::as_bytes(std::span(bytes, size)));
  if (!geometry) return nullptr;
  return new tessera_world(tessera::physics::CollisionWorld(
      std::make_shared<const tessera::physics::StaticGeometry>(std::move(*geometry))));
}

void tessera_world_destroy(tessera_world* world) { delete world; }

void tessera_world_terrain(const tessera_world* world, tessera_terrain* out) {
  const tessera::physics::HeightField& terrain = world->world.terrain();
  const tessera::physics::HeightFieldOptions& options = terrain.options();
  *out = {.samples = terrain.samples().data(),
          .columns = options.columns,
          .rows = options.rows,
          .spacing_m = options.spacing_m,
          .origin_x_m = options.origin.x,
          .origin_z_m = options.origin.z,
          .low_m = options.low_m,
          .high_m = options.high_m};
}

float tessera_world_ground_m(const tessera_world* world, float x, float z) {
  return world->world.terrain().height_at({x, z});
}

float tessera_world_water_level_m(const tessera_world* world) {
  return world->world.water_level_m();
}

tessera_client* tessera_client_create(const tessera_world* world) {
  auto core = std::make_unique<tessera::client::Client>(tessera::client::Options{}, world->world);
  auto* const client = new tessera_client(*core, *world);
  client->owned = std::move(core);
  return client;
}

void tessera_client_destroy(tessera_client* client) { delete client; }

int tessera_client_receive(tessera_client* client, int64_t now_us, const uint8_t* bytes,
                           size_t size) {
  return client->core.receive(now_us, std::as_bytes(std::span(bytes, size))) ? 0 : -1;
}

size_t tessera_client_write(tessera_client* client, int64_t now_us, uint8_t* out) {
  return client->core.write_packet(
      now_us, std::as_writable_bytes(std::span(out, TESSERA_PACKET_BYTES_MAX)));
}

int tessera_client_send_message(tessera_client* client, uint8_t topic, const uint8_t* bytes,
                                size_t size) {
  const auto message = std::as_bytes(std::span(bytes, size));
  if (topic >= tessera::protocol::kTopicCount) return -1;
  if (size > tessera::channel::kServerBoundMessageBytesMax) return -1;
  return client->core.send_message(static_cast<tessera::protocol::Topic>(topic), message) ? 0 : -1;
}

void tessera_client_set_controls(tessera_client* client, const tessera_controls* controls) {
  client->core.set_controls({.move_x = move_of(controls->move_east),
                             .move_z = move_of(controls->move_south),
                             .buttons = static_cast<std::uint8_t>(controls->buttons & 0xff),
                             .heading = tessera::math::wrap_angle(controls->heading)});
}

uint16_t tessera_client_begin_action(tessera_client* client, int64_t now_us, uint32_t kind,
                                     uint16_t value) {
  using namespace tessera::protocol;
  static_assert(TESSERA_ACTION_EMOTE == static_cast<int>(ActionKind::Emote) &&
                TESSERA_ACTION_SHOVE == static_cast<int>(ActionKind::Shove) &&
                TESSERA_ACTION_THROW == static_cast<int>(ActionKind::Throw) &&
                TESSERA_ACTION_RELEASE == static_cast<int>(ActionKind::Release) &&
                TESSERA_ACTION_REVIVE == static_cast<int>(ActionKind::Revive));
  static_assert(TESSERA_VERDICT_NOBODY_THERE == static_cast<int>(ActionVerdict::NobodyThere));
  if (kind == 0 || kind > kActionKindMax) return 0;
  if (kind == static_cast<uint32_t>(ActionKind::Ability)) return 0;  // it needs an aim
  return client->core.begin_action(now_us, static_cast<ActionKind>(kind), value);
}

uint16_t tessera_client_use_ability(tessera_client* client, int64_t now_us, uint16_t ability,
                                    const tessera_aim* aim) {
  using namespace tessera::protocol;
  Action action{.kind = ActionKind::Ability,
                .value = ability,
                .pitch = tessera::math::quantise_angle(aim->pitch),
                .target = {aim->target}};
  if (aim->has_point != 0) {
    action.has_place = true;
    action.place = {steps_from_metres(aim->point[0]), steps_from_metres(aim->point[2])};
    action.height = height_steps(aim->point[1]);
  }
  return client->core.begin_action(now_us, action);
}

void tessera_client_set_target(tessera_client* client, uint64_t target) {
  client->core.set_target({target});
}

uint16_t tessera_client_emote(tessera_client* client, int64_t now_us, uint16_t emote) {
  return client->core.begin_action(now_us, tessera::protocol::ActionKind::Emote, emote);
}

int tessera_client_set_door(tessera_client* client, uint32_t door, int open) {
  return client->core.set_door(door, open != 0) ? 0 : -1;
}

void tessera_client_set_world(tessera_client* client, const tessera_world* world) {
  client->core.set_world(world->world);
  client->blocks = world->blocks;
}

void tessera_client_advance(tessera_client* client, int64_t now_us) {
  client->core.advance(now_us);
}

void tessera_client_view_now(tessera_client* client, int64_t now_us, tessera_view* out) {
  client->view.fill(client->core, now_us);
  client->view.show(*out);
}

float tessera_client_cast_ray(const tessera_client* client, const float from[3],
                              const float direction[3], float range_m) {
  if (!(range_m > 0)) return -1;
  const tessera::math::Vec3 start{from[0], from[1], from[2]};
  const tessera::math::Vec3 way =
      tessera::math::Vec3{direction[0], direction[1], direction[2]} * range_m;
  const auto hit = tessera::physics::cast_ray(
      tessera::physics::static_world(client->core.world(), *client->blocks), start, way);
  return hit ? hit->share * range_m : -1.0f;
}

void tessera_client_own(const tessera_client* client, int64_t now_us, tessera_own* out) {
  *out = tessera_own{};
  const auto& prediction = client->core.prediction();
  if (!prediction.started()) return;
  const tessera::client::Pose drawn = client->core.drawn_own_pose(now_us);
  out->id = prediction.entity().value;
  put(out->position, drawn.position);
  put(out->velocity, prediction.state().velocity_m_per_s);
  out->heading = drawn.heading;
  out->grounded = prediction.state().grounded ? 1 : 0;
  put(out->predicted, prediction.state().position);
  out->frame = prediction.newest_frame();
  out->correction_m = prediction.correction_m();
  out->corrections = prediction.corrections();
  out->rolls = tessera::movement::is_rolling(prediction.state().roll) ? 1 : 0;
  if (const auto* self = client->core.replica().find(prediction.entity())) {
    out->health = self->condition.health;
    out->resource = self->condition.resource;
    out->level = self->condition.level;
    out->condition = self->condition.flags;
    out->marks = self->condition.marks;
  }
}

int tessera_client_next_event(tessera_client* client, tessera_event* out) {
  tessera_client& c = *client;
  *out = tessera_event{};
  if (c.next_action == c.actions.size() && c.next_message == c.messages.size()) fetch_events(c);
  if (c.next_action < c.actions.size()) {
    const auto& event = c.actions[c.next_action++];
    out->kind = TESSERA_EVENT_ACTION;
    out->action = event.number;
    out->verdict = event.answered ? static_cast<std::uint8_t>(event.verdict)
                                  : std::uint8_t{TESSERA_VERDICT_NO_ANSWER};
    out->value = event.value;
    return 1;
  }
  if (c.next_message == c.messages.size()) return 0;
  const auto& event = c.messages[c.next_message++];
  out->kind = TESSERA_EVENT_MESSAGE;
  out->topic = event.topic;
  out->bytes = reinterpret_cast<const std::uint8_t*>(event.bytes.data());
  out->size = event.bytes.size();
  return 1;
}

int tessera_client_next_combat(tessera_client* client, tessera_combat* out) {
  tessera_client& c = *client;
  *out = tessera_combat{};
  if (c.next_combat == c.combat.size()) fetch_events(c);
  if (c.next_combat == c.combat.size()) return 0;
  const auto& line = c.combat[c.next_combat++];
  *out = {.actor = line.actor.value,
          .target = line.target.value,
          .amount = line.amount,
          .absorbed = line.absorbed,
          .ability = line.ability,
          .effect = line.effect,
          .kind = static_cast<std::uint8_t>(line.kind),
          .type = line.type,
          .flags = line.flags,
          .count = line.count};
  return 1;
}

int tessera_client_cast(const tessera_client* client, int64_t now_us, uint64_t id,
                        tessera_cast* out) {
  *out = tessera_cast{};
  const auto* const entity = client->core.replica().find({id});
  const double tick = client->core.tick_at(now_us);
  if (entity == nullptr || !tessera::client::is_casting(entity->cast, tick)) return 0;
  const tessera::Cast& cast = entity->cast;
  const double since = std::max(tick - static_cast<double>(cast.started_at), 0.0);
  *out = {.ability = cast.ability,
          .has_point = cast.has_point,
          .since_s = static_cast<float>(since / tessera::kTicksPerSecond),
          .whole_s = static_cast<float>(cast.ticks) / tessera::kTicksPerSecond,
          .heading = tessera::math::angle_from_quantised(cast.heading),
          .point = {cast.point_x / tessera::kCastPointsPerMetre,
                    cast.point_z / tessera::kCastPointsPerMetre}};
  return 1;
}

uint32_t tessera_client_effects(const tessera_client* client, int64_t now_us, uint64_t id,
                                tessera_effect* out) {
  static_assert(TESSERA_EFFECTS_MAX == tessera::kShownEffectsMax);
  const auto* const entity = client->core.replica().find({id});
  if (entity == nullptr) return 0;
  const tessera::ShownEffects& shown = entity->effects;
  // Ticks are told by their low bits.
  const auto now =
      static_cast<std::uint32_t>(static_cast<std::int64_t>(client->core.tick_at(now_us)));
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < tessera::kShownEffectsMax && shown.effects[i] != 0; ++i) {
    const auto left = static_cast<std::int32_t>(shown.ends_at[i] - now);
    const float left_s = static_cast<float>(std::max(left, 0)) / tessera::kTicksPerSecond;
    out[count++] = {.effect = shown.effects[i],
                    .stacks = shown.stacks[i],
                    .reserved = 0,
                    .left_s = shown.ends_at[i] == 0 ? -1.0f : left_s};
  }
  return count;
}

void tessera_client_statistics(const tessera_client* client, tessera_statistics* out) {
  const auto& statistics = client->core.statistics();
  out->snapshots = statistics.snapshots;
  out->decode_errors = statistics.decode_errors;
  out->packets_in = statistics.packets_in;
  out->packets_out = statistics.packets_out;
  out->newest_tick = client->core.newest_tick();
  out->rtt_ms = client->core.channel().rtt_ms();
  out->loss = client->core.channel().loss();
}

}  // extern "C"
