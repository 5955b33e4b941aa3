//! From settings to adapters, and from adapters to a shop.

use std::io::{self, Write as _};
use std::sync::Arc;

use async_trait::async_trait;
use shop_core::outbox::Message;
use shop_core::ports::Store;
use shop_core::system::SystemRandom;
use shop_core::{Shop, StoreError, Timestamp};
use shop_mailer::{FileTransport, Mailer, MailerConfig, NullTransport, SmtpTransport, Transport};
use shop_storage::{Backlog, CopyError, Finding, MySqlStore, Occupancy, OpenError, SqliteStore};
use shop_web::rocket::{self, Build, Rocket};
use shop_web::server::{Probe, ServerConfig, Version};
use shop_web::{Instance, Pictures, SecretKey, WebConfig};

use crate::Failure;
use crate::failure::one_line;
use crate::sample;
use crate::settings::{Database, Limits, Listen, MailTarget, Profile, Settings};

/// Whether a program may change the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schema {
    /// It makes the database if there is none, and migrates it.
    Migrate,
    /// It works with what is there, or not at all.
    Verify,
}

/// The store that the settings name. Clones share its connections.
#[derive(Clone, Debug)]
pub(crate) enum Storage {
    Sqlite(SqliteStore),
    MySql(MySqlStore),
}

impl Storage {
    fn store(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => Arc::new(store.clone()),
            Self::MySql(store) => Arc::new(store.clone()),
        }
    }

    async fn migrate(&self) -> Result<usize, OpenError> {
        match self {
            Self::Sqlite(store) => store.migrate().await,
            Self::MySql(store) => store.migrate().await,
        }
    }

    /// What is wrong with its rows.
    pub(crate) async fn audit(&self) -> Result<Vec<Finding>, StoreError> {
        match self {
            Self::Sqlite(store) => store.audit().await,
            Self::MySql(store) => store.audit().await,
        }
    }

    /// Copies all rows into an empty store; says how many there were.
    pub(crate) async fn copy_to(
        &self,
        target: &Self,
        progress: &mut (dyn FnMut(&'static str, u64) + Send),
    ) -> Result<u64, CopyError> {
        match (self, target) {
            (Self::Sqlite(source), Self::Sqlite(target)) => source.copy_to(target, progress).await,
            (Self::Sqlite(source), Self::MySql(target)) => source.copy_to(target, progress).await,
            (Self::MySql(source), Self::Sqlite(target)) => source.copy_to(target, progress).await,
            (Self::MySql(source), Self::MySql(target)) => source.copy_to(target, progress).await,
        }
    }

    /// How busy its connections are.
    pub(crate) fn occupancy(&self) -> Occupancy {
        match self {
            Self::Sqlite(store) => store.occupancy(),
            Self::MySql(store) => store.occupancy(),
        }
    }

    /// How much waits in its outbox.
    pub(crate) async fn backlog(&self, now: Timestamp) -> Result<Backlog, StoreError> {
        match self {
            Self::Sqlite(store) => store.backlog(now).await,
            Self::MySql(store) => store.backlog(now).await,
        }
    }

    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(store) => store.close().await,
            Self::MySql(store) => store.close().await,
        }
    }
}

/// Opens the database; says how many migrations ran.
pub(crate) async fn open(database: &Database, schema: Schema) -> Result<(Storage, usize), Failure> {
    let migrates = schema == Schema::Migrate;
    let storage = match database.clone() {
        Database::Sqlite(options) if !migrates && !options.path().exists() => {
            return Err(Failure::NoDatabase(options.path().to_owned()));
        }
        Database::Sqlite(options) => Storage::Sqlite(SqliteStore::open(options.create(migrates)).await?),
        Database::MySql(options) => Storage::MySql(MySqlStore::open(*options).await?),
    };
    let ran = if migrates { storage.migrate().await? } else { 0 };
    storage.store().check().await.map_err(Failure::Schema)?;
    Ok((storage, ran))
}

/// The shop over a store.
pub(crate) fn shop(settings: &Settings, storage: &Storage) -> Shop {
    Shop::builder(storage.store()).currency(settings.currency).build()
}

/// What writes and delivers the mails. In development the link of each is printed as well.
pub(crate) async fn mailer(settings: &Settings, listening: Listen) -> Result<Mailer, Failure> {
    let transport: Box<dyn Transport> = match &settings.mail.target {
        MailTarget::Nowhere => Box::new(NullTransport),
        MailTarget::Folder(folder) => match FileTransport::open(folder).await {
            Ok(transport) => Box::new(transport),
            Err(source) => return Err(Failure::MailFolder { folder: folder.clone(), source }),
        },
        MailTarget::Smtp(options) => {
            Box::new(SmtpTransport::open((**options).clone()).await.map_err(Failure::MailServer)?)
        }
    };
    let first_page = settings.first_page(listening);
    let config = MailerConfig {
        public_url: first_page.parse().map_err(|_| Failure::FirstPage(first_page))?,
        title: settings.title.as_str().to_owned(),
        from: settings.mail.from.clone(),
    };
    let mailer = Mailer::new(config, transport)?;
    Ok(match settings.profile {
        Profile::Development => mailer.on_link(print_link),
        Profile::Production => mailer,
    })
}

fn print_link(message: &Message, link: &str) {
    // Whoever closed stdout does not want to know.
    let _ = writeln!(io::stdout(), "Mail to {}: {link}", message.to);
}

/// The pages.
pub(crate) fn pages(settings: &Settings, shop: Shop, listening: Listen) -> Result<Rocket<Build>, Failure> {
    let first_page = settings.first_page(listening);
    let key = settings.secret_key.clone().unwrap_or_else(|| SecretKey::fresh(&SystemRandom));
    let config = WebConfig {
        base_path: settings.base_path.clone(),
        title: settings.title.clone(),
        language: settings.language,
        show_instance: settings.show_instance.then(|| instance(settings)),
        pictures: Pictures::embedded(sample::PICTURES)?,
        ..WebConfig::new(first_page.parse().map_err(|_| Failure::FirstPage(first_page))?, key)
    };
    Ok(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config)))
}

/// Which of the shop's instances this is.
fn instance(settings: &Settings) -> Instance {
    let Version { version, track, .. } = version(settings);
    Instance { version, track, host: gethostname::gethostname().display().to_string() }
}

/// The limits of the storefront's server.
pub(crate) fn server_config(settings: &Settings) -> ServerConfig {
    let Limits { drain, shutdown, header, body, idle, connections, connections_per_address } =
        settings.limits;
    ServerConfig {
        header_time: header,
        body_time: body,
        idle_time: idle,
        max_connections: connections,
        max_connections_per_address: connections_per_address,
        trusted_proxies: settings.trusted_proxies.clone(),
        drain,
        shutdown,
        ..ServerConfig::default()
    }
}

/// Which build this is, and on which track. `VITRINA_COMMIT` is read when it is compiled.
pub(crate) fn version(settings: &Settings) -> Version {
    Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("VITRINA_COMMIT").unwrap_or("unknown").to_owned(),
        track: settings.track.to_string(),
    }
}

/// Asks the store whether it answers and its schema fits.
pub(crate) struct StoreProbe(pub(crate) Shop);

#[async_trait]
impl Probe for StoreProbe {
    async fn ready(&self) -> Result<(), String> {
        self.0.store().check().await.map_err(|error| one_line(&error))
    }
}
