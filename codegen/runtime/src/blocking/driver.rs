//! The thread that waits for the network while callers wait for their results.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, JoinHandle, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task::coop::consume_budget;

use crate::error::{Error, Fault};
use crate::meta::Meta;

/// A runtime on a thread of its own. Connections are looked after, and tokens renewed, between calls too.
pub(super) struct Driver {
    handle: Handle,
    /// Dropping it ends the thread.
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Driver {
    pub(super) fn start() -> Result<Arc<Self>, Error> {
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        // The runtime is made, and dropped, on its thread: neither would be allowed where others are awaited.
        let drive = move || match Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => {
                drop(tell.send(Ok(runtime.handle().clone())));
                drop(runtime.block_on(stopped));
                // Without this a name that is looked up would hold up the end.
                runtime.shutdown_background();
            }
            Err(error) => drop(tell.send(Err(error))),
        };
        let thread = thread::Builder::new().name("blocking-client".to_owned()).spawn(drive);
        let started = thread.and_then(|thread| {
            let handle = told.recv().map_err(std::io::Error::other)??;
            Ok(Driver { handle, stop: Some(stop), thread: Some(thread) })
        });
        let failed = |error| Fault::Config(format!("the thread of the blocking client cannot be started: {error}"));
        started.map(Arc::new).map_err(|error| Error::new(None, failed(error)))
    }

    /// What a future gives. This thread sleeps until it does; any number of threads may do so at once.
    pub(super) fn run<F: Future>(&self, meta: &'static Meta, future: F) -> Result<F::Output, Error> {
        if is_async() {
            return Err(Error::new(Some(meta), Fault::Config(ASYNC.to_owned())));
        }
        let _runtime = self.handle.enter();
        let sleeper = Arc::new(Sleeper { thread: thread::current(), woken: AtomicBool::new(false) });
        let waker = Waker::from(sleeper.clone());
        let mut future = pin!(future);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                return Ok(output);
            }
            sleeper.sleep();
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.stop = None;
        // What the runtime itself holds may be the last to go, and no thread can wait for its own end.
        if let Some(thread) = self.thread.take().filter(|it| it.thread().id() != thread::current().id()) {
            drop(thread.join());
        }
    }
}

const ASYNC: &str = "a blocking client is called inside async code, where it would hold up all other tasks: use the client \
    that is awaited there, or call this one in tokio::task::spawn_blocking";

/// Whether this thread polls a future, so that it must not be held up. A runtime limits what a future may do in one poll,
/// and sets no limit where blocking is allowed. No other question to it has an answer without a panic.
fn is_async() -> bool {
    /// More than any poll may do.
    const ENOUGH: u32 = 256;
    let mut context = Context::from_waker(Waker::noop());
    Handle::try_current().is_ok() && (0..ENOUGH).any(|_| pin!(consume_budget()).poll(&mut context).is_pending())
}

/// A thread that waits for a future.
struct Sleeper {
    thread: Thread,
    /// A future may let the thread sleep for reasons of its own: that it woke up proves nothing.
    woken: AtomicBool,
}

impl Sleeper {
    fn sleep(&self) {
        while !self.woken.swap(false, Ordering::AcqRel) {
            thread::park();
        }
    }
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.woken.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
