// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// The only place that knows tinygltf. It is given cleaned JSON (gltf_container.h) and no way to the
// file system but ours.
#include "world/content/models/detail/gltf_document.h"

#include <fmt/format.h>

#include <cmath>
#include <cstring>
#include <fstream>

#include "world/content/models/detail/gltf_container.h"
#include "world/content/models/detail/gltf_extras.h"

#define TINYGLTF_IMPLEMENTATION
#define TINYGLTF_NO_STB_IMAGE
#define TINYGLTF_NO_STB_IMAGE_WRITE
#define TINYGLTF_NO_EXTERNAL_IMAGE
#define TINYGLTF_NO_FS
#include <tiny_gltf.h>

namespace tessera::content::detail {
namespace {

/// Bound over all primitives, before a corner is read: many may refer to the same numbers.
constexpr std::uint64_t kCornersMax = 4 * std::uint64_t{kModelTrianglesMax};

struct Files {
  const GltfContainer& container;
  const ReadSibling& read_sibling;
};

bool file_exists(const std::string&, void*) { return true; }
std::string same_path(const std::string& path, void*) { return path; }

bool read_whole_file(std::vector<unsigned char>* out, std::string* error, const std::string& name,
                     void* user) {
  const auto& files = *static_cast<const Files*>(user);
  std::span<const std::byte> bytes = files.container.binary;
  std::vector<std::byte> read;
  if (name != kBinaryChunkName) {
    if (name.find_first_of("/\\:") != std::string::npos || name.starts_with('.')) {
      *error = "it is not a file in the zone's own folder";
      return false;
    }
    auto sibling = files.read_sibling(name);
    if (!sibling) {
      *error = sibling.error().message;
      return false;
    }
    read = std::move(*sibling);
    bytes = read;
  }
  out->resize(bytes.size());
  if (!bytes.empty()) std::memcpy(out->data(), bytes.data(), bytes.size());
  return true;
}

class Reader {
 public:
  Reader(tinygltf::Model model, const std::string& file, Faults& faults)
      : model_(std::move(model)), file_(file), faults_(faults) {}

  GltfDocument read() {
    GltfDocument document;
    if (model_.nodes.size() > kModelNodesMax) {
      fail(fmt::format("the file has {} nodes; at most {} are read: join some, or split the file",
                       model_.nodes.size(), kModelNodesMax));
      return document;
    }
    read_nodes(document);
    read_roots(document);
    std::vector<bool> used(model_.meshes.size());
    for (const GltfNode& node : document.nodes) {
      if (node.mesh >= 0) used[static_cast<std::size_t>(node.mesh)] = true;
    }
    for (std::size_t i = 0; i < model_.meshes.size(); ++i) {
      GltfMesh& mesh = document.meshes.emplace_back();
      mesh.name = model_.meshes[i].name;
      if (used[i]) read_mesh(i, mesh);
    }
    return document;
  }

 private:
  void fail(std::string message) { add_fault(faults_, file_, 1, std::move(message)); }

  static std::string node_text(const std::string& name, std::size_t number) {
    return name.empty() ? fmt::format("node {}", number) : "node " + in_quotes(name);
  }

  void read_nodes(GltfDocument& document) {
    std::vector<bool> has_parent(model_.nodes.size());
    for (std::size_t i = 0; i < model_.nodes.size(); ++i) {
      const tinygltf::Node& given = model_.nodes[i];
      GltfNode& node = document.nodes.emplace_back();
      node.name = node_text(given.name, i);
      node.mesh = given.mesh;
      if (given.mesh < -1 || given.mesh >= static_cast<int>(model_.meshes.size())) {
        fail(node.name + " has a mesh that does not exist: export the model again");
        node.mesh = -1;
      }
      if (!read_matrix(given, node.matrix)) {
        fail(node.name +
             " has a placement that is no number, or no list of the right length: "
             "reset its transform");
      }
      for (const int child : given.children) {
        const auto number = static_cast<std::size_t>(child);
        if (child < 0 || number >= model_.nodes.size() || has_parent[number]) {
          fail(
              fmt::format("{} has the child {}, which does not exist or has another parent: export "
                          "the model again",
                          node.name, child));
          continue;
        }
        has_parent[number] = true;
        node.children.push_back(number);
      }
      for (const std::string& wrong : read_extras(given.extras, node.extras)) {
        fail(node.name + ": " + wrong);
      }
    }
    for (std::size_t i = 0; i < has_parent.size(); ++i) {
      if (!has_parent[i]) document.roots.push_back(i);
    }
  }

  /// A file without scenes shows all nodes without a parent.
  void read_roots(GltfDocument& document) {
    if (model_.scenes.empty()) return;
    const auto scene = static_cast<std::size_t>(std::max(model_.defaultScene, 0));
    if (scene >= model_.scenes.size()) {
      fail("the scene to show does not exist: export the model again");
      return;
    }
    std::vector<bool> is_top(document.nodes.size());
    for (const std::size_t top : document.roots) is_top[top] = true;
    document.roots.clear();
    for (const int node : model_.scenes[scene].nodes) {
      const auto number = static_cast<std::size_t>(node);
      if (node < 0 || number >= document.nodes.size() || !is_top[number]) {
        fail(
            fmt::format("the scene has the node {}, which does not exist, is there twice or has a "
                        "parent: export the model again",
                        node));
        continue;
      }
      is_top[number] = false;
      document.roots.push_back(number);
    }
  }

  static bool read_matrix(const tinygltf::Node& node, Matrix& matrix) {
    const auto fits = [](const std::vector<double>& numbers, std::size_t size) {
      if (!numbers.empty() && numbers.size() != size) return false;
      return std::ranges::all_of(numbers, [](double value) { return std::fabs(value) < 1e9; });
    };
    if (!fits(node.matrix, 16) || !fits(node.translation, 3) || !fits(node.rotation, 4) ||
        !fits(node.scale, 3)) {
      return false;
    }
    if (!node.matrix.empty()) {
      std::ranges::copy(node.matrix, matrix.begin());
      return true;
    }
    std::array<double, 4> q{0, 0, 0, 1};
    if (!node.rotation.empty()) std::ranges::copy(node.rotation, q.begin());
    const double length = std::sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
    if (!(length > 1e-6)) return false;
    for (double& part : q) part /= length;
    const auto [x, y, z, w] = q;
    std::array<double, 3> s{1, 1, 1};
    if (!node.scale.empty()) std::ranges::copy(node.scale, s.begin());
    std::array<double, 3> t{0, 0, 0};
    if (!node.translation.empty()) std::ranges::copy(node.translation, t.begin());
    matrix = {(1 - 2 * (y * y + z * z)) * s[0],
              2 * (x * y + z * w) * s[0],
              2 * (x * z - y * w) * s[0],
              0,
              2 * (x * y - z * w) * s[1],
              (1 - 2 * (x * x + z * z)) * s[1],
              2 * (y * z + x * w) * s[1],
              0,
              2 * (x * z + y * w) * s[2],
              2 * (y * z - x * w) * s[2],
              (1 - 2 * (x * x + y * y)) * s[2],
              0,
              t[0],
              t[1],
              t[2],
              1};
    return true;
  }

  void read_mesh(std::size_t number, GltfMesh& mesh) {
    const tinygltf::Mesh& given = model_.meshes[number];
    for (std::size_t i = 0; i < given.primitives.size(); ++i) {
      const tinygltf::Primitive& primitive = given.primitives[i];
      where_ = fmt::format("mesh {}, primitive {}",
                           given.name.empty() ? std::to_string(number) : in_quotes(given.name), i);
      GltfPrimitive& read = mesh.primitives.emplace_back();
      if (primitive.mode >= 0 && primitive.mode < TINYGLTF_MODE_TRIANGLES) continue;  // only drawn
      if (primitive.mode > TINYGLTF_MODE_TRIANGLES) {
        fail(where_ + " is a triangle strip or fan; expected are single triangles: export them so");
        continue;
      }
      read_triangles(primitive, read);
    }
  }

  void read_triangles(const tinygltf::Primitive& primitive, GltfPrimitive& read) {
    const auto position = primitive.attributes.find("POSITION");
    if (position == primitive.attributes.end()) {
      fail(where_ + " has no POSITION: export the model again");
      return;
    }
    const auto corners = values_of(position->second, TINYGLTF_TYPE_VEC3, "POSITION");
    if (!corners) return;
    const tinygltf::Accessor& accessor =
        model_.accessors[static_cast<std::size_t>(position->second)];
    if (accessor.componentType != TINYGLTF_COMPONENT_TYPE_FLOAT) {
      fail(where_ + " has a POSITION that is no float: export it without quantisation");
      return;
    }
    read.corners.resize(accessor.count);
    for (std::size_t i = 0; i < accessor.count; ++i) {
      std::memcpy(&read.corners[i], corners->bytes.data() + i * corners->stride,
                  sizeof(math::Vec3));
    }
    if (primitive.indices < 0) {
      read.indices.resize(accessor.count);
      for (std::uint32_t i = 0; i < accessor.count; ++i) read.indices[i] = i;
    } else if (!read_indices(primitive.indices, read)) {
      read = {};
      return;
    }
    if (read.indices.size() % 3 != 0) {
      fail(
          fmt::format("{} has {} corners of triangles, which is no multiple of 3: export the model "
                      "again",
                      where_, read.indices.size()));
      read = {};
    }
  }

  bool read_indices(int number, GltfPrimitive& read) {
    const auto values = values_of(number, TINYGLTF_TYPE_SCALAR, "indices");
    if (!values) return false;
    const tinygltf::Accessor& accessor = model_.accessors[static_cast<std::size_t>(number)];
    const int type = accessor.componentType;
    const std::size_t size = type == TINYGLTF_COMPONENT_TYPE_UNSIGNED_BYTE    ? 1
                             : type == TINYGLTF_COMPONENT_TYPE_UNSIGNED_SHORT ? 2
                             : type == TINYGLTF_COMPONENT_TYPE_UNSIGNED_INT   ? 4
                                                                              : 0;
    if (size == 0) {
      fail(where_ + " has indices that are no whole numbers above 0: export the model again");
      return false;
    }
    read.indices.resize(accessor.count);
    for (std::size_t i = 0; i < accessor.count; ++i) {
      std::uint32_t index = 0;
      std::memcpy(&index, values->bytes.data() + i * values->stride, size);
      if (index >= read.corners.size()) {
        fail(fmt::format("{} has the index {}, but {} corners: export the model again", where_,
                         index, read.corners.size()));
        return false;
      }
      read.indices[i] = index;
    }
    return true;
  }

  struct Values {
    std::span<const std::byte> bytes;  ///< from the first value on
    std::size_t stride = 0;
  };

  /// Where an accessor's values lie, all of them within their buffer.
  std::optional<Values> values_of(int number, int type, std::string_view what) {
    const auto wrong = [&](std::string_view why) {
      fail(fmt::format("{}: its {} {}: export the model again", where_, what, why));
      return std::nullopt;
    };
    if (number < 0 || static_cast<std::size_t>(number) >= model_.accessors.size()) {
      return wrong("refer to an accessor that does not exist");
    }
    const tinygltf::Accessor& accessor = model_.accessors[static_cast<std::size_t>(number)];
    if (accessor.type != type || accessor.normalized) return wrong("are of an unexpected type");
    const auto view_number = static_cast<std::size_t>(accessor.bufferView);
    if (accessor.bufferView < 0 || view_number >= model_.bufferViews.size()) {
      return wrong("refer to a buffer view that does not exist");
    }
    const tinygltf::BufferView& view = model_.bufferViews[view_number];
    if (view.buffer < 0 || static_cast<std::size_t>(view.buffer) >= model_.buffers.size()) {
      return wrong("refer to a buffer that does not exist");
    }
    const std::span buffer =
        std::as_bytes(std::span(model_.buffers[static_cast<std::size_t>(view.buffer)].data));
    const int size =
        tinygltf::GetComponentSizeInBytes(static_cast<std::uint32_t>(accessor.componentType));
    if (size <= 0) return wrong("have components of an unknown type");
    const std::uint64_t value_bytes =
        static_cast<std::uint64_t>(size) * (type == TINYGLTF_TYPE_VEC3 ? 3 : 1);
    const std::uint64_t stride = view.byteStride == 0 ? value_bytes : view.byteStride;
    corners_ += accessor.count;
    if (accessor.count == 0 || accessor.count > kCornersMax || corners_ > 2 * kCornersMax) {
      return wrong(fmt::format("have no values, or the file has more than {}", kCornersMax));
    }
    const std::uint64_t needed = (accessor.count - 1) * stride + value_bytes;
    if (stride < value_bytes || stride > 252 || view.byteOffset > buffer.size() ||
        view.byteLength > buffer.size() - view.byteOffset ||
        accessor.byteOffset > view.byteLength || needed > view.byteLength - accessor.byteOffset) {
      return wrong("reach beyond the end of their buffer");
    }
    return Values{buffer.subspan(view.byteOffset + accessor.byteOffset),
                  static_cast<std::size_t>(stride)};
  }

  tinygltf::Model model_;
  const std::string& file_;
  Faults& faults_;
  std::string where_;
  std::uint64_t corners_ = 0;
};

}  // namespace

GltfDocument read_gltf(std::span<const std::byte> bytes, const std::string& file,
                       const ReadSibling& read_sibling, Faults& faults) {
  const auto container = open_gltf(bytes, file, faults);
  if (!container) return {};
  Files files{*container, read_sibling};
  tinygltf::TinyGLTF loader;
  loader.SetFsCallbacks({file_exists, same_path, read_whole_file, nullptr, &files});
  tinygltf::Model model;
  std::string error;
  std::string warning;
  bool loaded = false;
  try {
    loaded = loader.LoadASCIIFromString(&model, &error, &warning, container->json.data(),
                                        static_cast<unsigned>(container->json.size()), "");
  } catch (const std::exception& exception) {
    error = exception.what();
    loaded = false;
  }
  if (!loaded) {
    const std::string_view first = std::string_view(error).substr(0, error.find('\n'));
    add_fault(faults, file, 1,
              fmt::format("this is no valid glTF ({}): export the model again", first));
    return {};
  }
  return Reader(std::move(model), file, faults).read();
}

}  // namespace tessera::content::detail
