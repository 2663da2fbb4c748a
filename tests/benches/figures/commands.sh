# The maintainer's commands, the generator, and what the benches print themselves.

section_commands() {
    local command run target=${CARGO_TARGET_DIR:-target}
    say "the real spec, debug build, medians of $RUNS, milliseconds"
    cargo build --quiet -p xtask
    for command in "generate" "generate --check" "check" "facts" "diff HEAD"; do
        for ((run = 0; run < RUNS; run++)); do
            # shellcheck disable=SC2086
            clock "$target/debug/xtask" $command
        done | median | xargs printf '%-18s %6s\n' "$command"
    done
    say "the longest generated files"
    find generated -name '*.rs' -exec wc -l {} + | sort -n | tail -4 | head -3
}

section_generator() {
    say "the generator on a synthetic spec, release"
    cargo bench --quiet -p weixin-tests --bench scale
}

section_runtime() {
    say "generated code beside plain code"
    cargo bench --quiet -p weixin-tests --bench runtime
    cargo bench --quiet -p weixin-tests --bench allocations
}
