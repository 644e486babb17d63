// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/models/detail/gltf_container.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>

#include "engine/core/bytes.h"
#include "world/content/models/model.h"

namespace tessera::content::detail {
namespace {

using Json = nlohmann::json;
using Keys = std::initializer_list<const char*>;

constexpr std::uint32_t kMagic = 0x46546c67;        // "glTF"
constexpr std::uint32_t kJsonChunk = 0x4e4f534a;    // "JSON"
constexpr std::uint32_t kBinaryChunk = 0x004e4942;  // "BIN"
constexpr int kJsonDepthMax = 32;
constexpr std::size_t kBuffersMax = 64;
constexpr std::size_t kElementsMax = 1'000'000;

/// Extensions that change how a model looks, not where it is.
constexpr std::array<std::string_view, 5> kHarmlessExtensions{
    "KHR_materials_", "KHR_texture_", "KHR_lights_", "EXT_texture_", "MSFT_texture_"};

struct Chunks {
  std::string_view json;
  std::span<const std::byte> binary;
};

std::string_view as_text(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Layout: magic, version, length; then chunks of length, type, bytes. glTF 2.0, 4.4.
std::optional<Chunks> split_glb(std::span<const std::byte> bytes) {
  ByteReader in(bytes);
  (void)in.number<std::uint32_t>();  // the magic
  if (in.number<std::uint32_t>() != 2) return std::nullopt;
  if (in.number<std::uint32_t>() != bytes.size()) return std::nullopt;
  Chunks chunks;
  for (bool first = true; in.left() > 0; first = false) {
    const auto size = in.number<std::uint32_t>();
    const auto type = in.number<std::uint32_t>();
    const std::span<const std::byte> content = in.bytes(size);
    if (!in.ok() || first != (type == kJsonChunk)) return std::nullopt;
    if (type == kJsonChunk) chunks.json = as_text(content);
    if (type == kBinaryChunk && chunks.binary.empty()) chunks.binary = content;
  }
  if (!in.ok() || chunks.json.empty()) return std::nullopt;
  return chunks;
}

Json only(const Json& object, Keys keys) {
  Json result = Json::object();
  if (!object.is_object()) return result;
  for (const char* const key : keys) {
    if (const auto found = object.find(key); found != object.end()) result[key] = *found;
  }
  return result;
}

const Json* find(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return object.is_object() && found != object.end() ? &*found : nullptr;
}

class Cleaner {
 public:
  Cleaner(const std::string& file, std::span<const std::byte> binary, Faults& faults)
      : file_(file), binary_(binary), faults_(faults) {}

  Json clean(const Json& root) {
    check_version(root);
    check_extensions(root);
    Json result = only(root, {"scene"});
    result["asset"] = {{"version", "2.0"}};
    copy(root, result, "scenes", {"nodes", "name"});
    copy(root, result, "nodes",
         {"name", "mesh", "children", "matrix", "translation", "rotation", "scale", "extras"});
    copy(root, result, "accessors",
         {"bufferView", "byteOffset", "componentType", "count", "type", "normalized", "sparse"});
    copy(root, result, "bufferViews", {"buffer", "byteOffset", "byteLength", "byteStride"});
    copy(root, result, "buffers", {"byteLength", "uri"});
    copy_meshes(root, result);
    check_accessors(result);
    name_buffers(result);
    return result;
  }

 private:
  void fail(std::string message) { add_fault(faults_, file_, 1, std::move(message)); }

  void check_version(const Json& root) {
    const Json* const asset = find(root, "asset");
    const Json* const version = asset != nullptr ? find(*asset, "version") : nullptr;
    if (version == nullptr || !version->is_string() ||
        !version->get_ref<const std::string&>().starts_with("2.")) {
      fail("this is not glTF of version 2: export it as glTF 2.0");
    }
  }

  void check_extensions(const Json& root) {
    const Json* const required = find(root, "extensionsRequired");
    if (required == nullptr || !required->is_array()) return;
    for (const Json& entry : *required) {
      const std::string name = entry.is_string() ? entry.get<std::string>() : "";
      const bool harmless = std::ranges::any_of(
          kHarmlessExtensions, [&](std::string_view start) { return name.starts_with(start); });
      if (!harmless) {
        fail(
            fmt::format("the extension {} is needed to read this model, and not supported: export "
                        "it without (compression and quantisation off)",
                        in_quotes(name)));
      }
    }
  }

  void copy(const Json& from, Json& to, const char* key, Keys keys) {
    const Json* const list = find(from, key);
    if (list == nullptr) return;
    if (!list->is_array() || list->size() > kElementsMax) {
      fail(fmt::format("'{}' must be a list of at most {} elements: export the model again", key,
                       kElementsMax));
      return;
    }
    Json result = Json::array();
    for (const Json& element : *list) result.push_back(only(element, keys));
    to[key] = std::move(result);
  }

  void copy_meshes(const Json& from, Json& to) {
    copy(from, to, "meshes", {"name", "primitives"});
    if (!to.contains("meshes")) return;
    for (Json& mesh : to["meshes"]) {
      Json primitives = Json::array();
      const Json* const given = find(mesh, "primitives");
      if (given != nullptr && given->is_array()) {
        for (const Json& primitive : *given) {
          Json kept = only(primitive, {"indices", "mode"});
          const Json* const attributes = find(primitive, "attributes");
          kept["attributes"] = only(attributes != nullptr ? *attributes : Json(), {"POSITION"});
          primitives.push_back(std::move(kept));
        }
      }
      mesh["primitives"] = std::move(primitives);
    }
  }

  void check_accessors(Json& root) {
    if (!root.contains("accessors")) return;
    for (Json& accessor : root["accessors"]) {
      if (accessor.erase("sparse") == 0) continue;
      fail("a sparse accessor is used, which is not supported: apply shape keys and export again");
    }
  }

  /// The total is bounded before anything is copied; the binary chunk gets a name.
  void name_buffers(Json& root) {
    if (!root.contains("buffers")) return;
    std::uint64_t total = 0;
    Json& buffers = root["buffers"];
    for (Json& buffer : buffers) {
      const Json* const size = find(buffer, "byteLength");
      const std::uint64_t bytes =
          size != nullptr && size->is_number_unsigned() ? size->get<std::uint64_t>() : 0;
      total += std::min<std::uint64_t>(bytes, kModelBytesMax + 1);
      const Json* const uri = find(buffer, "uri");
      if (bytes == 0) fail("a buffer has no 'byteLength' above 0: export the model again");
      if (uri != nullptr) {
        if (!uri->is_string() || *uri == kBinaryChunkName) fail("a buffer's 'uri' is no file name");
      } else if (&buffer != &buffers.front() || binary_.size() < bytes) {
        fail(
            fmt::format("a buffer claims {} bytes of the file's binary part, which has {}: the "
                        "file is cut off or damaged; export the model again",
                        bytes, binary_.size()));
      } else {
        buffer["uri"] = kBinaryChunkName;
      }
    }
    if (total > kModelBytesMax || buffers.size() > kBuffersMax) {
      fail(fmt::format("the buffers hold more than {} MiB, or are more than {}: split the model",
                       kModelBytesMax >> 20, kBuffersMax));
    }
  }

  const std::string& file_;
  std::span<const std::byte> binary_;
  Faults& faults_;
};

}  // namespace

std::optional<GltfContainer> open_gltf(std::span<const std::byte> bytes, const std::string& file,
                                       Faults& faults) {
  if (bytes.size() > kModelBytesMax) {
    add_fault(faults, file, 1,
              fmt::format("the file is larger than {} MiB: split the model", kModelBytesMax >> 20));
    return std::nullopt;
  }
  Chunks chunks{as_text(bytes), {}};
  std::uint32_t magic = 0;
  if (bytes.size() >= sizeof(magic)) std::memcpy(&magic, bytes.data(), sizeof(magic));
  if (magic == kMagic) {
    const auto split = split_glb(bytes);
    if (!split) {
      add_fault(faults, file, 1,
                "the file is cut off or damaged: its header and chunks do not fit its size; export "
                "the model again");
      return std::nullopt;
    }
    chunks = *split;
  }
  bool too_deep = false;
  const auto bounded = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kJsonDepthMax;
    return depth <= kJsonDepthMax;
  };
  const Json root = Json::parse(chunks.json, bounded, false);
  if (!root.is_object() || too_deep) {
    add_fault(faults, file, 1,
              too_deep ? fmt::format("values are nested deeper than {}: export the model again",
                                     kJsonDepthMax)
                       : "this is no glTF file: expected is .glb or .gltf, as Blender exports it");
    return std::nullopt;
  }
  const std::size_t before = faults.size();
  const Json clean = Cleaner(file, chunks.binary, faults).clean(root);
  if (faults.size() != before) return std::nullopt;
  return GltfContainer{clean.dump(-1, ' ', false, Json::error_handler_t::replace), chunks.binary};
}

}  // namespace tessera::content::detail
