#pragma once

#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>

// The library's free is a global variable, which Swift 6 does not let through.
static inline void ajar_xml_free(xmlChar *text) { xmlFree(text); }
