//! One entry of the tables: how it is asked for, what it takes and gives, what it does.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use weixin_runtime::Text;

use super::arguments::{self, Given, Texts};
use super::refusal::Refusal;
use crate::act::ActError;
use crate::engine::Engine;

/// How something is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Delete => "DELETE",
        }
    }
}

/// No arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

type Run = Box<dyn Fn(&Engine, Value) -> Result<Value, Refusal> + Send + Sync>;

/// Something that can be asked for.
pub(crate) struct Operation {
    pub(crate) verb: Verb,
    /// Its path below the root: `/clock`.
    pub(crate) path: &'static str,
    /// What it does.
    pub(crate) title: Text,
    /// What it takes and what it gives, described to a generator of schemas.
    pub(super) takes: fn(&mut SchemaGenerator) -> Schema,
    pub(super) gives: fn(&mut SchemaGenerator) -> Schema,
    texts: Texts,
    run: Run,
}

impl Operation {
    fn new<A, G>(
        verb: Verb,
        path: &'static str,
        title: Text,
        run: impl Fn(&Engine, A) -> Result<G, ActError> + Send + Sync + 'static,
    ) -> Self
    where
        A: DeserializeOwned + JsonSchema,
        G: Serialize + JsonSchema,
    {
        let run = move |engine: &Engine, given: Value| {
            let done = run(engine, arguments::typed(given)?)?;
            // What is given back is plain data.
            serde_json::to_value(done).map_err(|error| Refusal::new(500, error.to_string()))
        };
        Operation {
            verb,
            path,
            title,
            takes: SchemaGenerator::subschema_for::<A>,
            gives: SchemaGenerator::subschema_for::<G>,
            texts: Texts::of(&inlined::<A>()),
            run: Box::new(run),
        }
    }

    /// Does it.
    pub(super) fn run(&self, engine: &Engine, given: &Given<'_>) -> Result<Value, Refusal> {
        let done = (self.run)(engine, given.value(self.verb == Verb::Post, &self.texts)?)?;
        Ok(if done.is_null() { Value::Object(serde_json::Map::new()) } else { done })
    }
}

/// The schema of a type in one piece.
pub(super) fn inlined<A: JsonSchema>() -> Schema {
    let settings = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    settings.into_generator().into_root_schema_for::<A>()
}

/// Something to look at.
pub(super) fn get<A: DeserializeOwned + JsonSchema, G: Serialize + JsonSchema>(
    path: &'static str,
    en: &'static str,
    zh: &'static str,
    look: impl Fn(&Engine, A) -> Result<G, ActError> + Send + Sync + 'static,
) -> Operation {
    Operation::new(Verb::Get, path, Text { en, zh }, look)
}

/// Something to do.
pub(super) fn post<A: DeserializeOwned + JsonSchema, G: Serialize + JsonSchema>(
    path: &'static str,
    en: &'static str,
    zh: &'static str,
    act: impl Fn(&Engine, A) -> Result<G, ActError> + Send + Sync + 'static,
) -> Operation {
    Operation::new(Verb::Post, path, Text { en, zh }, act)
}

/// Something to take back.
pub(super) fn delete(
    path: &'static str,
    en: &'static str,
    zh: &'static str,
    act: impl Fn(&Engine) + Send + Sync + 'static,
) -> Operation {
    Operation::new(Verb::Delete, path, Text { en, zh }, move |engine, _: Nothing| {
        act(engine);
        Ok(())
    })
}
