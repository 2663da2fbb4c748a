//! How the generator grows: a synthetic spec of 25, 250 and 2,500 endpoints.
//!
//! ```text
//! cargo bench -p weixin-tests --bench scale                       # 25, 250 and 2,500
//! cargo bench -p weixin-tests --bench scale -- 25 --write DIR     # also writes the crate
//! cargo bench -p weixin-tests --bench scale -- 25 --openapi FILE  # the same endpoints for other generators
//! ```
//!
//! Beside the time of the generator stands a floor that every generator with this formatter pays: parsing and
//! printing the same Rust files once more with `syn` and `prettyplease`.

mod synthetic;

use std::path::Path;
use std::time::{Duration, Instant};

use weixin_codegen::emit;
use weixin_codegen::output::OutputFile;
use weixin_codegen::resolve::resolve;
use weixin_codegen::spec::read_sources;

fn main() {
    let mut sizes = Vec::new();
    let mut folder = None;
    let mut openapi = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => folder = arguments.next(),
            "--openapi" => openapi = arguments.next(),
            other => sizes.extend(other.parse::<usize>()),
        }
    }
    if sizes.is_empty() {
        sizes = vec![25, 250, 2500];
    }
    println!("endpoints      read   resolve      emit       all   lines of Rust   floor   all/floor   peak memory");
    for size in sizes {
        let files = measure(size);
        if let Some(folder) = &folder {
            write(Path::new(folder), &files);
        }
        if let Some(openapi) = &openapi {
            let document = synthetic::document(size).to_string();
            std::fs::write(openapi, document).unwrap_or_else(|error| panic!("{openapi}: {error}"));
        }
    }
}

fn measure(size: usize) -> Vec<OutputFile> {
    let sources = synthetic::sources(size);
    let start = Instant::now();
    let spec = read_sources(sources).unwrap_or_else(|faults| panic!("{faults:?}"));
    let read = start.elapsed();
    let model = resolve(&spec).unwrap_or_else(|faults| panic!("{faults:?}"));
    let resolved = start.elapsed();
    let files = emit::all(&model);
    let all = start.elapsed();
    let peak = peak_memory();
    let rust: Vec<_> = files.iter().filter(|file| file.path.ends_with(".rs")).collect();
    let lines: usize = rust.iter().map(|file| file.text.lines().count()).sum();
    let floor = floor(&rust);
    println!(
        "{size:>9} {} {} {} {} {lines:>15} {} {:>11.2} {:>9} MiB",
        seconds(read),
        seconds(resolved - read),
        seconds(all - resolved),
        seconds(all),
        seconds(floor),
        all.as_secs_f64() / floor.as_secs_f64(),
        peak / 1024,
    );
    files
}

fn seconds(time: Duration) -> String {
    format!("{:>7.3} s", time.as_secs_f64())
}

/// One thread, each file once: parse, print.
fn floor(files: &[&OutputFile]) -> Duration {
    let start = Instant::now();
    for file in files {
        let parsed = syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        std::hint::black_box(prettyplease::unparse(&parsed));
    }
    start.elapsed()
}

/// The most memory the process ever held, in KiB; 0 where the system does not tell.
fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .and_then(|rest| rest.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

fn write(folder: &Path, files: &[OutputFile]) {
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder)).unwrap_or_else(|error| panic!("{error}"));
        std::fs::write(path, &file.text).unwrap_or_else(|error| panic!("{error}"));
    }
}
