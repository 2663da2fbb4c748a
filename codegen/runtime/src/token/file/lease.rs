//! Leases as files: who may write a token.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::place::{Kind, Place, Trace, create, remove, rename};
use crate::token::record;
use crate::token::store::{Lease, StoredToken};

/// How often a lease is tried for, where others are at it too: they have it then.
const TRIES: usize = 3;

/// The lease with the next fence; None while another holds one.
pub(super) fn take(place: &Place<'_>, limit: Duration) -> io::Result<Option<Lease>> {
    place.create_folder()?;
    for _ in 0..TRIES {
        let traces = place.traces()?;
        let saved = place.saved()?;
        let last = given(&traces).map(|trace| trace.fence).chain(saved).max();
        if let Some(last) = last
            && is_held(&place.lease(last), limit)?
        {
            return Ok(None);
        }
        let next = Lease::new(last.map_or(FIRST, |last| last.saturating_add(1)), Lease::random_holder());
        let given = match claim(place, &next, limit)? {
            true if last.is_none() => beyond(place, &next)?,
            true => Some(next),
            false => None,
        };
        if given.is_some() {
            return Ok(given);
        }
    }
    Ok(None)
}

/// Where nothing is known of earlier leases, all who come claim this fence, so that one of them gets it.
const FIRST: u64 = 0;

/// The first lease with the clock as its fence: that is beyond all earlier ones, should the folder have been emptied.
fn beyond(place: &Place<'_>, first: &Lease) -> io::Result<Option<Lease>> {
    let lease = Lease::new(micros(SystemTime::now()), first.holder());
    let renamed = rename(&place.lease(first.fence), &place.lease(lease.fence))?;
    Ok(renamed.then_some(lease))
}

/// Creates the file of a lease, and takes from all earlier ones what they could still write with.
fn claim(place: &Place<'_>, lease: &Lease, limit: Duration) -> io::Result<bool> {
    let path = place.lease(lease.fence);
    let begins = micros(SystemTime::now());
    let ends = begins.saturating_add(u64::try_from(limit.as_micros()).unwrap_or(u64::MAX));
    match create(&path, &format!("{} {begins} {ends}\n", lease.holder())) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        created => created?,
    };
    let claimed = sweep(place, lease.fence, &path);
    if !matches!(claimed, Ok(true)) {
        remove(&path)?;
    }
    claimed
}

/// Deletes whatever has an earlier fence; false where this fence has long been given. That happens to a process that
/// stood still before it created its file, while others leased, saved, and tidied up.
fn sweep(place: &Place<'_>, fence: u64, own: &Path) -> io::Result<bool> {
    let traces = place.traces()?;
    let passed = given(&traces).any(|trace| trace.fence >= fence && trace.path != own);
    if passed || place.saved()? >= Some(fence) {
        return Ok(false);
    }
    for trace in traces.iter().filter(|trace| trace.fence < fence) {
        remove(&trace.path)?;
    }
    Ok(true)
}

/// Writes a token; false where a later lease was given.
pub(super) fn save(place: &Place<'_>, stored: &StoredToken, lease: &Lease) -> io::Result<bool> {
    place.create_folder()?;
    let fresh = prepare(place, stored, lease)?;
    let saved = commit(place, &fresh, lease);
    if !matches!(saved, Ok(true)) {
        remove(&fresh)?;
    }
    saved
}

/// Writes the file that is to be renamed.
fn prepare(place: &Place<'_>, stored: &StoredToken, lease: &Lease) -> io::Result<PathBuf> {
    let fresh = place.fresh(lease.fence);
    let written = create(&fresh, &record::write(stored, lease.fence)).and_then(|file| file.sync_all());
    if written.is_err() {
        remove(&fresh)?;
    }
    written.map(|()| fresh)
}

/// Renames it, unless there is a later lease. One that comes after the look has deleted the file.
fn commit(place: &Place<'_>, fresh: &Path, lease: &Lease) -> io::Result<bool> {
    let later = given(&place.traces()?).any(|trace| trace.fence > lease.fence);
    if later || place.saved()? > Some(lease.fence) {
        return Ok(false);
    }
    rename(fresh, &place.token())
}

/// Gives a lease back. Its fence stays known: by the token, or by the file under another name.
pub(super) fn give_back(place: &Place<'_>, lease: &Lease) -> io::Result<()> {
    let path = place.lease(lease.fence);
    let held = match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        text => parse(&text?),
    };
    if held.is_none_or(|held| held.holder != lease.holder()) {
        return Ok(());
    }
    if place.saved()? >= Some(lease.fence) {
        remove(&path)
    } else {
        rename(&path, &place.free(lease.fence)).map(|_| ())
    }
}

/// The files of leases that were given.
fn given(traces: &[Trace]) -> impl Iterator<Item = &Trace> {
    traces.iter().filter(|trace| trace.kind != Kind::New)
}

/// By so many microseconds the clocks of two machines that share a folder may differ.
const SKEW: u64 = 60 * 1_000_000;

/// Who holds a lease, and from when until when.
struct Held {
    holder: u64,
    begins: u64,
    ends: u64,
}

/// Whether a lease is there that has not ended. One whose holder died before it wrote when it ends, or that was damaged,
/// ends after the limit of the one who asks.
fn is_held(path: &Path, limit: Duration) -> io::Result<bool> {
    let text = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        text => text?,
    };
    let now = SystemTime::now();
    if let Some(Held { begins, ends, .. }) = std::str::from_utf8(&text).ok().and_then(parse) {
        // One that begins later than now is of a time before the clock was set back.
        let from = begins.saturating_sub(SKEW);
        return Ok((from..ends).contains(&micros(now)));
    }
    let age = fs::metadata(path)?.modified()?.elapsed().unwrap_or_default();
    Ok(age < limit)
}

/// What the file of a lease says. Without the end of the line it may be cut.
fn parse(text: &str) -> Option<Held> {
    let (holder, times) = text.strip_suffix('\n')?.split_once(' ')?;
    let (begins, ends) = times.split_once(' ')?;
    Some(Held { holder: holder.parse().ok()?, begins: begins.parse().ok()?, ends: ends.parse().ok()? })
}

/// Microseconds since 1970.
fn micros(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Duration = Duration::from_secs(60);

    fn stored(token: &str) -> StoredToken {
        let at = |seconds| UNIX_EPOCH + Duration::from_secs(seconds);
        StoredToken { token: token.into(), issued_at: at(1_789_992_800), expires_at: at(1_790_000_000) }
    }

    /// The names of the files with a fence, without what comes before the fence.
    fn left(place: &Place<'_>) -> Vec<String> {
        let mut names: Vec<String> = place
            .traces()
            .unwrap()
            .into_iter()
            .map(|trace| trace.path.extension().unwrap().to_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }

    /// A lease whose end has come, and the one after it.
    fn overtaken(place: &Place<'_>) -> (Lease, Lease) {
        let late = take(place, Duration::ZERO).unwrap().unwrap();
        let next = take(place, LIMIT).unwrap().unwrap();
        assert_eq!(next.fence, late.fence + 1);
        (late, next)
    }

    #[test]
    fn a_writer_that_stood_still_before_its_look_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        let (late, next) = overtaken(&place);
        let fresh = prepare(&place, &stored("late"), &late).unwrap();
        assert!(!commit(&place, &fresh, &late).unwrap());
        assert!(save(&place, &stored("next"), &next).unwrap());
        give_back(&place, &next).unwrap();
        assert_eq!(left(&place), ["new"]);
        assert!(!commit(&place, &fresh, &late).unwrap(), "the token tells the fence, too");
        assert!(!save(&place, &stored("late"), &late).unwrap());
    }

    #[test]
    fn a_writer_that_stood_still_after_its_look_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        let late = take(&place, Duration::ZERO).unwrap().unwrap();
        let fresh = prepare(&place, &stored("late"), &late).unwrap();
        // It has looked, and saw no later lease.
        let next = take(&place, LIMIT).unwrap().unwrap();
        assert!(!rename(&fresh, &place.token()).unwrap());
        assert!(!place.token().exists());
        assert_eq!(left(&place), ["lease"]);
        assert!(save(&place, &stored("next"), &next).unwrap());
    }

    #[test]
    fn a_fence_is_given_once_however_long_one_stood_still_before_it_was_claimed() {
        for (saves, gives_back) in [(true, true), (false, true), (true, false), (false, false)] {
            let folder = tempfile::tempdir().unwrap();
            let place = Place::new(folder.path(), "a");
            let (_, next) = overtaken(&place);
            if saves {
                assert!(save(&place, &stored("next"), &next).unwrap());
            }
            let fence = next.fence;
            if gives_back {
                give_back(&place, &next).unwrap();
            }
            for passed in [FIRST, fence - 1, fence] {
                let slow = Lease::new(passed, Lease::random_holder());
                assert!(!claim(&place, &slow, LIMIT).unwrap(), "{saves} {gives_back} {passed}");
            }
            let after = take(&place, LIMIT).unwrap();
            assert_eq!(after.map(|lease| lease.fence), gives_back.then_some(fence + 1), "{saves} {gives_back}");
        }
    }

    #[test]
    fn one_of_those_who_come_first_gets_the_lease() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        let [first, second] = [(); 2].map(|()| Lease::new(FIRST, Lease::random_holder()));
        assert!(claim(&place, &first, LIMIT).unwrap());
        assert!(!claim(&place, &second, LIMIT).unwrap());
        assert!(take(&place, LIMIT).unwrap().is_none());
        let given = beyond(&place, &first).unwrap().unwrap();
        assert!(!claim(&place, &second, LIMIT).unwrap());
        assert!(beyond(&place, &second).unwrap().is_none());
        assert!(take(&place, LIMIT).unwrap().is_none());
        give_back(&place, &given).unwrap();
        assert_eq!(take(&place, LIMIT).unwrap().unwrap().fence, given.fence + 1);
    }

    #[test]
    fn a_lease_whose_holder_died_before_it_wrote_ends_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        for text in ["", "17", "17 1 99999999999999999", "a b c\n", "17 99999999999999999\n"] {
            let fence = place.saved().unwrap().unwrap_or(5);
            create(&place.lease(fence), text).unwrap();
            let half = Duration::from_millis(50);
            assert!(take(&place, LIMIT).unwrap().is_none(), "{text:?}");
            std::thread::sleep(half);
            let lease = take(&place, half).unwrap().unwrap();
            assert_eq!(lease.fence, fence + 1, "{text:?}");
            assert_eq!(left(&place), ["lease"]);
            remove(&place.lease(lease.fence)).unwrap();
        }
    }

    #[test]
    fn a_lease_of_before_the_clock_was_set_back_holds_nobody_up() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        let now = micros(SystemTime::now());
        for (ahead, held) in [(0, true), (SKEW / 2, true), (2 * SKEW, false), (60 * SKEW, false)] {
            create(&place.lease(5), &format!("17 {} {}\n", now + ahead, now + ahead + 60 * SKEW)).unwrap();
            let taken = take(&place, LIMIT).unwrap();
            assert_eq!(taken.is_none(), held, "{ahead}");
            remove(&place.lease(taken.map_or(5, |lease| lease.fence))).unwrap();
        }
    }

    #[test]
    fn an_emptied_folder_does_not_give_a_fence_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::new(folder.path(), "a");
        let late = take(&place, LIMIT).unwrap().unwrap();
        remove(&place.lease(late.fence)).unwrap();
        let next = take(&place, LIMIT).unwrap().unwrap();
        assert!(next.fence > late.fence);
        assert!(!save(&place, &stored("late"), &late).unwrap());
    }
}
