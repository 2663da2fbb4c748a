//! A `redis-server` for one test.
#![allow(dead_code, reason = "each test uses a part")]

use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A `redis-server` at a free port of this machine, which keeps nothing on the disk and ends with the value.
pub(crate) struct Server {
    port: u16,
    options: Vec<&'static str>,
    child: Child,
    folder: TempDir,
}

impl Server {
    pub(crate) fn start(options: &[&'static str]) -> Server {
        let folder = tempfile::tempdir().unwrap();
        // Another program may take the port before the server does.
        for _ in 0..5 {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            if let Some(child) = run(port, &folder, options) {
                return Server { port, options: options.to_vec(), child, folder };
            }
        }
        panic!("redis-server did not start; see what `redis-server {}` says", options.join(" "));
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}/", self.port)
    }

    /// Ends it without a word.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Starts it anew, without what it kept.
    pub(crate) fn restart(&mut self) {
        self.child = run(self.port, &self.folder, &self.options).expect("the port is still free");
    }

    /// Lets it stand still, so that it takes connections and answers nothing, or go on.
    pub(crate) fn stand_still(&self, still: bool) {
        let signal = if still { "-STOP" } else { "-CONT" };
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// A connection past the store.
    pub(crate) fn look(&self) -> redis::Connection {
        redis::Client::open(self.url()).unwrap().get_connection().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have been killed already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts it and waits until it answers; None where it ends instead.
fn run(port: u16, folder: &TempDir, options: &[&str]) -> Option<Child> {
    let started = Command::new("redis-server")
        .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"])
        .arg(folder.path())
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn();
    let mut child = match started {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            panic!("these tests need redis-server: apt-get install redis-server")
        }
        started => started.unwrap(),
    };
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return Some(child);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    panic!("redis-server does not answer at port {port}");
}
