//! Offsets to JSON paths. Reading keeps offsets only; the paths are found in one walk, when somebody asks.

use super::Reader;

/// A container that is open: the key or the index of the member at hand.
enum Step {
    Key(String),
    Index(usize),
}

/// The path of the value at each offset, or of the innermost value around it. Offsets ascend.
pub(crate) fn paths(text: &str, offsets: &[usize]) -> Vec<String> {
    let mut walk = Walk { reader: Reader::new(text), steps: Vec::new(), offsets, found: Vec::new() };
    walk.values();
    // The text is broken there: what is left lies where the walk ended.
    while walk.found.len() < offsets.len() {
        walk.found.push(walk.path());
    }
    walk.found
}

struct Walk<'a> {
    reader: Reader<'a>,
    steps: Vec<Step>,
    offsets: &'a [usize],
    found: Vec<String>,
}

impl Walk<'_> {
    /// Walks over values, deeper only where an offset lies inside.
    fn values(&mut self) {
        loop {
            let byte = self.reader.peek();
            self.reach(self.reader.at);
            let start = self.reader.mark();
            let passed = self.reader.skip().is_ok();
            let end = self.reader.at;
            let Some(&next) = self.offsets.get(self.found.len()) else {
                return;
            };
            let inside = !passed || next < end;
            if inside && matches!(byte, b'{' | b'[') {
                self.reader.back_to(start);
                if !self.enter(byte == b'{') {
                    return;
                }
                continue;
            }
            if !passed {
                return;
            }
            self.reach(end.saturating_sub(1));
            if !self.go_on() {
                return;
            }
        }
    }

    /// Goes to the first member of a container.
    fn enter(&mut self, is_object: bool) -> bool {
        self.reader.at += 1;
        if !is_object {
            self.steps.push(Step::Index(0));
            return true;
        }
        match self.reader.key() {
            Ok(key) => {
                self.steps.push(Step::Key(key.into_owned()));
                true
            }
            Err(_) => false,
        }
    }

    /// Goes to the next member, out of containers that end.
    fn go_on(&mut self) -> bool {
        while let Some(step) = self.steps.last_mut() {
            match (self.reader.peek(), step) {
                (b',', Step::Index(index)) => {
                    self.reader.at += 1;
                    *index += 1;
                    return true;
                }
                (b',', Step::Key(key)) => {
                    self.reader.at += 1;
                    match self.reader.key() {
                        Ok(next) => *key = next.into_owned(),
                        Err(_) => return false,
                    }
                    return true;
                }
                (b'}' | b']', _) => {
                    self.steps.pop();
                    self.reader.at += 1;
                    self.reach(self.reader.at.saturating_sub(1));
                }
                _ => return false,
            }
        }
        false
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
                    path.push_str(key);
                }
            }
        }
        path
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
    }
}
