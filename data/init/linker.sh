#!/bin/sh
# Linker of the two APE targets: cosmocc's compiler, without what its C library brings by itself. The architecture is
# the first word of this file's name. COSMO is cosmocc's folder; COSMO_LINKER names another linker instead.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
arch=$(basename "$0" | cut -d- -f1)
linker=${COSMO_LINKER:-${COSMO:?point COSMO at the folder of cosmocc}/bin/$arch-unknown-cosmo-cc}
count=$#
while [ "$count" -gt 0 ]; do
  word=$1
  shift
  count=$((count - 1))
  case $word in
    -lunwind | -lgcc_s | -lgcc_eh | -lc | -m64) ;;
    -Wl,-Bstatic | -Wl,-Bdynamic | -nodefaultlibs | -Wl,--eh-frame-hdr) ;;
    -Wl,--strip-all | -Wl,--strip-debug | -Wl,-s | -Wl,-S) ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec "$linker" "$@" "$here/shims.c"
