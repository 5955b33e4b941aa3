//! How many statements a call costs, counted where the driver logs them.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{LazyLock, Mutex, PoisonError};

use shop_core::account::{Purpose, Session, StoredToken, Token};
use shop_core::checkout::place_order::PlaceOrder;
use shop_core::conformance::PlainHasher;
use shop_core::outbox::LeaseKey;
use shop_core::ports::{CatalogQuery, Sort, Store};
use shop_core::system::SystemRandom;
use shop_core::{Language, Shop};
use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::catalog::everything;
use crate::samples::{
    TestStore, add_products, add_user, message, moment, parsed, pieces, product, sku, user, user_id, with,
};

/// The statements that ran inside each span named `counted`.
static COUNTED: LazyLock<Mutex<HashMap<u64, Vec<String>>>> = LazyLock::new(|| {
    let subscriber = tracing_subscriber::registry().with(StatementLog);
    tracing::subscriber::set_global_default(subscriber).expect("no other subscriber in this test binary");
    Mutex::default()
});

struct StatementLog;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for StatementLog {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let counted = || context.event_span(event).filter(|span| span.name() == "counted");
        if event.metadata().target() != "sqlx::query" {
            return;
        }
        let Some(span) = counted() else { return };
        let mut text = Text::default();
        event.record(&mut text);
        let mut counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
        counted.entry(span.id().into_u64()).or_default().push(text.statement());
    }
}

/// The two fields in which the driver logs a statement: its first words, and all of it if it is longer.
#[derive(Default)]
struct Text {
    summary: String,
    statement: String,
}

impl Text {
    fn statement(self) -> String {
        let text = if self.statement.is_empty() { self.summary } else { self.statement };
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Visit for Text {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "summary" => value.clone_into(&mut self.summary),
            "db.statement" => value.clone_into(&mut self.statement),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}

/// The statements that this call runs.
async fn counted<T>(store: &TestStore, call: impl Future<Output = T>) -> Vec<String> {
    LazyLock::force(&COUNTED);
    let span = tracing::info_span!("counted");
    let id = span.id().expect("the subscriber takes it").into_u64();
    call.instrument(span.clone()).await;
    // A connection logs a statement behind its answer: once it has answered another question, it has logged what came before.
    store.check().await.expect("an answer of the reader");
    store.begin().await.expect("a unit").rollback().await.expect("an answer of the writer");
    drop(span);
    let mut counted = COUNTED.lock().unwrap_or_else(PoisonError::into_inner);
    counted.remove(&id).unwrap_or_default()
}

fn starting<'a>(statements: &'a [String], word: &str) -> Vec<&'a String> {
    statements.iter().filter(|statement| statement.starts_with(word)).collect()
}

/// A store with one reader, so that a question to it comes behind every other.
async fn stocked(products: u32) -> TestStore {
    let store = with(|options| options.readers(1)).await;
    add_user(&*store, 1).await;
    add_products(&*store, (1..=products).map(product)).await;
    // Opens the reader, whose settings are statements as well.
    store.check().await.expect("a schema");
    store
}

#[tokio::test]
async fn reads_cost_one_statement_or_two_however_much_they_return() {
    let store = stocked(120).await;
    let skus: Vec<_> = (1..=100).map(sku).collect();
    let page = CatalogQuery { limit: 100, ..everything() };
    let search = CatalogQuery { search: Some(parsed("ham mer")), sort: Sort::PriceDown, ..page.clone() };
    assert_eq!(counted(&store, store.catalog().page(&page)).await.len(), 2);
    assert_eq!(counted(&store, store.catalog().page(&search)).await.len(), 2);
    assert_eq!(counted(&store, store.catalog().product(&parsed("product-7"))).await.len(), 2);
    assert_eq!(counted(&store, store.catalog().offers(&skus)).await.len(), 1);
    assert_eq!(counted(&store, store.catalog().offers(&[])).await.len(), 0);
    assert_eq!(counted(&store, store.catalog().categories()).await.len(), 1);
    assert_eq!(counted(&store, store.carts().load(user_id(1))).await.len(), 1);
    assert_eq!(counted(&store, store.orders().list(None, None, 100)).await.len(), 1);
    assert_eq!(counted(&store, store.outbox().list(None, 100)).await.len(), 1);
    assert_eq!(counted(&store, store.outbox().is_due(moment(0))).await.len(), 1);
    assert_eq!(counted(&store, store.accounts().find_by_email(&user(1).email.key())).await.len(), 1);
    assert_eq!(counted(&store, store.check()).await.len(), 1);
}

#[tokio::test]
async fn a_visit_is_one_statement() {
    let store = stocked(1).await;
    let key = Token::fresh(&SystemRandom).hash();
    let session = Session { key, user: user_id(1), created_at: moment(1), last_seen_at: moment(2) };
    let mut unit = store.begin().await.expect("a unit");
    unit.sessions().insert(&session).await.expect("inserted");
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("stored");
    unit.commit().await.expect("committed");
    let statements = counted(&store, async {
        let visit = store.accounts().visit(key).await.expect("an answer").expect("a visit");
        assert_eq!((visit.session, visit.user, visit.cart.code.as_str()), (session, user(1), "SKU-1=2"));
    });
    assert_eq!(statements.await.len(), 1);
}

/// A shop on the store, with a cart of so many lines for the first user.
async fn with_cart(store: &TestStore, lines: u32) -> Shop {
    let code: Vec<_> = (1..=lines).map(|number| format!("SKU-{number}=1")).collect();
    let mut unit = store.begin().await.expect("a unit");
    let version = unit.carts().load(user_id(1)).await.expect("a cart").version;
    unit.carts().replace(user_id(1), &code.join(";"), version).await.expect("stored");
    unit.commit().await.expect("committed");
    Shop::builder_with_hasher(std::sync::Arc::new((**store).clone()), std::sync::Arc::new(PlainHasher))
        .build()
}

#[tokio::test]
async fn an_order_reads_as_much_for_a_hundred_lines_as_for_one() {
    let store = stocked(100).await;
    for (lines, inserts) in [(1, 4), (8, 4), (100, 3 + 3 + 4)] {
        let shop = with_cart(&store, lines).await;
        let command = PlaceOrder {
            owner: user_id(1),
            address: parsed("Str. Lungă 1"),
            key: parsed(&format!("order-of-{lines}-lines")),
            seen_total: None,
            language: Language::English,
        };
        let statements = counted(&store, async { shop.place_order(command).await.expect("an order") }).await;
        assert_eq!(starting(&statements, "SELECT").len(), 3, "cart, offers, owner: {statements:#?}");
        assert_eq!(starting(&statements, "UPDATE variants").len(), usize::try_from(lines).expect("few"));
        assert_eq!(starting(&statements, "UPDATE carts").len(), 1);
        // The key, the order, the mail, and the lines: 32 + 32 + 32 + 4 x 1 of a hundred.
        assert_eq!(starting(&statements, "INSERT").len(), inserts, "{statements:#?}");
    }
}

#[tokio::test]
async fn adding_to_a_cart_is_two_reads_and_a_write() {
    let store = stocked(1).await;
    let shop = with_cart(&store, 1).await;
    let command = shop_core::cart::add_item::AddItem { owner: user_id(1), sku: sku(1), quantity: pieces(1) };
    let statements = counted(&store, async { shop.add_item(command).await.expect("a cart") }).await;
    assert_eq!(starting(&statements, "SELECT").len(), 2, "{statements:#?}");
    assert_eq!(starting(&statements, "UPDATE carts").len(), 1, "{statements:#?}");
}

#[tokio::test]
async fn claims_and_tokens_cost_what_they_promise() {
    let store = stocked(1).await;
    let mut unit = store.begin().await.expect("a unit");
    for number in 1..=16 {
        unit.outbox().enqueue(&message(number)).await.expect("enqueued");
    }
    let token = Token::fresh(&SystemRandom).hash();
    let stored =
        StoredToken { hash: token, purpose: Purpose::Activation, user: user_id(1), expires_at: moment(9) };
    unit.tokens().insert(&stored).await.expect("inserted");
    unit.commit().await.expect("committed");
    let statements = counted(&store, async {
        let mut unit = store.begin().await.expect("a unit");
        let claimed =
            unit.outbox().claim(LeaseKey([1; 16]), moment(100), moment(200), 16).await.expect("a claim");
        assert_eq!(claimed.len(), 16);
        assert_eq!(unit.tokens().take(token, Purpose::Activation).await.expect("an answer"), Some(stored));
        unit.commit().await.expect("committed");
    })
    .await;
    assert_eq!(starting(&statements, "SELECT").len(), 2, "{statements:#?}");
    assert_eq!(starting(&statements, "UPDATE outbox").len(), 16);
    assert_eq!(starting(&statements, "DELETE FROM tokens").len(), 1);
}
