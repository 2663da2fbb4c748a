//! The crate that consumers import: Rust sources, manifest, and the tests of every example.
//!
//! | module | makes |
//! |---|---|
//! | `manifest`, `krate`, `modules`, `errors`, `token`, `tickets`, `events`, `server` | what is there once, or once a folder |
//! | `file` | one Rust file from one spec file; nothing it needs depends on another file |
//! | `endpoint`, `object`, `enums`, `unions`, `union_parts` | the items |
//! | `describe` | what a type says of itself: the runtime reads, writes, shows and compares it by that |
//! | `build`, `validate`, `rules`, `paths`, `review`, `paging`, `signing`, `verify` | what they can do |
//! | `expr`, `example`, `example_tests`, `first_call` | examples as code |
//! | `doc`, `docs_of`, `docs_call`, `mentions`, `json` | documentation |
//! | `context`, `scope`, `format`, `written` | what they share |

mod blank;
mod build;
mod context;
mod describe;
mod doc;
mod docs_call;
mod docs_of;
mod endpoint;
mod enums;
mod errors;
mod events;
mod example;
mod example_tests;
mod expr;
mod file;
mod first_call;
mod format;
mod json;
mod krate;
mod literal;
mod manifest;
mod mentions;
mod modules;
mod object;
mod paging;
mod paths;
mod rules;
mod scope;
mod server;
mod signing;
mod template;
mod tickets;
mod token;
mod ty;
mod union_parts;
mod unions;
mod validate;
mod verify;
mod written;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use self::context::Context;
use super::prose::Calls;
use crate::model::{Model, Module, SourceFile};
use crate::output::OutputFile;
use modules::Part;

/// The crate, with paths relative to its folder.
#[must_use]
pub fn emit(model: &Model) -> Vec<OutputFile> {
    let ctx = Context::new(model);
    let mut files = manifest::files(&ctx);
    files.extend(errors::files(model));
    files.extend(token::file(model));
    files.extend(tickets::file(model));
    files.extend(events::receiving(&ctx));
    files.extend(server::file(&ctx));
    for (module, mut parts) in sources(&ctx) {
        parts.extend(events::any(&ctx, module));
        let folder = modules::folder(module);
        files.push(if module.namespace.is_empty() {
            krate::file(&ctx, &parts)
        } else {
            modules::file(&ctx, module, &parts)
        });
        files.extend(
            parts.into_iter().map(|part| OutputFile { path: format!("{folder}{}.rs", part.stem), text: part.text }),
        );
    }
    files.extend(example_tests::files(&ctx));
    files
}

/// The smallest call of each endpoint, by address, for those who show it.
#[must_use]
pub fn calls(model: &Model) -> HashMap<String, Calls> {
    let ctx = Context::new(model);
    let calls = model.endpoints.iter().filter_map(|it| Some((it.path.clone(), example::calls(&ctx, it)?)));
    let client = first_call::lines(&ctx).map(|call| Calls { send: call.plain(), request: Vec::new() });
    calls.chain(client.map(|call| ("client".to_owned(), call))).collect()
}

/// The Rust files of every module, in the order of the spec, made by as many threads as there are processors: on two,
/// emitting takes three fifths of the time.
fn sources<'a>(ctx: &Context<'a>) -> Vec<(&'a Module, Vec<Part>)> {
    let modules = ctx.model.modules.iter().enumerate();
    let jobs: Vec<(usize, &Module, &SourceFile)> = modules
        .flat_map(|(index, module)| module.files.iter().map(move |file| (index, module, file)))
        .filter(|(.., file)| modules::has_rust(file))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some((index, module, file)) = jobs.get(number) else {
                return done;
            };
            done.push((number, *index, file::parts(ctx, module, file)));
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(jobs.len().max(1));
    let mut done: Vec<(usize, usize, Vec<Part>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|it| it.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    // Threads finish in any order; the output has that of the spec.
    done.sort_by_key(|(number, ..)| *number);
    let mut sources: Vec<(&Module, Vec<Part>)> = ctx.model.modules.iter().map(|module| (module, Vec::new())).collect();
    for (_, index, parts) in done {
        sources[index].1.extend(parts);
    }
    sources
}
