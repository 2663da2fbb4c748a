//! That the paths of rules lead somewhere the rule can judge.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Condition, EnumKind, Field, Model, ObjectType, Path, Rule, RuleKind, Scalar, TypeId, TypeKind, TypeRef, UnionType,
    Value, nearest,
};
use crate::resolve::context::Context;
use crate::resolve::examples;
use crate::resolve::registry::Registry;
use crate::source::{Node, SourceMap};
use crate::spec;

/// Checks that every path of every rule leads to a field that the rule can judge.
pub(in crate::resolve) fn check_paths(cx: &Context<'_>, registry: &Registry<'_>, model: &Model) {
    for entry in &registry.entries {
        for (_, id) in &entry.ids {
            let TypeKind::Object(object) = &model.ty(*id).kind else { continue };
            let at = &entry.at();
            let list = at.key("rules");
            views(cx, &entry.def.rules, &entry.def.views, &list);
            let view = model.ty(*id).view.as_deref();
            Checker { cx, model, object, view, code: Code::BadRule }.all(&list);
        }
    }
    for (endpoint, file) in model.endpoints.iter().zip(&cx.spec.endpoints) {
        check_head(cx, model, &endpoint.request.whole(), &file.content.rules, &file.map);
    }
    for (event, file) in model.events.iter().zip(&cx.spec.events) {
        check_head(cx, model, &event.object, &file.content.rules, &file.map);
    }
}

fn check_head(cx: &Context<'_>, model: &Model, object: &ObjectType, written: &[spec::Rule], map: &SourceMap) {
    let root = Node::root(map);
    let list = root.key("rules");
    views(cx, written, &[], &list);
    Checker { cx, model, object, view: None, code: Code::BadRule }.all(&list);
}

/// A rule for a view that its object lacks would hold nowhere.
fn views(cx: &Context<'_>, written: &[spec::Rule], known: &[String], list: &Node<'_>) {
    for (index, rule) in written.iter().enumerate() {
        let rule_at = list.index(index);
        let at = rule_at.key("in");
        for (index, view) in rule.views.iter().flatten().enumerate() {
            if !known.contains(view) && cx.spec.api.content.views.contains_key(view) {
                cx.report(
                    Diagnostic::at(
                        Code::BadView,
                        &at.index(index),
                        format!("what the rule is about has no view `{view}`"),
                        "this view",
                    )
                    .help("remove it, or add it to the object's `views`"),
                );
            }
        }
    }
}

/// Follows paths and compares values with the fields that they lead to.
pub(in crate::resolve) struct Checker<'c, 's> {
    pub(in crate::resolve) cx: &'c Context<'s>,
    pub(in crate::resolve) model: &'c Model,
    pub(in crate::resolve) object: &'c ObjectType,
    /// The view of the object, for messages.
    pub(in crate::resolve) view: Option<&'c str>,
    /// What a path to the wrong place is a fault of.
    pub(in crate::resolve) code: Code,
}

impl Checker<'_, '_> {
    fn all(&self, list: &Node<'_>) {
        for rule in &self.object.rules {
            let at = &list.index(rule.index);
            self.rule(rule, at);
            examples::cases(self.cx, self.model, self.object, rule, &at.key("cases"));
        }
    }

    fn rule(&self, rule: &Rule, rule_at: &Node<'_>) {
        let at = &rule_at.key(&rule.name);
        let when_at = &rule_at.key("when");
        match &rule.kind {
            RuleKind::Note => {}
            RuleKind::AtMostOne(paths) => self.choice(paths, at),
            RuleKind::AtLeastOne(paths, when) => {
                self.choice(paths, at);
                self.hold(when, when_at);
            }
            RuleKind::RequiredWhen(paths, when) | RuleKind::ForbiddenWhen(paths, when) => {
                self.exist(paths, at);
                self.hold(when, when_at);
            }
            RuleKind::EqualsWhen(values, when) => {
                self.fields(values, at);
                self.hold(values, at);
                self.hold(when, when_at);
            }
            RuleKind::DiffersWhen(values, when) => {
                self.hold(values, at);
                self.hold(when, when_at);
            }
            RuleKind::NotEmpty => self.can_be_empty(at),
            RuleKind::Together { fields, .. } => self.lists(fields, &at.key("fields")),
            RuleKind::Requires(field, needed) | RuleKind::RequiresOne(field, needed) => {
                let key = field.to_string();
                let at = at.key(&key);
                self.find(field, Spot::Key(&at));
                self.exist(needed, &at);
            }
            RuleKind::DateWindow { from, to, .. } => {
                self.scalar(from, &at.key("from"), Scalar::Date);
                self.scalar(to, &at.key("to"), Scalar::Date);
            }
            RuleKind::InOrder(first, second) => {
                self.scalar(first, &at.index(0), Scalar::Timestamp);
                self.scalar(second, &at.index(1), Scalar::Timestamp);
            }
            RuleKind::BeforeToday(paths) => {
                for (index, path) in paths.iter().enumerate() {
                    self.scalar(path, &at.index(index), Scalar::Date);
                }
            }
        }
    }

    fn choice(&self, paths: &[Path], at: &Node<'_>) {
        if paths.len() < 2 {
            self.fault(Spot::Value(at), "a choice needs at least two fields", "name another field");
        }
        self.exist(paths, at);
    }

    fn exist(&self, paths: &[Path], at: &Node<'_>) {
        match paths {
            [path] => {
                self.find(path, Spot::Value(at));
            }
            _ => paths.iter().enumerate().for_each(|(index, path)| {
                self.find(path, Spot::Value(&at.index(index)));
            }),
        }
    }

    fn scalar(&self, path: &Path, at: &Node<'_>, wanted: Scalar) {
        let Some(field) = self.find(path, Spot::Value(at)) else { return };
        if field.ty != TypeRef::Scalar(wanted) && !field.ty.is_unknown() {
            let wanted = wanted.name();
            self.fault(
                Spot::Value(at),
                &format!("`{}` is no {wanted}", path),
                &format!("the rule needs fields of type `{wanted}`"),
            );
        }
    }

    /// Whether every condition of a mapping can ever hold.
    pub(in crate::resolve) fn hold(&self, conditions: &[Condition], list: &Node<'_>) {
        for condition in conditions {
            let dotted = condition.path.to_string();
            let at = list.key(&dotted);
            let fits: Box<dyn Fn(&Value) -> bool> = if let Some(union) = self.tag(&condition.path) {
                Box::new(|value| union.variants.iter().any(|variant| value == variant.value.as_str()))
            } else if let Some(field) = self.find(&condition.path, Spot::Key(&at)) {
                Box::new(|value| self.fits(&field.ty, value))
            } else {
                continue;
            };
            let never = condition.values.iter().find(|value| !fits(value));
            if let Some(value) = never {
                let message = format!("`{dotted}` can never be {value}");
                self.fault(Spot::Value(&at), &message, "write a value of the field's type");
            } else if condition.values.is_empty() {
                let message = format!("`{dotted}` is compared with nothing");
                self.fault(Spot::Value(&at), &message, "write a value, or a list of them");
            }
        }
    }

    /// The union whose tag stands at the end of the path.
    fn tag(&self, path: &[String]) -> Option<&UnionType> {
        let (tag, way) = path.split_last()?;
        let mut found = TypeRef::Named(TypeId::UNKNOWN);
        let mut object = Some(self.object);
        for step in way {
            found = object?.fields.iter().find(|field| field.wire == *step)?.ty.clone();
            object = match found {
                TypeRef::Named(id) => match &self.model.ty(id).kind {
                    TypeKind::Object(inner) => Some(inner),
                    _ => None,
                },
                _ => None,
            };
        }
        let TypeRef::Named(id) = found else { return None };
        match self.model.types.get(id.0).map(|ty| &ty.kind) {
            Some(TypeKind::Union(union)) if union.tag == *tag => Some(union),
            _ => None,
        }
    }

    /// A tag can be asked for; nobody can set it alone.
    fn fields(&self, conditions: &[Condition], list: &Node<'_>) {
        for condition in conditions.iter().filter(|condition| self.tag(&condition.path).is_some()) {
            let dotted = condition.path.to_string();
            let at = list.key(&dotted);
            self.fault(
                Spot::Key(&at),
                "the tag of a union cannot be demanded",
                "use `differs_when`, or a view without the others",
            );
        }
    }

    fn lists(&self, paths: &[Path], at: &Node<'_>) {
        if paths.len() < 2 {
            self.fault(Spot::Value(at), "together takes at least two lists", "name another, or limit the one by `max`");
        }
        for (index, path) in paths.iter().enumerate() {
            let at = at.index(index);
            let Some(field) = self.find(path, Spot::Value(&at)) else { continue };
            if !matches!(field.ty, TypeRef::List(_) | TypeRef::Map(_)) && !field.ty.is_unknown() {
                self.fault(Spot::Value(&at), &format!("`{}` is no list", path), "name lists only");
            }
        }
    }

    fn can_be_empty(&self, at: &Node<'_>) {
        if self.object.fields.iter().any(|field| field.required) || self.object.fields.is_empty() {
            self.fault(Spot::Value(at), "this object is never empty, or always", "remove the rule");
        }
    }

    fn fits(&self, ty: &TypeRef, value: &Value) -> bool {
        match (ty, value) {
            (ty, _) if ty.is_unknown() => true,
            (TypeRef::Scalar(Scalar::Bool), Value::Bool(_)) => true,
            (TypeRef::Scalar(scalar), Value::String(_)) => scalar.is_text(),
            (TypeRef::Scalar(scalar), Value::Number(_)) => scalar.is_number(),
            (TypeRef::Named(id), value) => match &self.model.ty(*id).kind {
                TypeKind::Enum(kind) => {
                    let wire = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    value.is_string() == (kind.kind == EnumKind::String)
                        && kind.values.iter().any(|known| known.wire == wire)
                }
                _ => false,
            },
            _ => false,
        }
    }

    fn find(&self, path: &Path, at: Spot<'_>) -> Option<&Field> {
        let mut object = self.object;
        let (last, way) = path.split_last()?;
        for step in way {
            let field = self.step(object, step, path, at)?;
            if field.ty.is_unknown() {
                return None;
            }
            let inner = match &field.ty {
                TypeRef::Named(id) => match &self.model.ty(*id).kind {
                    TypeKind::Object(inner) => Some(inner),
                    _ => None,
                },
                _ => None,
            };
            let Some(inner) = inner else {
                let message = format!("`{}` leads through `{step}`, which is no object", path);
                self.fault(at, &message, "a path leads through objects only");
                return None;
            };
            object = inner;
        }
        self.step(object, last, path, at)
    }

    fn step<'o>(&self, object: &'o ObjectType, name: &str, path: &Path, at: Spot<'_>) -> Option<&'o Field> {
        let found = object.fields.iter().find(|field| field.wire == name);
        if found.is_none() {
            let way = if path.len() > 1 { format!(" for the path `{}`", path) } else { String::new() };
            let view = self.view.map(|view| format!(" in the view `{view}`")).unwrap_or_default();
            let fault =
                at.mark(Code::UnknownReference, &format!("there is no field `{name}`{way}{view}"), "named here");
            self.cx.report(fault.about(name).meant(nearest(name, object.fields.iter().map(|field| field.wire.as_str())), || "paths are relative to the object that has the rule; `in:` keeps a rule to the views that have its fields"));
        }
        found
    }

    fn fault(&self, at: Spot<'_>, message: &str, help: &str) {
        self.cx.report(at.mark(self.code, message, "in here").help(help));
    }
}

/// Where a path is written: as a key, or as a value.
#[derive(Clone, Copy)]
enum Spot<'n> {
    Key(&'n Node<'n>),
    Value(&'n Node<'n>),
}

impl Spot<'_> {
    fn mark(self, code: Code, message: &str, label: &str) -> Diagnostic {
        match self {
            Spot::Key(at) => Diagnostic::at_key(code, at, message, label),
            Spot::Value(at) => Diagnostic::at(code, at, message, label),
        }
    }
}
