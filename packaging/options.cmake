# rowdesk_options: what every target is compiled with. Link it, never repeat it.
add_library(rowdesk_options INTERFACE)
target_include_directories(rowdesk_options INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(rowdesk_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-qual)
if(ROWDESK_WERROR)
  target_compile_options(rowdesk_options INTERFACE -Werror)
endif()
target_compile_definitions(rowdesk_options INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
  QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_NO_CONTEXTLESS_CONNECT
  QT_NO_JAVA_STYLE_ITERATORS QT_DISABLE_DEPRECATED_BEFORE=0x060400)

if(ROWDESK_SANITIZE)
  # gcc 12 loses track of std::variant between the sanitizers' checks and warns of what is not there.
  target_compile_options(rowdesk_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_compile_options(rowdesk_options INTERFACE -fsanitize=${ROWDESK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  target_link_options(rowdesk_options INTERFACE -fsanitize=${ROWDESK_SANITIZE})
else()
  target_compile_options(rowdesk_options INTERFACE -fstack-protector-strong)
  target_compile_definitions(rowdesk_options INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
  target_link_options(rowdesk_options INTERFACE -pie -Wl,-z,relro,-z,now)
endif()

# rowdesk_library(NAME SOURCES … LINKS …): a layer as a link target, named rowdesk_NAME.
function(rowdesk_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  add_library(rowdesk_${name} STATIC ${arg_SOURCES})
  target_link_libraries(rowdesk_${name} PUBLIC rowdesk_options ${arg_LINKS})
endfunction()
