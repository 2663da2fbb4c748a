//! An account and its secret.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::shown::Quoted;

type Source = Box<dyn StdError + Send + Sync>;

/// An account, by its id and its secret. It never shows the secret.
///
/// ```
/// use weixin_runtime::{Account, AppSecret};
///
/// let account = Account::new("wx5d3a9b7c1e2f4a60", "the secret");
/// assert_eq!(format!("{account:?}"), r#"Account { id: "wx5d3a9b7c1e2f4a60", .. }"#);
/// let account = Account::new("wx5d3a9b7c1e2f4a60", AppSecret::from_env("APP_SECRET"));
/// # let _ = account;
/// ```
#[derive(Clone)]
pub struct Account {
    pub(crate) id: String,
    pub(crate) secret: AppSecret,
}

impl Account {
    /// The account with this id. The secret is a text, a variable of the environment or a function.
    pub fn new(id: impl Into<String>, secret: impl Into<AppSecret>) -> Self {
        Account { id: id.into(), secret: secret.into() }
    }

    /// The id.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("id", &Quoted(&self.id)).finish_non_exhaustive()
    }
}

/// The secret of an account. It never shows itself, and is overwritten in memory when it is dropped.
#[derive(Clone)]
pub struct AppSecret(Arc<From>);

enum From {
    Text(Zeroizing<String>),
    Variable(String),
    Function(Box<dyn Fn() -> Result<String, Source> + Send + Sync>),
}

impl AppSecret {
    /// The value that a variable of the environment has whenever a token is asked for.
    pub fn from_env(variable: impl Into<String>) -> Self {
        AppSecret(Arc::new(From::Variable(variable.into())))
    }

    /// What a function gives whenever a token is asked for: from a vault, or a file that is replaced. It should not take
    /// long.
    pub fn from_fn<E: Into<Source>>(secret: impl Fn() -> Result<String, E> + Send + Sync + 'static) -> Self {
        AppSecret(Arc::new(From::Function(Box::new(move || secret().map_err(Into::into)))))
    }

    /// The secret itself, without white space at its ends.
    pub(crate) fn get(&self) -> Result<Zeroizing<String>, Source> {
        let secret = match &*self.0 {
            From::Text(text) => text.clone(),
            From::Variable(name) => match std::env::var(name) {
                Ok(secret) => Zeroizing::new(secret),
                // The error of a value that is no Unicode shows the value.
                Err(_) => return Err(format!("the variable {name} of the environment is not set, or no text").into()),
            },
            From::Function(function) => Zeroizing::new(function()?),
        };
        match secret.trim() {
            "" => Err("the secret of the account is empty".into()),
            trimmed if trimmed.len() == secret.len() => Ok(secret),
            trimmed => Ok(Zeroizing::new(trimmed.to_owned())),
        }
    }
}

impl<T: Into<String>> std::convert::From<T> for AppSecret {
    fn from(secret: T) -> Self {
        AppSecret(Arc::new(From::Text(Zeroizing::new(secret.into()))))
    }
}

impl fmt::Debug for AppSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppSecret(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::AppSecret;

    #[test]
    fn a_secret_comes_from_anywhere_and_never_shows() {
        assert_eq!(AppSecret::from(" hush\n").get().expect("a secret").as_str(), "hush");
        let counted = AppSecret::from_fn(|| Ok::<_, std::io::Error>("hush".to_owned()));
        assert_eq!(counted.get().expect("a secret").as_str(), "hush");
        let failing = AppSecret::from_fn(|| Err::<String, _>("the vault is closed"));
        assert_eq!(failing.get().expect_err("closed").to_string(), "the vault is closed");
        assert!(AppSecret::from(" ").get().expect_err("empty").to_string().contains("empty"));
        let unset = AppSecret::from_env("A_VARIABLE_THAT_NOBODY_SETS").get().expect_err("unset");
        assert!(unset.to_string().contains("A_VARIABLE_THAT_NOBODY_SETS"));
        assert_eq!(format!("{:?}", AppSecret::from("hush")), "AppSecret(redacted)");
    }
}
