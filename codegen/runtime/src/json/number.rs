//! Integers and booleans.

use std::borrow::Cow;

use super::{Done, Mark, Reader};

const INTEGER: &str = "an integer or its text was expected";

impl Reader<'_> {
    /// An integer or its text, in a type so wide that one out of range can be told.
    #[inline]
    pub fn integer(&mut self) -> Done<i128> {
        match self.plain_integer() {
            Some(value) => Ok(value.into()),
            None => self.odd_integer(),
        }
    }

    /// An integer of at most 18 digits that stands there as one.
    #[inline]
    fn plain_integer(&mut self) -> Option<i64> {
        let negative = self.peek() == b'-';
        let digits = self.text.as_bytes().get(self.at + usize::from(negative)..)?;
        let (mut length, mut value) = (0, 0_i64);
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit));
            length += 1;
        }
        let plain = match digits.get(length) {
            Some(b',' | b'}' | b']' | b' ' | b'\n' | b'\r' | b'\t') | None => (1..=18).contains(&length),
            Some(_) => false,
        };
        if !plain {
            return None;
        }
        self.at += length + usize::from(negative);
        Some(if negative { -value } else { value })
    }

    /// The same in a narrower type; where it does not fit, nothing is taken.
    #[inline]
    pub(crate) fn plain_integer_as<T: TryFrom<i64>>(&mut self) -> Option<T> {
        let start = self.mark_here();
        let value = T::try_from(self.plain_integer()?);
        if value.is_err() {
            self.back_to(start);
        }
        value.ok()
    }

    #[cold]
    #[inline(never)]
    fn odd_integer(&mut self) -> Done<i128> {
        let start = self.mark();
        let text: Cow<'_, str> = match self.peek() {
            b'"' => self.string()?,
            b'-' | b'0'..=b'9' => Cow::Borrowed(self.word()?),
            _ => return self.fail(INTEGER),
        };
        match whole(text.trim()) {
            Some(value) => Ok(value),
            None => {
                self.back_to(start);
                self.fail(INTEGER)
            }
        }
    }

    /// The number of an option; the words for no and yes are 0 and 1.
    pub fn option(&mut self) -> Done<i64> {
        let start = self.mark();
        if let Ok(value) = self.integer() {
            return match i64::try_from(value) {
                Ok(value) => Ok(value),
                Err(_) => self.out_of_range(start, value, i64::MIN.into(), i64::MAX.into()),
            };
        }
        self.back_to(start);
        match self.truth() {
            Ok(value) => Ok(value.into()),
            Err(_) => self.fail(INTEGER),
        }
    }

    /// A boolean, 0, 1, or the text of one of them.
    #[inline]
    pub fn truth(&mut self) -> Done<bool> {
        let start = self.mark();
        let word: &[u8] = match self.peek() {
            b't' => b"true",
            b'f' => b"false",
            _ => return self.odd_truth(start),
        };
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let follows = rest.get(word.len()).is_some_and(u8::is_ascii_alphanumeric);
        if !rest.starts_with(word) || follows {
            return self.odd_truth(start);
        }
        self.at += word.len();
        Ok(word.len() == 4)
    }

    #[cold]
    fn odd_truth(&mut self, start: Mark) -> Done<bool> {
        let text = self.text()?;
        match text.trim() {
            other if other.eq_ignore_ascii_case("true") || whole(other) == Some(1) => Ok(true),
            other if other.eq_ignore_ascii_case("false") || whole(other) == Some(0) => Ok(false),
            _ => {
                self.back_to(start);
                self.fail("true, false, 0 or 1 was expected")
            }
        }
    }

    /// Notes an integer that does not fit.
    #[cold]
    #[inline(never)]
    pub fn out_of_range<T>(&mut self, start: Mark, value: i128, least: i128, most: i128) -> Done<T> {
        let at = start.at;
        self.fail_at(at, format!("{value} is out of range, {least} to {most} expected"))
    }
}

/// The integer that a number is: `2.0` and `1e3` are integers too. Digit by digit, because a float would lose some of a
/// long identifier. What is far out of range stays out of range.
fn whole(text: &str) -> Option<i128> {
    if let 1..=18 = text.len()
        && text.bytes().all(|byte| byte.is_ascii_digit())
    {
        return Some(text.bytes().fold(0, |value, digit| value * 10 + u64::from(digit - b'0')).into());
    }
    let negative = text.starts_with('-');
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent_of(exponent)?),
        None => (text, 0),
    };
    let (before, after) = number.split_once('.').unwrap_or((number, ""));
    if before.is_empty() || !before.bytes().chain(after.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digits = [before, after].concat();
    let digits = digits.trim_start_matches('0');
    let significant = digits.trim_end_matches('0');
    // How many zeros follow the last digit that is none.
    let zeros = exponent - after.len() as i64 + (digits.len() - significant.len()) as i64;
    if significant.is_empty() {
        return Some(0);
    }
    let zeros = usize::try_from(zeros).ok()?;
    let huge = if negative { i128::MIN } else { i128::MAX };
    if significant.len() + zeros > 38 {
        return Some(huge);
    }
    let value: i128 = format!("{significant}{}", "0".repeat(zeros)).parse().ok()?;
    Some(if negative { -value } else { value })
}

/// An exponent. One too large to count is out of every range all the same.
fn exponent_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let size = digits.parse().unwrap_or(i64::from(i32::MAX)).min(i64::from(i32::MAX));
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn integers_in_all_their_forms() {
        for (text, value) in
            [("0", 0), ("-7", -7), ("+3", 3), ("2.0", 2), ("1e3", 1000), ("00012", 12), ("-0", 0), ("-0.0", 0)]
        {
            assert_eq!(whole(text), Some(value), "{text}");
        }
        for (text, value) in [("10e-1", 1), ("1.50E+1", 15), ("0e99999999999999999999", 0), ("1.", 1), ("0.000", 0)] {
            assert_eq!(whole(text), Some(value), "{text}");
        }
        // As floats these are others.
        assert_eq!(whole("98765432109876543.0"), Some(98_765_432_109_876_543));
        assert_eq!(whole("9.8765432109876543e16"), Some(98_765_432_109_876_543));
        for huge in ["1e999", "1e99999999999999999999", "123e38"] {
            assert_eq!(whole(huge), Some(i128::MAX), "{huge}");
        }
        assert_eq!(whole(&"9".repeat(60)), Some(i128::MAX));
        assert_eq!(whole(&format!("-{}", "9".repeat(60))), Some(i128::MIN));
        for text in
            ["", "-", "1.5", "abc", "1-2", "0x10", "NaN", "inf", "--1", "+-1", "1 2", ".5", "1e", "1e-1", "1e5.0"]
        {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
