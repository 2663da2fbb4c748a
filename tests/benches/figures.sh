#!/usr/bin/env bash
# Prints the figures that we hold ourselves to, as NAME RATIO GOAL. Nothing here fails because of a time.
#
#     tests/benches/figures.sh                # all of them
#     tests/benches/figures.sh compile app    # some of them
#
#     commands     what the maintainer's commands take, in milliseconds
#     generator    the generator on 25, 250 and 2,500 synthetic endpoints
#     runtime      generated code beside plain code: times, then allocations
#     compile      the crate of 25 synthetic endpoints beside that of oas3-gen, where it is installed
#     before       the real crate beside that of BEFORE
#     app          a fresh app beside the same with reqwest and serde alone
#     features     what each feature costs beside the default: crates, and the processor seconds that they take; a table
#     user         a user's release binary that calls 25 endpoints, beside BEFORE
#
# RUNS         how often each side is timed; the median counts (5)
# CLEAN_RUNS   the same for builds from nothing (3)
# BEFORE       the revision to compare with (HEAD~1)
# FIGURES_DIR  a folder to work in that is kept, so that dependencies need no second build (a temporary one)
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
RUNS=${RUNS:-5}
CLEAN_RUNS=${CLEAN_RUNS:-3}
BEFORE=${BEFORE:-HEAD~1}
export CARGO_INCREMENTAL=0

here=tests/benches/figures
for part in measure workspace commands compile app features user; do
    # shellcheck source=/dev/null
    source "$here/$part.sh"
done

work=${FIGURES_DIR:-$(mktemp -d)}
mkdir -p "$work"
tidy() {
    git worktree remove --force "$work/before" 2>/dev/null || true
    [ -n "${FIGURES_DIR:-}" ] || rm -rf "$work"
}
trap tidy EXIT

[ $# -gt 0 ] || set -- commands generator runtime compile before app features user
for section in "$@"; do
    case $section in
    commands | generator | runtime | compile | before | app | features | user) "section_$section" ;;
    *)
        echo "figures.sh: no section \`$section\`" >&2
        exit 2
        ;;
    esac
done
