//! How the client gets an access token: what the endpoint that issues it is, and what its fields are for.

use proc_macro2::TokenStream;
use quote::quote;

use super::{endpoint, format};
use crate::model::{Model, TokenIssue};
use crate::output::OutputFile;

/// `token.rs`; none where nothing is said of it.
pub(super) fn file(model: &Model) -> Option<OutputFile> {
    let issue = model.api.issue.as_ref()?;
    let doc = ["How the client gets an access token.".to_owned()];
    Some(OutputFile {
        path: "src/token.rs".to_owned(),
        text: format::file("api.yaml", &doc, tokens(model, issue)?, &[], &[]),
    })
}

fn tokens(model: &Model, issue: &TokenIssue) -> Option<TokenStream> {
    let meta = endpoint::meta(model, model.endpoints.iter().find(|endpoint| endpoint.path == issue.endpoint)?);
    let TokenIssue { id, secret, force, token, expires_in, .. } = issue;
    let force = force.as_ref().map_or_else(|| quote!(None), |force| quote!(Some(#force)));
    let fixed = issue.fixed.iter().map(|(key, value)| {
        let json = value.to_string();
        quote!((#key, #json))
    });
    Some(quote! {
        use crate::rt;
        pub(crate) static ISSUE: rt::TokenIssue = rt::TokenIssue {
            meta: &#meta,
            id: #id,
            secret: #secret,
            fixed: &[#(#fixed),*],
            force: #force,
            token: #token,
            expires_in: #expires_in,
        };
    })
}
