//! Accounts that are removed: all that is their own goes, orders stay without them.

use std::slice::from_ref;
use std::sync::Arc;

use super::Broken;
use super::case::cases;
use super::samples::{
    message, moment, order, order_id, parsed, product, session, stocked, token, user, user_id,
};
use super::setup::{
    add_messages, add_orders, add_products, add_sessions, add_tokens, add_users, assert_conflict, at_once,
    fill_carts, order_numbered, persistently, stock_of,
};
use super::shopping::{order_of, shop};
use crate::Shop;
use crate::account::delete::{DeleteAccount, DeleteError};
use crate::account::{PasswordHash, Session, StoredToken, User};
use crate::checkout::IdempotencyKey;
use crate::checkout::place_order::PlaceOrderError;
use crate::error::{Constraint, StoreError};
use crate::ids::{OrderId, UserId};
use crate::order::advance::AdvanceOrder;
use crate::order::{Order, OrderAction, OrderState};
use crate::outbox::{Mail, Message};
use crate::ports::{Store, StoredCart, UnitOfWork};
use crate::stock::Stock;

/// What an account has, to be looked for.
struct Belongings {
    user: User,
    token: StoredToken,
    session: Session,
    key: IdempotencyKey,
    /// One in each state.
    orders: Vec<Order>,
}

/// What is found of it.
#[derive(Debug, Default, PartialEq)]
struct Found {
    user: Option<User>,
    by_email: Option<User>,
    token: Option<StoredToken>,
    is_signed_in: bool,
    sessions: Vec<Session>,
    cart: StoredCart,
    order: Option<OrderId>,
    orders: Vec<Order>,
    messages: Vec<Message>,
}

impl Belongings {
    /// Gives account 1 or 2 something of everything.
    async fn add(store: &dyn Store, number: u32) -> Result<Self, Broken> {
        let user = user(number);
        let states = (10 * number..).zip(OrderState::ALL);
        let orders = states.map(|(number, state)| Order { state, ..order(number, user.id) });
        let key = parsed(&format!("key-of-account-{number}"));
        let theirs =
            Self { token: token(user.id), session: session(user.id), orders: orders.collect(), key, user };
        let owner = theirs.user.id;
        add_users(store, from_ref(&theirs.user)).await?;
        add_tokens(store, from_ref(&theirs.token)).await?;
        add_sessions(store, from_ref(&theirs.session)).await?;
        fill_carts(store, &[owner], "SKU-1=1").await?;
        add_orders(store, &theirs.orders).await?;
        add_messages(store, &[Message { user: Some(owner), ..message(number) }]).await?;
        let mut unit = store.begin().await?;
        unit.keys().insert(owner, &theirs.key, theirs.orders[0].id).await?;
        unit.commit().await?;
        Ok(theirs)
    }

    /// What readers and a unit find.
    async fn find(&self, store: &dyn Store) -> Result<Found, Broken> {
        let (id, key) = (self.user.id, self.user.email.key());
        let mut unit = store.begin().await?;
        let found = Found {
            user: store.accounts().find(id).await?,
            by_email: store.accounts().find_by_email(&key).await?,
            token: store.accounts().token(self.token.hash, self.token.purpose).await?,
            is_signed_in: store.accounts().visit(self.session.key).await?.is_some(),
            sessions: store.accounts().sessions(id).await?,
            cart: store.carts().load(id).await?,
            order: unit.keys().find(id, &self.key).await?,
            orders: store.orders().whole(id, None, 100).await?,
            messages: store.outbox().of_user(id).await?.into_iter().map(|(message, _)| message).collect(),
        };
        assert_eq!(unit.users().find(id).await?, found.user);
        assert_eq!(unit.users().find_by_email(&key).await?, found.by_email);
        assert_eq!(unit.tokens().take(self.token.hash, self.token.purpose).await?, found.token);
        assert_eq!(unit.carts().load(id).await?, found.cart);
        Ok(found)
    }
}

/// Removes the account; says whether it was there.
async fn remove(store: &dyn Store, number: u32) -> Result<bool, StoreError> {
    let mut unit = store.begin().await?;
    let is_done = unit.users().remove(user_id(number)).await?;
    unit.commit().await?;
    Ok(is_done)
}

/// What an account can be given.
#[derive(Clone, Copy, Debug)]
enum Gift {
    Token,
    Session,
    Cart,
    Key,
    Order,
}

impl Gift {
    const ALL: [Self; 5] = [Self::Token, Self::Session, Self::Cart, Self::Key, Self::Order];

    async fn give(self, unit: &mut dyn UnitOfWork, owner: UserId) -> Result<(), StoreError> {
        match self {
            Self::Token => unit.tokens().insert(&token(owner)).await,
            Self::Session => unit.sessions().insert(&session(owner)).await,
            Self::Cart => unit.carts().replace(owner, "SKU-1=1", 0).await,
            Self::Key => unit.keys().insert(owner, &parsed("a-fresh-key"), order_id(99)).await,
            Self::Order => unit.orders().insert(&order(99, owner)).await,
        }
    }
}

/// Gives the account three things, or removes it; says whether it was there.
async fn give_or_remove(store: Arc<dyn Store>, owner: UserId, gives: bool) -> Result<bool, Broken> {
    let outcome = persistently(async || {
        let mut unit = store.begin().await?;
        let mut is_there = true;
        if gives {
            for gift in [Gift::Token, Gift::Session, Gift::Cart] {
                match gift.give(&mut *unit, owner).await {
                    Err(StoreError::Conflict(Constraint::Owner)) => return Ok(false),
                    outcome => outcome?,
                }
            }
        } else {
            is_there = unit.users().remove(owner).await?;
        }
        unit.commit().await?;
        Ok::<_, StoreError>(is_there)
    });
    Ok(outcome.await?)
}

/// An account whose password is known.
fn with_password(number: u32) -> User {
    User { password: PasswordHash::new("plain$a fine password".to_owned()), ..user(number) }
}

fn deletion(number: u32, password: &str) -> DeleteAccount {
    DeleteAccount { user: user_id(number), password: parsed(password) }
}

/// Places the account's order, or deletes the account; comes back with the order if there is one.
async fn order_or_delete(shop: Shop, number: u32, orders: bool) -> Result<Option<Order>, Broken> {
    if !orders {
        shop.delete_account(deletion(number, "a fine password")).await?;
        return Ok(None);
    }
    match shop.place_order(order_of(user_id(number))).await {
        Ok(placed) => Ok(Some(placed.order)),
        Err(PlaceOrderError::NoSuchOwner) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

cases! {
    ($) closing __conformance_closing

    /// Everything that is an account's own goes with it, and nothing of another account's.
    async fn all_that_is_an_accounts_goes(store) {
        let (gone, other) = (Belongings::add(&*store, 1).await?, Belongings::add(&*store, 2).await?);
        let before = other.find(&*store).await?;
        assert_ne!(gone.find(&*store).await?, Found::default());
        assert!(remove(&*store, 1).await?);
        assert_eq!(gone.find(&*store).await?, Found::default());
        assert_eq!(other.find(&*store).await?, before);
        let listed = store.outbox().list(None, 10).await?;
        assert_eq!(listed.iter().map(|message| message.id).collect::<Vec<_>>(), [message(2).id]);
    }

    /// Orders of an account that is removed stay without it; those that have ended forget whom they went to,
    /// open ones do not.
    async fn orders_outlive_their_owner(store) {
        let (gone, other) = (Belongings::add(&*store, 1).await?, Belongings::add(&*store, 2).await?);
        assert!(remove(&*store, 1).await?);
        for order in &gone.orders {
            let has_ended = matches!(order.state, OrderState::Completed | OrderState::Canceled);
            let stored = order_numbered(&*store, order.number).await?;
            let delivery = order.delivery.clone().filter(|_| !has_ended);
            let expected = Order { owner: None, delivery, version: order.version + 1, ..order.clone() };
            assert_eq!(stored, expected);
        }
        for order in &other.orders {
            assert_eq!(&order_numbered(&*store, order.number).await?, order);
        }
        assert_eq!(store.orders().list(Some(user_id(1)), None, 100).await?, []);
        let all: Vec<_> = gone.orders.iter().chain(&other.orders).rev().map(|order| order.id).collect();
        let listed = store.orders().list(None, None, 100).await?;
        assert_eq!(listed.into_iter().map(|order| order.id).collect::<Vec<_>>(), all);
    }

    /// An order without owner goes its way, and forgets whom it went to when it has ended; nobody gets a
    /// mail.
    async fn an_order_without_owner_ends(store) {
        add_users(&*store, &[user(1)]).await?;
        add_products(&*store, &[product(1)]).await?;
        let sent = Order { state: OrderState::InProgress, ..order(1, user_id(1)) };
        let placed = order(2, user_id(1));
        add_orders(&*store, &[sent.clone(), placed.clone()]).await?;
        assert!(remove(&*store, 1).await?);
        let shop = shop(&store);
        for (order, action) in [(&sent, OrderAction::Deliver), (&placed, OrderAction::Cancel)] {
            let ended = shop.advance_order(AdvanceOrder { number: order.number, action }).await?;
            assert_eq!((ended.owner, ended.delivery.as_ref()), (None, None));
            assert_eq!(order_numbered(&*store, order.number).await?, ended);
        }
        assert_eq!(stock_of(&*store, placed.lines[0].sku).await?, Stock::Counted(13));
        assert_eq!(store.outbox().list(None, 10).await?, []);
    }

    /// An account is removed once.
    async fn an_account_is_removed_once(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.users().remove(user_id(1)).await?);
        assert!(!unit.users().remove(user_id(1)).await?, "in the same unit");
        unit.commit().await?;
        assert!(!remove(&*store, 1).await?, "in a later unit");
        assert!(!remove(&*store, 3).await?, "never there");
        assert_eq!(store.accounts().find(user_id(2)).await?, Some(user(2)));
    }

    /// The address of an account that was removed is free, and whoever takes it finds nothing of the account
    /// before.
    async fn an_address_is_free_again(store) {
        let gone = Belongings::add(&*store, 1).await?;
        let mut unit = store.begin().await?;
        assert!(unit.users().remove(user_id(1)).await?);
        let next = User { email: user(1).email, ..user(3) };
        unit.users().insert(&next).await?;
        unit.commit().await?;
        assert_eq!(store.accounts().find_by_email(&next.email.key()).await?.as_ref(), Some(&next));
        let theirs = Belongings { user: next.clone(), ..gone };
        let (user, by_email) = (Some(next.clone()), Some(next));
        assert_eq!(theirs.find(&*store).await?, Found { user, by_email, ..Found::default() });
    }

    /// Nothing can be given to an account that was removed, be it in the same unit.
    async fn a_removed_account_gets_nothing(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        assert!(remove(&*store, 1).await?);
        for gift in Gift::ALL {
            for owner in [user_id(1), user_id(2)] {
                let mut unit = store.begin().await?;
                assert!(unit.users().remove(user_id(2)).await?);
                assert_conflict(gift.give(&mut *unit, owner).await, Constraint::Owner);
            }
            let mut unit = store.begin().await?;
            gift.give(&mut *unit, user_id(2)).await?;
        }
        let mut unit = store.begin().await?;
        assert_conflict(unit.users().update(&user(1)).await, Constraint::Version);
    }

    /// Whatever is given to 20 accounts at the moment in which they are removed goes with them, or is
    /// refused.
    async fn nothing_is_left_of_a_removed_account(store) {
        let users: Vec<_> = (1..=20).map(user).collect();
        add_users(&*store, &users).await?;
        let turns = users.iter().flat_map(|user| [true, false].map(|gives| (user.id, gives)));
        let units = turns.map(|(owner, gives)| give_or_remove(Arc::clone(&store), owner, gives));
        let outcomes = at_once(units).await?;
        assert!(outcomes.chunks(2).all(|pair| pair[1]), "each account was removed");
        for user in users {
            assert_eq!(store.accounts().find(user.id).await?, None);
            assert_eq!(store.accounts().sessions(user.id).await?, []);
            assert_eq!(store.carts().load(user.id).await?, StoredCart::default());
        }
        let mut unit = store.begin().await?;
        assert_eq!(unit.tokens().remove_expired(moment(1_000_000), 100).await?, 0);
    }

    /// Of 20 shoppers who delete their accounts while an order is placed, none has an order afterwards: it
    /// has no owner, or was refused.
    async fn deleting_meets_ordering(store) {
        let users: Vec<_> = (1..=20).map(with_password).collect();
        let owners: Vec<_> = users.iter().map(|user| user.id).collect();
        add_products(&*store, &[stocked(1, 20)]).await?;
        add_users(&*store, &users).await?;
        fill_carts(&*store, &owners, "SKU-1=1").await?;
        let shop = shop(&store);
        let turns = (1..=20).flat_map(|number| [true, false].map(|orders| (number, orders)));
        let outcomes = at_once(turns.map(|(number, orders)| order_or_delete(shop.clone(), number, orders)));
        let placed: Vec<_> = outcomes.await?.into_iter().flatten().collect();
        let listed = store.orders().list(None, None, 100).await?;
        assert_eq!(listed.len(), placed.len());
        for order in &placed {
            let stored = order_numbered(&*store, order.number).await?;
            assert_eq!((stored.owner, &stored.delivery), (None, &order.delivery));
        }
        for &owner in &owners {
            assert_eq!(store.accounts().find(owner).await?, None);
            assert_eq!(store.carts().load(owner).await?, StoredCart::default());
            assert_eq!(store.outbox().of_user(owner).await?, []);
        }
        let sold = u32::try_from(placed.len())?;
        assert_eq!(stock_of(&*store, product(1).variants[0].sku).await?, Stock::Counted(20 - sold));
    }

    /// Who deletes their account gets a last mail, which is nobody's; a wrong password leaves everything as
    /// it was.
    async fn the_last_mail_is_nobodys(store) {
        let theirs = Belongings::add(&*store, 1).await?;
        let mut unit = store.begin().await?;
        unit.users().update(&with_password(1)).await?;
        unit.commit().await?;
        let (shop, before) = (shop(&store), theirs.find(&*store).await?);
        let refused = shop.delete_account(deletion(1, "another password")).await;
        assert!(matches!(refused, Err(DeleteError::PasswordWrong)), "{refused:?}");
        assert_eq!(theirs.find(&*store).await?, before);
        shop.delete_account(deletion(1, "a fine password")).await?;
        assert_eq!(theirs.find(&*store).await?, Found::default());
        let listed = store.outbox().list(None, 10).await?;
        assert_eq!(listed.len(), 1, "the mails before are gone");
        let (last, _) = store.outbox().find(listed[0].id).await?.ok_or("the last mail is gone")?;
        assert_eq!((last.user, last.to, last.mail), (None, theirs.user.email, Mail::AccountDeleted));
    }
}
