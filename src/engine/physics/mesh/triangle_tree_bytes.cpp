// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// A tree as bytes: sizes, bounds, then nodes and blocks as they lie in memory, so that reading one
// is two copies and one look at every reference.
#include <algorithm>
#include <cstring>

#include "engine/core/bytes.h"
#include "engine/physics/mesh/triangle_tree.h"

namespace tessera::physics {
namespace {

struct Header {
  std::uint64_t triangles = 0;
  std::uint64_t nodes = 0;
  std::uint64_t blocks = 0;
  Bounds bounds;
};
static_assert(sizeof(Header) == 48);

}  // namespace

std::vector<std::byte> TriangleTree::to_bytes() const {
  const Header header{size(), nodes_.size(), blocks_.size(), bounds_};
  std::vector<std::byte> bytes(sizeof(header) + nodes_.size() * sizeof(Node) +
                               blocks_.size() * sizeof(FourTriangles));
  ByteWriter out(bytes);
  out.bytes(std::as_bytes(std::span(&header, 1)));
  out.bytes(std::as_bytes(std::span(nodes_)));
  out.bytes(std::as_bytes(std::span(blocks_)));
  return bytes;
}

std::optional<TriangleTree> TriangleTree::from_bytes(std::span<const std::byte> bytes) {
  Header header;
  if (bytes.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof(header));
  const std::span<const std::byte> body = bytes.subspan(sizeof(header));
  if (header.triangles > kTrianglesMax || header.nodes > kTrianglesMax ||
      header.blocks > kTrianglesMax ||
      body.size() != header.nodes * sizeof(Node) + header.blocks * sizeof(FourTriangles)) {
    return std::nullopt;
  }
  TriangleTree tree;
  tree.places_.resize(header.triangles);
  tree.bounds_ = header.bounds;
  tree.nodes_.resize(header.nodes);
  tree.blocks_.resize(header.blocks);
  const std::size_t node_bytes = header.nodes * sizeof(Node);
  if (node_bytes > 0) std::memcpy(tree.nodes_.data(), body.data(), node_bytes);
  if (body.size() > node_bytes) {
    std::memcpy(tree.blocks_.data(), body.data() + node_bytes, body.size() - node_bytes);
  }
  if (!tree.is_whole() || !tree.find_places()) return std::nullopt;
  return tree;
}

/// Every node but the root hangs below one earlier node, every block below one node, and nothing
/// lies deeper than searches reach.
bool TriangleTree::is_whole() const {
  if (nodes_.empty()) return blocks_.empty();
  std::vector<std::uint8_t> depth(nodes_.size());
  std::vector<bool> has_block(blocks_.size());
  depth[0] = 1;
  std::size_t blocks = 0;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (depth[i] == 0 || depth[i] > kDepthMax) return false;
    for (std::size_t lane = 0; lane < kChildren; ++lane) {
      const std::int32_t child = nodes_[i].child[lane];
      if (child < 0) {
        const auto block = static_cast<std::uint32_t>(~child);
        if (block >= blocks_.size() || has_block[block]) return false;
        has_block[block] = true;
        ++blocks;
        continue;
      }
      const bool nowhere = std::ranges::all_of(
          nodes_[i].sides, [lane](const math::Float8& side) { return side[lane] == Bounds::kFar; });
      if (child == 0 && nowhere) continue;  // no child
      const auto node = static_cast<std::size_t>(child);
      if (node <= i || node >= nodes_.size() || depth[node] != 0) return false;
      depth[node] = static_cast<std::uint8_t>(depth[i] + 1);
    }
  }
  return blocks == blocks_.size();
}

/// False unless every triangle has its number once.
bool TriangleTree::find_places() {
  std::vector<bool> has_number(size());
  std::size_t numbers = 0;
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    for (std::uint32_t lane = 0; lane < 4; ++lane) {
      const std::uint32_t number = blocks_[i].number[lane];
      if (number == FourTriangles::kNoTriangle) continue;
      const bool after_gap = lane > 0 && blocks_[i].number[lane - 1] == FourTriangles::kNoTriangle;
      if (number >= size() || has_number[number] || after_gap) return false;
      has_number[number] = true;
      places_[number] = static_cast<std::uint32_t>(i) * 4 + lane;
      ++numbers;
    }
  }
  return numbers == size();
}

}  // namespace tessera::physics
