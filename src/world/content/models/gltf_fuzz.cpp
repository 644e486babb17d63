// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Any bytes as a glTF file: faults that name it, or a model that is whole.
#include <cmath>
#include <cstdint>

#include "engine/core/assert.h"
#include "world/content/models/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  const auto sibling = [&](const std::string& name) -> Result<std::vector<std::byte>> {
    TESSERA_ASSERT(name.find('/') == std::string::npos, "a file of another folder");
    const auto bytes = std::as_bytes(std::span(data, size));
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  };
  const auto model = content::read_model(std::as_bytes(std::span(data, size)), "m.glb", sibling);
  if (!model) {
    TESSERA_ASSERT(!model.error().empty(), "no model and no fault");
    for (const content::Fault& fault : model.error()) {
      TESSERA_ASSERT(fault.file == "m.glb" && !fault.message.empty(), "a fault without a place");
    }
    return 0;
  }
  TESSERA_ASSERT(model->flags.size() == model->triangles.size(), "flags of other triangles");
  std::uint32_t end = model->doors.empty() ? 0 : model->doors.front().first;
  for (const content::ModelDoor& door : model->doors) {
    TESSERA_ASSERT(door.first == end && door.count > 0, "doors are not one after the other");
    end = door.first + door.count;
  }
  TESSERA_ASSERT(model->doors.empty() || end == model->triangles.size(), "doors are not last");
  for (const physics::Triangle& triangle : model->triangles) {
    TESSERA_ASSERT(std::isfinite(triangle.a.x + triangle.b.y + triangle.c.z), "not finite");
  }
  return 0;
}
