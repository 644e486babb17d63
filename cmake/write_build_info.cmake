# SPDX-License-Identifier: MIT
# Run by every build: writes OUT from TEMPLATE, and touches it only when something changed.
# cmake -DTEMPLATE= -DOUT= -DSOURCE= -DVERSION= -DCOMPILER= -DBUILD_TYPE= -P write_build_info.cmake
set(COMMIT "unknown")
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD
                OUTPUT_VARIABLE head RESULT_VARIABLE failed ERROR_QUIET
                OUTPUT_STRIP_TRAILING_WHITESPACE)
if(NOT failed)
  set(COMMIT ${head})
  execute_process(COMMAND git -C ${SOURCE} --no-optional-locks diff-index --quiet HEAD
                  RESULT_VARIABLE changed ERROR_QUIET)
  if(changed)
    string(APPEND COMMIT "+changes")
  endif()
endif()
configure_file(${TEMPLATE} ${OUT} @ONLY)
