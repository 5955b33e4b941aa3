//! The whole [corpus](crate::conformance::corpus()) comes back by every road that carries text, character by character.
//!
//! Names, addresses and titles are tidied before they reach a store, so that only those texts of the corpus
//! that pass go that way, NUL and its like not among them. All others go everywhere else.

use std::collections::HashMap;

use super::case::cases;
use super::corpus::corpus;
use super::outbox::claim;
use super::samples::{
    category, fresh_lease, line, message, moment, order, parsed, product, session, sku, user, user_id,
    variant,
};
use super::setup::{add_categories, add_messages, add_orders, add_products, add_sessions, add_users};
use super::storefront::everything;
use crate::account::{PasswordHash, PersonName, Session, User, UserAgent};
use crate::catalog::browse::SearchText;
use crate::catalog::{Category, Localized, Product, ProductText, Variant, VariantOption};
use crate::language::Language;
use crate::order::{Delivery, Order, OrderLine, OrderNumber};
use crate::outbox::{Mail, Message, MessageState};
use crate::ports::CatalogQuery;
use crate::system::SystemRandom;

/// More than there are texts.
const ALL: u32 = 10_000;

/// Those of the corpus that may be a name and are short enough for a label, as it tidies them.
fn names() -> Vec<String> {
    let names = corpus().into_iter().filter_map(|text| text.parse::<PersonName>().ok());
    let mut names: Vec<String> = names.map(String::from).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| name.chars().count() <= 60);
    names
}

fn named(number: u32, name: &str) -> Product {
    let text = ProductText { name: parsed(name), description: Some(parsed(name)) };
    let label = || Localized::only(Language::English, parsed(name));
    let options = vec![VariantOption { name: label(), value: label() }];
    Product {
        text: Localized::only(Language::English, text),
        variants: vec![Variant { options, ..variant(sku(number)) }],
        ..product(number)
    }
}

cases! {
    ($) hostile __conformance_hostile

    /// Every text of the corpus comes back from an order's lines and from whom it goes to.
    async fn hostile_orders_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        let of = |(number, text): (u32, String)| Order {
            delivery: Some(Delivery { recipient: text.clone(), address: parsed("Str. Lungă 1") }),
            lines: vec![OrderLine { name: text, ..line(1) }],
            ..order(number, user_id(1))
        };
        let orders: Vec<_> = (1..).zip(corpus()).map(of).collect();
        add_orders(&*store, &orders).await?;
        let whole = store.orders().whole(user_id(1), None, ALL).await?;
        assert_eq!(whole.len(), orders.len());
        for (found, order) in whole.iter().rev().zip(&orders) {
            assert_eq!(found, order);
        }
    }

    /// Every text of the corpus comes back from a message's name and from the mail inside.
    async fn hostile_messages_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        let of = |(number, text): (u32, String)| {
            let mail = Mail::OrderShipped {
                number: OrderNumber::fresh(&SystemRandom),
                placed_at: moment(1),
                lines: vec![OrderLine { name: text.clone(), ..line(1) }],
                recipient: text.clone(),
                address: parsed("Str. Lungă 1"),
            };
            Message { user: Some(user_id(1)), name: text, mail, ..message(number) }
        };
        let messages: Vec<_> = (1..).zip(corpus()).map(of).collect();
        add_messages(&*store, &messages).await?;
        let theirs = store.outbox().of_user(user_id(1)).await?;
        let claimed = claim(&*store, fresh_lease(), 100_000, 200_000, ALL).await?;
        assert_eq!((theirs.len(), claimed.len()), (messages.len(), messages.len()));
        for ((message, (listed, _)), claimed) in messages.iter().zip(theirs.iter().rev()).zip(&claimed) {
            assert_eq!(listed, message);
            assert_eq!(&claimed.message, message);
        }
    }

    /// Every text of the corpus comes back as the error of a delivery, of one put back and of one given up.
    async fn hostile_errors_come_back(store) {
        let texts = corpus();
        let messages: Vec<_> = (1..).zip(&texts).map(|(number, _)| message(number)).collect();
        add_messages(&*store, &messages).await?;
        for state in [MessageState::Waiting, MessageState::Dead] {
            let lease = fresh_lease();
            let mut unit = store.begin().await?;
            let claimed = unit.outbox().claim(lease, moment(100_000), moment(200_000), ALL).await?;
            assert_eq!(claimed.len(), texts.len());
            for (message, text) in messages.iter().zip(&texts) {
                let is_noted = match state {
                    MessageState::Dead => unit.outbox().give_up(message.id, lease, text).await?,
                    MessageState::Waiting | MessageState::Sent => {
                        unit.outbox().postpone(message.id, lease, moment(0), text).await?
                    }
                };
                assert!(is_noted, "{text:?}");
            }
            unit.commit().await?;
            let listed = store.outbox().list(Some(state), ALL).await?;
            assert_eq!(listed.len(), texts.len());
            for (summary, text) in listed.iter().rev().zip(&texts) {
                assert_eq!(summary.last_error.as_ref(), Some(text));
            }
        }
    }

    /// Every text of the corpus comes back as what is kept of a password, and as a name if it may be one.
    async fn hostile_accounts_come_back(store) {
        let of = |(number, text): (u32, String)| {
            let name = |other: PersonName| text.parse().unwrap_or(other);
            let User { last_name, first_name, .. } = user(number);
            User {
                last_name: name(last_name),
                first_name: name(first_name),
                address: text.parse().unwrap_or(user(number).address),
                password: PasswordHash::new(text),
                ..user(number)
            }
        };
        let users: Vec<_> = (1..).zip(corpus()).map(of).collect();
        add_users(&*store, &users).await?;
        let mut unit = store.begin().await?;
        for user in users {
            assert_eq!(unit.users().find(user.id).await?.as_ref(), Some(&user));
            assert_eq!(store.accounts().find_by_email(&user.email.key()).await?, Some(user));
        }
    }

    /// Every text of the corpus comes back as what a browser calls itself, without the controls that it must
    /// not have.
    async fn hostile_browsers_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        let of = |text: String| Session { agent: UserAgent::of(&text), ..session(user_id(1)) };
        let sessions: Vec<_> = corpus().into_iter().map(of).collect();
        add_sessions(&*store, &sessions).await?;
        let listed = store.accounts().sessions(user_id(1)).await?;
        let mut listed: HashMap<_, _> = listed.into_iter().map(|session| (session.key, session)).collect();
        for session in sessions {
            assert_eq!(listed.remove(&session.key), Some(session));
        }
        assert!(listed.is_empty());
    }

    /// Every text of the corpus that may be a name comes back from products, their options and categories.
    async fn a_hostile_catalog_comes_back(store) {
        let names = names();
        let products: Vec<_> = (1..).zip(&names).map(|(number, name)| named(number, name)).collect();
        let of = |(number, name): (u32, &String)| Category {
            name: Localized::only(Language::Spanish, parsed(name)),
            ..category(number)
        };
        let categories: Vec<_> = (1..).zip(&names).map(of).collect();
        add_products(&*store, &products).await?;
        add_categories(&*store, &categories).await?;
        let page = store.catalog().page(&CatalogQuery { limit: ALL, ..everything() }).await?;
        assert_eq!(page.products.len(), products.len());
        for (found, product) in page.products.iter().zip(&products) {
            assert_eq!(found, product);
        }
        assert_eq!(store.catalog().categories().await?, categories);
    }

    /// Whatever a product is called, it is found by its own name, in any language's page that shows it.
    async fn hostile_names_are_found(store) {
        let names = names();
        let products: Vec<_> = (1..).zip(&names).map(|(number, name)| named(number, name)).collect();
        add_products(&*store, &products).await?;
        for (product, name) in products.iter().zip(&names).step_by(3) {
            let search: SearchText = parsed(name);
            let query = CatalogQuery {
                search: Some(search),
                language: Language::Portuguese,
                limit: ALL,
                ..everything()
            };
            let page = store.catalog().page(&query).await?;
            assert!(page.products.iter().any(|found| found.id == product.id), "{name:?} is not found");
        }
    }
}
