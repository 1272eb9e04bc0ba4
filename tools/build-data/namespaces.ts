/**
 * Sets of names that can stand in the same argument of the same call. Within one, a number that is valid for
 * another name is taken for that other name: that is how a Linux number silently does something else.
 */
export interface Namespace {
  readonly id: string;
  /** `bits`: names are or-ed together; `one`: exactly one name is passed. */
  readonly kind: "bits" | "one";
  readonly names: RegExp;
  /** Cosmopolitan numbers these itself, so a number of Linux's has nothing to do with them. */
  readonly own?: true;
}

export const NAMESPACES: readonly Namespace[] = [
  {
    id: "mutex type",
    kind: "one",
    names: /^PTHREAD_MUTEX_(NORMAL|RECURSIVE|ERRORCHECK)$/,
    own: true,
  },
  { id: "syscall number", kind: "one", names: /^SYS_\w+$/, own: true },
  {
    id: "errno",
    kind: "one",
    names: /^E(?!CHO|XTA|XTB|XTPROC|POLL|FD_|LF|TH_|V_|NT_|XEC_|XIT)[A-Z0-9]+$/,
  },
  { id: "open flags", kind: "bits", names: /^O_(?!RDONLY|WRONLY|RDWR|ACCMODE)[A-Z_]+$/ },
  { id: "signal", kind: "one", names: /^SIG(?!_|EV_|RT|STKSZ)[A-Z0-9]+$/ },
  { id: "sigprocmask how", kind: "one", names: /^SIG_(BLOCK|UNBLOCK|SETMASK)$/ },
  { id: "sigaction flags", kind: "bits", names: /^SA_[A-Z]+$/ },
  { id: "sigaltstack flags", kind: "bits", names: /^SS_(ONSTACK|DISABLE)$/ },
  { id: "clock", kind: "one", names: /^CLOCK_[A-Z_]+$/ },
  { id: "madvise", kind: "one", names: /^MADV_[A-Z_]+$/ },
  { id: "posix_fadvise", kind: "one", names: /^POSIX_FADV_[A-Z]+$/ },
  {
    id: "mmap flags",
    kind: "bits",
    names: /^MAP_(?!FAILED|FILE|TYPE|SHARED|PRIVATE|HUGE_)[A-Z0-9_]+$/,
  },
  { id: "msync flags", kind: "bits", names: /^MS_(SYNC|ASYNC|INVALIDATE)$/ },
  {
    id: "mount flags",
    kind: "bits",
    names:
      /^MS_(?!RDONLY$|SYNC$|ASYNC$|INVALIDATE$|MGC|RMT)[A-Z_]+$|^MNT_(?!FORCE|DETACH|EXPIRE|BYFSID)[A-Z]+$/,
  },
  { id: "umount flags", kind: "bits", names: /^MNT_(FORCE|DETACH|EXPIRE|BYFSID)$|^UMOUNT_[A-Z]+$/ },
  { id: "rlimit", kind: "one", names: /^RLIMIT_(?!NLIMITS)[A-Z]+$/ },
  { id: "socket level", kind: "one", names: /^SOL_[A-Z0-9]+$|^IPPROTO_[A-Z0-9]+$/ },
  {
    id: "SOL_SOCKET option",
    kind: "one",
    names: /^SO_(?!EE_|TIMESTAMPING_|J1939|VM_|ORIGINAL)[A-Z_0-9]+$/,
  },
  {
    id: "TCP option",
    kind: "one",
    names:
      /^TCP_(?!MD5SIG_|ESTABLISHED|SYN_|FIN_|TIME_WAIT|CLOSE|LAST_|LISTEN|CLOSING|MSS)[A-Z_0-9]+$/,
  },
  {
    id: "IP option",
    kind: "one",
    names: /^IP_(?!DEFAULT_|MAX_|DF$|MF$|RF$|OFFMASK|PMTUDISC_)[A-Z_]+$|^MCAST_[A-Z_]+$/,
  },
  {
    id: "IPv6 option",
    kind: "one",
    names: /^IPV6_(?!PMTUDISC_|PREFER_|RTHDR_|FL_|FLOWINFO_)[A-Z0-9_]+$/,
  },
  { id: "address family", kind: "one", names: /^AF_(?!MAX$)[A-Z0-9]+$/ },
  { id: "protocol family", kind: "one", names: /^PF_(?!MAX$|[XWR]$)[A-Z0-9]{2,}$/ },
  { id: "socket type flags", kind: "bits", names: /^SOCK_(CLOEXEC|NONBLOCK)$/ },
  { id: "message flags", kind: "bits", names: /^MSG_(?!STAT|INFO|EXCEPT|NOERROR)[A-Z]+$/ },
  {
    id: "fcntl command",
    kind: "one",
    names: /^F_(?!RDLCK|WRLCK|UNLCK|OK|SEAL_|LOCK$|ULOCK|TEST$|TLOCK|OWNER_)[A-Z_]+$/,
  },
  { id: "lock type", kind: "one", names: /^F_(RDLCK|WRLCK|UNLCK)$/ },
  { id: "flock operation", kind: "one", names: /^LOCK_(SH|EX|NB|UN)$/ },
  {
    id: "at flags",
    kind: "bits",
    names: /^AT_(SYMLINK_NOFOLLOW|SYMLINK_FOLLOW|REMOVEDIR|EACCESS|EMPTY_PATH|NO_AUTOMOUNT)$/,
  },
  { id: "wait flags", kind: "bits", names: /^W(NOHANG|UNTRACED|CONTINUED|EXITED|STOPPED|NOWAIT)$/ },
  {
    id: "poll events",
    kind: "bits",
    names: /^POLL(IN|PRI|OUT|ERR|HUP|NVAL|RDBAND|RDNORM|WRBAND|WRNORM|RDHUP)$/,
  },
  { id: "ioctl", kind: "one", names: /^(FIO|SIO|TIOC|TC[GS]ET|TCSBRK|TCXONC|TCFLSH)[A-Z0-9]+$/ },
  { id: "seek", kind: "one", names: /^SEEK_[A-Z]+$/ },
  { id: "rusage", kind: "one", names: /^RUSAGE_[A-Z]+$/ },
  { id: "scheduler", kind: "one", names: /^SCHED_(OTHER|FIFO|RR|BATCH|IDLE|DEADLINE)$/ },
  { id: "lio", kind: "one", names: /^LIO_(NOP|READ|WRITE)$/ },
  { id: "lio mode", kind: "one", names: /^LIO_(WAIT|NOWAIT)$/ },
  {
    id: "control character",
    kind: "one",
    names:
      /^V(MIN|TIME|INTR|QUIT|ERASE|KILL|EOF|SWTC|START|STOP|SUSP|EOL|EOL2|REPRINT|DISCARD|WERASE|LNEXT)$/,
  },
  {
    id: "terminal local flags",
    kind: "bits",
    names:
      /^(ISIG|ICANON|XCASE|ECHO|ECHOE|ECHOK|ECHONL|NOFLSH|TOSTOP|ECHOCTL|ECHOPRT|ECHOKE|FLUSHO|PENDIN|IEXTEN|EXTPROC)$/,
  },
  {
    id: "terminal input flags",
    kind: "bits",
    names:
      /^(IGNBRK|BRKINT|IGNPAR|PARMRK|INPCK|ISTRIP|INLCR|IGNCR|ICRNL|IUCLC|IXON|IXANY|IXOFF|IMAXBEL|IUTF8)$/,
  },
  {
    id: "terminal control flags",
    kind: "bits",
    names: /^(CSIZE|CSTOPB|CREAD|PARENB|PARODD|HUPCL|CLOCAL|CMSPAR|CRTSCTS)$/,
  },
  {
    id: "terminal output flags",
    kind: "bits",
    names: /^(OPOST|OLCUC|ONLCR|OCRNL|ONOCR|ONLRET|OFILL|OFDEL)$/,
  },
  { id: "tcflush queue", kind: "one", names: /^TC(I|O|IO)FLUSH$/ },
  { id: "FPE code", kind: "one", names: /^FPE_[A-Z]+$/ },
  { id: "ILL code", kind: "one", names: /^ILL_[A-Z]+$/ },
  { id: "utime", kind: "one", names: /^UTIME_(NOW|OMIT)$/ },
  {
    id: "interface flags",
    kind: "bits",
    names:
      /^IFF_(?!TUN|TAP|NO_PI|ONE_QUEUE|VNET|MULTI_QUEUE|ATTACH|DETACH|PERSIST|NOFILTER|TUN_EXCL)[A-Z_]+$/,
  },
];

/** The namespace that a name belongs to; most names have none. */
export function namespaceOf(name: string): Namespace | undefined {
  return NAMESPACES.find((space) => space.names.test(name));
}
