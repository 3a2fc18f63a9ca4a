#pragma once

#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/dict.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libswscale/swscale.h>

// Function-like macros are not imported.
static inline int ajar_averror(int code) { return AVERROR(code); }
static inline int ajar_averror_eof(void) { return AVERROR_EOF; }
static inline long long ajar_no_pts(void) { return AV_NOPTS_VALUE; }
