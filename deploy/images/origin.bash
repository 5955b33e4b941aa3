# Of what commit the programs are, and of when, for everything that is made of them: git's answer, unless the environment
# has another. Set `root` to the folder of the repository before.
# shellcheck shell=bash
of_git() { git -C "${root:?}" log -1 --format="$1" 2> /dev/null || true; }
VITRINA_COMMIT=${VITRINA_COMMIT:-$(of_git %H)}
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(of_git %ct)}
if [ -z "$VITRINA_COMMIT" ]; then echo "git does not tell the commit: the programs will not know it" >&2; fi
export VITRINA_COMMIT=${VITRINA_COMMIT:-unknown} SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-0}
