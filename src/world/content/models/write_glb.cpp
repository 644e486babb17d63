// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#include "world/content/models/write_glb.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <span>

namespace tessera::content {
namespace {

void append(std::vector<std::byte>& out, std::span<const std::byte> bytes) {
  out.insert(out.end(), bytes.begin(), bytes.end());
}
void append_number(std::vector<std::byte>& out, std::uint32_t value) {
  append(out, std::as_bytes(std::span(&value, 1)));
}

struct Tables {
  std::vector<std::string> views;
  std::vector<std::string> accessors;
  std::vector<std::string> meshes;
  std::vector<std::byte> binary;

  void add_view(std::span<const std::byte> bytes) {
    views.push_back(fmt::format(R"({{"buffer":0,"byteOffset":{},"byteLength":{}}})", binary.size(),
                                bytes.size()));
    append(binary, bytes);
  }
  void add(const GlbMesh& mesh) {
    math::Vec3 low = mesh.corners.empty() ? math::Vec3{} : mesh.corners.front();
    math::Vec3 high = low;
    for (const math::Vec3 p : mesh.corners) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
    }
    const std::size_t first = accessors.size();
    accessors.push_back(fmt::format(
        R"({{"bufferView":{},"componentType":5126,"count":{},"type":"VEC3",)"
        R"("min":[{},{},{}],"max":[{},{},{}]}})",
        views.size(), mesh.corners.size(), low.x, low.y, low.z, high.x, high.y, high.z));
    add_view(std::as_bytes(std::span(mesh.corners)));
    accessors.push_back(
        fmt::format(R"({{"bufferView":{},"componentType":5125,"count":{},"type":"SCALAR"}})",
                    views.size(), mesh.indices.size()));
    add_view(std::as_bytes(std::span(mesh.indices)));
    meshes.push_back(fmt::format(
        R"({{"name":"{}","primitives":[{{"attributes":{{"POSITION":{}}},"indices":{}}}]}})",
        mesh.name, first, first + 1));
  }
};

std::string node_text(const GlbNode& node) {
  std::string text = fmt::format(R"({{"name":"{}","translation":[{},{},{}])", node.name, node.at.x,
                                 node.at.y, node.at.z);
  if (node.mesh >= 0) text += fmt::format(R"(,"mesh":{})", node.mesh);
  if (!node.children.empty()) {
    text += fmt::format(R"(,"children":[{}])", fmt::join(node.children, ","));
  }
  if (!node.extras.empty()) text += fmt::format(R"(,"extras":{})", node.extras);
  if (!node.more.empty()) text += "," + node.more;
  return text + "}";
}

}  // namespace

GlbMesh box_mesh(std::string name, math::Vec3 low, math::Vec3 high) {
  GlbMesh mesh{std::move(name), {}, {}};
  for (unsigned i = 0; i < 8; ++i) {
    mesh.corners.push_back({(i & 1) != 0 ? high.x : low.x, (i & 2) != 0 ? high.y : low.y,
                            (i & 4) != 0 ? high.z : low.z});
  }
  // Each side's corners, anticlockwise seen from outside.
  constexpr std::array<std::array<std::uint32_t, 4>, 6> kSides{
      {{1, 3, 7, 5}, {0, 4, 6, 2}, {2, 6, 7, 3}, {0, 1, 5, 4}, {4, 5, 7, 6}, {0, 2, 3, 1}}};
  for (const auto& side : kSides) {
    for (const std::size_t corner : {0u, 1u, 2u, 0u, 2u, 3u}) mesh.indices.push_back(side[corner]);
  }
  return mesh;
}

std::vector<std::byte> encode_glb(const GlbScene& scene) {
  Tables tables;
  for (const GlbMesh& mesh : scene.meshes) tables.add(mesh);
  std::vector<bool> is_child(scene.nodes.size());
  for (const GlbNode& node : scene.nodes) {
    for (const int child : node.children) is_child[static_cast<std::size_t>(child)] = true;
  }
  std::vector<std::string> nodes;
  std::vector<std::size_t> roots;
  for (std::size_t i = 0; i < scene.nodes.size(); ++i) {
    nodes.push_back(node_text(scene.nodes[i]));
    if (!is_child[i]) roots.push_back(i);
  }
  std::string json = fmt::format(R"({{"asset":{{"version":"2.0","generator":"tessera"}},"scene":0,)"
                                 R"("scenes":[{{"nodes":[{}]}}],"nodes":[{}])",
                                 fmt::join(roots, ","), fmt::join(nodes, ","));
  if (!tables.meshes.empty()) {
    json += fmt::format(R"(,"meshes":[{}],"accessors":[{}],"bufferViews":[{}],)"
                        R"("buffers":[{{"byteLength":{}}}])",
                        fmt::join(tables.meshes, ","), fmt::join(tables.accessors, ","),
                        fmt::join(tables.views, ","), tables.binary.size());
  }
  return encode_glb(json + "}", std::move(tables.binary));
}

std::vector<std::byte> encode_glb(std::string_view json, std::vector<std::byte> binary) {
  std::string text(json);
  text.resize((text.size() + 3) / 4 * 4, ' ');
  binary.resize((binary.size() + 3) / 4 * 4);
  std::vector<std::byte> out;
  const std::size_t binary_size = binary.empty() ? 0 : binary.size() + 8;
  append_number(out, 0x46546c67);
  append_number(out, 2);
  append_number(out, static_cast<std::uint32_t>(20 + text.size() + binary_size));
  append_number(out, static_cast<std::uint32_t>(text.size()));
  append_number(out, 0x4e4f534a);
  append(out, std::as_bytes(std::span(text)));
  if (!binary.empty()) {
    append_number(out, static_cast<std::uint32_t>(binary.size()));
    append_number(out, 0x004e4942);
    append(out, binary);
  }
  return out;
}

}  // namespace tessera::content
