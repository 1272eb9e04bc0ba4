#!/bin/sh
# Stands before rustc for the library that is looked at, and for no other: code that nothing calls is compiled as well.
exec "$@" -C link-dead-code
