//! Faults that users of other shops have reported in public, played again.

use async_trait::async_trait;

use super::Broken;
use super::case::cases;
use super::outbox::{claim, numbers};
use super::samples::{fresh_lease, line, moment, order, parsed, pieces, sku, stocked, user, user_id};
use super::setup::{add_products, add_users, at_once, codes_of, fill_carts, order_numbered, stock_of};
use super::shopping::{order_of, shop, shoppers};
use crate::Shop;
use crate::account::sign_in::{Browser, SignIn};
use crate::account::{PasswordHash, Session, SessionKey, User};
use crate::checkout::place_order::{PlaceOrder, PlaceOrderError};
use crate::memory::Mailbox;
use crate::order::{Order, OrderLine};
use crate::outbox::{Letter, MessageState};
use crate::ports::{DeliveryError, Mailer};
use crate::stock::Stock;

/// Faults of other shops, as reported, and the case that plays each again.
pub const REPLAYS: &[(&str, &str)] = &[
    ("medusa#16502: two lines of one stock item", "two_lines_of_one_item_take_both"),
    ("vendure#4481: sign-ins at once empty a cart", "sign_ins_at_once_keep_the_cart"),
    ("django-oscar#3768: mail is down while ordering", "an_order_stands_though_mail_is_down"),
    ("shopware#19943: one cart ordered in two tabs", "one_cart_in_two_tabs_is_ordered_once"),
    ("django-oscar#4594: two orders with opposite lines", "opposite_carts_do_not_deadlock"),
    ("shopware#8724: fast clicks vanish", "browsers_lose_nothing"),
];

/// A mail server that is down.
struct Down;

#[async_trait]
impl Mailer for Down {
    async fn deliver(&self, _letter: &Letter) -> Result<(), DeliveryError> {
        Err(DeliveryError::Temporary("connection refused".into()))
    }
}

/// A cart of 65 lines.
fn long_code() -> String {
    (1..=65).map(|number| format!("SKU-{number}=3")).collect::<Vec<_>>().join(";")
}

/// Signs in to account 1; comes back with the key of the session.
async fn sign_in(shop: Shop) -> Result<SessionKey, Broken> {
    let command = SignIn {
        email: user(1).email,
        password: parsed("the password"),
        previous: None,
        browser: Browser::default(),
    };
    Ok(shop.sign_in(command).await?.token.hash())
}

/// Orders from a tab whose cart another tab may have ordered; says whether there was anything left.
async fn order_in_tab(shop: Shop, command: PlaceOrder) -> Result<Option<Order>, Broken> {
    match shop.place_order(command).await {
        Ok(placed) => Ok(Some(placed.order)),
        Err(PlaceOrderError::EmptyCart) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

cases! {
    ($) peers __conformance_peers

    /// Two lines of one item take the pieces of both, and fall short together: a unit sees what it has taken
    /// itself.
    async fn two_lines_of_one_item_take_both(store) {
        add_products(&*store, &[stocked(1, 5)]).await?;
        add_users(&*store, &[user(1)]).await?;
        let lines = vec![line(1), OrderLine { name: "Hammer (blue)".to_owned(), ..line(1) }];
        let placed = Order { lines, ..order(1, user_id(1)) };
        let mut unit = store.begin().await?;
        assert!(unit.stock().take(sku(1), pieces(3)).await?);
        assert!(!unit.stock().take(sku(1), pieces(3)).await?, "two are left");
        assert!(unit.stock().take(sku(1), pieces(2)).await?);
        unit.orders().insert(&placed).await?;
        unit.commit().await?;
        assert_eq!(order_numbered(&*store, placed.number).await?, placed);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(0));
    }

    /// Eight browsers that sign in to one account at once are all signed in, and each finds the whole cart.
    async fn sign_ins_at_once_keep_the_cart(store) {
        let owner = User { password: PasswordHash::new("plain$the password".to_owned()), ..user(1) };
        add_users(&*store, std::slice::from_ref(&owner)).await?;
        fill_carts(&*store, &[owner.id], &long_code()).await?;
        let shop = shop(&store);
        let keys = at_once((0..8).map(|_| sign_in(shop.clone()))).await?;
        for key in &keys {
            let visit = store.accounts().visit(*key).await?.ok_or("a session is gone")?;
            assert_eq!((visit.user.id, visit.cart.code), (owner.id, long_code()));
        }
        let mut listed: Vec<_> =
            store.accounts().sessions(owner.id).await?.into_iter().map(|Session { key, .. }| key).collect();
        let mut expected = keys;
        listed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(listed, expected);
    }

    /// An order stands though mail is down: the form sent again is the same order, the cart stays empty, and
    /// the mail goes out once when the server is back.
    async fn an_order_stands_though_mail_is_down(store) {
        add_products(&*store, &[stocked(1, 10)]).await?;
        let owners = shoppers(&*store, 1, "SKU-1=2").await?;
        let (shop, command) = (shop(&store), order_of(owners[0]));
        let placed = shop.place_order(command.clone()).await?.order;
        assert_eq!(shop.relay_outbox(&Down).await?.postponed, 1);
        let again = shop.place_order(command).await?;
        assert_eq!((again.order, again.repeated), (placed.clone(), true));
        assert_eq!(codes_of(&*store, &owners).await?, [""]);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(8));
        let waiting = store.outbox().list(Some(MessageState::Waiting), 10).await?;
        assert_eq!((waiting.len(), waiting[0].attempts), (1, 1));
        let mut unit = store.begin().await?;
        assert!(unit.outbox().requeue(waiting[0].id, moment(0)).await?);
        unit.commit().await?;
        let mailbox = Mailbox::default();
        assert_eq!(shop.relay_outbox(&mailbox).await?.sent, 1);
        assert!(shop.relay_outbox(&mailbox).await?.is_idle());
        assert_eq!(mailbox.letters().len(), 1);
        assert_eq!(numbers(&claim(&*store, fresh_lease(), 1_000_000_000, 1_000_000_001, 9).await?), []);
        assert_eq!(order_numbered(&*store, placed.number).await?, placed);
    }

    /// One cart that is ordered in eight tabs at once, each with a key of its own, is ordered once; the
    /// others find nothing in it.
    async fn one_cart_in_two_tabs_is_ordered_once(store) {
        add_products(&*store, &[stocked(1, 100)]).await?;
        let owners = shoppers(&*store, 1, "SKU-1=2").await?;
        let shop = shop(&store);
        let tabs = (0..8).map(|_| order_in_tab(shop.clone(), order_of(owners[0])));
        let placed: Vec<_> = at_once(tabs).await?.into_iter().flatten().collect();
        assert_eq!(placed.len(), 1);
        assert_eq!(store.orders().list(None, None, 10).await?.len(), 1);
        assert_eq!(store.outbox().list(None, 10).await?.len(), 1);
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(98));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance;

    #[test]
    fn every_replay_is_a_case() {
        for (fault, name) in REPLAYS {
            assert!(conformance::cases().any(|case| case.name() == *name), "{fault}: no case {name}");
        }
    }
}
