//! Walks two trees side by side and notes what differs.

use std::cell::OnceCell;
use std::collections::HashMap;

use super::axes::{Action, Area, Effects, Kind};
use super::build::{Builder, Root};
use super::facts::{self, Facts};
use super::pairs::{bilingual, keys_of, pairs, reordered, step, translates, ways};
use super::rules::{self, Rule};
use super::sides::{Group, type_key};
use super::surface::{Surface, Surfaces};
use super::tree::{Spot, Thing, Trait};
use super::weigh;
use weixin_codegen::model::{Source, TypeKind, TypeRef};

/// A difference, before equal ones are told once.
pub(super) struct Raw {
    pub(super) rule: &'static Rule,
    pub(super) group: Group,
    pub(super) path: String,
    pub(super) view: Option<String>,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) old_at: Where,
    pub(super) new_at: Where,
    pub(super) sources: Vec<Source>,
    /// The rule's effects, with what the names and signatures say of Rust.
    pub(super) effects: Effects,
    /// Of a new thing: its facts, for whoever has never seen it.
    pub(super) facts: Option<Facts>,
    /// Whether the thing itself came or went, not a statement about it.
    pub(super) whole: bool,
}

/// Where a side of a difference is to be looked up.
#[derive(Clone)]
pub(super) struct Where {
    pub(super) spot: Spot,
    pub(super) keys: &'static [&'static str],
}

/// Both sides.
pub(super) struct Compare<'a> {
    old: &'a Builder<'a>,
    new: &'a Builder<'a>,
    /// Types that only changed their name: old key to new key.
    renamed: HashMap<String, String>,
    surfaces: Surfaces,
    /// Every statement of the head, once somebody asks.
    lines: OnceCell<Vec<serde_json::Value>>,
    out: Vec<Raw>,
}

/// Where the walk is.
#[derive(Clone)]
struct At<'w> {
    group: &'w Group,
    path: String,
    view: Option<&'w str>,
    sources: &'w [Source],
    /// How many types were entered in passing from one to another.
    depth: usize,
}

/// Everything that differs, and how many statements were compared.
pub(super) fn compare<'a>(old: &'a Builder<'a>, new: &'a Builder<'a>) -> (Vec<Raw>, usize) {
    let (old_roots, new_roots) = (old.roots(), new.roots());
    let surface = |roots: &[Root]| Surface::of(roots.iter().map(|root| &root.thing));
    let mut compare = Compare {
        old,
        new,
        renamed: super::renames::find(old.side.model, new.side.model),
        surfaces: Surfaces { old: surface(&old_roots), new: surface(&new_roots) },
        lines: OnceCell::new(),
        out: Vec::new(),
    };
    let compared = old_roots
        .iter()
        .map(|root| root.thing.count())
        .sum::<usize>()
        .max(new_roots.iter().map(|root| root.thing.count()).sum());
    compare.roots(&old_roots, &new_roots);
    (compare.out, compared)
}

impl Compare<'_> {
    fn roots(&mut self, old: &[Root], new: &[Root]) {
        let key = |root: &Root| (root.thing.area, root.thing.name.clone());
        let mut left: HashMap<_, _> = new.iter().map(|root| (key(root), root)).collect();
        for root in old {
            let mut wanted = key(root);
            if let Some(name) = self.renamed.get(&wanted.1) {
                wanted.1.clone_from(name);
            }
            match left.remove(&wanted) {
                Some(other) => {
                    let at = At {
                        group: &other.group,
                        path: other.path.clone(),
                        view: other.view.as_deref(),
                        sources: &[],
                        depth: 0,
                    };
                    self.things(&root.thing, &other.thing, &at);
                }
                None => self.lone_root(root, Action::Removed),
            }
        }
        for root in new.iter().filter(|root| left.contains_key(&key(root))) {
            self.lone_root(root, Action::Added);
        }
    }

    fn lone_root(&mut self, root: &Root, action: Action) {
        let at = At { group: &root.group, path: root.path.clone(), view: root.view.as_deref(), sources: &[], depth: 0 };
        let other = if action == Action::Added { self.old } else { self.new };
        let name = root.thing.spot.owner.as_deref().unwrap_or_default();
        // A type that merely has one view more or less.
        if root.view.is_some() && other.side.model.types.iter().any(|ty| ty.name == name) {
            return self.lone(&root.thing, &root.thing, Area::View, Kind::Optional, action, &at);
        }
        self.lone(&root.thing, &root.thing, root.thing.area, root.thing.kind, action, &at);
    }

    /// Two versions of one thing.
    fn things(&mut self, old: &Thing, new: &Thing, at: &At<'_>) {
        let sources = if new.sources.is_empty() { at.sources } else { &new.sources };
        let at = At { sources, ..at.clone() };
        let pairs: Vec<_> = pairs(&old.traits, &new.traits).collect();
        for (index, (a, b)) in pairs.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|index| pairs.get(index));
            if before.is_some_and(|(c, d)| c.value != d.value && translates(c, a)) {
                continue;
            }
            let zh = pairs.get(index + 1).filter(|(c, d)| c.value != d.value && translates(a, c));
            match zh {
                // Both languages were reworded together: that is one change.
                Some((c, d)) => self.statement(old, new, &bilingual(a, c), &bilingual(b, d), &at),
                None => self.statement(old, new, a, b, &at),
            }
            if a.area == Area::TypeKind && a.value != b.value {
                return;
            }
        }
        self.limits(old, new, &at);
        self.types(old, new, &at);
        self.parts(old, new, &at);
    }

    fn statement(&mut self, old: &Thing, new: &Thing, a: &Trait, b: &Trait, at: &At<'_>) {
        if a.value == b.value || (a.area == Area::Arguments && !reordered(a, b)) {
            return;
        }
        let action = match (&a.value, &b.value, a.weight, b.weight) {
            (None, ..) => Action::Added,
            (_, None, ..) => Action::Removed,
            (_, _, Some(a), Some(b)) if a < b => Action::Tightened,
            (_, _, Some(a), Some(b)) if a > b => Action::Loosened,
            _ => Action::Changed,
        };
        let kind = if a.area == Area::Rule { new.kind } else { Kind::Any };
        let place = |thing: &Thing, one: &Trait| Where {
            spot: one.spot.clone().unwrap_or_else(|| thing.spot.clone()),
            keys: one.keys,
        };
        let rule = rules::find(ways(old, new), a.area, kind, action);
        self.out.push(Raw {
            rule,
            effects: self.effects(rule, old, new),
            group: at.group.clone(),
            path: at.path.clone(),
            view: at.view.map(str::to_owned),
            old: a.value.clone(),
            new: b.value.clone(),
            old_at: place(old, a),
            new_at: place(new, b),
            sources: at.sources.to_vec(),
            facts: None,
            whole: false,
        });
    }

    /// What a new thing is.
    fn facts_of(&self, thing: &Thing) -> Option<Facts> {
        let model = self.new.side.model;
        let lines = self.lines.get_or_init(|| {
            let lines = weixin_codegen::emit::facts::lines(model);
            lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect()
        });
        facts::of(model, lines, thing)
    }

    /// What a changed statement does.
    fn effects(&self, rule: &Rule, old: &Thing, new: &Thing) -> Effects {
        Effects { rust: self.surfaces.changed(old, new, rule.area, rule.effects.rust), ..rule.effects }
    }

    fn limits(&mut self, old: &Thing, new: &Thing, at: &At<'_>) {
        let declared = |thing: &Thing| {
            thing.traits.iter().find(|one| one.area == Area::Declared).and_then(|one| one.value.clone())
        };
        let printed = [declared(old), declared(new)];
        let ty =
            |thing: &Thing, builder: &Builder<'_>| thing.ty.as_ref().map(|ty| weigh::type_name(builder.side.model, ty));
        let other = old.kind != new.kind || ty(old, self.old) != ty(new, self.new);
        for change in weigh::limits(&old.limits, &new.limits) {
            let stated = |limit: Option<&weixin_codegen::model::Limit>| {
                limit.is_none_or(|limit| printed.iter().any(|text| weigh::states(text.as_deref(), limit)))
            };
            // What follows from the type, or from being required, is told with that.
            if other && change.old.or(change.new).is_some_and(|limit| limit.implied) {
                continue;
            }
            // What the printed type says is told with the printed type.
            if change.area == Area::Printed && stated(change.old) && stated(change.new) {
                continue;
            }
            let key = |limit: Option<&weixin_codegen::model::Limit>| {
                limit.or(change.new).or(change.old).map_or(&[""][..], keys_of)
            };
            let place = |thing: &Thing, keys| Where { spot: thing.spot.clone(), keys };
            let rule = rules::find(ways(old, new), change.area, Kind::Any, change.action);
            self.out.push(Raw {
                rule,
                effects: self.effects(rule, old, new),
                group: at.group.clone(),
                path: at.path.clone(),
                view: at.view.map(str::to_owned),
                old: change.old.map(weigh::limit_text),
                new: change.new.map(weigh::limit_text),
                old_at: place(old, key(change.old)),
                new_at: place(new, key(change.new)),
                sources: at.sources.to_vec(),
                facts: None,
                whole: false,
            });
        }
    }

    fn types(&mut self, old: &Thing, new: &Thing, at: &At<'_>) {
        let (Some(a), Some(b)) = (&old.ty, &new.ty) else {
            return;
        };
        let (old_model, new_model) = (self.old.side.model, self.new.side.model);
        let renamed = |key: &str| self.renamed.get(key).cloned();
        if weigh::identity(old_model, a, &renamed) == weigh::identity(new_model, b, &|_| None) {
            return;
        }
        let (kind, action) = weigh::types(old_model, a, new_model, b);
        let place = |thing: &Thing| Where { spot: thing.spot.clone(), keys: &["type"] };
        let rule = rules::find(ways(old, new), Area::Type, kind, action);
        self.out.push(Raw {
            rule,
            effects: self.effects(rule, old, new),
            group: at.group.clone(),
            path: at.path.clone(),
            view: at.view.map(str::to_owned),
            old: Some(weigh::type_name(old_model, a)),
            new: Some(weigh::type_name(new_model, b)),
            old_at: place(old),
            new_at: place(new),
            sources: at.sources.to_vec(),
            facts: None,
            whole: false,
        });
        if kind == Kind::Rust {
            self.inside(a, b, at);
        }
    }

    /// A field that names another type than before: what that means on the wire is the difference of the two.
    fn inside(&mut self, old: &TypeRef, new: &TypeRef, at: &At<'_>) {
        let (Some(a), Some(b)) = (old.named(), new.named()) else {
            return;
        };
        let (a, b) = (self.old.side.model.ty(a), self.new.side.model.ty(b));
        if at.depth > 3 || std::mem::discriminant(&a.kind) != std::mem::discriminant(&b.kind) {
            return;
        }
        let (mut a, mut b) = (self.old.named(a), self.new.named(b));
        // The names and words of the two types are told by the field; what they hold is what counts.
        a.traits.retain(|one| matches!(one.area, Area::Tag | Area::Content));
        b.traits.retain(|one| matches!(one.area, Area::Tag | Area::Content));
        let at = At { depth: at.depth + 1, ..at.clone() };
        self.things(&a, &b, &at);
    }

    fn parts(&mut self, old: &Thing, new: &Thing, at: &At<'_>) {
        let key = |part: &Thing| (part.area, part.name.clone());
        let mut left: HashMap<_, _> = new.parts.iter().map(|part| (key(part), part)).collect();
        for part in &old.parts {
            let at = At { path: step(&at.path, part), ..at.clone() };
            match left.remove(&key(part)) {
                Some(other) => self.things(part, other, &at),
                None => self.lone_part(part, old, new, Action::Removed, &at),
            }
        }
        for part in new.parts.iter().filter(|part| left.contains_key(&key(part))) {
            let at = At { path: step(&at.path, part), ..at.clone() };
            self.lone_part(part, old, new, Action::Added, &at);
        }
    }

    fn lone_part(&mut self, part: &Thing, old: &Thing, new: &Thing, action: Action, at: &At<'_>) {
        if part.silent {
            return;
        }
        let owner = if action == Action::Added { old } else { new };
        let views = matches!(part.area, Area::Field | Area::Variant) && self.elsewhere(part, owner, action);
        let kind = match part.area {
            _ if views && part.kind == Kind::Any => Kind::Optional,
            _ => part.kind,
        };
        let area = if views { Area::View } else { part.area };
        self.lone(part, owner, area, kind, action, at);
    }

    /// Whether the other side has the part in another view of the same type.
    fn elsewhere(&self, part: &Thing, owner: &Thing, action: Action) -> bool {
        let Some(name) = owner.spot.owner.as_deref().filter(|_| owner.spot.view.is_some()) else {
            return false;
        };
        let other = if action == Action::Added { self.old } else { self.new };
        let mut views = other.side.model.types.iter().filter(|ty| ty.name == name && type_key(ty) != owner.name);
        views.any(|ty| match &ty.kind {
            TypeKind::Object(object) => object.fields.iter().any(|field| field.wire == part.name),
            TypeKind::Union(union) => {
                union.variants.iter().any(|variant| part.spot.node.last() == Some(&variant.ident))
            }
            TypeKind::Enum(_) => false,
        })
    }

    /// A thing on one side only; `owner` is what it would belong to on the other.
    fn lone(&mut self, thing: &Thing, owner: &Thing, area: Area, kind: Kind, action: Action, at: &At<'_>) {
        let here = Where { spot: thing.spot.clone(), keys: &[""] };
        let there = Where { spot: if area == thing.area { owner.spot.clone() } else { thing.spot.clone() }, keys: &[] };
        let added = action == Action::Added;
        let shown = thing.shown.clone();
        let rule = rules::find(thing.ways, area, kind, action);
        self.out.push(Raw {
            rule,
            group: at.group.clone(),
            path: at.path.clone(),
            view: at.view.map(str::to_owned),
            old: (!added).then(|| shown.clone()),
            new: added.then_some(shown),
            old_at: if added { there.clone() } else { here.clone() },
            new_at: if added { here } else { there },
            sources: if thing.sources.is_empty() { at.sources.to_vec() } else { thing.sources.clone() },
            effects: Effects { rust: self.surfaces.lone(thing, action, rule.effects.rust), ..rule.effects },
            facts: if added && area == thing.area { self.facts_of(thing) } else { None },
            whole: true,
        });
    }
}
