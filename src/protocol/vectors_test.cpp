// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// docs/vectors/payloads.json says what the bytes of chapters 6 to 8 of docs/protocol.md mean; the
// browser reads the same file. What a decoder makes of the bytes is told as JSON and compared.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "protocol/inputs.h"
#include "protocol/snapshot.h"

namespace tessera::protocol {
namespace {

namespace json = boost::json;

const json::value& vectors() {
  static const json::value value = [] {
    std::ifstream file("docs/vectors/payloads.json");
    std::stringstream text;
    text << file.rdbuf();
    return json::parse(text.str());
  }();
  return value;
}

std::vector<std::byte> bytes_of(const json::value& hex) {
  const std::string text(hex.as_string());
  std::vector<std::byte> bytes(text.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    bytes[i] = static_cast<std::byte>(std::stoul(text.substr(2 * i, 2), nullptr, 16));
  }
  return bytes;
}

std::string hex_of(std::span<const std::byte> bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : bytes) {
    text += kDigits[std::to_integer<unsigned>(byte) >> 4];
    text += kDigits[std::to_integer<unsigned>(byte) & 15];
  }
  return text;
}

json::value told(const Inputs& inputs) {
  json::array frames;
  for (const InputFrame& f : std::span(inputs.frames).first(inputs.frame_count)) {
    frames.push_back(
        {{"buttons", f.buttons}, {"move_x", f.move_x}, {"move_z", f.move_z}, {"aim", f.aim}});
  }
  json::array actions;
  for (const Action& a : std::span(inputs.actions).first(inputs.action_count)) {
    actions.push_back({{"number", a.number},
                       {"kind", static_cast<unsigned>(a.kind)},
                       {"value", a.value},
                       {"frame", a.frame},
                       {"shown", a.shown}});
  }
  return {{"newest_frame", inputs.newest_frame},
          {"wants_own_state", inputs.wants_own_state},
          {"wants_new_view", inputs.wants_new_view},
          {"target", inputs.target.value},
          {"frames", frames},
          {"actions", actions}};
}

json::array told(const math::Vec3& v) { return {v.x, v.y, v.z}; }
json::object told(const PageKey& key) {
  return {{"cell", {key.cell.x, key.cell.z}}, {"page", key.page}};
}

json::array components(const Snapshot& s, std::uint32_t first, std::uint32_t count) {
  json::array list;
  for (const ComponentBytes& c : std::span(s.components).subspan(first, count)) {
    list.push_back({{"slot", c.slot}, {"component", c.component}, {"fields", hex_of(c.fields)}});
  }
  return list;
}

json::object told(const Snapshot& s, const RosterChange& change) {
  json::array entries;
  for (const RosterEntry& e :
       std::span(s.entries).subspan(change.first_entry, change.entry_count)) {
    json::object entry{{"slot", e.slot}};
    if (e.kind != RosterEntry::Kind::Nobody) entry["index"] = e.entity_index;
    if (e.kind == RosterEntry::Kind::Introduced) {
      entry["generation"] = e.entity.generation();
      entry["zone"] = e.entity.zone();
      entry["components"] = components(s, e.first_component, e.component_count);
    }
    entries.push_back(std::move(entry));
  }
  json::object roster = told(change.page);
  roster["complete"] = change.complete;
  roster["entries"] = std::move(entries);
  return roster;
}

json::object told(const Snapshot& s, const PageUpdate& update) {
  json::array states;
  for (const SlotState& at : std::span(s.states).subspan(update.first_state, update.state_count)) {
    json::object state{{"slot", at.slot},
                       {"x", at.state.x()},
                       {"z", at.state.z()},
                       {"heading", at.state.heading()}};
    if (at.state.has_height()) state["height"] = at.state.height();
    states.push_back(std::move(state));
  }
  json::object page = told(update.page);
  page["slots_alone"] = update.slots_alone;
  page["states"] = std::move(states);
  page["components"] = components(s, update.first_component, update.component_count);
  return page;
}

json::value told(const CombatParty& party) {
  if (party.who == CombatParty::Who::OutOfSight) return "out_of_sight";
  if (party.who == CombatParty::Who::Viewer) return "own";
  return party.index;
}

json::array told(const std::vector<CombatLine>& lines) {
  json::array list;
  for (const CombatLine& l : lines) {
    json::object line{{"kind", static_cast<unsigned>(l.kind)},
                      {"actor", told(l.actor)},
                      {"target", told(l.target)},
                      {"flags", l.flags},
                      {"ability", l.ability},
                      {"effect", l.effect},
                      {"amount", l.amount},
                      {"absorbed", l.absorbed},
                      {"count", l.count},
                      {"type", l.type}};
    if (l.own) line["number"] = l.number;
    list.push_back(std::move(line));
  }
  return list;
}

json::value told(const Snapshot& s) {
  json::object value{{"tick", s.tick}, {"epoch", s.epoch}};
  if (s.has_own_check) {
    value["own_check"] = {{"frame", s.own_check.frame}, {"check", s.own_check.check}};
  }
  if (s.has_own_state) {
    const OwnState& own = s.own_state;
    value["own_state"] = {{"frame", own.frame},
                          {"index", own.entity.index()},
                          {"generation", own.entity.generation()},
                          {"zone", own.entity.zone()},
                          {"position", told(own.motion.position)},
                          {"velocity", told(own.motion.velocity)},
                          {"grounded", own.motion.grounded},
                          {"roll",
                           {{"way", own.motion.roll.way},
                            {"ticks", own.motion.roll.ticks},
                            {"buttons", own.motion.roll.buttons}}},
                          {"check_of_this_motion", motion_check(own.motion)}};
  }
  json::array answers;
  for (const ActionAnswer& a : s.answers) {
    answers.push_back(
        {{"action", a.action}, {"verdict", static_cast<unsigned>(a.verdict)}, {"value", a.value}});
  }
  value["answers"] = std::move(answers);
  if (!s.combat.empty()) value["combat"] = told(s.combat);
  if (!s.has_view) return value;
  json::array rosters;
  for (const RosterChange& change : s.rosters) rosters.push_back(told(s, change));
  json::array pages;
  for (const PageUpdate& update : s.pages) pages.push_back(told(s, update));
  value["view"] = {{"anchor", {s.anchor.x, s.anchor.z}}, {"rosters", rosters}, {"pages", pages}};
  return value;
}

/// Numbers as text, so that 1 and 1.0, signed and unsigned are the same.
std::string text_of(const json::value& value) {
  if (value.is_object()) {
    std::map<std::string, std::string> sorted;
    for (const auto& [key, member] : value.as_object()) sorted[std::string(key)] = text_of(member);
    std::string text = "{";
    for (const auto& [key, member] : sorted)
      text.append(key).append(":").append(member).append(" ");
    return text + "}";
  }
  if (value.is_array()) {
    std::string text = "[";
    for (const json::value& element : value.as_array()) text += text_of(element) + " ";
    return text + "]";
  }
  return value.is_number() ? std::to_string(value.to_number<double>()) : json::serialize(value);
}

TEST(PayloadVectors, InputsMeanWhatTheDocumentSaysAndAreWrittenSo) {
  for (const auto& vector : vectors().at("inputs").as_array()) {
    SCOPED_TRACE(vector.at("name").as_string().c_str());
    const auto bytes = bytes_of(vector.at("bytes"));
    const auto inputs = read_inputs(bytes);
    ASSERT_TRUE(inputs.has_value());
    EXPECT_EQ(text_of(told(*inputs)), text_of(vector.at("inputs")));
    std::array<std::byte, kInputsBytesMax> again;
    EXPECT_EQ(hex_of(std::span(again).first(write_inputs(again, *inputs))), hex_of(bytes));
  }
}

TEST(PayloadVectors, SnapshotsMeanWhatTheDocumentSays) {
  Snapshot snapshot;
  for (const auto& vector : vectors().at("snapshots").as_array()) {
    SCOPED_TRACE(vector.at("name").as_string().c_str());
    const auto bytes = bytes_of(vector.at("bytes"));
    ASSERT_TRUE(read_snapshot(bytes, snapshot).has_value());
    EXPECT_EQ(text_of(told(snapshot)), text_of(vector.at("snapshot")));
  }
}

TEST(PayloadVectors, PlacesAreQuantisedAsTheDocumentSays) {
  for (const auto& vector : vectors().at("places").as_array()) {
    const GroundSteps at{steps_from_metres(vector.at("x_m").to_number<float>()),
                         steps_from_metres(vector.at("z_m").to_number<float>())};
    const Cell cell{vector.at("cell").at(0).to_number<std::uint8_t>(),
                    vector.at("cell").at(1).to_number<std::uint8_t>()};
    ASSERT_TRUE(cell_holds(cell, at));
    const EntityState state = entity_state(cell, at, vector.at("heading").to_number<float>());
    EXPECT_EQ(state.bits, vector.at("state").to_number<std::uint32_t>());
  }
}

TEST(PayloadVectors, MalformedPayloadsAreRefused) {
  Snapshot snapshot;
  for (const auto& vector : vectors().at("malformed_inputs").as_array()) {
    EXPECT_FALSE(read_inputs(bytes_of(vector.at("bytes"))).has_value()) << vector.at("name");
  }
  for (const auto& vector : vectors().at("malformed_snapshots").as_array()) {
    EXPECT_FALSE(read_snapshot(bytes_of(vector.at("bytes")), snapshot).has_value())
        << vector.at("name");
  }
}

}  // namespace
}  // namespace tessera::protocol
