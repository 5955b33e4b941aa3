//! The shop's pages and server on the memory store, in this process.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};
use shop_core::account::create_user::CreateUser;
use shop_core::account::register::Register;
use shop_core::memory::MemoryStore;
use shop_core::system::SystemRandom;
use shop_core::{Language, Shop};
use shop_web::rocket::{self, fairing::AdHoc, http::Status};
use shop_web::server::{Outcome, Server, ServerConfig, Stop, Stopper};
use shop_web::{SecretKey, WebConfig};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The password of every shopper.
pub(crate) const PASSWORD: &str = "corect-cal-baterie";

/// What can be bought without end.
pub(crate) const SKU: &str = "LPN4";

/// A shop that runs, with the sample catalog and ten accounts.
pub(crate) struct RunningShop {
    /// Its first page.
    pub(crate) url: String,
    core: Shop,
    failures: Arc<AtomicU64>,
    stopper: Stopper,
    serving: JoinHandle<Outcome>,
}

/// The addresses of all accounts.
pub(crate) fn emails() -> impl Iterator<Item = String> {
    (0..10).map(|number| format!("load{number}@example.com"))
}

impl RunningShop {
    /// Starts a shop; every so many requests, one is answered 500 after its work is done.
    pub(crate) async fn start(fails_each: Option<u64>) -> Self {
        let core = Shop::builder(Arc::new(MemoryStore::default())).build();
        vitrina::sample::seed(&core).await.expect("the sample");
        for email in emails() {
            create_user(&core, &email).await;
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let config = WebConfig::new(url.parse().expect("an address"), SecretKey::fresh(&SystemRandom));
        let (failures, counted) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let router = rocket::custom(shop_web::figment())
            .attach(shop_web::stage(core.clone(), config))
            .attach(fault(fails_each, counted, Arc::clone(&failures)));
        let trusted_proxies = vec!["127.0.0.1/32".parse().expect("a network")];
        let server = Server::new(router, ServerConfig { trusted_proxies, ..ServerConfig::default() }).await;
        let (stopper, stop) = Stop::new();
        let serving = tokio::spawn(server.expect("a server").serve(listener, stop));
        Self { url, core, failures, stopper, serving }
    }

    /// How many requests were answered 500.
    pub(crate) fn failures(&self) -> u64 {
        self.failures.load(Ordering::SeqCst)
    }

    /// Its orders, as `shop-admin --json order list` shows them.
    pub(crate) async fn orders(&self) -> Vec<Value> {
        let orders = self.core.store().orders().list(None, None, 1_000).await.expect("orders");
        let view = |order: &shop_core::order::OrderSummary| {
            let nanos = i128::from(order.placed_at.as_micros()) * 1_000;
            let placed_at = OffsetDateTime::from_unix_timestamp_nanos(nanos).expect("a moment");
            json!({
                "number": order.number.to_string(),
                "state": order.state.name(),
                "placed_at": placed_at.format(&Rfc3339).expect("a text"),
            })
        };
        orders.iter().map(view).collect()
    }

    /// Ends it; nobody may be left waiting.
    pub(crate) async fn stop(self) {
        self.stopper.stop();
        assert_eq!(self.serving.await.expect("an end"), Outcome::Finished);
    }
}

async fn create_user(shop: &Shop, email: &str) {
    let registration = Register {
        email: email.parse().expect("an address"),
        last_name: "Pop".parse().expect("a name"),
        first_name: "Ana".parse().expect("a name"),
        address: "Strada Lungă 1, Brașov".parse().expect("an address"),
        password: PASSWORD.parse().expect("a password"),
        language: Language::English,
        client: None,
    };
    shop.create_user(CreateUser { registration, activated: true }).await.expect("an account");
}

fn fault(each: Option<u64>, counted: Arc<AtomicU64>, failures: Arc<AtomicU64>) -> AdHoc {
    AdHoc::on_response("a fault now and then", move |_, response| {
        let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
        if each.is_some_and(|each| number.is_multiple_of(each)) {
            failures.fetch_add(1, Ordering::SeqCst);
            response.set_status(Status::InternalServerError);
        }
        Box::pin(async {})
    })
}
