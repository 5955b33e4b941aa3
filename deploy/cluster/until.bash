# Waiting, and ending what has gone wrong.
# shellcheck shell=bash

# In the shell of a scenario: ends it.
fail() {
    echo "$1" >&2
    exit 1
}

# until_true SECONDS COMMAND...: asks again and again; the time is a limit for slow machines, no measure.
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        if [ $SECONDS -ge $deadline ]; then fail "not within the time: $*"; fi
        sleep 0.5
    done
}
