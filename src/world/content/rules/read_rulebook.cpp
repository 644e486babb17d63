// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/rules/read_rulebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "world/content/rules/detail/rule_text.h"

namespace tessera::content {
namespace {

using detail::RuleNames;

/// As gameplay/combat/talents.h has places for.
constexpr std::size_t kTalentsOfClassMax = 24;

/// A file with its tree; the nodes are read twice: for names, then whole.
struct OpenFile {
  YamlSource source;
  std::string name;
  std::optional<YAML::Node> root;
};

std::string folder_of(const std::string& name) { return name.substr(0, name.find('/')); }

class RuleReader {
 public:
  explicit RuleReader(const RuleSource& source) {
    for (const RuleFile& file : source.files) {
      files_.push_back({YamlSource(source.path_of(file.name)), file.name, std::nullopt});
      files_.back().root = files_.back().source.parse(file.text);
    }
    rules_.hash = source.hash;
  }

  Checked<Rulebook> read() {
    for (OpenFile& file : files_) read_names(file);
    for (OpenFile& file : files_) read_file(file);
    find_cycles();
    for (const ClassDefinition& kind : rules_.classes.all()) check_tree(kind);
    Faults faults;
    for (const OpenFile& file : files_) {
      faults.insert(faults.end(), file.source.faults().begin(), file.source.faults().end());
    }
    if (faults.empty()) return std::move(rules_);
    sort_faults(faults);
    return std::unexpected(std::move(faults));
  }

 private:
  static std::vector<YAML::Node> entries(const OpenFile& file, const std::string& key) {
    std::vector<YAML::Node> all;
    if (!file.root || !file.root->IsMap()) return all;
    const YAML::Node list = (*file.root)[key];
    if (!list || !list.IsSequence()) return all;
    for (const YAML::Node& node : list) all.push_back(node);
    return all;
  }

  /// What is wrong with them, the second reading says.
  void read_names(const OpenFile& file) {
    const auto read = [&](const std::string& key, auto& names) {
      for (const YAML::Node& node : entries(file, key)) {
        if (!node.IsMap() || !node["id"] || !node["name"]) continue;
        const auto id = node["id"].as<std::uint16_t>(0);
        const auto name = node["name"].as<std::string>("");
        if (id != 0 && !name.empty()) names.emplace(name, id);
      }
    };
    read("abilities", names_.abilities);
    read("effects", names_.effects);
    read("classes", names_.classes);
    read("talents", names_.talents);
  }

  template <class Definition, class Read>
  void read_list(OpenFile& file, MapReader& map, std::string_view key, Table<Definition>& table,
                 Read read) {
    for (const YAML::Node& node : map.list(key, 1, 1000)) {
      Definition definition = read(file.source, node, names_);
      const int line = std::max(line_of(node), 1);
      if (table.find(definition.name) != nullptr) {
        file.source.fail(line, fmt::format("the name {} is used twice: give one of them another",
                                           in_quotes(definition.name)));
      } else if (const auto* other = table.find(definition.id)) {
        file.source.fail(line, fmt::format("the id {} belongs to {} already: take a free one",
                                           definition.id.value, in_quotes(other->name)));
      } else {
        lines_[definition.name] = {&file, line};
        table.add(std::move(definition));
      }
    }
  }

  void read_file(OpenFile& file) {
    if (!file.root) return;
    const std::string folder = folder_of(file.name);
    if (file.name == "rules/stats.yaml") {
      rules_.stats = detail::read_stats(file.source, *file.root);
    } else if (file.name == "rules/combat.yaml") {
      rules_.combat = detail::read_combat(file.source, *file.root, names_);
    } else if (file.name == "rules/experience.yaml") {
      rules_.experience = detail::read_experience(file.source, *file.root);
    } else if (file.name == "rules/pvp.yaml") {
      rules_.pvp = detail::read_pvp(file.source, *file.root, names_);
    } else if (folder == "rules") {
      file.source.fail(1,
                       "the folder 'rules' holds stats.yaml, combat.yaml, pvp.yaml and "
                       "experience.yaml: move this file, or mend its name");
    } else {
      MapReader map(file.source, *file.root, "the file");
      if (folder == "abilities") {
        read_list(file, map, "abilities", rules_.abilities, detail::read_ability);
      } else if (folder == "effects") {
        read_list(file, map, "effects", rules_.effects, detail::read_effect);
      } else if (folder == "behaviours") {
        read_list(file, map, "behaviours", rules_.behaviours, detail::read_behaviour);
      } else if (folder == "talents") {
        read_list(file, map, "talents", rules_.talents, detail::read_talent);
      } else {
        read_list(file, map, "classes", rules_.classes, detail::read_class);
      }
      map.finish();
    }
  }

  std::vector<EffectId> effects_after(const EffectDefinition& effect) const {
    std::vector<EffectId> after;
    for (const auto* outcomes : {&effect.periodic, &effect.at_end}) {
      for (const Outcome& outcome : *outcomes) {
        if (outcome.effect) after.push_back(outcome.effect);
      }
    }
    if (effect.aura) after.push_back(effect.aura);
    return after;
  }

  /// An effect that brings itself about, by way of others, would run for ever.
  void find_cycles() {
    std::map<EffectId, int> states;  // 1: on the way, 2: done
    const std::function<bool(const EffectDefinition&)> visit = [&](const EffectDefinition& effect) {
      int& state = states[effect.id];
      if (state != 0) return state == 1;
      state = 1;
      for (const EffectId id : effects_after(effect)) {
        const EffectDefinition* const next = rules_.effects.find(id);
        if (next == nullptr || !visit(*next)) continue;
        const auto place = lines_.find(effect.name);
        if (place != lines_.end()) {
          place->second.file->source.fail(
              place->second.line,
              fmt::format("the effect {} brings itself about by way of {}, without an end: break "
                          "the circle",
                          in_quotes(effect.name), in_quotes(next->name)));
        }
      }
      states[effect.id] = 2;
      return false;
    };
    for (const EffectDefinition& effect : rules_.effects.all()) (void)visit(effect);
  }

  void fail_at(const std::string& name, std::string sentence) {
    const auto place = lines_.find(name);
    if (place == lines_.end()) return;
    place->second.file->source.fail(place->second.line, std::move(sentence));
  }

  /// Can all talents of a class be learned?
  void check_tree(const ClassDefinition& kind) {
    std::size_t count = 0;
    for (const TalentDefinition& talent : rules_.talents.all()) {
      if (talent.class_id != kind.id) continue;
      if (++count == kTalentsOfClassMax + 1) {
        fail_at(talent.name, fmt::format("the class {} has more than {} talents: remove some",
                                         in_quotes(kind.name), kTalentsOfClassMax));
      }
      std::uint32_t points = 0;
      for (const TalentDefinition& other : rules_.talents.all()) {
        if (other.class_id == kind.id && other.row < talent.row) points += other.ranks;
      }
      if (points < talent.row * kTalentPointsPerRow) {
        fail_at(talent.name,
                fmt::format("row {} opens with {} points, and the rows before it take only {}: "
                            "add talents or ranks there, or choose a lower row",
                            talent.row, talent.row * kTalentPointsPerRow, points));
      }
      check_way_to(talent);
    }
  }

  void check_way_to(const TalentDefinition& talent) {
    const TalentDefinition* before = rules_.talents.find(talent.after);
    if (before != nullptr && before->class_id != talent.class_id) {
      return fail_at(talent.name, fmt::format("the talent {} that must come before is another "
                                              "class's: name one of this class",
                                              in_quotes(before->name)));
    }
    for (std::size_t i = 0; before != nullptr; ++i) {
      if (before == &talent || i > kTalentsOfClassMax) {
        return fail_at(talent.name, fmt::format("{} must come after itself: break the circle",
                                                in_quotes(talent.name)));
      }
      before = rules_.talents.find(before->after);
    }
  }

  struct Place {
    OpenFile* file = nullptr;
    int line = 1;
  };

  std::vector<OpenFile> files_;
  RuleNames names_;
  std::map<std::string, Place, std::less<>> lines_;
  Rulebook rules_;
};

}  // namespace

Checked<Rulebook> read_rulebook(const RuleSource& source) { return RuleReader(source).read(); }

}  // namespace tessera::content
