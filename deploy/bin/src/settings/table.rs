use std::fmt;

use super::{Problem, Profile, Settings, parse};

/// One setting, as every layer knows it.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in a file, `public_url`; the variable is `SHOP_PUBLIC_URL`, the flag `--public-url`.
    pub key: &'static str,
    /// Another variable that means the same, for deployments of the shop that this one replaces.
    pub alias: Option<&'static str>,
    /// What holds when it is not set.
    pub default: DefaultText,
    /// What of its value may be shown.
    pub secrecy: Secrecy,
    /// One line of help.
    pub about: &'static str,
    /// Parses a text and puts it in its place.
    pub apply: fn(&mut Settings, &str) -> Result<(), Problem>,
}

/// What holds when a setting is not set.
#[derive(Clone, Copy, Debug)]
pub enum DefaultText {
    /// This value.
    Always(&'static str),
    /// One value in each profile.
    ByProfile {
        /// In development.
        development: &'static str,
        /// In production.
        production: &'static str,
    },
    /// Something that is found out at start.
    Described(&'static str),
}

/// What of a value may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Secrecy {
    /// All of it.
    Open,
    /// All but user and password.
    Url,
    /// Nothing; it has no flag either, since every user of a machine can read the flags of its programs.
    Hidden,
}

/// The name of the variable of the setting with this key.
pub(super) fn variable(key: &str) -> String {
    format!("SHOP_{}", key.to_ascii_uppercase())
}

impl Setting {
    /// The name of its variable.
    #[must_use]
    pub fn variable(&self) -> String {
        variable(self.key)
    }

    /// The name of its flag, without the dashes before it.
    #[must_use]
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }
}

impl DefaultText {
    /// The text of the default value in a profile, if it can be told before the start.
    #[must_use]
    pub const fn value(self, profile: Profile) -> Option<&'static str> {
        match (self, profile) {
            (Self::Always(value), _)
            | (Self::ByProfile { development: value, .. }, Profile::Development)
            | (Self::ByProfile { production: value, .. }, Profile::Production) => Some(value),
            (Self::Described(_), _) => None,
        }
    }
}

impl fmt::Display for DefaultText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always("") => f.write_str("none"),
            Self::Always(text) | Self::Described(text) => f.write_str(text),
            Self::ByProfile { development, production } => {
                write!(f, "{development}, in production {production}")
            }
        }
    }
}

/// Every setting, in the order in which help shows them.
pub const TABLE: &[Setting] = &[
    Setting {
        about: "development, or production, which refuses unsafe defaults",
        ..row("profile", "development", |s, text| put(&mut s.profile, parse::profile(text)))
    },
    Setting {
        about: "Where the storefront listens",
        ..row("address", "127.0.0.1", |s, text| put(&mut s.storefront.address, parse::address(text)))
    },
    Setting {
        about: "The storefront's port; 0 takes any free one",
        ..row("port", "8000", |s, text| put(&mut s.storefront.port, parse::whole(text, 0..=u16::MAX)))
    },
    Setting {
        about: "Where health, version and metrics listen",
        ..row("health_address", "127.0.0.1", |s, text| put(&mut s.health.address, parse::address(text)))
    },
    Setting {
        about: "The port of health, version and metrics; 0 takes any free one",
        ..row("health_port", "8001", |s, text| put(&mut s.health.port, parse::whole(text, 0..=u16::MAX)))
    },
    Setting {
        about: "The storefront's prefix behind a proxy that does not strip it",
        ..row("base_path", "/", |s, text| put(&mut s.base_path, parse::typed(text)))
    },
    Setting {
        secrecy: Secrecy::Url,
        about: "The database: `sqlite://PATH`, or `mysql://USER:PASSWORD@HOST:PORT/NAME` with `?ssl-mode=DISABLED`, `?socket=PATH`",
        ..row("database_url", "sqlite://vitrina.db", |s, text| put(&mut s.database.location, text.parse()))
    },
    Setting {
        default: DefaultText::ByProfile { development: "true", production: "false" },
        about: "Whether to migrate the database at start",
        ..row("migrate", "", |s, text| put(&mut s.database.migrate, parse::truth(text)))
    },
    Setting {
        default: DefaultText::Described("where the storefront listens, `http://127.0.0.1:8000`"),
        about: "The base of every link in a mail",
        ..row("public_url", "", |s, text| put(&mut s.public_url, parse::public_url(text).map(Some)))
    },
    Setting {
        alias: Some("APP_TITLE"),
        about: "The shop's name in pages and mails",
        ..row("title", "Vitrina", |s, text| put(&mut s.title, parse::typed(text)))
    },
    Setting {
        about: "The language of who asks for none: en, ro, es, pt, fr",
        ..row("language", "en", |s, text| put(&mut s.language, parse::typed(text)))
    },
    Setting {
        about: "The currency of all prices (ISO 4217)",
        ..row("currency", "RON", |s, text| put(&mut s.currency, parse::typed(text)))
    },
    Setting {
        secrecy: Secrecy::Url,
        about: "Where mails go: `smtp://USER:PASSWORD@HOST:PORT` or `smtps://…` with `?ca=FILE`, `?tls=none`; `file://DIR`, or `none://`",
        ..row("mail_url", "file://mail", |s, text| put(&mut s.mail.target, text.parse()))
    },
    Setting {
        about: "The sender of mails",
        ..row("mail_from", "Vitrina <shop@localhost>", |s, text| put(&mut s.mail.from, parse::typed(text)))
    },
    Setting {
        about: "Whether the shop delivers the outbox itself, without shop-mailer",
        ..row("mail_relay", "true", |s, text| put(&mut s.mail.relay, parse::truth(text)))
    },
    Setting {
        about: "Whether the shop removes once an hour what has had its time, as `shop-admin tidy` does",
        ..row("tidy", "true", |s, text| put(&mut s.tidy, parse::truth(text)))
    },
    Setting {
        about: "Days that mails are kept after they were sent",
        ..row("keep_sent_days", "30", |s, text| put(&mut s.retention.sent, parse::days(text)))
    },
    Setting {
        about: "Days that mails are kept after they were given up",
        ..row("keep_dead_days", "90", |s, text| put(&mut s.retention.dead, parse::days(text)))
    },
    Setting {
        default: DefaultText::Described("random at each start, in development alone"),
        secrecy: Secrecy::Hidden,
        about: "256 bits in base64, the same on every replica",
        ..row("secret_key", "", |s, text| put(&mut s.secret_key, parse::secret_key(text).map(Some)))
    },
    Setting {
        default: DefaultText::ByProfile { development: "true", production: "false" },
        about: "Whether to fill an empty catalog with the sample",
        ..row("sample_catalog", "", |s, text| put(&mut s.sample_catalog, parse::truth(text)))
    },
    Setting {
        about: "Proxies whose X-Forwarded-For is believed: addresses or networks, with commas between",
        ..row("trusted_proxies", "", |s, text| put(&mut s.trusted_proxies, parse::networks(text)))
    },
    Setting {
        default: DefaultText::ByProfile { development: "0", production: "5" },
        about: "Seconds between SIGTERM (readiness 503) and closing the listener",
        ..row("drain_seconds", "", |s, text| put(&mut s.limits.drain, parse::seconds(text, 0..=3_600)))
    },
    Setting {
        about: "Seconds that running requests get after that",
        ..row("shutdown_seconds", "30", |s, text| {
            put(&mut s.limits.shutdown, parse::seconds(text, 1..=3_600))
        })
    },
    Setting {
        about: "Seconds for a request's header",
        ..row("header_seconds", "10", |s, text| put(&mut s.limits.header, parse::seconds(text, 1..=3_600)))
    },
    Setting {
        about: "Seconds for a request's body",
        ..row("body_seconds", "30", |s, text| put(&mut s.limits.body, parse::seconds(text, 1..=3_600)))
    },
    Setting {
        about: "Seconds that a connection may wait for its next request",
        ..row("idle_seconds", "75", |s, text| put(&mut s.limits.idle, parse::seconds(text, 1..=3_600)))
    },
    Setting {
        about: "Connections at a time",
        ..row("max_connections", "10000", |s, text| {
            put(&mut s.limits.connections, parse::whole(text, 1..=1_000_000))
        })
    },
    Setting {
        about: "Connections at a time from one address; trusted proxies are not counted",
        ..row("max_connections_per_address", "500", |s, text| {
            put(&mut s.limits.connections_per_address, parse::whole(text, 1..=1_000_000))
        })
    },
    Setting {
        about: "The track of a rollout, such as stable or canary, that metrics and `/version` tell",
        ..row("track", "stable", |s, text| put(&mut s.track, text.parse()))
    },
    Setting {
        about: "Whether pages show version, track and host name, and answers have `X-Version`, for watching an upgrade",
        ..row("show_instance", "false", |s, text| put(&mut s.show_instance, parse::truth(text)))
    },
    Setting {
        about: "How the log is written: text, or json with one event a line",
        ..row("log", "text", |s, text| put(&mut s.log, parse::log_format(text)))
    },
    Setting {
        about: "A folder for the log besides stderr, a file an hour, the last 3 kept: for a collector that reads files",
        ..row("log_folder", "", |s, text| put(&mut s.log_folder, parse::folder(text)))
    },
];

/// The row of a setting that is not out of the ordinary; the table overrides what is.
const fn row(
    key: &'static str,
    default: &'static str,
    apply: fn(&mut Settings, &str) -> Result<(), Problem>,
) -> Setting {
    Setting {
        key,
        alias: None,
        default: DefaultText::Always(default),
        secrecy: Secrecy::Open,
        about: "",
        apply,
    }
}

fn put<T>(place: &mut T, parsed: Result<T, Problem>) -> Result<(), Problem> {
    *place = parsed?;
    Ok(())
}
