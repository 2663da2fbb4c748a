use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering::SeqCst};
use std::time::UNIX_EPOCH;

use tokio::time::{advance, sleep};

use super::*;
use crate::account::Fetched;
use crate::token::{BoxFuture, MemoryStore, StoredToken};

/// How long a token is valid.
const VALID: Duration = Duration::from_secs(7200);

const HOUR: i64 = 60 * 60;

/// Issues numbered tokens, or none.
#[derive(Default)]
struct Office {
    asked: AtomicUsize,
    is_closed: bool,
}

impl Issuer for Arc<Office> {
    fn what(&self) -> &'static str {
        "token"
    }

    fn owner(&self) -> &str {
        "wx1"
    }

    fn key(&self) -> &str {
        "wx1"
    }

    fn can_force(&self) -> bool {
        false
    }

    fn issue(&self, _force: bool) -> BoxFuture<'_, Result<Fetched, NoToken>> {
        Box::pin(async {
            sleep(Duration::from_millis(20)).await;
            let number = self.asked.fetch_add(1, SeqCst) + 1;
            match self.is_closed {
                true => Err(NoToken::new("the office is closed".into())),
                false => Ok(Fetched { token: AccessToken::new(format!("number-{number}")), valid: VALID }),
            }
        })
    }
}

/// A process with its keeper, whose clock on the wall can be set.
struct Process {
    keeper: Arc<Keeper>,
    office: Arc<Office>,
    /// By so many seconds the clock was set forwards.
    ahead: Arc<AtomicI64>,
}

impl Process {
    fn with(office: &Arc<Office>, store: Option<&Arc<MemoryStore>>) -> Self {
        let (begin, ahead) = (Instant::now(), Arc::new(AtomicI64::new(0)));
        let set = ahead.clone();
        let wall = move || {
            let seconds = 1_790_000_000_i64 + set.load(SeqCst);
            UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap()) + begin.elapsed()
        };
        let store = store.map(|store| store.clone() as Arc<dyn TokenStore>);
        Process { keeper: Keeper::with_wall(store, Arc::new(wall)), office: office.clone(), ahead }
    }

    /// A new process on the machine of another one.
    fn beside(&self, other: &Process, store: &Arc<MemoryStore>) -> Self {
        let process = Process::with(&self.office, Some(store));
        Process { ahead: process.ahead.clone(), ..process }.at(other.ahead.load(SeqCst))
    }

    /// The same with its clock set.
    fn at(self, ahead: i64) -> Self {
        self.ahead.store(ahead, SeqCst);
        self
    }

    fn asked(&self) -> usize {
        self.office.asked.load(SeqCst)
    }

    async fn token(&self) -> Result<String, String> {
        let token = self.keeper.token(&|| Arc::new(self.office.clone())).await;
        token.map(|token| token.expose().to_owned()).map_err(|none| none.cause.to_string())
    }

    /// Many calls in so many seconds: the tokens that they got, each once.
    async fn tokens(&self, seconds: u64) -> Vec<String> {
        let mut tokens = Vec::new();
        for _ in 0..seconds / 10 {
            tokens.push(self.token().await.unwrap());
            advance(Duration::from_secs(10)).await;
        }
        tokens.dedup();
        tokens
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_ahead_of_its_end_while_the_old_one_serves() {
    let process = Process::with(&Arc::default(), None);
    assert_eq!(process.token().await.unwrap(), "number-1");
    // The last five minutes have not begun.
    advance(VALID - AHEAD - Duration::from_secs(1)).await;
    let begin = Instant::now();
    for _ in 0..200 {
        assert_eq!(process.token().await.unwrap(), "number-1");
    }
    assert_eq!((process.asked(), begin.elapsed()), (1, Duration::ZERO));
    // However the moment was drawn, it has come.
    advance(AHEAD.mul_f64(0.5)).await;
    let begin = Instant::now();
    for _ in 0..200 {
        assert_eq!(process.token().await.unwrap(), "number-1");
    }
    assert_eq!(begin.elapsed(), Duration::ZERO, "nobody waits for the renewal");
    sleep(Duration::from_millis(30)).await;
    assert_eq!((process.token().await.unwrap().as_str(), process.asked()), ("number-2", 2));
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_failed_is_not_begun_again_at_once() {
    let process = Process::with(&Arc::new(Office { is_closed: true, ..Office::default() }), None);
    let mut asked = Vec::new();
    for _ in 0..200 {
        assert_eq!(process.token().await.unwrap_err(), "the office is closed");
        asked.push(process.asked());
        advance(Duration::from_millis(100)).await;
    }
    // Within the first 0.7 seconds after it failed nobody asks again, after the first whole second somebody does.
    assert_eq!((asked[0], asked[6], asked[12]), (1, 1, 2));
    // Each pause is about twice as long as the one before: 20 seconds have room for four or five.
    assert!((5..=6).contains(&process.asked()), "{}", process.asked());
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_changes_nothing_for_a_token_at_hand() {
    let store = Arc::new(MemoryStore::new());
    for store in [None, Some(&store)] {
        let process = Process::with(&Arc::default(), store);
        for jump in [5 * HOUR, -5 * HOUR, -400 * 24 * HOUR, 400 * 24 * HOUR] {
            process.ahead.fetch_add(jump, SeqCst);
            assert_eq!(process.tokens(600).await, ["number-1"], "{jump}");
        }
        // Ten hours on, it was renewed every two hours, no more often and no later.
        assert_eq!(process.asked(), 1);
        let tokens = process.tokens(36_000).await;
        assert!((6..=7).contains(&tokens.len()) && process.asked() == tokens.len(), "{tokens:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn jumps_all_the_time_cause_no_more_renewals() {
    let store = Arc::new(MemoryStore::new());
    let process = Process::with(&Arc::default(), Some(&store));
    let mut tokens = Vec::new();
    for number in 0..60 {
        process.ahead.fetch_add(if number % 2 == 0 { 7 * HOUR } else { -7 * HOUR }, SeqCst);
        tokens.extend(process.tokens(600).await);
    }
    tokens.dedup();
    assert!((6..=7).contains(&tokens.len()) && process.asked() == tokens.len(), "{tokens:?}");
}

#[tokio::test(start_paused = true)]
async fn a_kept_token_is_not_used_after_its_end_whatever_the_clock_says() {
    for jump in [-HOUR / 2, -HOUR, -5 * HOUR, -400 * 24 * HOUR] {
        let store = Arc::new(MemoryStore::new());
        let first = Process::with(&Arc::default(), Some(&store));
        first.token().await.unwrap();
        let set = Process::with(&first.office, Some(&store)).at(jump);
        // The kept token seems to end much later than it does, or to be of the future: another one is asked for, once.
        assert_eq!(set.tokens(3_600).await, ["number-2"], "{jump}");
        // What was kept by the clock as it is now serves all that start later.
        let later = set.beside(&set, &store);
        assert_eq!(later.tokens(600).await, ["number-2"], "{jump}");
        assert_eq!(set.asked(), 2, "{jump}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_forwards_asks_once_more() {
    let store = Arc::new(MemoryStore::new());
    let first = Process::with(&Arc::default(), Some(&store));
    first.token().await.unwrap();
    let set = Process::with(&first.office, Some(&store)).at(5 * HOUR);
    assert_eq!(set.tokens(600).await, ["number-2"]);
    let later = set.beside(&set, &store);
    assert_eq!((later.tokens(600).await, set.asked()), (vec!["number-2".to_owned()], 2));
    // The first one goes on with the token that it has.
    assert_eq!(first.tokens(600).await, ["number-1"]);
}

#[tokio::test(start_paused = true)]
async fn clocks_that_differ_a_little_share_a_token() {
    for jump in [-200, 200] {
        let store = Arc::new(MemoryStore::new());
        let first = Process::with(&Arc::default(), Some(&store));
        first.token().await.unwrap();
        let other = Process::with(&first.office, Some(&store)).at(jump);
        assert_eq!((other.token().await.unwrap(), first.asked()), ("number-1".to_owned(), 1), "{jump}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_another_clock_kept_ends_no_later_than_it_can() {
    let store = Arc::new(MemoryStore::new());
    let office = Arc::default();
    let process = Process::with(&office, Some(&store)).at(-200);
    let issued_at = UNIX_EPOCH + Duration::from_secs(1_790_000_000);
    let stored = StoredToken { token: AccessToken::new("kept"), issued_at, expires_at: issued_at + VALID };
    let lease = store.lease("wx1", VALID).await.unwrap().unwrap();
    assert!(store.save("wx1", &stored, &lease).await.unwrap());
    store.release("wx1", lease).await.unwrap();
    let begin = Instant::now();
    while process.token().await.unwrap() == "kept" {
        advance(Duration::from_secs(1)).await;
    }
    assert!(begin.elapsed() <= VALID, "{:?}", begin.elapsed());
}
