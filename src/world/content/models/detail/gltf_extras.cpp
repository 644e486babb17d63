// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/models/detail/gltf_extras.h"

#include <fmt/format.h>

#include "world/content/source/area_properties.h"
#include "world/content/source/portal_text.h"
#include "world/content/source/zone_text.h"

#define TINYGLTF_NO_STB_IMAGE
#define TINYGLTF_NO_STB_IMAGE_WRITE
#define TINYGLTF_NO_EXTERNAL_IMAGE
#define TINYGLTF_NO_FS
#include <tiny_gltf.h>

namespace tessera::content::detail {
namespace {

class ExtrasReader {
 public:
  explicit ExtrasReader(const tinygltf::Value& extras) : extras_(extras) {}

  /// Older exporters write 0 and 1.
  std::optional<bool> flag(const char* key) {
    if (!extras_.Has(key)) return std::nullopt;
    const tinygltf::Value& value = extras_.Get(key);
    if (value.IsBool()) return value.Get<bool>();
    if (value.IsInt() && (value.Get<int>() == 0 || value.Get<int>() == 1)) {
      return value.Get<int>() == 1;
    }
    fail(key, "true or false");
    return std::nullopt;
  }

  std::optional<std::string> name(const char* key) {
    if (!extras_.Has(key)) return std::nullopt;
    const tinygltf::Value& value = extras_.Get(key);
    if (value.IsString() && !value.Get<std::string>().empty() &&
        value.Get<std::string>().size() <= kContentNameBytesMax) {
      return value.Get<std::string>();
    }
    fail(key, fmt::format("a name of 1 to {} bytes", kContentNameBytesMax));
    return std::nullopt;
  }

  std::optional<Portal> portal(const char* key) {
    if (!extras_.Has(key)) return std::nullopt;
    const tinygltf::Value& value = extras_.Get(key);
    auto portal = read_portal(value.IsString() ? value.Get<std::string>() : std::string());
    if (!portal) fail(key, kPortalForm);
    return portal;
  }

  float degrees(const char* key) {
    if (!extras_.Has(key)) return 0;
    const tinygltf::Value& value = extras_.Get(key);
    const double degrees = value.IsNumber() ? value.GetNumberAsDouble() : 1e9;
    if (degrees >= -360 && degrees <= 360) return static_cast<float>(degrees);
    fail(key, "a number from -360 to 360");
    return 0;
  }

  /// A list of words, or, since Blender's custom properties know no such list, words and commas.
  std::uint8_t properties(const char* key) {
    if (!extras_.Has(key)) return 0;
    const tinygltf::Value& value = extras_.Get(key);
    std::uint8_t bits = 0;
    if (value.IsString()) {
      std::string_view rest = value.Get<std::string>();
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(','), rest.size());
        add_property(key, rest.substr(0, end), bits);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    for (int i = 0; i < static_cast<int>(value.ArrayLen()); ++i) {
      const tinygltf::Value& element = value.Get(i);
      add_property(key, element.IsString() ? element.Get<std::string>() : "", bits);
    }
    return bits;
  }

  std::vector<std::string> wrong;

 private:
  void fail(const char* key, std::string_view expected) {
    wrong.push_back(fmt::format("'{}' in its extras must be {}: mend it", key, expected));
  }
  void add_property(const char* key, std::string_view word, std::uint8_t& bits) {
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    if (const auto known = find_area_property(word)) {
      bits |= static_cast<std::uint8_t>(*known);
    } else {
      fail(key, "a list of: safe, no_build, indoor, graveyard");
    }
  }

  const tinygltf::Value& extras_;
};

}  // namespace

std::vector<std::string> read_extras(const tinygltf::Value& given, NodeExtras& extras) {
  ExtrasReader reader(given);
  extras.collision = reader.flag("collision");
  extras.walkable = reader.flag("walkable");
  extras.door = reader.name("door");
  extras.area = reader.name("area");
  extras.area_properties = reader.properties("properties");
  extras.leads_to = reader.portal("leads_to");
  extras.spawn = reader.flag("spawn").value_or(false);
  extras.arrival = reader.name("arrival");
  extras.facing_deg = reader.degrees("facing_deg");
  return std::move(reader.wrong);
}

}  // namespace tessera::content::detail
