// Tells when the C library writes past the end of a struct that the libc crate declares: the bytes behind it are
// turned over before the call and looked at afterwards. Linked with --wrap; sizes come with -D from data/cosmocc.
#include <stddef.h>
long write(int, const void *, size_t);

static void turn(unsigned char *p, unsigned char *old, size_t n) {
  for (size_t i = 0; i < n; i++) old[i] = p[i], p[i] ^= 0xA5;
}

static char *hex(char *p, unsigned long x) {
  for (int i = 60; i >= 0; i -= 4) *p++ = "0123456789abcdef"[x >> i & 15];
  return p;
}

// one line for the harness: which call, and who called (it may be the C library itself, whose structs are its own)
static void tell(const char *name, void *caller) {
  char line[96], *p = line;
  for (const char *s = "APE-OVERWRITE "; *s;) *p++ = *s++;
  while (*name) *p++ = *name++;
  *p++ = ' ';
  p = hex(p, (unsigned long)caller);
  *p++ = '\n';
  write(2, line, p - line);
}

static void look(unsigned char *p, unsigned char *old, size_t n, const char *name, void *caller) {
  int touched = 0;
  for (size_t i = 0; i < n; i++) {
    if (p[i] == (unsigned char)(old[i] ^ 0xA5)) p[i] = old[i];
    else touched = 1;
  }
  if (touched) tell(name, caller);
}

#define GUARD(name, size, more, parameters, arguments, buffer) \
  int __real_##name parameters;                                 \
  int __wrap_##name parameters {                                \
    unsigned char old[(more) + 1], *behind = (unsigned char *)(buffer) + (size); \
    turn(behind, old, more);                                    \
    int result = __real_##name arguments;                       \
    look(behind, old, more, #name, __builtin_return_address(0)); \
    return result;                                              \
  }

GUARD(pthread_attr_init, ATTR, ATTR_MORE, (void *a), (a), a)
GUARD(pthread_getattr_np, ATTR, ATTR_MORE, (long t, void *a), (t, a), a)
GUARD(stat, STAT, STAT_MORE, (const char *f, void *s), (f, s), s)
GUARD(lstat, STAT, STAT_MORE, (const char *f, void *s), (f, s), s)
GUARD(fstat, STAT, STAT_MORE, (int f, void *s), (f, s), s)
GUARD(fstatat, STAT, STAT_MORE, (int d, const char *f, void *s, int x), (d, f, s, x), s)
