//! Rust expressions that build the value which a piece of JSON shows.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::scope::ident;
use super::{build, format, literal, ty};
use crate::model::{
    EnumKind, EnumType, Field, JsonMap, ObjectType, Scalar, TypeId, TypeKind, TypeRef, UnionType, Value,
    VariantContent, snake_case,
};
use crate::target::required_struct;

/// Where an expression stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// An argument that converts what it is given.
    Argument,
    /// One of several such arguments, which are all of one type.
    Item,
    /// A place that wants exactly the type.
    Exact,
}

impl Place {
    fn converts(self) -> bool {
        self != Self::Exact
    }

    /// Where an item of a list or map stands that stands somewhere itself.
    fn item(self) -> Self {
        if self.converts() { Self::Item } else { self }
    }

    /// Where a list stands: one in a list is converted by nobody.
    fn of_list(self) -> Self {
        if self == Self::Item { Self::Exact } else { self }
    }
}

/// Builds expressions and remembers what they name.
pub(super) struct Builder<'a, 'c> {
    ctx: &'c Context<'a>,
    /// The names to import, by module path.
    imports: BTreeMap<String, BTreeSet<String>>,
    /// The name of the request, which no import may take.
    request: &'a str,
    /// Values with a name of their own, because there is much to them.
    lets: Vec<(String, TokenStream)>,
}

/// How many values an object may have inside an expression.
const INLINE: usize = 4;

impl<'a, 'c> Builder<'a, 'c> {
    /// A builder for the examples of one request.
    pub(super) fn new(ctx: &'c Context<'a>, module: &[String], request: &'a str) -> Self {
        let mut builder = Self { ctx, imports: BTreeMap::new(), request, lets: Vec::new() };
        builder.import(module, request);
        builder
    }

    /// The lines of `use` for everything named.
    pub(super) fn imports(&self) -> Vec<String> {
        let line = |(module, names): (&String, &BTreeSet<String>)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            format::use_lines("use", module, &names)
        };
        self.imports.iter().map(line).collect::<String>().lines().map(str::to_owned).collect()
    }

    /// The statements that the expression needs before it.
    pub(super) fn lets(&self) -> TokenStream {
        let (names, values): (Vec<_>, Vec<_>) = self.lets.iter().map(|(name, value)| (ident(name), value)).unzip();
        quote!(#(let #names = #values;)*)
    }

    /// Gives a value a name of its own, made from the name of its type.
    fn name(&mut self, ty: &str, value: TokenStream) -> TokenStream {
        let stem = snake_case(ty);
        let taken = |name: &str| self.lets.iter().any(|(taken, _)| taken == name) || name == "request";
        let mut name = stem.clone();
        let mut number = 1;
        while taken(&name) {
            number += 1;
            name = format!("{stem}_{number}");
        }
        let named = ident(&name);
        self.lets.push((name, value));
        quote!(#named)
    }

    /// Imports a name from a module of the generated crate.
    pub(super) fn import(&mut self, module: &[String], name: &str) {
        let mut path = self.ctx.model.api.krate.replace('-', "_");
        for segment in module {
            path.push_str("::");
            path.push_str(&ident(segment).to_string());
        }
        self.imports.entry(path).or_default().insert(name.to_owned());
    }

    /// Builds a request or another struct from its constructor and setters. None when the JSON holds what the
    /// constructor cannot express.
    pub(super) fn object(
        &mut self,
        rust: &str,
        module: &[String],
        object: &ObjectType,
        json: &JsonMap,
    ) -> Option<TokenStream> {
        let mut values = self.split(object, json)?;
        let required_count = object.fields.iter().filter(|field| field.required).count();
        if values.iter().filter(|(field, _)| field.required).count() != required_count {
            return None;
        }
        // What may have one value only is set by the constructor.
        let settled = |field: &Field, value: &Value| field.required && object.only_value(field) == Some(value);
        values.retain(|(field, value)| !settled(field, value));
        let asked = |field: &Field| field.required && object.only_value(field).is_none();
        if values.iter().any(|(field, _)| field.required && !asked(field)) {
            return None;
        }
        let name = ident(rust);
        let required_struct = required_struct(rust, &object.fields);
        let mut required = Vec::new();
        for (field, value) in values.iter().filter(|(field, _)| field.required) {
            let place = if required_struct.is_some() { Place::Exact } else { Place::Argument };
            required.push((ident(&field.ident), self.value(&field.ty, value, place)?));
        }
        let mut expression =
            match &required_struct {
                Some(all) => {
                    self.import(module, all);
                    let all = ident(all);
                    let fields = required.iter().map(|(name, value)| {
                        if name == &value.to_string() { quote!(#name) } else { quote!(#name: #value) }
                    });
                    let mut argument = quote!(#all { #(#fields,)* });
                    if values.len() > required.len() {
                        argument = self.name("Required", argument);
                    }
                    quote!(#name::new(#argument))
                }
                None => {
                    let arguments = required.iter().map(|(_, value)| value);
                    quote!(#name::new(#(#arguments),*))
                }
            };
        for (field, value) in values.iter().filter(|(field, _)| !field.required) {
            let setter = build::setter_name(field);
            let value = self.value(&field.ty, value, Place::Argument)?;
            expression.extend(quote!(.#setter(#value)));
        }
        Some(expression)
    }

    /// Hands each key to its field; what is left belongs to the flattened union. None when a key has no field.
    fn split<'f>(&self, object: &'f ObjectType, json: &JsonMap) -> Option<Vec<(&'f Field, Value)>> {
        let mut rest = json.clone();
        let mut values: Vec<(usize, &Field, Value)> = Vec::new();
        for (index, field) in object.fields.iter().enumerate().filter(|(_, field)| !field.flatten) {
            if let Some(value) = rest.get(&field.wire) {
                values.push((index, field, value.clone()));
                rest.retain(|key, _| *key != field.wire);
            }
        }
        if let Some((index, field)) = object.fields.iter().enumerate().find(|(_, field)| field.flatten)
            && !rest.is_empty()
        {
            values.push((index, field, Value::Object(std::mem::take(&mut rest))));
        }
        values.sort_by_key(|(index, ..)| *index);
        rest.is_empty().then(|| values.into_iter().map(|(_, field, value)| (field, value)).collect())
    }

    /// Builds a value of a type.
    pub(super) fn value(&mut self, ty: &TypeRef, json: &Value, place: Place) -> Option<TokenStream> {
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(*scalar, json, place),
            TypeRef::Named(id) => self.named(*id, json, place),
            TypeRef::List(inner) => self.list(inner, json.as_array()?, place.of_list()),
            TypeRef::Map(inner) => self.map(inner, json.as_object()?, place.of_list()),
            TypeRef::OrText(inner) => self.or_text(inner, json, place),
        }
    }

    fn scalar(&mut self, scalar: Scalar, json: &Value, place: Place) -> Option<TokenStream> {
        match scalar {
            Scalar::String | Scalar::Date | Scalar::Base64 => {
                let text = json.as_str()?;
                Some(if place.converts() { quote!(#text) } else { quote!(#text.into()) })
            }
            Scalar::Bool => json.as_bool().map(|value| quote!(#value)),
            Scalar::Json => {
                // As text: that is what it is kept as.
                let text = json.to_string();
                self.import(&[], "Json");
                Some(quote!(#text.parse::<Json>().expect("JSON")))
            }
            Scalar::File => {
                let name = json.as_str().unwrap_or("file").to_owned();
                self.import(&[], "File");
                Some(quote!(File::new(#name, b"the bytes of the file")))
            }
            _ => json.is_number().then(|| literal::number(json)),
        }
    }

    fn list(&mut self, inner: &TypeRef, items: &[Value], place: Place) -> Option<TokenStream> {
        let items: Vec<TokenStream> =
            items.iter().map(|item| self.value(inner, item, place.item())).collect::<Option<_>>()?;
        Some(match (items.is_empty(), place) {
            // An empty list does not tell what it is a list of.
            (true, Place::Argument | Place::Item) => {
                let item = self.name_of(inner)?;
                quote!(Vec::<#item>::new())
            }
            (true, Place::Exact) => quote!(Vec::new()),
            (false, Place::Argument | Place::Item) => quote!([#(#items),*]),
            (false, Place::Exact) => quote!(vec![#(#items),*]),
        })
    }

    /// The name of an item type, for lists without items.
    fn name_of(&mut self, ty: &TypeRef) -> Option<TokenStream> {
        match ty {
            TypeRef::Scalar(Scalar::Json | Scalar::File) => None,
            TypeRef::Scalar(scalar) => Some(ty::scalar(*scalar)),
            TypeRef::Named(id) => {
                let it = self.ctx.ty(*id);
                self.reach(*id)?;
                let name = ident(&it.ident);
                Some(quote!(#name))
            }
            _ => None,
        }
    }

    fn map(&mut self, inner: &TypeRef, entries: &JsonMap, place: Place) -> Option<TokenStream> {
        let mut pairs = Vec::new();
        for (key, value) in entries {
            let value = self.value(inner, value, place.item())?;
            pairs.push(if place.converts() { quote!((#key, #value)) } else { quote!((#key.into(), #value)) });
        }
        if pairs.is_empty() && place.converts() {
            return None;
        }
        Some(if place.converts() { quote!([#(#pairs),*]) } else { quote!([#(#pairs),*].into()) })
    }

    fn or_text(&mut self, inner: &TypeRef, json: &Value, place: Place) -> Option<TokenStream> {
        if let Value::String(text) = json {
            return Some(if place.converts() { quote!(#text) } else { quote!(#text.into()) });
        }
        match inner {
            TypeRef::List(item) => {
                let items = json.as_array()?.iter().map(|json| self.value(item, json, Place::Exact));
                let items: Vec<TokenStream> = items.collect::<Option<_>>()?;
                Some(if place.converts() { quote!(vec![#(#items),*]) } else { quote!(vec![#(#items),*].into()) })
            }
            _ => {
                let value = self.value(inner, json, Place::Exact)?;
                self.import(&[], "OrText");
                Some(quote!(OrText::Value(#value)))
            }
        }
    }

    /// Imports a type. None when the request has the same name.
    fn reach(&mut self, id: TypeId) -> Option<()> {
        let ty = self.ctx.ty(id);
        if ty.ident == self.request {
            return None;
        }
        self.import(&ty.namespace, &ty.ident);
        Some(())
    }

    fn named(&mut self, id: TypeId, json: &Value, place: Place) -> Option<TokenStream> {
        let ty = self.ctx.ty(id);
        match &ty.kind {
            TypeKind::Object(object) => {
                self.reach(id)?;
                let json = json.as_object()?;
                let value = self.object(&ty.ident, &ty.namespace, object, json)?;
                Some(if json.len() > INLINE { self.name(&ty.name, value) } else { value })
            }
            TypeKind::Enum(it) => self.enumerated(id, it, json, place),
            TypeKind::Union(it) => self.union(id, it, json.as_object()?, place),
        }
    }

    fn enumerated(&mut self, id: TypeId, it: &EnumType, json: &Value, place: Place) -> Option<TokenStream> {
        let wire = match (it.kind, json) {
            (EnumKind::String, Value::String(text)) => text.clone(),
            (EnumKind::Int, Value::Number(number)) => number.to_string(),
            _ => return None,
        };
        if let Some(known) = it.values.iter().find(|known| known.wire == wire) {
            self.reach(id)?;
            let (name, variant) = (ident(&self.ctx.ty(id).ident), ident(&known.ident));
            return Some(quote!(#name::#variant));
        }
        let value = literal::scalar(json);
        Some(if place.converts() { value } else { quote!(#value.into()) })
    }

    fn union(&mut self, id: TypeId, it: &UnionType, json: &JsonMap, place: Place) -> Option<TokenStream> {
        let variant = it.choose(json)?;
        let (name, variant_name) = (ident(&self.ctx.ty(id).ident), ident(&variant.ident));
        let (content, keys) = match &variant.content {
            VariantContent::Unit => {
                self.reach(id)?;
                return (json.len() == 1).then(|| quote!(#name::#variant_name));
            }
            VariantContent::Keyed(key, content) => (*content, json.get(key)?.as_object()?.clone()),
            VariantContent::Inline(content) => (
                *content,
                json.iter().filter(|(key, _)| **key != it.tag).map(|(k, v)| (k.clone(), v.clone())).collect(),
            ),
        };
        let value = self.named(content, &Value::Object(keys), Place::Exact)?;
        if place != Place::Item && self.ctx.has_unique_content(it, content) {
            return Some(if place.converts() { value } else { quote!(#value.into()) });
        }
        self.reach(id)?;
        let boxed = self.ctx.boxed(Some(id), &TypeRef::Named(content));
        let value = if boxed { quote!(Box::new(#value)) } else { value };
        Some(quote!(#name::#variant_name(#value)))
    }
}
