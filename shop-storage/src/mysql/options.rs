use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};

/// Where the server is and how to talk to it.
///
/// Read by [`FromStr`] from `mysql://USER:PASSWORD@HOST:PORT/NAME?ssl-mode=REQUIRED`. Encryption is required unless `ssl-mode` says otherwise
/// (`DISABLED`, `PREFERRED`, `VERIFY_CA`, `VERIFY_IDENTITY`); `ssl-ca=FILE` names the authority, `socket=PATH` a socket on this host, which needs
/// no encryption.
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

    /// How long to wait for a free connection before a call fails with [`Unavailable`](shop_core::StoreError::Unavailable); 5 s unless said
    /// otherwise.
    #[must_use]
    pub const fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Server and database, without user and password.
    pub(super) fn location(&self) -> String {
        let name = self.connect.get_database().unwrap_or_default();
        match self.connect.get_socket() {
            Some(socket) => format!("{} {name}", socket.display()),
            None => format!("{}:{}/{name}", self.connect.get_host(), self.connect.get_port()),
        }
    }

    pub(super) fn to_connect(&self) -> MySqlConnectOptions {
        self.connect.clone()
    }

    pub(super) const fn most_connections(&self) -> u32 {
        self.connections
    }

    pub(super) const fn longest_wait(&self) -> Duration {
        self.patience
    }
}

impl FromStr for MySqlOptions {
    type Err = InvalidMySqlUrl;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        if !url.starts_with("mysql://") {
            return Err(InvalidMySqlUrl);
        }
        let connect: MySqlConnectOptions = url.parse().map_err(|_| InvalidMySqlUrl)?;
        if connect.get_database().is_none_or(str::is_empty) {
            return Err(InvalidMySqlUrl);
        }
        let says = |key: &str| url.split_once('?').is_some_and(|(_, query)| query.contains(key));
        let connect = match (says("ssl-mode=") || says("sslmode="), connect.get_socket()) {
            (true, _) => connect,
            (false, Some(_)) => connect.ssl_mode(MySqlSslMode::Disabled),
            (false, None) => connect.ssl_mode(MySqlSslMode::Required),
        };
        Ok(Self { connect, connections: 10, patience: Duration::from_secs(5) })
    }
}

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
