//! Calls that can be found out after their response was lost.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use crate::emit::prose::{Lang, can_verify};
use crate::model::{Condition, Endpoint, Proof, Text, Value, Verify};

/// The method of a request that finds out what it did.
pub(super) fn methods(scope: &Scope<'_>, verify: &Verify) -> TokenStream {
    let asked = format!("`{}`", verify.endpoint);
    let above = |en: String, zh: String| {
        let doc = vec![en, String::new(), format!("中文：{zh}")];
        scope.above(doc, vec!["#[cfg(feature = \"client\")]".to_owned()])
    };
    match verify.proof {
        Proof::State(_) => {
            let above = above(
                format!("After a call failed with this error: asks {asked} whether it was done all the same."),
                format!("调用以该错误失败后，通过 {asked} 查询实际是否已执行。"),
            );
            quote! {
                #above
                pub fn verify_after<C: rt::Caller>(&self, error: &rt::Error, client: &C) -> C::Answer<rt::Verified> {
                    rt::verify_after(self, error, client)
                }
            }
        }
        Proof::Change { .. } => {
            let above = above(
                format!(
                    "Before the call: asks {asked} for what it changes, so that `verify_after` can tell what became of it."
                ),
                format!(
                    "调用之前先通过 {asked} 记下当前值，若返回丢失，再用所得对象的 `verify_after` 判断是否已执行。"
                ),
            );
            quote! {
                #above
                pub fn note_before<C: rt::Caller>(&self, client: &C) -> C::Answer<rt::Noted<Self>> {
                    rt::note_before(self, client)
                }
            }
        }
    }
}

/// How the request is found out.
pub(super) fn implementation(scope: &Scope<'_>, endpoint: &Endpoint, verify: &Verify) -> Option<TokenStream> {
    let name = ident(&endpoint.ident);
    let asked = scope.ctx.model.endpoints.iter().find(|asked| asked.path == verify.endpoint)?;
    let (way, ask) = (asked.namespace.iter().map(|segment| ident(segment)), ident(&asked.ident));
    let with = verify.with.iter().map(|(asked, own)| quote!((#asked, #own)));
    let fixed = verify.fixed.iter().map(|(key, value)| {
        let json = value.to_string();
        quote!((#key, #json))
    });
    let proof = proof(&verify.proof);
    Some(quote! {
        impl rt::Verifiable for #name {
            type Asks = crate::#(#way::)*#ask;
            const VERIFY: rt::Verify = rt::Verify { with: &[#(#with),*], fixed: &[#(#fixed),*], proof: #proof };
        }
    })
}

fn proof(proof: &Proof) -> TokenStream {
    match proof {
        Proof::State(conditions) => {
            let expected = conditions.iter().map(|Condition { path, values }| {
                let (path, values) = (path.iter(), values.iter().map(text));
                quote!(rt::Expected { path: &[#(#path),*], values: &[#(#values),*] })
            });
            quote!(rt::Proof::State(&[#(#expected),*]))
        }
        Proof::Change { number, plus, minus } => {
            let number = number.iter();
            let (plus, minus) = (option(plus.as_ref()), option(minus.as_ref()));
            quote!(rt::Proof::Change { number: &[#(#number),*], plus: #plus, minus: #minus })
        }
    }
}

fn option(name: Option<&String>) -> TokenStream {
    name.map_or_else(|| quote!(None), |name| quote!(Some(#name)))
}

/// A value as it stands in a query.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How to find out what a lost call did, as its explanation tells.
pub(super) fn explained(endpoint: &Endpoint) -> Option<Text> {
    let Some(verify) = &endpoint.verify else { return endpoint.find_out.clone() };
    let [en, zh] = Lang::ALL.map(|lang| {
        let by_hand = endpoint.find_out.as_ref().map(|text| lang.text(text).trim());
        by_hand.into_iter().chain([can_verify(lang, verify)]).collect::<Vec<_>>().join(lang.pick(" ", ""))
    });
    Some(Text { en, zh })
}
