//! The call that a newcomer sees first: the smallest one that reads something.

use quote::quote;

use super::context::Context;
use super::expr::Builder;
use super::scope::ident;
use super::{example, format, template};
use crate::model::{Endpoint, Repeat};
use crate::target::BLOCKING;

/// The code of the first call.
pub(super) struct FirstCall {
    /// The feature that it needs.
    pub(super) feature: Option<String>,
    /// The feature with the client that it needs too.
    pub(super) client: Option<&'static str>,
    /// Its lines.
    pub(super) lines: Vec<String>,
}

impl FirstCall {
    /// The lines as they stand inside a function.
    pub(super) fn plain(&self) -> Vec<String> {
        let asked: Vec<&str> = self.lines.iter().map(|line| parameters(line)).collect();
        let known = WHO.iter().filter(|(name, _)| asked.iter().any(|all| all.contains(&format!("{name}: &str"))));
        let lets = known.map(|(name, what)| format!("let {name} = {what:?};"));
        let (uses, rest): (Vec<&String>, Vec<&String>) =
            self.lines.iter().filter(|line| !line.starts_with("# ")).partition(|line| line.starts_with("use "));
        let rest = rest.into_iter().skip_while(|line| line.is_empty()).cloned();
        uses.into_iter().cloned().chain([String::new()]).chain(lets).chain(rest).collect()
    }

    /// The lines as a whole program.
    pub(super) fn complete(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut indent = "";
        for line in &self.lines {
            match line.strip_prefix("# ") {
                Some(hidden) if hidden.starts_with("async fn call(") => {
                    lines.push("#[tokio::main]".to_owned());
                    lines.push(hidden.replace(&format!("call({})", parameters(hidden)), "main()"));
                    let known = WHO.iter().filter(|(name, _)| parameters(hidden).contains(&format!("{name}:")));
                    lines.extend(known.map(|(name, what)| format!("    let {name} = {what:?};")));
                    indent = "    ";
                }
                Some("}") => lines.push("}".to_owned()),
                Some(hidden) => lines.push(format!("{indent}{hidden}")),
                None if line.is_empty() => lines.push(String::new()),
                None => lines.push(format!("{indent}{line}")),
            }
        }
        lines
    }
}

/// What a call needs to know of who calls.
const WHO: [(&str, &str); 3] = [
    ("app_id", "the id of your account"),
    ("secret", "the secret of your account"),
    ("token", "the access token of your account"),
];

/// What stands between the parentheses of a function.
fn parameters(function: &str) -> &str {
    function.split(['(', ')']).nth(1).unwrap_or_default()
}

/// The first call, if any endpoint suits.
pub(super) fn lines(ctx: &Context<'_>) -> Option<FirstCall> {
    call(ctx, false)
}

/// The same with the client that blocks.
pub(super) fn blocking(ctx: &Context<'_>) -> Option<FirstCall> {
    call(ctx, true)
}

fn call(ctx: &Context<'_>, blocking: bool) -> Option<FirstCall> {
    let endpoint = choose(ctx)?;
    let values = example::values(endpoint, endpoint.minimal_example())?;
    let mut builder = Builder::new(ctx, &endpoint.namespace, &endpoint.ident);
    let request = builder.object(&endpoint.ident, &endpoint.namespace, &endpoint.request.whole(), &values)?;
    let krate = ident(&ctx.model.api.krate.replace('-', "_"));
    let (client, module, asynchronous) = match blocking {
        true => (BLOCKING, vec![BLOCKING.to_owned()], ""),
        false => ("client", Vec::new(), "async "),
    };
    builder.import(&module, "Client");
    builder.import(&[], "Lang");
    let mut lines = builder.imports();
    lines.push(String::new());
    let (parameters, who) = match &ctx.model.api.issue {
        Some(_) => ("app_id: &str, secret: &str", quote::quote!(app(app_id, secret))),
        None => ("token: &str", quote::quote!(access_token(token))),
    };
    lines.push(format!("# {asynchronous}fn call({parameters}) -> Result<(), {krate}::Error> {{"));
    let lets = builder.lets();
    let sent = if blocking { quote!(send(&client)) } else { quote!(send(&client).await) };
    lines.extend(format::statements(quote! {
        #lets
        let client = Client::builder().#who.build()?;
        match #request.#sent {
            Ok(response) => println!("{response:?}"),
            Err(error) => eprintln!("{error}\n{}", error.explain(Lang::En)),
        }
    }));
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    Some(FirstCall { feature: ctx.feature_of(&endpoint.namespace).map(str::to_owned), client: Some(client), lines })
}

/// The response and the error of that call, made by hand.
pub(super) fn testing(ctx: &Context<'_>) -> Option<FirstCall> {
    let suits = |endpoint: &&Endpoint| {
        let response = &endpoint.response.object.fields;
        !endpoint.errors.is_empty() && !response.is_empty() && !response.iter().any(|field| field.required)
    };
    let endpoint = choose(ctx).filter(suits).or_else(|| ctx.model.endpoints.iter().find(suits))?;
    let error = endpoint.errors.first().and_then(|error| ctx.model.error(error.code))?;
    let text = template::fill(
        include_str!("templates/testing.txt"),
        &[
            ("crate", &ident(&ctx.model.api.krate.replace('-', "_")).to_string()),
            ("module", &endpoint.namespace.iter().map(|segment| format!("{}::", ident(segment))).collect::<String>()),
            ("request", &endpoint.ident),
            ("response", &endpoint.response_ident),
            ("constant", &error.ident),
            ("code", &error.code.to_string()),
        ],
    );
    let feature = ctx.feature_of(&endpoint.namespace).map(str::to_owned);
    Some(FirstCall { feature, client: None, lines: text.lines().map(str::to_owned).collect() })
}

/// A client as it is set up where people depend on it.
pub(super) fn production(ctx: &Context<'_>) -> Option<FirstCall> {
    ctx.model.api.issue.as_ref()?;
    let krate = ident(&ctx.model.api.krate.replace('-', "_")).to_string();
    let text = template::fill(include_str!("templates/production.txt"), &[("crate", &krate)]);
    Some(FirstCall { feature: None, client: Some("client"), lines: text.lines().map(str::to_owned).collect() })
}

/// The endpoint that only reads and asks for least, but for something.
fn choose<'a>(ctx: &Context<'a>) -> Option<&'a Endpoint> {
    ctx.model
        .endpoints
        .iter()
        .filter(|endpoint| endpoint.repeat == Repeat::Safe && endpoint.closed.is_none())
        .filter(|endpoint| endpoint.request.fields().any(|field| field.required))
        .filter(|endpoint| endpoint.examples.iter().any(|example| example.request.is_some()))
        .min_by_key(|endpoint| {
            let required = endpoint.request.fields().filter(|field| field.required).count();
            // What is called `get` reads one thing by its id: nothing is easier to understand.
            (!endpoint.path.ends_with("/get"), required, endpoint.request.fields().count())
        })
}
