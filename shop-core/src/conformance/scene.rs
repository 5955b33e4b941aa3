//! A small shop with something of everything, all that can be seen of it, and every way to change it.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use super::Broken;
use super::samples::{
    category, fresh_lease, lei, message, message_id, moment, order, order_id, parsed, pieces, product,
    session, sku, token, user, user_id,
};
use super::setup::{
    add_categories, add_messages, add_products, add_sessions, add_tokens, add_users, fill_carts,
};
use crate::account::{Purpose, Session, StoredToken, User};
use crate::catalog::{Category, Offer, Product};
use crate::checkout::IdempotencyKey;
use crate::error::StoreError;
use crate::ids::OrderId;
use crate::language::Language;
use crate::order::{LineState, Order, OrderState, OrderStep, OrderSummary};
use crate::outbox::{LeaseKey, Mail, Message, MessageState, MessageSummary};
use crate::ports::{
    CatalogQuery, Sort, Store, StoredCart, ThrottleHash, Transaction, Tries, UnitOfWork, Visit,
};
use crate::stock::Stock;

/// What is in the shop before a step, and what steps add.
pub(super) struct Scene {
    /// The last one is added by a step.
    tokens: [StoredToken; 6],
    /// The last one is added by a step.
    sessions: [Session; 5],
    orders: [Order; 2],
    lease: LeaseKey,
    next_lease: LeaseKey,
}

/// Defines what can be seen of a shop, and how two looks at it are compared.
macro_rules! look {
    ($(#[$doc:meta])+ $name:ident { $($field:ident: $type:ty,)+ }) => {
        $(#[$doc])+
        #[derive(Debug, PartialEq)]
        pub(super) struct $name {
            $($field: $type,)+
        }

        impl $name {
            /// Fails with the first part that differs.
            #[track_caller]
            pub(super) fn assert_same(&self, expected: &Self, step: &str) {
                $(assert_eq!(self.$field, expected.$field, "{step}: {}", stringify!($field));)+
            }
        }
    };
}

look! {
    /// What readers show of a shop.
    Shown {
        users: Vec<Option<User>>,
        visits: Vec<Option<Visit>>,
        sessions: Vec<Session>,
        tokens: Vec<Option<StoredToken>>,
        cart: StoredCart,
        categories: Vec<Category>,
        products: Vec<Product>,
        by_slug: Vec<Option<Product>>,
        offers: Vec<Offer>,
        orders: Vec<OrderSummary>,
        by_number: Vec<Option<Order>>,
        whole: Vec<Order>,
        messages: Vec<MessageSummary>,
        theirs: Vec<(Message, MessageSummary)>,
        by_id: Vec<Option<(Message, MessageSummary)>>,
    }
}

look! {
    /// What a unit sees of a shop.
    Seen {
        users: Vec<Option<User>>,
        tokens: Vec<Option<StoredToken>>,
        cart: StoredCart,
        categories: Vec<Option<Category>>,
        products: Vec<Option<Product>>,
        offers: Vec<Offer>,
        orders: Vec<Option<Order>>,
        by_number: Vec<Option<Order>>,
        keys: Vec<Option<OrderId>>,
        throttles: Vec<Option<Tries>>,
    }
}

type Writing<'a> = Pin<Box<dyn Future<Output = Result<(), Broken>> + Send + 'a>>;

/// One way to change a shop.
pub(super) struct Write {
    pub(super) name: &'static str,
    pub(super) apply: for<'a> fn(&'a mut dyn UnitOfWork, &'a Scene) -> Writing<'a>,
}

fn key_of_order(number: u32) -> IdempotencyKey {
    parsed(&format!("key-of-order-{number}"))
}

/// Messages 1 and 4 are the account's, all others are nobody's.
fn message_of(number: u32) -> Message {
    let mail = match number {
        4 => Mail::EmailChanged { email: parsed("new@example.com") },
        _ => Mail::AlreadyRegistered,
    };
    Message { user: [1, 4].contains(&number).then(|| user_id(1)), mail, ..message(number) }
}

fn hash(number: u8) -> ThrottleHash {
    ThrottleHash::from_bytes([number; 32])
}

/// Tries that are forgotten so many seconds after the start of 2026.
fn tries(forget: i64) -> Tries {
    Tries { last_at: moment(0), forget_at: moment(forget) }
}

impl Scene {
    /// Puts the shop into an empty store: account 1 with five tokens, four sessions and a cart; category 1;
    /// products 1 and 2; order 1 with its key; messages 1 to 4, of which 1 to 3 are claimed; tries under
    /// three keys.
    pub(super) async fn set(store: &dyn Store) -> Result<Self, Broken> {
        let owner = user_id(1);
        let expired = StoredToken { purpose: Purpose::EmailChange, expires_at: moment(-5), ..token(owner) };
        let to_reset = StoredToken { purpose: Purpose::Reset, ..token(owner) };
        let ended = Session { created_at: moment(-9), ..session(owner) };
        let scene = Self {
            tokens: [token(owner), token(owner), token(owner), to_reset, expired, token(owner)],
            sessions: [session(owner), session(owner), session(owner), ended, session(owner)],
            orders: [order(1, owner), order(2, owner)],
            lease: fresh_lease(),
            next_lease: fresh_lease(),
        };
        add_users(store, &[user(1)]).await?;
        add_categories(store, &[category(1)]).await?;
        add_products(store, &[product(1), product(2)]).await?;
        add_messages(store, &[1, 2, 3, 4].map(message_of)).await?;
        fill_carts(store, &[owner], "SKU-1=1").await?;
        add_tokens(store, &scene.tokens[..5]).await?;
        add_sessions(store, &scene.sessions[..4]).await?;
        let mut unit = store.begin().await?;
        unit.keys().insert(owner, &key_of_order(1), order_id(1)).await?;
        unit.orders().insert(&scene.orders[0]).await?;
        unit.outbox().claim(scene.lease, moment(10), moment(1_000), 3).await?;
        for (number, forget) in [(2, 200), (3, 300), (4, 5)] {
            unit.throttles().replace(hash(number), tries(forget), None).await?;
        }
        unit.commit().await?;
        Ok(scene)
    }

    /// All that readers show.
    pub(super) async fn shown(&self, store: &dyn Store) -> Result<Shown, Broken> {
        let mut shown = Shown {
            users: Vec::new(),
            visits: Vec::new(),
            sessions: store.accounts().sessions(user_id(1)).await?,
            tokens: Vec::new(),
            cart: store.carts().load(user_id(1)).await?,
            categories: store.catalog().categories().await?,
            products: store.catalog().page(&everything()).await?.products,
            by_slug: Vec::new(),
            offers: store.catalog().offers(&[sku(1), sku(2), sku(3)]).await?,
            orders: store.orders().list(None, None, 100).await?,
            by_number: Vec::new(),
            whole: store.orders().whole(user_id(1), None, 100).await?,
            messages: store.outbox().list(None, 100).await?,
            theirs: store.outbox().of_user(user_id(1)).await?,
            by_id: Vec::new(),
        };
        for number in [1, 2] {
            shown.users.push(store.accounts().find(user_id(number)).await?);
            shown.users.push(store.accounts().find_by_email(&user(number).email.key()).await?);
        }
        for session in &self.sessions {
            shown.visits.push(store.accounts().visit(session.key).await?);
        }
        for token in &self.tokens {
            shown.tokens.push(store.accounts().token(token.hash, token.purpose).await?);
        }
        for number in [1, 2, 3] {
            shown.by_slug.push(store.catalog().product(&product(number).slug).await?);
        }
        for order in &self.orders {
            shown.by_number.push(store.orders().find(order.number).await?);
        }
        for number in 1..=5 {
            shown.by_id.push(store.outbox().find(message_id(number)).await?);
        }
        // They have been used at the same moment, so that their order is open.
        shown.sessions.sort_by_key(|session| session.key);
        shown.offers.sort_by_key(|offer| offer.variant.sku);
        Ok(shown)
    }

    /// All that a fresh unit sees.
    pub(super) async fn seen(&self, store: &dyn Store) -> Result<Seen, Broken> {
        let mut unit = store.begin().await?;
        let seen = self.seen_in(&mut *unit).await?;
        unit.rollback().await?;
        Ok(seen)
    }

    /// All that this unit sees. It takes the tokens, so that the unit must not be committed.
    pub(super) async fn seen_in(&self, unit: &mut dyn UnitOfWork) -> Result<Seen, Broken> {
        let mut seen = Seen {
            users: Vec::new(),
            tokens: Vec::new(),
            cart: unit.carts().load(user_id(1)).await?,
            categories: Vec::new(),
            products: Vec::new(),
            offers: unit.products().offers(&[sku(1), sku(2), sku(3)]).await?,
            orders: Vec::new(),
            by_number: Vec::new(),
            keys: Vec::new(),
            throttles: Vec::new(),
        };
        for number in [1, 2, 3] {
            seen.users.push(unit.users().find(user_id(number)).await?);
            seen.users.push(unit.users().find_by_email(&user(number).email.key()).await?);
            seen.categories.push(unit.categories().find(&category(number).slug).await?);
            seen.products.push(unit.products().find_by_sku(sku(number)).await?);
            seen.orders.push(unit.orders().find(order_id(number)).await?);
            seen.keys.push(unit.keys().find(user_id(1), &key_of_order(number)).await?);
        }
        for token in &self.tokens {
            seen.tokens.push(unit.tokens().take(token.hash, token.purpose).await?);
        }
        for order in &self.orders {
            seen.by_number.push(unit.orders().find_by_number(order.number).await?);
        }
        for number in 1..=4 {
            seen.throttles.push(unit.throttles().load(hash(number)).await?);
        }
        seen.offers.sort_by_key(|offer| offer.variant.sku);
        Ok(seen)
    }
}

fn everything() -> CatalogQuery {
    CatalogQuery {
        category: None,
        search: None,
        sort: Sort::Catalog,
        language: Language::English,
        hidden: true,
        offset: 0,
        limit: 100,
    }
}

fn done(is_done: bool) -> Result<(), Broken> {
    if is_done { Ok(()) } else { Err("the unit found nothing to change".into()) }
}

/// Lists the writes by name and body.
macro_rules! writes {
    ($($name:ident($unit:ident, $scene:ident) $body:block)+) => {
        /// Every way to change the shop, in an order in which all of them may happen.
        pub(super) const WRITES: &[Write] = &[$(
            Write { name: stringify!($name), apply: |$unit, $scene| Box::pin(async move { $body }) },
        )+];
    };
}

writes! {
    insert_user(unit, _scene) { Ok(unit.users().insert(&user(2)).await?) }
    update_user(unit, _scene) {
        Ok(unit.users().update(&User { first_name: parsed("Maria"), ..user(1) }).await?)
    }
    insert_token(unit, scene) { Ok(unit.tokens().insert(&scene.tokens[5]).await?) }
    take_token(unit, scene) {
        done(unit.tokens().take(scene.tokens[0].hash, Purpose::Activation).await?.is_some())
    }
    remove_tokens(unit, _scene) { Ok(unit.tokens().remove_all(user_id(1), Purpose::Activation).await?) }
    remove_tokens_since(unit, _scene) {
        Ok(unit.tokens().remove_since(user_id(1), Purpose::Reset, moment(3_600)).await?)
    }
    remove_expired_tokens(unit, _scene) { done(unit.tokens().remove_expired(moment(0), 9).await? == 1) }
    insert_session(unit, scene) { Ok(unit.sessions().insert(&scene.sessions[4]).await?) }
    touch_session(unit, scene) { Ok(unit.sessions().touch(scene.sessions[0].key, moment(77)).await?) }
    remove_session(unit, scene) { done(unit.sessions().remove(scene.sessions[1].key).await?) }
    remove_session_of(unit, scene) {
        done(unit.sessions().remove_of(user_id(1), scene.sessions[2].key).await?)
    }
    remove_ended_sessions(unit, _scene) {
        done(unit.sessions().remove_ended(moment(-99), moment(-9), 9).await? == 1)
    }
    remove_other_sessions(unit, scene) {
        done(unit.sessions().remove_all(user_id(1), Some(scene.sessions[0].key)).await? > 0)
    }
    replace_cart(unit, _scene) { Ok(unit.carts().replace(user_id(1), "SKU-2=2", 1).await?) }
    insert_category(unit, _scene) { Ok(unit.categories().insert(&category(2)).await?) }
    insert_product(unit, _scene) { Ok(unit.products().insert(&product(3)).await?) }
    hide_product(unit, _scene) { Ok(unit.products().set_active(&product(1), false).await?) }
    set_price(unit, _scene) { done(unit.products().set_price(sku(1), lei(55)).await?) }
    take_stock(unit, _scene) { done(unit.stock().take(sku(1), pieces(3)).await?) }
    put_stock_back(unit, _scene) { done(unit.stock().put_back(sku(1), pieces(2)).await?) }
    adjust_stock(unit, _scene) { done(unit.stock().adjust(sku(1), -1).await?) }
    set_stock(unit, _scene) { done(unit.stock().set(sku(2), Stock::Uncounted).await?) }
    insert_order(unit, scene) { Ok(unit.orders().insert(&scene.orders[1]).await?) }
    advance_order(unit, scene) {
        let step = OrderStep { state: OrderState::Confirmed, at: moment(60) };
        Ok(unit.orders().advance(&scene.orders[0], step, Some(LineState::Fulfilling)).await?)
    }
    forget_delivery(unit, _scene) { Ok(unit.orders().forget_delivery(order_id(1)).await?) }
    insert_key(unit, _scene) { Ok(unit.keys().insert(user_id(1), &key_of_order(2), order_id(2)).await?) }
    enqueue_message(unit, _scene) { Ok(unit.outbox().enqueue(&message_of(5)).await?) }
    claim_message(unit, scene) {
        done(unit.outbox().claim(scene.next_lease, moment(20), moment(99), 1).await?.len() == 1)
    }
    assign_message(unit, scene) { done(unit.outbox().assign(message(2).id, scene.lease, user_id(1)).await?) }
    settle_message(unit, scene) { done(unit.outbox().settle(message(1).id, scene.lease, moment(30)).await?) }
    postpone_message(unit, scene) {
        done(unit.outbox().postpone(message(2).id, scene.lease, moment(40), "later").await?)
    }
    give_up_message(unit, scene) { done(unit.outbox().give_up(message(3).id, scene.lease, "never").await?) }
    discard_message(unit, scene) {
        let claimed = unit.outbox().claim(scene.next_lease, moment(20), moment(99), 1).await?;
        let id = claimed.first().ok_or("nothing is due")?.message.id;
        done(unit.outbox().discard(id, scene.next_lease).await?)
    }
    withdraw_messages(unit, _scene) { Ok(unit.outbox().withdraw_changes(user_id(1), moment(0)).await?) }
    requeue_message(unit, _scene) { done(unit.outbox().requeue(message_id(3), moment(50)).await?) }
    remove_message(unit, _scene) { done(unit.outbox().remove(message_id(2)).await?) }
    purge_messages(unit, _scene) {
        done(unit.outbox().purge(MessageState::Waiting, moment(99), 9).await? > 0)
    }
    note_tries(unit, _scene) { Ok(unit.throttles().replace(hash(1), tries(100), None).await?) }
    replace_tries(unit, _scene) {
        Ok(unit.throttles().replace(hash(2), tries(250), Some(tries(200))).await?)
    }
    remove_tries(unit, _scene) { Ok(unit.throttles().remove(hash(3)).await?) }
    remove_forgotten_tries(unit, _scene) {
        done(unit.throttles().remove_forgotten(moment(5), 9).await? == 1)
    }
    remove_user(unit, _scene) { done(unit.users().remove(user_id(1)).await?) }
}

/// Polls a future at most so often, then drops it where it stands. Says what it came back with, if it did.
pub(super) async fn polled<F: Future>(future: F, most: u32) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut polls = 0;
    poll_fn(|context| {
        if polls == most {
            return Poll::Ready(None);
        }
        polls += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if polls == most => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Ends a unit without commit: dropped, or rolled back.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ending {
    Dropped,
    RolledBack,
}

impl Ending {
    pub(super) async fn end(self, unit: Box<dyn Transaction>) -> Result<(), StoreError> {
        match self {
            Self::Dropped => {
                drop(unit);
                Ok(())
            }
            Self::RolledBack => unit.rollback().await,
        }
    }
}
