//! Offsets to JSON paths. Reading keeps offsets only; the paths are found in one walk, when somebody asks.

use std::borrow::Cow;

use super::pass::Nesting;
use super::{Done, Failed, Reader, Unreadable};

/// How many steps of a path are told. Nothing that is read lies deeper, and a text of nothing but brackets is all depth.
const MOST_STEPS: usize = 200;

/// How many letters of a key are told.
const MOST_LETTERS: usize = 100;

/// A container that is open: the key or the index of the member at hand.
enum Step<'a> {
    Key(Cow<'a, str>),
    Index(usize),
}

/// The path of the value at each offset, or of the innermost value around it. Offsets ascend.
pub(crate) fn paths(text: &str, offsets: &[usize]) -> Vec<String> {
    let reader = Reader::new(text);
    let mut walk = Walk { reader, open: Nesting::default(), steps: Vec::new(), offsets, found: Vec::new() };
    // Where the text is broken, what is left lies where the walk ended.
    if matches!(walk.values(), Ok(()) | Err(Failed)) {
        walk.reach(usize::MAX);
    }
    walk.found
}

struct Walk<'t, 'o> {
    reader: Reader<'t>,
    open: Nesting,
    /// The steps that are told; what is open may be deeper.
    steps: Vec<Step<'t>>,
    offsets: &'o [usize],
    found: Vec<String>,
}

impl Walk<'_, '_> {
    /// Walks over every value once, up to the last offset.
    fn values(&mut self) -> Done {
        while self.found.len() < self.offsets.len() {
            let byte = self.reader.peek();
            self.reach(self.reader.at);
            if matches!(byte, b'{' | b'[') {
                self.reader.at += 1;
                self.open.push(byte == b'{');
                if !matches!(self.reader.peek(), b'}' | b']') {
                    self.enter(byte == b'{')?;
                    continue;
                }
            } else {
                self.reader.skip()?;
                self.reach(self.reader.at.saturating_sub(1));
            }
            if !self.go_on()? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Goes to the first member of a container.
    fn enter(&mut self, is_object: bool) -> Done {
        let step = if is_object { Step::Key(self.reader.key()?) } else { Step::Index(0) };
        if self.open.depth() <= MOST_STEPS {
            self.steps.push(step);
        }
        Ok(())
    }

    /// Goes to the next member, out of containers that end. Tells whether there is one.
    fn go_on(&mut self) -> Done<bool> {
        while let Some(is_object) = self.open.is_object() {
            match self.reader.peek() {
                b',' => {
                    self.reader.at += 1;
                    if !matches!(self.reader.peek(), b'}' | b']') {
                        return self.next(is_object).map(|()| true);
                    }
                }
                b'}' | b']' => {
                    self.open.pop();
                    self.steps.truncate(self.open.depth());
                    self.reader.at += 1;
                    self.reach(self.reader.at.saturating_sub(1));
                }
                _ => return Err(Failed),
            }
        }
        Ok(false)
    }

    fn next(&mut self, is_object: bool) -> Done {
        let key = if is_object { Some(self.reader.key()?) } else { None };
        let depth = self.open.depth();
        match (self.steps.get_mut(depth.saturating_sub(1)), key) {
            (Some(step), Some(key)) => *step = Step::Key(key),
            (Some(Step::Index(index)), None) => *index += 1,
            _ => {}
        }
        Ok(())
    }

    /// All offsets up to this one lie at the present path.
    fn reach(&mut self, at: usize) {
        while self.offsets.get(self.found.len()).is_some_and(|offset| *offset <= at) {
            self.found.push(self.path());
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Index(index) => path.push_str(&format!("[{index}]")),
                Step::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    match key.char_indices().nth(MOST_LETTERS) {
                        Some((end, _)) => path.extend([&key[..end], "…"]),
                        None => path.push_str(key),
                    }
                }
            }
        }
        path
    }
}

impl Reader<'_> {
    /// The path of the present place.
    pub(crate) fn path_here(&self) -> String {
        paths(self.text, &[self.at.saturating_sub(1)]).pop().unwrap_or_default()
    }

    /// The first value that was left out.
    pub(crate) fn first_lost(&mut self) -> Option<Unreadable> {
        let lost = self.lost.drain(..).next()?;
        self.fault = Some(lost.fault);
        Some(self.unreadable())
    }

    /// What the reader failed at, with the path.
    pub(crate) fn unreadable(&mut self) -> Unreadable {
        let fault = self.fault();
        let path = paths(self.text, &[fault.at]).pop().unwrap_or_default();
        Unreadable { path, message: fault.message.into_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn values_and_what_lies_in_them() {
        let text = r#"{"a": 1, "b": [ {"c": "x"}, [2, 3] ], "d": {"e": {}}}"#;
        let at = |needle: &str| text.find(needle).expect("there");
        let offsets = [0, at("1"), at("[ {"), at("{\"c"), at("\"x\"") + 1, at("3"), at("{}")];
        assert_eq!(paths(text, &offsets), ["", "a", "b", "b[0]", "b[0].c", "b[1][1]", "d.e"]);
    }

    #[test]
    fn a_broken_text_still_has_places() {
        assert_eq!(paths(r#"{"a": {"b": [1, {"c": tru"#, &[24]), ["a.b[1].c"]);
        assert_eq!(paths("", &[0, 5]), ["", ""]);
        assert_eq!(paths("<html>", &[0]), [""]);
        assert_eq!(paths(r#"{"a":[1,],"b":{"c":}"#, &[8, 19]), ["a", "b.c"]);
    }

    #[test]
    fn a_path_is_never_long_and_depth_costs_one_walk() {
        let deep = format!("{{\"{}\":{}", "k".repeat(1000), "[".repeat(1_000_000));
        let path = paths(&deep, &[deep.len()]).pop().expect("a path");
        assert_eq!(path, format!("{}…{}", "k".repeat(100), "[0]".repeat(199)));
    }
}
