#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry for programs that have a main of their own (llvm, compiler-rt/lib/fuzzer/FuzzerInterface.h). */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
