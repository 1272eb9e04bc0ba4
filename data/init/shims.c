/* C functions that Rust's std asks for and Cosmopolitan's library lacks, or has with another contract. */

typedef unsigned long size_type;
int strerror_r(int, char *, size_type);
long enosys(void);

/* With the contract of POSIX: fills the buffer and answers a number; Cosmopolitan's answers a pointer. */
int __xpg_strerror_r(int code, char *buffer, size_type size) {
  strerror_r(code, buffer, size);
  return 0;
}

/* Asked for by std's pidfd, which exists on Linux only: always ENOSYS. */
int waitid(int type, unsigned id, void *info, int options) {
  (void)type;
  (void)id;
  (void)info;
  (void)options;
  return (int)enosys();
}
