//! The fake as a program, for tests in any language.

use std::error::Error;
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use weixin_fake::{Builder, Format, Mode, PushTarget, Seen, Server};

/// A WeChat that runs on your machine
#[derive(Debug, Parser)]
#[command(name = "weixin-fake", version)]
struct Arguments {
    /// The port; 0 is any free one
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    host: IpAddr,
    /// Keep the state in this file, where the next start finds it
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// An account, as APPID:SECRET; may be given several times
    #[arg(long, value_name = "ID:SECRET")]
    account: Vec<String>,
    /// Make ids from this seed
    #[arg(long)]
    seed: Option<u64>,
    /// Send events to this address
    #[arg(long, value_name = "URL", requires = "push_token")]
    push_url: Option<String>,
    /// The token with which events are signed
    #[arg(long, value_name = "TOKEN")]
    push_token: Option<String>,
    /// Encrypt events with this key of 43 letters
    #[arg(long, value_name = "KEY", requires = "push_url")]
    push_key: Option<String>,
    /// Write events as JSON
    #[arg(long, requires = "push_url")]
    push_json: bool,
    /// Do not tell of calls and pushes
    #[arg(long)]
    quiet: bool,
}

impl Arguments {
    fn builder(&self) -> Result<Builder, String> {
        let mut builder = Server::builder().address(SocketAddr::new(self.host, self.port));
        if let Some(path) = &self.state {
            builder = builder.state(path);
        }
        if let Some(seed) = self.seed {
            builder = builder.seed(seed);
        }
        for account in &self.account {
            // Without the text: a secret may be in it.
            let (id, secret) = account.split_once(':').ok_or("--account is not of the form APPID:SECRET")?;
            builder = builder.account(id, secret);
        }
        if let Some(target) = self.target() {
            builder = builder.push_to(target);
        }
        Ok(if self.quiet { builder } else { builder.watch(tell) })
    }

    fn target(&self) -> Option<PushTarget> {
        let mut target = PushTarget::new(self.push_url.as_ref()?, self.push_token.as_ref()?);
        if let Some(key) = &self.push_key {
            target = target.encrypted(key, Mode::Encrypted);
        }
        Some(if self.push_json { target.format(Format::Json) } else { target })
    }
}

/// A line for each call and each push. Where nobody reads them any more, they are lost.
fn tell(seen: Seen<'_>) {
    let line = match seen {
        Seen::Call(entry) => entry.line(),
        Seen::Delivery(delivery) => delivery.line(),
        _ => return,
    };
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let server = arguments.builder()?.start().await?;
    let (id, secret) = server.account();
    println!("listening on {}", server.url());
    // A secret that was given is known to who gave it, and may be a real one.
    if arguments.account.is_empty() {
        println!("AppID {id}, AppSecret {secret}");
    }
    stopped().await?;
    println!("stopped");
    Ok(())
}

/// Ends when somebody wants the program to: Ctrl-C, or what `kill` sends.
async fn stopped() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        let mut end = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed,
            _ = end.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}
