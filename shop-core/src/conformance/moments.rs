//! Moments come back to the microsecond, wherever they are kept, and are compared to the microsecond.

use std::slice::from_ref;
use std::time::Duration;

use super::case::cases;
use super::samples::{fresh_lease, message, order, parsed, product, session, token, user, user_id};
use super::setup::{
    add_messages, add_orders, add_products, add_sessions, add_tokens, add_users, order_numbered, summary_of,
};
use super::storefront::everything;
use crate::account::{Session, StoredToken, User};
use crate::catalog::Product;
use crate::order::{Order, OrderState, OrderStep};
use crate::outbox::{Mail, Message};
use crate::ports::{ThrottleHash, Tries};
use crate::time::Timestamp;

/// No two digits that follow each other are the same: whoever rounds is seen.
const EXACT: Timestamp = Timestamp::from_micros(1_767_225_601_234_567);
/// Before 1970, and the last microsecond of the year 9999.
const ENDS: [Timestamp; 2] =
    [Timestamp::from_micros(-98_765_432_109_876), Timestamp::from_micros(253_402_300_799_999_999)];

fn later(micros: u64) -> Timestamp {
    EXACT.plus(Duration::from_micros(micros))
}

cases! {
    ($) moments __conformance_moments

    /// Moments of accounts, sessions and tokens come back to the microsecond, early and late ones too.
    async fn moments_of_accounts_are_exact(store) {
        for (number, at) in (1..).zip([EXACT, ENDS[0], ENDS[1]]) {
            let owner = User { created_at: at, secured_at: at, ..user(number) };
            let session = Session { created_at: at, last_seen_at: at, ..session(owner.id) };
            let token = StoredToken { expires_at: at, ..token(owner.id) };
            add_users(&*store, from_ref(&owner)).await?;
            add_sessions(&*store, from_ref(&session)).await?;
            add_tokens(&*store, from_ref(&token)).await?;
            assert_eq!(store.accounts().token(token.hash, token.purpose).await?, Some(token));
            let visit = store.accounts().visit(session.key).await?.ok_or("the session is gone")?;
            assert_eq!((&visit.user, &visit.session), (&owner, &session));
            let mut unit = store.begin().await?;
            unit.sessions().touch(session.key, later(1)).await?;
            unit.commit().await?;
            let listed = store.accounts().sessions(owner.id).await?;
            assert_eq!(listed, [Session { last_seen_at: later(1), ..session }]);
        }
    }

    /// Moments of products, orders and their steps come back to the microsecond, early and late ones too.
    async fn moments_of_orders_are_exact(store) {
        add_users(&*store, &[user(1)]).await?;
        for (number, at) in (1..).zip([EXACT, ENDS[0], ENDS[1]]) {
            let product = Product { created_at: at, ..product(number) };
            let placed = Order { placed_at: at, ..order(number, user_id(1)) };
            add_products(&*store, from_ref(&product)).await?;
            add_orders(&*store, from_ref(&placed)).await?;
            assert_eq!(store.catalog().product(&product.slug).await?, Some(product));
            let step = OrderStep { state: OrderState::Confirmed, at };
            let mut unit = store.begin().await?;
            unit.orders().advance(&placed, step, None).await?;
            unit.commit().await?;
            let stored = order_numbered(&*store, placed.number).await?;
            assert_eq!((stored.placed_at, stored.steps), (at, vec![step]));
        }
    }

    /// Moments of messages and of the mails inside, and of tries, come back to the microsecond.
    async fn moments_of_messages_are_exact(store) {
        for (number, at) in (1..).zip([EXACT, ENDS[0], ENDS[1]]) {
            let mail = Mail::OrderShipped {
                number: order(1, user_id(1)).number,
                placed_at: at,
                lines: Vec::new(),
                recipient: "Ana Pop".to_owned(),
                address: parsed("Str. Lungă 1"),
            };
            let message = Message { created_at: at, mail, ..message(number) };
            add_messages(&*store, from_ref(&message)).await?;
            let (found, summary) = store.outbox().find(message.id).await?.ok_or("the message is gone")?;
            assert_eq!((summary.created_at, summary.due_at), (at, at));
            assert_eq!(found, message);
            let (key, tries) =
                (ThrottleHash::from_bytes([7; 32]), Tries { last_at: at, forget_at: at });
            let mut unit = store.begin().await?;
            unit.throttles().replace(key, tries, None).await?;
            assert_eq!(unit.throttles().load(key).await?, Some(tries));
        }
    }

    /// A message is due at its very microsecond, and its lease holds until just before its own.
    async fn what_is_due_is_due_to_the_microsecond(store) {
        let first = Message { created_at: EXACT, ..message(1) };
        add_messages(&*store, from_ref(&first)).await?;
        assert!(!store.outbox().is_due(EXACT.minus(Duration::from_micros(1))).await?);
        assert!(store.outbox().is_due(EXACT).await?);
        for (at, count) in [(0, 1), (1, 0)] {
            let mut unit = store.begin().await?;
            let claimed = unit.outbox().claim(fresh_lease(), later(at), later(10), 9).await?;
            unit.commit().await?;
            assert_eq!(claimed.len(), count, "{at} µs after it was due");
        }
        let lease = fresh_lease();
        let mut unit = store.begin().await?;
        assert_eq!(unit.outbox().claim(lease, later(9), later(20), 9).await?, []);
        assert_eq!(unit.outbox().claim(lease, later(11), later(20), 9).await?.len(), 1);
        assert!(unit.outbox().postpone(first.id, lease, later(33), "later").await?);
        unit.commit().await?;
        assert_eq!(summary_of(&*store, &first).await?.due_at, later(33));
        assert!(!store.outbox().is_due(later(32)).await?);
        assert!(store.outbox().is_due(later(33)).await?);
    }

    /// Products, sessions and messages that are a microsecond apart stand in that order.
    async fn a_microsecond_decides_the_order(store) {
        add_users(&*store, &[user(1)]).await?;
        // Neither ids nor the order of insertion agree with time.
        let of = |(number, micros)| Product { created_at: later(micros), ..product(number) };
        let products = [(1, 2), (2, 1), (3, 3)].map(of);
        add_products(&*store, &products).await?;
        let page = store.catalog().page(&everything()).await?;
        let found: Vec<_> = page.products.iter().map(|product| product.id).collect();
        assert_eq!(found, [products[1].id, products[0].id, products[2].id]);
        let sessions =
            [2, 1, 3].map(|micros| Session { last_seen_at: later(micros), ..session(user_id(1)) });
        add_sessions(&*store, &sessions).await?;
        let listed = store.accounts().sessions(user_id(1)).await?;
        assert_eq!(listed, [sessions[2].clone(), sessions[0].clone(), sessions[1].clone()]);
        let of = |(number, micros)| Message { created_at: later(micros), ..message(number) };
        let messages = [(1, 2), (2, 1), (3, 3)].map(of);
        add_messages(&*store, &messages).await?;
        let mut unit = store.begin().await?;
        let claimed = unit.outbox().claim(fresh_lease(), later(9), later(99), 2).await?;
        let claimed: Vec<_> = claimed.into_iter().map(|claimed| claimed.message.id).collect();
        assert_eq!(claimed, [messages[1].id, messages[0].id]);
    }
}
