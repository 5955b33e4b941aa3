//! The whole way: a shopper registers, reads the mail on disk and follows its link.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use shop_core::account::activate::Activate;
use shop_core::account::register::Register;
use shop_core::memory::MemoryStore;
use shop_core::outbox::relay::RelayReport;
use shop_core::{Language, Shop};
use shop_mailer::FileTransport;
use tempfile::TempDir;

use crate::fixture::{mailer, read};

#[tokio::test]
async fn the_link_in_the_mail_activates_the_account() -> Result<(), Box<dyn Error>> {
    let shop = Shop::builder(Arc::new(MemoryStore::default())).build();
    let folder = TempDir::new()?;
    let mailer = mailer(FileTransport::open(folder.path()).await?);
    shop.register(Register {
        email: "ana@example.com".parse()?,
        last_name: "Pop".parse()?,
        first_name: "Ana".parse()?,
        address: "Str. Florilor 1, Cluj".parse()?,
        password: "a-password-of-her-own".parse()?,
        language: Language::Romanian,
    })
    .await?;
    let report = shop.relay_outbox(&mailer).await?;
    assert_eq!(report, RelayReport { sent: 1, postponed: 0, dead: 0 });

    let file = fs::read_dir(folder.path())?.next().expect("a mail")?;
    let text = read(&fs::read_to_string(file.path())?).text;
    let token = text.lines().find_map(|line| line.strip_prefix("https://shop.example/ro/activate/"));
    shop.activate(Activate { token: token.expect("a link").parse()? }).await?;
    Ok(())
}
