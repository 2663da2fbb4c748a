# What a fresh app pays for the crate, beside the same call written out with reqwest and serde.

section_app() {
    local ours=$work/app-ours theirs=$work/app-plain
    app "$ours" 'weixin.workspace = true'
    app_main >"$ours/app/src/main.rs"
    app "$theirs" 'reqwest = { workspace = true, features = ["rustls"] }
serde = { workspace = true, features = ["derive"] }
serde_json.workspace = true'
    plain_main >"$theirs/app/src/main.rs"
    say "a fresh app beside reqwest and serde alone"
    for folder in "$ours" "$theirs"; do
        quietly cargo fetch --manifest-path "$folder/Cargo.toml"
    done
    header
    pair "app clean release build" 1.10 "$CLEAN_RUNS" "clean_build $ours" "clean_build $theirs"
    difference "app crates in the tree, more" 4 "$(crates "$ours")" "$(crates "$theirs")"
    difference "app stripped binary, kB more" 250 "$(kilobytes "$ours/target/release/app")" "$(kilobytes "$theirs/target/release/app")"
}

# app FOLDER DEPENDENCIES: a workspace of one binary.
app() {
    workspace "$1" "$root" app
    mkdir -p "$1/app/src"
    printf '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2024"\n[dependencies]\ntokio.workspace = true\n%s\n' \
        "$2" >"$1/app/Cargo.toml"
}

clean_build() {
    rm -rf "$1/target"
    cargo build --quiet --release --manifest-path "$1/Cargo.toml" --target-dir "$1/target"
}

crates() { cargo tree --quiet --manifest-path "$1/Cargo.toml" --prefix none | sed 's/ (\*)$//' | sort -u | wc -l; }

kilobytes() { echo $(($(stat -c %s "$1") / 1024)); }

app_main() {
    cat <<'RUST'
use weixin::{Client, card};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().access_token(std::env::var("TOKEN")?).build()?;
    let answer = card::code::Get::new("220418063571").check_consume(true).send(&client).await?;
    println!("{:?} {:?}", answer.openid, answer.can_consume);
    Ok(())
}
RUST
}

plain_main() {
    cat <<'RUST'
use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Get {
    code: String,
    check_consume: Option<bool>,
}

#[derive(Deserialize)]
struct Failure {
    errcode: Option<i64>,
    errmsg: Option<String>,
}

#[derive(Deserialize)]
struct Answer {
    openid: Option<String>,
    can_consume: Option<bool>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let request = Get { code: "220418063571".to_owned(), check_consume: Some(true) };
    let url = format!("https://api.weixin.qq.com/card/code/get?access_token={}", std::env::var("TOKEN")?);
    let client = reqwest::Client::builder().timeout(std::time::Duration::from_secs(30)).build()?;
    let body = serde_json::to_vec(&request)?;
    let answer = client.post(url).header("content-type", "application/json").body(body).send().await?;
    let body = answer.error_for_status()?.bytes().await?;
    let failure: Failure = serde_json::from_slice(&body)?;
    if failure.errcode.unwrap_or(0) != 0 {
        return Err(format!("{:?} {:?}", failure.errcode, failure.errmsg).into());
    }
    let answer: Answer = serde_json::from_slice(&body)?;
    println!("{:?} {:?}", answer.openid, answer.can_consume);
    Ok(())
}
RUST
}
