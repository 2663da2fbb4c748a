//! One line of the spec can change a field in many types and views: such differences are told once, where the line stands.

use std::collections::HashMap;

use super::axes::{Action, Area};
use super::build::Builder;
use super::change::{Change, Cited, Origin};
use super::compare::{Raw, Where};
use super::fingerprint;
use super::places::{Found, Place, Places};
use super::reach::{Reach, reach};
use super::sides::{Group, Side, in_view};
use weixin_codegen::model::{Model, Source};
use weixin_codegen::spec::{Spec, section};

/// The changes, grouped and sorted.
pub(super) fn merge(raws: Vec<Raw>, old: &Builder<'_>, new: &Builder<'_>) -> Vec<(Group, Vec<Change>)> {
    if raws.is_empty() {
        return Vec::new();
    }
    let merge = Merge {
        old_places: Places::new(old),
        new_places: Places::new(new),
        old: *old.side,
        new: *new.side,
        reach: both(reach(old.side.model), reach(new.side.model)),
    };
    let mut changes: Vec<(Key, Change)> = Vec::new();
    let mut known: HashMap<Key, Vec<usize>> = HashMap::new();
    for raw in raws {
        let (key, change) = merge.change(raw);
        let same = known.entry(key.clone()).or_default();
        // Of the two ways of one change the harsher is told; the other must not be worse in anything.
        let wider = same.iter().copied().find(|at| change.effects.within(changes[*at].1.effects));
        let narrower = same.iter().copied().find(|at| changes[*at].1.effects.within(change.effects));
        match (wider, narrower) {
            (Some(at), _) => absorb(&mut changes[at].1, &change.views),
            (None, Some(at)) => {
                let views = std::mem::replace(&mut changes[at].1, change).views;
                absorb(&mut changes[at].1, &views);
            }
            (None, None) => {
                same.push(changes.len());
                changes.push((key, change));
            }
        }
    }
    group(changes.into_iter().map(|(_, change)| merge.finished(change)).collect())
}

/// What makes two differences one change.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    group: Group,
    path: String,
    area: Area,
    old: Option<String>,
    new: Option<String>,
}

struct Merge<'a> {
    old_places: Places<'a>,
    new_places: Places<'a>,
    old: Side<'a>,
    new: Side<'a>,
    reach: Reach,
}

impl Merge<'_> {
    fn change(&self, raw: Raw) -> (Key, Change) {
        let find = |places: &Places<'_>, at: &Where| places.find(&at.spot, at.keys);
        let old = find(&self.old_places, &raw.old_at);
        let new = find(&self.new_places, &raw.new_at);
        let (group, path, views) = match self.home(&raw, old.as_ref(), new.as_ref()) {
            Some((group, path)) => (group, path, Vec::new()),
            None => (raw.group, raw.path, raw.view.into_iter().collect()),
        };
        let sources = self.cited(&raw.sources);
        let origin = if bookkeeping(raw.rule.area) { Origin::Own } else { Origin::of(&sources) };
        let key = Key {
            group: group.clone(),
            path: path.clone(),
            area: raw.rule.area,
            old: raw.old.clone(),
            new: raw.new.clone(),
        };
        let place = |found: Option<Found>| found.map(|found| found.place);
        let mut change = Change {
            fingerprint: String::new(),
            rule: raw.rule,
            raw: raw.effects,
            effects: raw.effects,
            origin,
            declared: None,
            facts: raw.facts,
            group,
            path,
            views,
            old: raw.old,
            new: raw.new,
            old_place: place(old),
            new_place: place(new),
            reaches: Vec::new(),
            sources,
            accepted: None,
        };
        change.originate(origin);
        (key, change)
    }

    /// The shared place that causes the difference: on both sides the same one speaks, or on the other it is silent.
    fn home(&self, raw: &Raw, old: Option<&Found>, new: Option<&Found>) -> Option<(Group, String)> {
        let old = old.and_then(|found| found.home.as_ref());
        let new = new.and_then(|found| found.home.as_ref());
        let (here, there, keys) = match raw.rule.action {
            Action::Added => (new?, &self.old_places, raw.new_at.keys),
            Action::Removed => (old?, &self.new_places, raw.old_at.keys),
            _ => {
                let (old, new) = (old?, new?);
                return (old.group == new.group && old.path == new.path).then(|| (new.group.clone(), new.path.clone()));
            }
        };
        let caused = match raw.rule.area {
            Area::Quirk => self.old_places.text(here) != self.new_places.text(here) && there.has_owner(here, 1),
            _ if raw.whole => there.has_owner(here, 2) && there.home_has(here, &[""]).is_none(),
            _ => there.home_has(here, keys) == Some(false),
        };
        caused.then(|| (here.group.clone(), here.path.clone()))
    }

    fn cited(&self, sources: &[Source]) -> Vec<Cited> {
        let one = |source: &Source| Cited {
            source: source.clone(),
            old_read: read(self.old.model, source),
            new_read: read(self.new.model, source),
            same_text: match (text(self.old.spec, source), text(self.new.spec, source)) {
                (Some(old), Some(new)) => Some(old == new),
                _ => None,
            },
        };
        sources.iter().map(one).collect()
    }

    /// With what only the merged change knows.
    fn finished(&self, mut change: Change) -> Change {
        if let Group::Type(name) = &change.group {
            let views = change.views.iter().map(|view| in_view(name, view));
            let names: Vec<String> = if change.views.is_empty() { vec![name.clone()] } else { views.collect() };
            change.reaches = self.users(names.iter().map(String::as_str));
            if change.reaches.is_empty() {
                // A mixin reaches what the types reach that include it.
                let including =
                    [&self.old_places, &self.new_places].into_iter().flat_map(|places| places.including(name));
                change.reaches = self.users(including);
            }
        }
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        change.fingerprint = fingerprint::of(&[
            &change.rule.id,
            &change.group.title(),
            &change.path,
            &text(&change.old),
            &text(&change.new),
        ]);
        change
    }

    fn users<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let mut all: Vec<String> = names.filter_map(|name| self.reach.get(name)).flatten().cloned().collect();
        all.sort();
        all.dedup();
        all
    }
}

/// The day the page was read.
fn read(model: &Model, source: &Source) -> Option<String> {
    model.api.documents.iter().find(|document| document.id == source.document).map(|document| document.read.clone())
}

/// What `sections.yaml` records of the text that was transcribed, in one number; none where it records nothing.
fn text(spec: &Spec, source: &Source) -> Option<String> {
    let sections = spec.sections.as_ref()?.content.get(&source.document)?;
    let found: Vec<String> =
        section::named(sections, source.section.as_ref()?).map(|(_, section)| section.fingerprint()).collect();
    (!found.is_empty()).then(|| found.join(" "))
}

/// Whether a statement is ours alone: names in Rust, and the list of what we read.
fn bookkeeping(area: Area) -> bool {
    use Area::{Arguments, Crate, Document, Language, Module, Name, NamedType, Read, Section, Version};
    matches!(area, Arguments | Crate | Document | Language | Module | Name | NamedType | Read | Section | Version)
}

fn absorb(change: &mut Change, views: &[String]) {
    for view in views {
        if !change.views.contains(view) {
            change.views.push(view.clone());
        }
    }
}

fn both(mut old: Reach, new: Reach) -> Reach {
    for (name, users) in new {
        let all = old.entry(name).or_default();
        all.extend(users);
        all.sort();
        all.dedup();
    }
    old
}

/// Endpoints and pushes, then what they share; the worst first, and where nothing is worse by name.
fn group(changes: Vec<Change>) -> Vec<(Group, Vec<Change>)> {
    let mut groups: Vec<(Group, Vec<Change>)> = Vec::new();
    let mut index: HashMap<Group, usize> = HashMap::new();
    for change in changes {
        let at = *index.entry(change.group.clone()).or_insert_with(|| {
            groups.push((change.group.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(change);
    }
    for (_, changes) in &mut groups {
        changes.sort_by(|a, b| {
            b.effects.severity().cmp(&a.effects.severity()).then_with(|| {
                let key =
                    |change: &Change| (place(change), change.rule.id.clone(), change.old.clone(), change.new.clone());
                key(a).cmp(&key(b))
            })
        });
    }
    groups.sort_by(|(a, x), (b, y)| {
        let worst = |changes: &[Change]| changes.first().map(|change| change.effects.severity());
        a.shared().cmp(&b.shared()).then_with(|| worst(y).cmp(&worst(x))).then_with(|| a.cmp(b))
    });
    groups
}

/// In the order of the file, where the file decides.
fn place(change: &Change) -> Option<Place> {
    change.new_place.clone().or_else(|| change.old_place.clone())
}
