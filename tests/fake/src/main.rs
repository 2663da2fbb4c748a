//! The fake as a program, for tests in any language.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use clap::Parser;
use weixin_fake::{Format, Mode, PushTarget, Server};

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
    #[arg(long, value_name = "KEY")]
    push_key: Option<String>,
    /// Write events as JSON
    #[arg(long)]
    push_json: bool,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::parse();
    let mut builder = Server::builder().address(SocketAddr::new(arguments.host, arguments.port));
    if let Some(path) = &arguments.state {
        builder = builder.state(path);
    }
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    for account in &arguments.account {
        let (id, secret) = account.split_once(':').ok_or_else(|| format!("`{account}` is no ID:SECRET"))?;
        builder = builder.account(id, secret);
    }
    if let (Some(url), Some(token)) = (&arguments.push_url, &arguments.push_token) {
        let mut target = PushTarget::new(url, token);
        if let Some(key) = &arguments.push_key {
            target = target.encrypted(key, Mode::Encrypted);
        }
        if arguments.push_json {
            target = target.format(Format::Json);
        }
        builder = builder.push_to(target);
    }
    let server = builder.start().await?;
    let (id, secret) = server.account();
    println!("listening on {}", server.url());
    println!("AppID {id}, AppSecret {secret}");
    tokio::signal::ctrl_c().await?;
    Ok(())
}
