//! What pages must know of each other; the same for both languages and made once.

use std::collections::{BTreeMap, BTreeSet};

pub(super) use super::super::prose::page as page_path;
use crate::model::keys::inline_contents;
use crate::model::{Field, Model, ObjectType, TypeId, TypeKind, VariantContent};

/// Enumerations up to this size are explained in the row itself; larger ones list their values and link.
pub(super) const EXPLAINED_VALUES: usize = 8;

/// The cross references of the documentation.
pub(super) struct Index<'a> {
    /// The types in each spec file, in its order.
    types: BTreeMap<&'a str, Vec<TypeId>>,
    /// Spec files of endpoints and events.
    own_pages: BTreeSet<&'a str>,
    /// For each type the spec files of the endpoints and events that reach it.
    used_by: Vec<Vec<&'a str>>,
    /// Objects that only ever dissolve into a union and so need no section of their own.
    dissolved: BTreeSet<TypeId>,
    /// For each code the indices of the endpoints that document it.
    raised_by: BTreeMap<i64, Vec<usize>>,
    /// For each code the page that explains it.
    error_pages: BTreeMap<i64, String>,
}

impl<'a> Index<'a> {
    pub(super) fn new(model: &'a Model) -> Self {
        let mut types: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
        for (index, ty) in model.types.iter().enumerate() {
            types.entry(&ty.spec).or_default().push(TypeId(index));
        }
        let mut raised_by: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for (index, endpoint) in model.endpoints.iter().enumerate() {
            for error in &endpoint.errors {
                raised_by.entry(error.code).or_default().push(index);
            }
        }
        let endpoints = model.endpoints.iter().map(|endpoint| endpoint.spec.as_str());
        let events = model.events.iter().map(|event| event.spec.as_str());
        Self {
            types,
            own_pages: endpoints.chain(events).collect(),
            used_by: used_by(model),
            dissolved: dissolved(model),
            error_pages: error_pages(model, &raised_by),
            raised_by,
        }
    }

    /// The spec files of shared types.
    pub(super) fn type_files(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.types.keys().copied().filter(|spec| !self.own_pages.contains(spec))
    }

    /// Whether a page is made from a spec file.
    pub(super) fn has_page(&self, spec: &str) -> bool {
        self.own_pages.contains(spec) || self.types.contains_key(spec)
    }

    /// Every type of a spec file.
    pub(super) fn types_in(&self, spec: &str) -> &[TypeId] {
        self.types.get(spec).map_or(&[], Vec::as_slice)
    }

    /// The types of a spec file that get a section on its page.
    pub(super) fn sections<'s>(&'s self, model: &'s Model, spec: &str) -> impl Iterator<Item = TypeId> + use<'s, 'a> {
        self.types_in(spec).iter().copied().filter(|&id| self.has_section(model, id))
    }

    /// Whether a type gets a section on the page of its spec file.
    pub(super) fn has_section(&self, model: &Model, id: TypeId) -> bool {
        let ty = model.ty(id);
        let told_in_rows = match &ty.kind {
            TypeKind::Enum(of) => of.values.len() <= EXPLAINED_VALUES && self.own_pages.contains(ty.spec.as_str()),
            // The page of an endpoint or push tells its objects in place.
            TypeKind::Object(_) | TypeKind::Union(_) => self.own_pages.contains(ty.spec.as_str()),
        };
        !told_in_rows && !self.dissolved.contains(&id)
    }

    /// The spec files of the endpoints and events that reach a type.
    pub(super) fn used_by(&self, id: TypeId) -> &[&'a str] {
        &self.used_by[id.0]
    }

    /// The page that explains a code.
    pub(super) fn error_page(&self, code: i64) -> &str {
        self.error_pages.get(&code).map_or("errors.md", String::as_str)
    }

    /// The endpoints that document a code.
    pub(super) fn raised_by(&self, code: i64) -> &[usize] {
        self.raised_by.get(&code).map_or(&[], Vec::as_slice)
    }
}

/// General codes have a page, the others that of the first area that knows them; those of other interfaces stand apart.
fn error_pages(model: &Model, raised_by: &BTreeMap<i64, Vec<usize>>) -> BTreeMap<i64, String> {
    let area = |code: &i64| {
        let first = raised_by.get(code)?.first()?;
        model.endpoints[*first].path.trim_start_matches('/').split('/').next().map(str::to_owned)
    };
    let page = |error: &crate::model::ErrorCode| {
        let group = if error.general { Some("general".to_owned()) } else { area(&error.code) };
        (error.code, format!("errors-{}.md", group.unwrap_or_else(|| "other".to_owned())))
    };
    model.errors.iter().map(page).collect()
}

fn used_by(model: &Model) -> Vec<Vec<&str>> {
    let mut used_by = vec![Vec::new(); model.types.len()];
    let mut mark = |spec, objects: &[&ObjectType]| {
        let mut reached = BTreeSet::new();
        for object in objects {
            reach(model, &object.fields, &mut reached);
        }
        for id in reached {
            used_by[id.0].push(spec);
        }
    };
    for endpoint in &model.endpoints {
        let request = &endpoint.request;
        mark(endpoint.spec.as_str(), &[&request.query, &request.body, &endpoint.response.object]);
    }
    for event in &model.events {
        mark(event.spec.as_str(), &[&event.object]);
    }
    used_by
}

fn reach(model: &Model, fields: &[Field], reached: &mut BTreeSet<TypeId>) {
    let mut todo: Vec<TypeId> = fields.iter().filter_map(|field| field.ty.named()).collect();
    while let Some(id) = todo.pop() {
        if !reached.insert(id) {
            continue;
        }
        match &model.ty(id).kind {
            TypeKind::Object(object) => todo.extend(object.fields.iter().filter_map(|field| field.ty.named())),
            TypeKind::Union(union) => todo.extend(union.variants.iter().filter_map(|variant| variant.ty())),
            TypeKind::Enum(_) => {}
        }
    }
}

fn dissolved(model: &Model) -> BTreeSet<TypeId> {
    let mut inline = BTreeSet::new();
    let mut whole = BTreeSet::new();
    let mut fields = |all: &[Field]| whole.extend(all.iter().filter_map(|field| field.ty.named()));
    for endpoint in &model.endpoints {
        fields(&endpoint.request.query.fields);
        fields(&endpoint.request.body.fields);
        fields(&endpoint.response.object.fields);
    }
    for event in &model.events {
        fields(&event.object.fields);
    }
    for ty in &model.types {
        match &ty.kind {
            TypeKind::Object(object) => fields(&object.fields),
            TypeKind::Union(union) => inline.extend(inline_contents(union)),
            TypeKind::Enum(_) => {}
        }
    }
    for variant in model.types.iter().filter_map(union).flatten() {
        if let VariantContent::Keyed(_, id) = variant.content {
            whole.insert(id);
        }
    }
    inline.retain(|id| !whole.contains(id));
    inline
}

fn union(ty: &crate::model::Type) -> Option<&[crate::model::Variant]> {
    match &ty.kind {
        TypeKind::Union(union) => Some(&union.variants),
        TypeKind::Object(_) | TypeKind::Enum(_) => None,
    }
}
