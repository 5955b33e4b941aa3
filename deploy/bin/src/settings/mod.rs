//! Settings: defaults, then a file, then the environment, then flags, each layer above the one before.
//!
//! Every program of this package reads the same ones, so that one set of variables configures a whole deployment. All faults are found
//! in one go, and each is a line that names the setting, where it came from and what is allowed.
//!
//! To add a setting: a field of [`Settings`], its value in [`Settings::defaults`], a row in [`TABLE`]. The row is all that files,
//! variables, flags and `--help` go by.

mod database;
mod fault;
mod file;
pub mod flags;
mod layers;
mod load;
mod mail;
mod parse;
mod production;
mod report;
mod table;
mod track;

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use shop_core::tidy::Retention;
use shop_core::{Currency, Language};
use shop_mailer::Sender;
use shop_storage::SqliteOptions;
use shop_web::{BasePath, PublicUrl, SecretKey, Title};

pub use self::database::Database;
pub use self::fault::{Fault, Faults, Problem};
pub use self::layers::{Input, Origin};
pub use self::load::{Loaded, load};
pub use self::mail::MailTarget;
pub use self::report::report;
pub use self::table::{DefaultText, Secrecy, Setting, TABLE};
pub use self::track::Track;

/// Everything that can be set, parsed.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Whether unsafe defaults are allowed.
    pub profile: Profile,
    /// Where the storefront listens.
    pub storefront: Listen,
    /// Where health, version and metrics listen.
    pub health: Listen,
    /// The storefront's prefix.
    pub base_path: BasePath,
    /// Where the shop's data is.
    pub database: DatabaseSettings,
    /// The base of every link in a mail; without one it is the storefront's own address.
    pub public_url: Option<PublicUrl>,
    /// The shop's name.
    pub title: Title,
    /// The language of who asks for none.
    pub language: Language,
    /// The currency of all prices.
    pub currency: Currency,
    /// Where mails go.
    pub mail: MailSettings,
    /// Whether the shop tidies up by itself.
    pub tidy: bool,
    /// How long settled mails are kept.
    pub retention: Retention,
    /// The key of the forms' signatures; without one each start makes its own.
    pub secret_key: Option<SecretKey>,
    /// Whether to fill an empty catalog with the sample.
    pub sample_catalog: bool,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// How long things may take, and how many there may be.
    pub limits: Limits,
    /// The track of a rollout that this instance belongs to.
    pub track: Track,
    /// Whether pages and headers tell which instance has answered.
    pub show_instance: bool,
    /// How the log is written.
    pub log: LogFormat,
    /// The folder that the log goes into, besides stderr.
    pub log_folder: Option<PathBuf>,
}

/// Whether the shop runs on a developer's machine or for shoppers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Everything has a default.
    Development,
    /// Unsafe defaults are refused.
    Production,
}

/// An address to listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listen {
    /// The interface.
    pub address: IpAddr,
    /// The port; 0 takes any free one.
    pub port: u16,
}

/// Where the shop's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseSettings {
    /// The database.
    pub location: Database,
    /// Whether to bring its schema up to date at start.
    pub migrate: bool,
}

/// Where mails go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The transport.
    pub target: MailTarget,
    /// The sender.
    pub from: Sender,
    /// Whether the shop's own process delivers the outbox.
    pub relay: bool,
}

/// Limits of the storefront's server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Between the signal to end and closing the listener.
    pub drain: Duration,
    /// For running requests after that.
    pub shutdown: Duration,
    /// For a request's header.
    pub header: Duration,
    /// For a request's body.
    pub body: Duration,
    /// Between two requests of a connection.
    pub idle: Duration,
    /// Connections at a time.
    pub connections: usize,
    /// Connections at a time from one address.
    pub connections_per_address: usize,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

impl Settings {
    /// What holds for a profile when nothing is set.
    #[must_use]
    pub fn defaults(profile: Profile) -> Self {
        let development = profile == Profile::Development;
        Self {
            profile,
            storefront: Listen { address: Ipv4Addr::LOCALHOST.into(), port: 8000 },
            health: Listen { address: Ipv4Addr::LOCALHOST.into(), port: 8001 },
            base_path: BasePath::default(),
            database: DatabaseSettings {
                location: Database::Sqlite(SqliteOptions::new("vitrina.db")),
                migrate: development,
            },
            public_url: None,
            title: Title::default(),
            language: Language::English,
            currency: Currency::RON,
            mail: MailSettings::default(),
            tidy: true,
            retention: Retention::default(),
            secret_key: None,
            sample_catalog: development,
            trusted_proxies: Vec::new(),
            limits: Limits::defaults(profile),
            track: Track::default(),
            show_instance: false,
            log: LogFormat::Text,
            log_folder: None,
        }
    }

    /// Where browsers find the shop's first page, which every link in a mail begins with: the public URL, with the prefix behind it unless
    /// it has a path already, which is the prefix then. `listening` stands in where no public URL is set.
    #[must_use]
    pub fn first_page(&self, listening: Listen) -> String {
        let url = self.public_url.as_ref().map_or_else(|| listening.to_string(), PublicUrl::to_string);
        let prefix = self.base_path.as_str().trim_end_matches('/');
        let behind_host = url.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
        let has_path = behind_host.is_some_and(|(_, path)| !path.is_empty());
        if has_path { url } else { format!("{url}{prefix}") }
    }
}

impl Default for MailSettings {
    fn default() -> Self {
        let Ok(from) = "Vitrina <shop@localhost>".parse() else {
            unreachable!("a constant, parsed by every test")
        };
        Self { target: MailTarget::Folder(PathBuf::from("mail")), from, relay: true }
    }
}

impl Limits {
    fn defaults(profile: Profile) -> Self {
        let drain = match profile {
            Profile::Development => 0,
            Profile::Production => 5,
        };
        Self {
            drain: Duration::from_secs(drain),
            shutdown: Duration::from_secs(30),
            header: Duration::from_secs(10),
            body: Duration::from_secs(30),
            idle: Duration::from_secs(75),
            connections: 10_000,
            connections_per_address: 500,
        }
    }
}

impl std::fmt::Display for Listen {
    /// The address as a browser on this machine takes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reachable = match self.address {
            IpAddr::V4(address) if address.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(address) if address.is_unspecified() => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
            address => address,
        };
        write!(f, "http://{}", std::net::SocketAddr::new(reachable, self.port))
    }
}
