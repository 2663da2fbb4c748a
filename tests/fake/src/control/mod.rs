//! What `Server` can do, over HTTP below `/fake`, for tests in other languages.
//!
//! | file | holds |
//! |---|---|
//! | `look` | what there is to look at |
//! | `actions` | what can be done: a line for each |
//! | `steering`, `people`, `promoters` | the arguments of actions, and those that need more than a line |
//! | `operation` | one entry of both tables |
//! | `arguments` | JSON, forms and queries, read the same way |
//! | `openapi` | the description of all of it, made from the tables |
//! | `refusal` | why something is not done |

mod actions;
mod arguments;
mod look;
mod openapi;
mod operation;
mod people;
mod promoters;
mod refusal;
mod steering;

use serde_json::Value;

pub(crate) use arguments::{Given, LANGUAGE, VERB, is_form};
pub(crate) use look::code_of;
pub(crate) use operation::{Operation, ROOT};
pub(crate) use refusal::Refusal;

use crate::engine::Engine;
use operation::{DESCRIPTION, Verb};

/// Everything that can be asked for.
pub(crate) struct Control {
    operations: Vec<Operation>,
}

impl Control {
    pub(crate) fn new() -> Self {
        Control { operations: look::all().into_iter().chain(actions::all()).collect() }
    }

    /// The operation that something is done by, if this fake has it: `/clock`.
    pub(crate) fn action(&self, path: &str) -> Option<&Operation> {
        self.operations.iter().find(|own| own.path == path && own.verb == Verb::Post)
    }

    /// Does what is asked for, and tells what came of it.
    pub(crate) fn answer(&self, engine: &Engine, verb: &str, path: &str, given: &Given<'_>) -> Result<Value, Refusal> {
        let below = path.strip_prefix(ROOT).unwrap_or(path);
        if below == DESCRIPTION && verb == Verb::Get.as_str() {
            return Ok(openapi::document(&self.operations, &engine.url));
        }
        let own: Vec<&Operation> = self.operations.iter().filter(|own| own.path == below).collect();
        if own.is_empty() && below != DESCRIPTION {
            let message = format!("there is no `{path}`: {ROOT}{DESCRIPTION} lists what there is");
            return Err(Refusal::new(404, message));
        }
        let Some(operation) = own.iter().find(|own| own.verb.as_str() == verb) else {
            let verbs: Vec<&str> = own.iter().map(|own| own.verb.as_str()).collect();
            let verbs = if verbs.is_empty() { "GET".to_owned() } else { verbs.join(" or ") };
            return Err(Refusal::new(405, format!("`{path}` takes {verbs}, not {verb}")));
        };
        operation.run(engine, given)
    }
}
