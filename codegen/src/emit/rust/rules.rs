//! Rules across fields.

use proc_macro2::TokenStream;
use quote::quote;

use super::paths::{self, Chain};
use super::scope::{Scope, ident};
use super::ty;
use crate::emit::prose::plain_value;
use crate::model::{Condition, Field, ObjectType, Path, Rule, RuleKind, TypeKind, TypeRef};

/// The code that checks one rule; none for rules that no machine can check.
pub(super) fn check<'a>(scope: &Scope<'a>, object: &'a ObjectType, rule: &'a Rule) -> TokenStream {
    let rules = Rules { scope, object };
    match &rule.kind {
        RuleKind::Note => TokenStream::new(),
        RuleKind::AtMostOne(fields) => {
            let fields = rules.each_set(fields, &paths::is_given);
            quote!(out.at_most_one(at, &[#(#fields),*]);)
        }
        RuleKind::AtLeastOne(fields, when) => rules.at_least_one(fields, when),
        RuleKind::RequiredWhen(fields, when) => rules.required_when(fields, when),
        RuleKind::ForbiddenWhen(fields, when) => rules.forbidden_when(fields, when),
        RuleKind::EqualsWhen(values, when) => rules.equals_when(values, when),
        RuleKind::DiffersWhen(values, when) => rules.differs_when(values, when),
        RuleKind::Requires(field, needs) => rules.requires(field, needs),
        RuleKind::RequiresOne(field, needs) => rules.requires_one(field, needs),
        RuleKind::Together { fields, max } => rules.together(fields, *max),
        RuleKind::NotEmpty => rules.not_empty(),
        RuleKind::DateWindow { from, to, days } => rules.date_window(from, to, *days),
        RuleKind::InOrder(first, second) => rules.in_order(first, second),
        RuleKind::BeforeToday(fields) => rules.before_today(fields),
    }
}

struct Rules<'a, 's> {
    scope: &'s Scope<'a>,
    object: &'a ObjectType,
}

impl<'a> Rules<'a, '_> {
    fn chain(&self, path: &[String]) -> Chain<'a> {
        paths::follow(self.scope, self.object, path)
    }

    /// Each field with whether it is set.
    fn each_set(&self, fields: &[Path], set: &dyn Fn(&[&Field]) -> TokenStream) -> Vec<TokenStream> {
        fields
            .iter()
            .map(|path| {
                let name = path.to_string();
                let set = set(&self.chain(path));
                quote!((#name, #set))
            })
            .collect()
    }

    /// Whether all conditions hold; none when there is no condition.
    fn when(&self, when: &[Condition]) -> Option<TokenStream> {
        let tests = when.iter().map(|one| self.holds(one));
        (!when.is_empty()).then(|| quote!(#(#tests)&&*))
    }

    /// Whether one condition holds; its path may end at the tag of a union.
    fn holds(&self, one: &Condition) -> TokenStream {
        let chain = self.chain(&one.path);
        if !chain.is_empty() {
            return paths::holds(self.scope, &chain, &one.values);
        }
        let union = one.path.split_last().map(|(_, way)| self.chain(way)).unwrap_or_default();
        paths::holds_variant(self.scope, &union, &one.values)
    }

    fn at_least_one(&self, fields: &[Path], when: &[Condition]) -> TokenStream {
        let fields = self.each_set(fields, &paths::is_set);
        let condition = words(when);
        match self.when(when) {
            Some(when) => quote!(if #when { out.at_least_one_when(at, &[#(#fields),*], #condition); }),
            None => quote!(out.at_least_one(at, &[#(#fields),*]);),
        }
    }

    fn differs_when(&self, values: &[Condition], when: &[Condition]) -> TokenStream {
        let condition = words(when);
        let checks = values.iter().map(|one| {
            let name = one.path.to_string();
            let refused = one.spelled(" or ", plain_value);
            (self.holds(one), quote!(out.differs_when(at, #name, #refused, #condition);))
        });
        self.guarded(when, checks.collect())
    }

    fn requires_one(&self, field: &Path, needs: &[Path]) -> TokenStream {
        let name = field.to_string();
        let given = paths::is_given(&self.chain(field));
        let names = needs.iter().map(ToString::to_string);
        let missing = needs.iter().map(|path| paths::is_not_set(&self.chain(path)));
        quote!(if #given #(&& #missing)* { out.requires_one(at, #name, &[#(#names),*]); })
    }

    fn together(&self, fields: &[Path], max: u32) -> TokenStream {
        let lists = fields.iter().map(|path| {
            let name = path.to_string();
            let list = paths::borrowed(&self.chain(path), quote!(self));
            quote!((#name, #list.map_or(0, |list| list.len())))
        });
        let max = proc_macro2::Literal::u32_unsuffixed(max);
        quote!(out.together(at, &[#(#lists),*], #max);)
    }

    fn not_empty(&self) -> TokenStream {
        let unset = self.object.fields.iter().map(|field| {
            let name = ident(&field.ident);
            quote!(self.#name.is_none())
        });
        quote!(if #(#unset)&&* { out.nothing_set(at); })
    }

    fn required_when(&self, fields: &[Path], when: &[Condition]) -> TokenStream {
        let condition = words(when);
        let checks = fields.iter().map(|path| {
            let name = path.to_string();
            (paths::is_not_set(&self.chain(path)), quote!(out.required_when(at, #name, #condition);))
        });
        self.guarded(when, checks.collect())
    }

    fn forbidden_when(&self, fields: &[Path], when: &[Condition]) -> TokenStream {
        let condition = words(when);
        let checks = fields.iter().map(|path| {
            let name = path.to_string();
            (paths::is_given(&self.chain(path)), quote!(out.forbidden_when(at, #name, #condition);))
        });
        self.guarded(when, checks.collect())
    }

    fn requires(&self, field: &Path, needs: &[Path]) -> TokenStream {
        let name = field.to_string();
        let set = paths::is_given(&self.chain(field));
        let checks = needs.iter().map(|path| {
            let needed = path.to_string();
            (paths::is_not_set(&self.chain(path)), quote!(out.requires(at, #name, #needed);))
        });
        nested(Some(&set), checks.collect())
    }

    fn guarded(&self, when: &[Condition], checks: Vec<(TokenStream, TokenStream)>) -> TokenStream {
        nested(self.when(when).as_ref(), checks)
    }

    fn equals_when(&self, values: &[Condition], when: &[Condition]) -> TokenStream {
        let checks = values.iter().map(|one| {
            let chain = self.chain(&one.path);
            let name = one.path.to_string();
            let expected = one.spelled(" or ", plain_value);
            let actual = self.as_text(&chain);
            let differs = paths::differs(self.scope, &chain, &one.values);
            (differs, quote!(out.equals_when(at, #name, #expected, #actual);))
        });
        self.guarded(when, checks.collect())
    }

    /// The field as text, if it is set.
    fn as_text(&self, chain: &Chain<'a>) -> TokenStream {
        if chain.iter().all(|field| field.required) {
            let names = chain.iter().map(|field| ident(&field.ident));
            return quote!(Some(self.#(#names).*.to_string()));
        }
        let borrowed = paths::borrowed(chain, quote!(self));
        let shown = chain.last().is_some_and(|field| match &field.ty {
            TypeRef::Scalar(_) => true,
            TypeRef::Named(id) => matches!(self.scope.ctx.ty(*id).kind, TypeKind::Enum(_)),
            _ => false,
        });
        if shown { quote!(#borrowed.map(ToString::to_string)) } else { quote!(None) }
    }

    fn date_window(&self, from: &Path, to: &Path, days: u32) -> TokenStream {
        let (first, last) = (self.chain(from), self.chain(to));
        let (from_name, to_name) = (from.to_string(), to.to_string());
        let days = proc_macro2::Literal::u32_unsuffixed(days);
        let call =
            |from: TokenStream, to: TokenStream| quote!(out.date_window(at, #from_name, #from, #to_name, #to, #days););
        if let ([first], [last]) = (&first[..], &last[..])
            && first.required
            && last.required
        {
            let (first, last) = (ident(&first.ident), ident(&last.ident));
            return call(quote!(&self.#first), quote!(&self.#last));
        }
        let (first, last) = (paths::borrowed(&first, quote!(self)), paths::borrowed(&last, quote!(self)));
        let call = call(quote!(from), quote!(to));
        quote!(if let (Some(from), Some(to)) = (#first, #last) { #call })
    }

    fn in_order(&self, first: &Path, second: &Path) -> TokenStream {
        let (first_name, second_name) = (first.to_string(), second.to_string());
        let (first, second) = (self.chain(first), self.chain(second));
        let call = |first: TokenStream, second: TokenStream| quote!(out.in_order(at, #first_name, #first, #second_name, #second););
        if first.iter().chain(&second).all(|field| field.required) {
            let place = |chain: &Chain<'a>| {
                let names = chain.iter().map(|field| ident(&field.ident));
                quote!(self.#(#names).*)
            };
            return call(place(&first), place(&second));
        }
        let (first, second) = (paths::borrowed(&first, quote!(self)), paths::borrowed(&second, quote!(self)));
        let call = call(quote!(*first), quote!(*second));
        quote!(if let (Some(first), Some(second)) = (#first, #second) { #call })
    }

    fn before_today(&self, fields: &[Path]) -> TokenStream {
        let zone = self.scope.ctx.model.api.zone_seconds;
        let zone = proc_macro2::Literal::i32_unsuffixed(zone);
        fields
            .iter()
            .map(|path| {
                let chain = self.chain(path);
                let name = path.to_string();
                if let [field] = &chain[..]
                    && field.required
                    && ty::is_text(&field.ty)
                {
                    let field = ident(&field.ident);
                    return quote!(out.before_today(at, #name, &self.#field, #zone););
                }
                let value = paths::borrowed(&chain, quote!(self));
                quote!(if let Some(value) = #value { out.before_today(at, #name, value, #zone); })
            })
            .collect()
    }
}

/// Checks under a condition, if there is one. A single check takes the condition into its own.
fn nested(when: Option<&TokenStream>, checks: Vec<(TokenStream, TokenStream)>) -> TokenStream {
    if let (Some(when), [(test, call)]) = (when, &checks[..]) {
        return quote!(if #when && #test { #call });
    }
    let checks = checks.into_iter().map(|(test, call)| quote!(if #test { #call }));
    match when {
        Some(when) => quote!(if #when { #(#checks)* }),
        None => quote!(#(#checks)*),
    }
}

/// The conditions as a reader expects them: `share_friends is true`.
fn words(when: &[Condition]) -> String {
    let words: Vec<String> =
        when.iter().map(|one| format!("{} is {}", one.path, one.spelled(" or ", plain_value))).collect();
    words.join(" and ")
}
