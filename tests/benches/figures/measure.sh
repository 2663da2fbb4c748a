# How figures are taken. Milliseconds stand on stderr beside the ratios.

say() { printf '\n== %s\n' "$*"; }

header() { printf '%-44s %8s %8s\n' NAME RATIO GOAL; }

# A command whose output is shown only if it fails.
quietly() {
    "$@" >"$work/log" 2>&1 || {
        tail -n 40 "$work/log" | cut -c 1-400 >&2
        exit 1
    }
}

# The wall clock of a command, in milliseconds.
clock() {
    local start end
    start=$(date +%s%N)
    quietly "$@"
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}

# The median of the lines of stdin.
median() { sort -n | awk '{ line[NR] = $1 } END { print line[int((NR + 1) / 2)] }'; }

# figure NAME GOAL OURS THEIRS
figure() {
    awk -v name="$1" -v goal="$2" -v ours="$3" -v theirs="$4" \
        'BEGIN { printf "%-44s %8.2f %8.2f\n", name, ours / theirs, goal }'
    printf '    # %s, %s\n' "$3" "$4" >&2
}

# difference NAME GOAL OURS THEIRS: more or less instead of a ratio.
difference() {
    printf '%-44s %+8d %+8d\n' "$1" "$(($3 - $4))" "$2"
    printf '    # %s, %s\n' "$3" "$4" >&2
}

# pair NAME GOAL RUNS OURS THEIRS: times two commands in turn.
pair() {
    local name=$1 goal=$2 runs=$3 run
    : >"$work/ours"
    : >"$work/theirs"
    for ((run = 0; run < runs; run++)); do
        # shellcheck disable=SC2086
        clock $4 >>"$work/ours"
        # shellcheck disable=SC2086
        clock $5 >>"$work/theirs"
    done
    figure "$name" "$goal" "$(median <"$work/ours")" "$(median <"$work/theirs")"
}
