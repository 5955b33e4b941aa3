//! From settings to adapters, and from adapters to a shop.

use std::io::{self, Write as _};
use std::sync::Arc;

use async_trait::async_trait;
use shop_core::Shop;
use shop_core::outbox::Message;
use shop_core::ports::Store;
use shop_core::system::SystemRandom;
use shop_mailer::{FileTransport, Mailer, MailerConfig, NullTransport, Transport};
use shop_storage::SqliteStore;
use shop_web::rocket::{self, Build, Rocket};
use shop_web::server::{Probe, ServerConfig, Version};
use shop_web::{Pictures, SecretKey, WebConfig};

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

/// Opens the database; says how many migrations ran.
pub(crate) async fn open(database: &Database, schema: Schema) -> Result<(SqliteStore, usize), Failure> {
    let Database::Sqlite(options) = database.clone();
    let migrates = schema == Schema::Migrate;
    if !migrates && !options.path().exists() {
        return Err(Failure::NoDatabase(options.path().to_owned()));
    }
    let store = SqliteStore::open(options.create(migrates)).await?;
    let ran = if migrates { store.migrate().await? } else { 0 };
    store.check().await.map_err(Failure::Schema)?;
    Ok((store, ran))
}

/// The shop over a store.
pub(crate) fn shop(settings: &Settings, store: SqliteStore) -> Shop {
    Shop::builder(Arc::new(store)).currency(settings.currency).build()
}

/// What writes and delivers the mails. In development the link of each is printed as well.
pub(crate) async fn mailer(settings: &Settings, listening: Listen) -> Result<Mailer, Failure> {
    let transport: Box<dyn Transport> = match &settings.mail.target {
        MailTarget::Nowhere => Box::new(NullTransport),
        MailTarget::Folder(folder) => match FileTransport::open(folder).await {
            Ok(transport) => Box::new(transport),
            Err(source) => return Err(Failure::MailFolder { folder: folder.clone(), source }),
        },
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
        show_instance: settings.show_instance.then(instance),
        pictures: Pictures::embedded(sample::PICTURES)?,
        ..WebConfig::new(first_page.parse().map_err(|_| Failure::FirstPage(first_page))?, key)
    };
    Ok(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop, config)))
}

/// Version and host name, for the footer.
fn instance() -> String {
    format!("{} on {}", env!("CARGO_PKG_VERSION"), gethostname::gethostname().display())
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

/// Which build this is. `VITRINA_COMMIT` and `VITRINA_TRACK` are read when it is compiled.
pub(crate) fn version() -> Version {
    Version {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        commit: option_env!("VITRINA_COMMIT").unwrap_or("unknown").to_owned(),
        track: option_env!("VITRINA_TRACK").unwrap_or("stable").to_owned(),
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
