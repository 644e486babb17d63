# SPDX-License-Identifier: MIT
"""The checks of scripts/tidy, one a module."""
