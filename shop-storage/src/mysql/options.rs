use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

/// Where the server is and how to talk to it.
///
/// Read by [`FromStr`] from `mysql://USER:PASSWORD@HOST:PORT/NAME?ssl-mode=REQUIRED`. Encryption is required unless `ssl-mode` says otherwise
/// (`DISABLED`, `PREFERRED`, `VERIFY_CA`, `VERIFY_IDENTITY`); `ssl-ca=FILE` names the authority, `ssl-cert=FILE` and `ssl-key=FILE` the client's
/// own certificate, `socket=PATH` a socket on this host, which needs no encryption. Other keys are refused.
#[derive(Clone)]
pub struct MySqlOptions {
    connect: MySqlConnectOptions,
    connections: u32,
    patience: Duration,
}

/// An address that is no MySQL database's. It does not repeat the address, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an address such as mysql://USER:PASSWORD@HOST:3306/NAME?ssl-mode=REQUIRED")]
pub struct InvalidMySqlUrl;

impl MySqlOptions {
    /// How many connections there may be at the same moment; 10 unless said otherwise.
    #[must_use]
    pub fn connections(mut self, connections: u32) -> Self {
        self.connections = connections.max(1);
        self
    }

    /// How long to wait for a free connection, and for the answer to a statement, before a call fails with
    /// [`Unavailable`](shop_core::StoreError::Unavailable); 2 s unless said otherwise. A neighbor's lock is waited for half as long.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Server and database, without user and password.
    pub(crate) fn location(&self) -> String {
        let name = self.connect.get_database().unwrap_or_default();
        match self.connect.get_socket() {
            Some(socket) => format!("{} {name}", socket.display()),
            None => format!("{}:{}/{name}", self.connect.get_host(), self.connect.get_port()),
        }
    }

    /// What is said at the beginning of a connection; [`settings`](super::connections) says the rest.
    pub(crate) fn to_connect(&self) -> MySqlConnectOptions {
        self.connect
            .clone()
            .charset("utf8mb4")
            .collation("utf8mb4_bin")
            .timezone(Some("+00:00".to_owned()))
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .statement_cache_capacity(STATEMENTS)
    }

    pub(super) const fn most_connections(&self) -> u32 {
        self.connections
    }

    pub(crate) const fn longest_wait(&self) -> Duration {
        self.patience
    }
}

/// More than there are, so that each is prepared once a connection.
const STATEMENTS: usize = 256;

/// What may be asked for behind the `?`.
const KEYS: [&str; 5] = ["ssl-mode", "ssl-ca", "ssl-cert", "ssl-key", "socket"];

/// The key of each pair behind the `?`.
fn keys(url: &str) -> impl Iterator<Item = &str> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').map_or(pair, |(key, _)| key))
}

impl FromStr for MySqlOptions {
    type Err = InvalidMySqlUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if !url.starts_with("mysql://") {
            return Err(InvalidMySqlUrl);
        }
        // The driver takes no notice of a key that it does not know, such as a misspelled ssl-mode.
        if keys(url).any(|key| !KEYS.contains(&key)) {
            return Err(InvalidMySqlUrl);
        }
        let connect: MySqlConnectOptions = url.parse().map_err(|_| InvalidMySqlUrl)?;
        if connect.get_database().is_none_or(str::is_empty) {
            return Err(InvalidMySqlUrl);
        }
        let connect = match (keys(url).any(|key| key == "ssl-mode"), connect.get_socket()) {
            (true, _) => connect,
            (false, Some(_)) => connect.ssl_mode(MySqlSslMode::Disabled),
            (false, None) => connect.ssl_mode(MySqlSslMode::Required),
        };
        Ok(Self { connect, connections: 10, patience: Duration::from_secs(2) })
    }
}

impl PartialEq for MySqlOptions {
    fn eq(&self, other: &Self) -> bool {
        let parts = |options: &Self| (options.connect.to_url_lossy(), options.connections, options.patience);
        parts(self) == parts(other)
    }
}

impl Eq for MySqlOptions {}

impl fmt::Debug for MySqlOptions {
    /// Without user and password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MySqlOptions")
            .field("location", &self.location())
            .field("connections", &self.connections)
            .field("patience", &self.patience)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(url: &str) -> String {
        let options: MySqlOptions = url.parse().expect("an address");
        format!("{:?}", options.connect.get_ssl_mode())
    }

    #[test]
    fn encryption_is_required_unless_refused() {
        assert_eq!(mode("mysql://shop:secret@db:3306/shop"), "Required");
        assert_eq!(mode("mysql://shop:secret@db/shop?ssl-mode=DISABLED"), "Disabled");
        assert_eq!(mode("mysql://shop:secret@db/shop?ssl-mode=VERIFY_IDENTITY"), "VerifyIdentity");
        assert_eq!(mode("mysql://shop@localhost/shop?socket=/run/mysqld/mysqld.sock"), "Disabled");
    }

    #[test]
    fn other_addresses_are_refused() {
        for url in [
            "",
            "mysql:",
            "sqlite://shop.db",
            "mysql://db",
            "mysql://db/",
            "mysql://db/shop?ssl-mode=MAYBE",
            "mysql://db/shop?ssl_mode=VERIFY_CA",
            "mysql://db/shop?socket=/run/db.sock&time-zone=local",
            "mariadb://db/shop",
        ] {
            assert!(url.parse::<MySqlOptions>().is_err(), "{url:?}");
        }
    }

    #[test]
    fn opening_may_move_between_threads() {
        fn is_send(_: impl Send) {}
        let options: MySqlOptions = "mysql://shop@db/shop".parse().expect("an address");
        is_send(async {
            let store = crate::MySqlStore::open(options).await?;
            store.migrate().await
        });
    }

    #[test]
    fn the_password_is_not_shown() {
        let options: MySqlOptions = "mysql://shop:hush@db:3307/shop".parse().expect("an address");
        assert_eq!(options.location(), "db:3307/shop");
        assert!(!format!("{options:?}").contains("hush"));
    }
}
