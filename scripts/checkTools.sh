#!/bin/sh
# Checks that Go, Node and npm are installed and new enough, and prints one line with the remedy for each that is not.
# Uses only shell built-ins, because nothing else is known to exist yet.

faults=0

# fault MESSAGE: prints one line and goes on, so that all faults are reported at once.
fault() {
    printf '%s\n' "$1" >&2
    faults=1
}

# at_least FOUND WANTED_MAJOR WANTED_MINOR WANTED_PATCH: whether version FOUND (20.19.1) is at least that.
at_least() {
    major=${1%%.*}
    rest=${1#*.}
    minor=${rest%%.*}
    minor=${minor%%[!0-9]*}
    # A release candidate (1.26rc1) and a version of two numbers have no patch level.
    case $rest in *.*) patch=${rest#*.} ;; *) patch=0 ;; esac
    patch=${patch%%[!0-9]*}
    case $major in '' | *[!0-9]*) return 1 ;; esac
    [ "$major" -eq "$2" ] || { [ "$major" -gt "$2" ]; return; }
    [ "${minor:-0}" -eq "$3" ] || { [ "${minor:-0}" -gt "$3" ]; return; }
    [ "${patch:-0}" -ge "$4" ]
}

# version_of COMMAND: the first word of its output that is a version, without a leading "go" or "v".
version_of() {
    for word in $("$@" 2>/dev/null); do
        word=${word#go}
        word=${word#v}
        case $word in
        [0-9]*.[0-9]*)
            printf '%s\n' "$word"
            return
            ;;
        esac
    done
    printf 'an unknown version\n'
}

go_advice="install it from https://go.dev/dl/ and put its bin folder on the PATH."
if ! command -v go >/dev/null 2>&1; then
    fault "Go is missing; building the lab requires Go 1.26.3 or newer: $go_advice"
else
    version=$(version_of go version)
    at_least "$version" 1 26 3 || fault "Go is too old: found $version, building the lab requires 1.26.3 or newer: $go_advice"
fi

node_advice="install it from https://nodejs.org/ and put it on the PATH."
if ! command -v node >/dev/null 2>&1; then
    fault "Node is missing; 20.19 or newer is required: $node_advice"
else
    version=$(version_of node --version)
    at_least "$version" 20 19 0 || fault "Node is too old: found $version, 20.19 or newer is required: $node_advice"
fi

if ! command -v npm >/dev/null 2>&1; then
    fault "npm is missing; it comes with Node: $node_advice"
fi

if [ "${LAB_OFFICIAL:-}" = 1 ] && ! command -v pulumi >/dev/null 2>&1; then
    fault "pulumi is missing on the PATH, but LAB_OFFICIAL=1 requires it: install it from https://www.pulumi.com/docs/install/, or unset LAB_OFFICIAL to build one."
fi

if [ "${LAB_OFFICIAL:-}" = 1 ] && ! command -v packer >/dev/null 2>&1; then
    fault "packer is missing on the PATH, but LAB_OFFICIAL=1 requires it: install it from https://developer.hashicorp.com/packer/install, or unset LAB_OFFICIAL to build one."
fi

exit "$faults"
