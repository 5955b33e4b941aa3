//! How many statements a call costs, counted where the driver logs them.

use std::collections::HashMap;
use std::fmt::Debug;
use std::sync::{LazyLock, Mutex, PoisonError};

use shop_core::account::{Purpose, Session, SessionKey, StoredToken, Token, TokenHash, UserAgent};
use shop_core::checkout::place_order::PlaceOrder;
use shop_core::conformance::PlainHasher;
use shop_core::order::{LineState, Order, OrderState, OrderStep};
use shop_core::outbox::{LeaseKey, MessageState};
use shop_core::ports::{CatalogQuery, Sort, Store};
use shop_core::system::SystemRandom;
use shop_core::{Language, Shop};
use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::catalog::everything;
use crate::samples::{
    TestStore, add_products, add_user, message, message_id, moment, order, parsed, pieces, product, sku,
    user, user_id, with_one_reader,
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

/// A store with one reader and so many products.
async fn stocked(products: u32) -> TestStore {
    let store = with_one_reader().await;
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
    assert_eq!(counted(&store, store.outbox().find(message_id(1))).await.len(), 1);
    assert_eq!(counted(&store, store.accounts().find(user_id(1))).await.len(), 1);
    assert_eq!(counted(&store, store.accounts().find_by_email(&user(1).email.key())).await.len(), 1);
    assert_eq!(counted(&store, store.check()).await.len(), 1);
}

fn session(key: SessionKey) -> Session {
    let (created_at, last_seen_at) = (moment(1), moment(2));
    Session { key, user: user_id(1), created_at, last_seen_at, agent: UserAgent::of("Firefox") }
}

fn stored_token(hash: TokenHash) -> StoredToken {
    let (purpose, expires_at) = (Purpose::Activation, moment(9));
    StoredToken { hash, purpose, user: user_id(1), email: user(1).email, expires_at }
}

/// Gives the first user so many orders of three steps, tokens, sessions, messages and keys.
async fn keep_for_user(store: &TestStore, count: u32) {
    let mut unit = store.begin().await.expect("a unit");
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("stored");
    for number in 1..=count {
        let step = |state, seconds| OrderStep { state, at: moment(seconds) };
        let steps = [(OrderState::Confirmed, 1), (OrderState::InProgress, 2), (OrderState::Completed, 3)];
        let steps = steps.map(|(state, seconds)| step(state, seconds)).to_vec();
        let placed = Order { steps, state: OrderState::Completed, ..order(number, 3) };
        unit.orders().insert(&placed).await.expect("inserted");
        unit.keys()
            .insert(user_id(1), &parsed(&format!("key-{number:016}")), placed.id)
            .await
            .expect("bound");
        unit.tokens().insert(&stored_token(Token::fresh(&SystemRandom).hash())).await.expect("inserted");
        unit.sessions().insert(&session(Token::fresh(&SystemRandom).hash())).await.expect("inserted");
        unit.outbox().enqueue(&message(number)).await.expect("enqueued");
    }
    unit.commit().await.expect("committed");
}

#[tokio::test]
async fn what_is_kept_of_an_account_is_read_and_removed_in_as_many_statements_for_little_as_for_much() {
    for count in [1, 40] {
        let store = stocked(1).await;
        keep_for_user(&store, count).await;
        let few = usize::try_from(count).expect("few");
        let statements = counted(&store, async {
            let orders = store.orders().whole(user_id(1), None, 100).await.expect("orders");
            assert_eq!(orders.len(), few);
            assert!(orders.iter().all(|order| order.lines.len() == 3 && order.steps.len() == 3));
        });
        assert_eq!(statements.await.len(), 3, "orders, lines, steps");
        let sessions = async { store.accounts().sessions(user_id(1)).await.expect("sessions").len() };
        assert_eq!(counted(&store, async { assert_eq!(sessions.await, few) }).await.len(), 1);
        let messages = async { store.outbox().of_user(user_id(1)).await.expect("messages").len() };
        assert_eq!(counted(&store, async { assert_eq!(messages.await, few) }).await.len(), 1);
        let statements = counted(&store, async {
            let mut unit = store.begin().await.expect("a unit");
            assert!(unit.users().remove(user_id(1)).await.expect("removed"));
            unit.commit().await.expect("committed");
        })
        .await;
        assert_eq!(starting(&statements, "UPDATE").len(), 3, "lock, forget, disown: {statements:#?}");
        assert_eq!(starting(&statements, "DELETE").len(), 6, "{statements:#?}");
        assert_eq!(starting(&statements, "SELECT").len(), 0, "{statements:#?}");
    }
}

#[tokio::test]
async fn a_step_of_an_order_is_three_statements_however_many_lines_it_has() {
    let store = stocked(1).await;
    for (number, lines) in [(1, 1), (2, 100)] {
        let placed = order(number, lines);
        let mut unit = store.begin().await.expect("a unit");
        unit.orders().insert(&placed).await.expect("inserted");
        unit.commit().await.expect("committed");
        let step = OrderStep { state: OrderState::Confirmed, at: moment(9) };
        let statements = counted(&store, async {
            let mut unit = store.begin().await.expect("a unit");
            unit.orders().advance(&placed, step, Some(LineState::Fulfilling)).await.expect("advanced");
            unit.commit().await.expect("committed");
        })
        .await;
        assert_eq!(starting(&statements, "UPDATE").len(), 2, "{statements:#?}");
        assert_eq!(starting(&statements, "INSERT").len(), 1, "{statements:#?}");
        assert_eq!(counted(&store, store.orders().find(placed.number)).await.len(), 3, "order, lines, steps");
    }
}

#[tokio::test]
async fn tidying_is_one_statement_a_table() {
    let store = stocked(1).await;
    keep_for_user(&store, 20).await;
    let statements = counted(&store, async {
        let mut unit = store.begin().await.expect("a unit");
        assert_eq!(unit.tokens().remove_expired(moment(9), 15).await.expect("removed"), 15);
        assert_eq!(unit.sessions().remove_ended(moment(2), moment(0), 15).await.expect("removed"), 15);
        assert_eq!(unit.outbox().purge(MessageState::Waiting, moment(9), 5).await.expect("removed"), 5);
        assert_eq!(unit.throttles().remove_forgotten(moment(9), 15).await.expect("removed"), 0);
        unit.commit().await.expect("committed");
    })
    .await;
    assert_eq!(starting(&statements, "DELETE").len(), 4, "{statements:#?}");
    assert_eq!(starting(&statements, "SELECT").len(), 0, "{statements:#?}");
}

#[tokio::test]
async fn a_visit_is_one_statement() {
    let store = stocked(1).await;
    let key = Token::fresh(&SystemRandom).hash();
    let session = session(key);
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
            client: None,
            seen_total: None,
            language: Language::English,
        };
        let statements = counted(&store, async { shop.place_order(command).await.expect("an order") }).await;
        let (counting, statements): (Vec<_>, Vec<_>) =
            statements.into_iter().partition(|statement| statement.contains(" throttles "));
        assert_eq!(counting.len(), 2, "the try is read and noted: {counting:#?}");
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
    let stored = stored_token(token);
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
