# Crates in workspaces of their own, so that nothing but the crate itself is built when it is timed.

# workspace FOLDER REPOSITORY MEMBER...: what a member inherits is what the repository says.
workspace() {
    local folder=$1 repository=$2
    shift 2
    mkdir -p "$folder"
    {
        printf '[workspace]\nresolver = "3"\nmembers = [%s]\n' "$(printf '"%s",' "$@")"
        printf '[profile.release]\nstrip = true\n'
        sed -n '/^\[workspace.package\]/,/^\[profile/p' "$repository/Cargo.toml" |
            sed -e '/^\[profile/d' -e "s|path = \"|path = \"$repository/|"
    } >"$folder/Cargo.toml"
    cp "$repository/Cargo.lock" "$folder/"
}

# crate FOLDER PACKAGE MODE: compiles one member whose dependencies are built. MODE is check, debug or release.
crate() {
    local command=(build)
    case $3 in
    check) command=(check) ;;
    release) command=(build --release) ;;
    esac
    find "$1/$2/src" -name lib.rs -exec touch {} + -o -name main.rs -exec touch {} +
    cargo "${command[@]}" --quiet --manifest-path "$1/Cargo.toml" --package "$2" --target-dir "$work/target"
}

# modes NAME PACKAGE THEIR_PACKAGE OURS THEIRS GOALS: check, debug and release, each side built once before.
modes() {
    local name=$1 package=$2 their_package=$3 ours=$4 theirs=$5 mode
    local -a goals=("${@:6}")
    for mode in check debug release; do
        quietly crate "$ours" "$package" "$mode"
        quietly crate "$theirs" "$their_package" "$mode"
        pair "$name $mode" "${goals[0]}" "$RUNS" "crate $ours $package $mode" "crate $theirs $their_package $mode"
        goals=("${goals[@]:1}")
    done
}

# scale REPOSITORY ARGUMENT...: the synthetic spec of 25 endpoints, as that repository generates it.
scale() {
    local command=(cargo bench --quiet --manifest-path "$1/Cargo.toml" -p weixin-tests --bench scale)
    [ "$1" = "$root" ] || command+=(--target-dir "$work/generators")
    quietly "${command[@]}" -- 25 "${@:2}"
}

# synthetic REPOSITORY FOLDER: the crate of 25 endpoints in a workspace.
synthetic() {
    workspace "$2" "$1" synthetic
    scale "$1" --write "$2/synthetic"
}

# The revision to compare with, in $work/before.
before_tree() {
    [ -d "$work/before" ] || git worktree add --quiet --detach "$work/before" "$BEFORE"
}
