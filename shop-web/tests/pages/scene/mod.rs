//! The scene that the tests of the pages play in: a shop on the memory store, and browsers that look at it.

mod browser;
mod html;
pub(crate) mod stock;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rocket::local::asynchronous::Client;
use shop_core::Shop;
use shop_core::memory::{Mailbox, ManualClock, MemoryStore};
use shop_core::outbox::Mail;
use shop_core::ports::RandomSource;
use shop_web::{Pictures, SecretKey, WebConfig};

pub(crate) use browser::{Browser, Seen, encoded, registration};

/// A password that the shop takes.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A shop with a few products, and Rocket with its pages.
pub(crate) struct Scene {
    pub(crate) shop: Shop,
    pub(crate) clock: ManualClock,
    pub(crate) mailbox: Mailbox,
    pub(crate) client: Arc<Client>,
}

/// What the pages are set up with: plain HTTP on `localhost`, at the root.
pub(crate) fn config() -> WebConfig {
    let url = "http://localhost:8000".parse().expect("a URL");
    let pictures = Pictures::embedded(&[("sh03.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")]);
    WebConfig { pictures: pictures.expect("pictures"), ..WebConfig::new(url, SecretKey::from_bytes([7; 32])) }
}

impl Scene {
    /// The scene with the usual set-up.
    pub(crate) async fn new() -> Self {
        Self::with(config()).await
    }

    /// The scene under this base path.
    pub(crate) async fn under(base_path: &str) -> Self {
        Self::with(WebConfig { base_path: base_path.parse().expect("a base path"), ..config() }).await
    }

    /// The scene with this set-up.
    pub(crate) async fn with(config: WebConfig) -> Self {
        let (clock, random) = (ManualClock::default(), Arc::new(Predictable::default()));
        let store = Arc::new(MemoryStore::default());
        let shop = Shop::builder(store).clock(Arc::new(clock.clone())).random(random).build();
        stock::fill(&shop, &clock).await;
        let client =
            launch(rocket::custom(shop_web::figment()).attach(shop_web::stage(shop.clone(), config))).await;
        Self { shop, clock, mailbox: Mailbox::default(), client }
    }

    /// A browser that has never been here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(Arc::clone(&self.client))
    }

    /// The secret of the newest link that was mailed.
    pub(crate) async fn mailed_token(&self) -> String {
        self.shop.relay_outbox(&self.mailbox).await.expect("relayed");
        let letters = self.mailbox.letters();
        letters.iter().rev().find_map(|letter| letter.token.as_ref()).expect("a letter with a link").reveal()
    }

    /// What the newest mail says.
    pub(crate) async fn newest_mail(&self) -> Mail {
        self.shop.relay_outbox(&self.mailbox).await.expect("relayed");
        self.mailbox.letters().pop().expect("a letter").message.mail
    }

    /// A browser in which the owner of this address, who has registered and activated the account, is signed
    /// in.
    pub(crate) async fn signed_in(&self, email: &str) -> Browser {
        let browser = self.browser();
        assert_eq!(browser.register(email).await.status, 303);
        let token = self.mailed_token().await;
        let link = format!("{}/activate/{token}", base(&self.client));
        let page = browser.get(&link).await;
        assert_eq!(browser.submit(&page, &link, &[]).await.status, 303);
        assert_eq!(browser.sign_in(email, PASSWORD).await.status, 303);
        browser
    }
}

/// The answer must be one of the shop's own pages.
pub(crate) fn assert_own_page(answer: &Seen, what: &str) {
    assert_eq!(answer.header("Content-Type"), Some("text/html; charset=utf-8"), "{what}");
    assert!(answer.body.contains("<title>") && !answer.body.contains("Rocket"), "{what}: {}", answer.body);
}

/// What the addresses of the shop's pages start with.
fn base(client: &Client) -> String {
    let mut routes = client.rocket().routes();
    let own = routes.find(|route| route.name.as_deref().is_some_and(|name| name.starts_with("shop::")));
    own.expect("the shop's routes").uri.base().trim_end_matches('/').to_owned()
}

/// Rocket with everything that is attached to it, without a port.
pub(crate) async fn launch(rocket: rocket::Rocket<rocket::Build>) -> Arc<Client> {
    Arc::new(Client::untracked(rocket).await.expect("a Rocket that ignites"))
}

/// A random source that gives the same bytes in every run, so that pages can be compared with snapshots.
#[derive(Default)]
struct Predictable(AtomicU64);

impl RandomSource for Predictable {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            // SplitMix64 (Steele, Lea, Flood, 2014).
            let mut word = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            word = (word ^ word >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ word >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(word ^ word >> 31).to_le_bytes()[..chunk.len()]);
        }
    }
}
