// SPDX-License-Identifier: MIT
// Copyright (c) 2026 The Tessera authors
//
// Capital letters and digits of five by seven dots, for names on maps.
#pragma once

#include <string_view>

#include "tools/inspect/drawing/brush.h"

namespace tessera::inspect {

inline constexpr float kLetterHeight = 7;  ///< in dots

/// In dots.
float text_width(std::string_view text);

/// `at`: the upper left corner; `dot`: pixels to a dot, grown by `halo` on each side. Small letters
/// become capitals; what is neither letter nor digit becomes a gap.
void add_text(Stencil& stencil, math::Vec2 at, std::string_view text, float dot, float halo = 0);

}  // namespace tessera::inspect
