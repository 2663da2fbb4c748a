//! How the client gets the tickets with which pages sign.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::doc::{Doc, code, english};
use super::{endpoint, format};
use crate::model::{Model, TicketIssue};
use crate::output::OutputFile;

/// `tickets.rs`; none where there are no tickets.
pub(super) fn file(model: &Model) -> Option<OutputFile> {
    let first = model.api.tickets.first()?;
    let doc = vec![
        "The tickets with which pages sign: `Client::ticket` gets each of them and keeps it.".to_owned(),
        String::new(),
        "中文：页面签名所用的票据，由 `Client::ticket` 获取并缓存。".to_owned(),
        String::new(),
        "```".to_owned(),
        format!("use {}::{{TicketIssue, tickets}};", model.api.krate.replace('-', "_")),
        String::new(),
        format!("let kind: &TicketIssue = &tickets::{};", constant(&first.id)),
        "// With a client: `let ticket = client.ticket(kind).await?;`".to_owned(),
        format!("assert_eq!(kind.name, {:?});", first.id),
        "```".to_owned(),
    ];
    let above: Vec<_> = model.api.tickets.iter().map(|ticket| ticket_doc(ticket).into()).collect();
    let tickets = model.api.tickets.iter().enumerate().filter_map(|(number, ticket)| one(model, number, ticket));
    let tokens = quote!(use crate::rt; #(#tickets)*);
    Some(OutputFile { path: "src/tickets.rs".to_owned(), text: format::file("api.yaml", &doc, tokens, &above, &[]) })
}

/// `WX_CARD`
pub(super) fn constant(id: &str) -> String {
    id.to_uppercase().replace('-', "_")
}

fn ticket_doc(ticket: &TicketIssue) -> Vec<String> {
    let mut doc = Doc::new();
    doc.prose(&english(&ticket.doc));
    doc.raw(&format!("It comes from {}.", code(&ticket.endpoint)));
    doc.chinese(&[&ticket.doc.zh]);
    doc.lines()
}

fn one(model: &Model, number: usize, ticket: &TicketIssue) -> Option<TokenStream> {
    let meta = endpoint::meta(model, model.endpoints.iter().find(|endpoint| endpoint.path == ticket.endpoint)?);
    let TicketIssue { id, fixed, ticket: field, expires_in, .. } = ticket;
    let constant = format_ident!("{}", constant(id));
    let marker = format!("@{number}");
    let fixed = fixed.iter().map(|(key, value)| {
        let json = value.to_string();
        quote!((#key, #json))
    });
    Some(quote! {
        #[doc = #marker]
        pub static #constant: rt::TicketIssue = rt::TicketIssue {
            name: #id,
            meta: &#meta,
            fixed: &[#(#fixed),*],
            ticket: #field,
            expires_in: #expires_in,
        };
    })
}
