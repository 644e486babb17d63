// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
#pragma once

#include "gateway/admission/admission.h"
#include "gateway/sessions/character_loader.h"
#include "gateway/sessions/session_registry.h"

namespace tessera::gateway {

/// What a gateway works with. All outlive it; the loader is its own, the others may be shared.
struct GatewayParts {
  CharacterLoader& loader;
  SessionRegistry& registry;
  admission::Admission* admission = nullptr;  ///< told who comes and goes, if any
};

}  // namespace tessera::gateway
