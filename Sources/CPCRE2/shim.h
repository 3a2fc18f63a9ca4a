#pragma once

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

// The functions' real names are made by macros, which Swift does not see through.
static inline pcre2_code *ajar_pcre2_compile(
    PCRE2_SPTR pattern, size_t length, uint32_t options, int *fault, size_t *offset, pcre2_compile_context *context)
{
    return pcre2_compile(pattern, length, options, fault, offset, context);
}
static inline void ajar_pcre2_code_free(pcre2_code *code) { pcre2_code_free(code); }
static inline pcre2_compile_context *ajar_pcre2_compile_context(void)
{
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (context) {
        pcre2_set_newline(context, PCRE2_NEWLINE_LF);
        pcre2_set_parens_nest_limit(context, 100);
        pcre2_set_max_pattern_length(context, 65536);
    }
    return context;
}
static inline void ajar_pcre2_compile_context_free(pcre2_compile_context *context) { pcre2_compile_context_free(context); }
static inline pcre2_match_context *ajar_pcre2_match_context(uint32_t steps, uint32_t depth, uint32_t heap)
{
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (context) {
        pcre2_set_match_limit(context, steps);
        pcre2_set_depth_limit(context, depth);
        pcre2_set_heap_limit(context, heap);
    }
    return context;
}
static inline void ajar_pcre2_match_context_free(pcre2_match_context *context) { pcre2_match_context_free(context); }
static inline pcre2_match_data *ajar_pcre2_match_data(const pcre2_code *code)
{
    return pcre2_match_data_create_from_pattern(code, NULL);
}
static inline void ajar_pcre2_match_data_free(pcre2_match_data *data) { pcre2_match_data_free(data); }
static inline int ajar_pcre2_match(
    const pcre2_code *code, PCRE2_SPTR subject, size_t length, size_t start, pcre2_match_data *data,
    pcre2_match_context *context)
{
    return pcre2_match(code, subject, length, start, 0, data, context);
}
static inline size_t *ajar_pcre2_ovector(pcre2_match_data *data) { return pcre2_get_ovector_pointer(data); }
static inline uint32_t ajar_pcre2_groups(const pcre2_code *code)
{
    uint32_t count = 0;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}
static inline int ajar_pcre2_message(int fault, unsigned char *buffer, size_t length)
{
    return pcre2_get_error_message(fault, buffer, length);
}
