//! The whole way: a shopper gets mails, reads them on disk and follows their links.

use std::error::Error;
use std::fs;
use std::sync::Arc;

use shop_core::account::activate::Activate;
use shop_core::account::confirm_email::ConfirmEmail;
use shop_core::account::edit::EditAccount;
use shop_core::account::register::Register;
use shop_core::account::reset::Reset;
use shop_core::account::sign_in::{Browser, SignIn, SignedIn};
use shop_core::account::undo_email::UndoEmail;
use shop_core::account::{Token, User};
use shop_core::memory::MemoryStore;
use shop_core::outbox::relay::RelayReport;
use shop_core::{Language, Shop};
use shop_mailer::{FileTransport, Mailer};
use tempfile::TempDir;

use crate::fixture::{mailer, read};

type Fallible<T> = Result<T, Box<dyn Error>>;

const ANA: &str = "ana@example.com";
const NEW: &str = "ana@new.example";
const PASSWORD: &str = "a-password-of-her-own";

/// A shop whose mails lie in a folder.
struct Scene {
    shop: Shop,
    mailer: Mailer,
    folder: TempDir,
}

impl Scene {
    async fn new() -> Fallible<Self> {
        let shop = Shop::builder(Arc::new(MemoryStore::default())).build();
        let folder = TempDir::new()?;
        let mailer = mailer(FileTransport::open(folder.path()).await?);
        Ok(Self { shop, mailer, folder })
    }

    async fn register(&self) -> Fallible<()> {
        let command = Register {
            email: ANA.parse()?,
            last_name: "Pop".parse()?,
            first_name: "Ana".parse()?,
            address: "Str. Florilor 1, Cluj".parse()?,
            password: PASSWORD.parse()?,
            language: Language::Romanian,
            client: None,
        };
        Ok(self.shop.register(command).await?)
    }

    async fn sign_in(&self, password: &str) -> Fallible<SignedIn> {
        let (email, password) = (ANA.parse()?, password.parse()?);
        let command = SignIn { email, password, previous: None, browser: Browser::default() };
        Ok(self.shop.sign_in(command).await?)
    }

    async fn ask_new_address(&self, SignedIn { user, token }: SignedIn) -> Fallible<()> {
        let User { id, last_name, first_name, address, .. } = user;
        let command = EditAccount {
            user: id,
            session: token.hash(),
            seen_version: None,
            email: NEW.parse()?,
            last_name,
            first_name,
            address,
            language: None,
            current_password: Some(PASSWORD.parse()?),
            password: None,
            client: None,
        };
        self.shop.edit_account(command).await?;
        Ok(())
    }

    /// Delivers the one mail that waits, and takes the token out of its link to this page.
    async fn follow(&self, to: &str, page: &str) -> Fallible<Token> {
        let report = self.shop.relay_outbox(&self.mailer).await?;
        assert_eq!(report, RelayReport { sent: 1, ..RelayReport::default() }, "{page}");
        let file = fs::read_dir(self.folder.path())?.next().expect("a mail")?;
        let mail = read(&fs::read_to_string(file.path())?);
        fs::remove_file(file.path())?;
        assert_eq!(mail.to, (Some("Ana Pop".to_owned()), to.to_owned()));
        let link = format!("https://shop.example/ro/{page}/");
        let token = mail.text.lines().find_map(|line| line.strip_prefix(&link));
        Ok(token.expect("a link").parse()?)
    }
}

#[tokio::test]
async fn the_link_in_the_mail_activates_the_account() -> Fallible<()> {
    let scene = Scene::new().await?;
    scene.register().await?;
    let token = scene.follow(ANA, "activate").await?;
    scene.shop.activate(Activate { token }).await?;
    scene.sign_in(PASSWORD).await?;
    Ok(())
}

#[tokio::test]
async fn the_links_in_the_mails_change_the_address_and_take_that_back() -> Fallible<()> {
    let scene = Scene::new().await?;
    scene.register().await?;
    let token = scene.follow(ANA, "activate").await?;
    scene.shop.activate(Activate { token }).await?;
    scene.ask_new_address(scene.sign_in(PASSWORD).await?).await?;
    let token = scene.follow(NEW, "email").await?;
    scene.shop.confirm_email(ConfirmEmail { token }).await?;
    assert!(scene.sign_in(PASSWORD).await.is_err(), "the account has another address");

    let token = scene.follow(ANA, "email/undo").await?;
    scene.shop.undo_email(UndoEmail { token }).await?;
    let token = scene.follow(ANA, "reset").await?;
    scene.shop.reset(Reset { token, password: "eight green kettles".parse()? }).await?;
    scene.sign_in("eight green kettles").await?;
    Ok(())
}
