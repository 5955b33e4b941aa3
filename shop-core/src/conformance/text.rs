//! Text comes back as it went in, character by character, however strange.

use std::slice::from_ref;

use super::case::cases;
use super::samples::{
    category, fresh_lease, line, message, moment, order, parsed, product, session, sku, user, user_id,
    variant,
};
use super::setup::{add_categories, add_messages, add_products, add_sessions, add_users, summary_of};
use crate::account::{PasswordHash, Session, User, UserAgent};
use crate::catalog::{Category, Localized, Product, ProductText, Variant, VariantOption};
use crate::language::Language;
use crate::order::{Delivery, Order, OrderLine, OrderNumber};
use crate::outbox::{Mail, Message};
use crate::system::SystemRandom;

/// Texts of at most 60 characters on one line that stores, escapes and encodings tend to change.
const STRANGE: [&str; 16] = [
    "O'Brien",
    r#"said "hello" \ \\ \n \0 %s %00 {} $1 ?1 :name @x"#,
    "'; DROP TABLE users; --",
    "<script>alert(1)</script> &amp; ${7*7} {{7*7}}",
    "Ștefan Țepeș, ăâîșț ĂÂÎȘȚ",
    "stefan tepes",
    "ßẞſ İıIi ﬁ Å",
    "小明 さくら 김철수",
    "محمد می‌خواهم עברית",
    "👩‍🔬👨‍👩‍👧‍👦🏳️‍🌈 🇷🇴 𝒳𐍈",
    "a\u{300}\u{316}\u{301}",
    "two  blanks,\u{a0}one that does not break",
    "NULL",
    "0x00",
    "1e5",
    "=1+1",
];

/// Text that no newtype has tidied.
const UNTIDY: [&str; 7] =
    ["", " ", "blanks behind  ", "  blanks before", "tab\tand\nline", "line at the end\n", "e\u{301}"];

cases! {
    ($) text __conformance_text

    /// Names and addresses of accounts come back as they were.
    async fn strange_names_come_back(store) {
        let of = |(number, text): (u32, &str)| User {
            last_name: parsed(text),
            first_name: parsed(text),
            address: parsed(text),
            ..user(number)
        };
        let users: Vec<_> = (1..).zip(STRANGE).map(of).collect();
        add_users(&*store, &users).await?;
        for user in users {
            assert_eq!(store.accounts().find_by_email(&user.email.key()).await?, Some(user));
        }
    }

    /// The longest texts come back whole, though each character takes four bytes.
    async fn the_longest_texts_come_back(store) {
        let emojis = |count| "🛒".repeat(count);
        let text = ProductText { name: parsed(&emojis(200)), description: Some(parsed(&emojis(5_000))) };
        let label = || Localized::only(Language::English, parsed(&emojis(60)));
        let options = vec![VariantOption { name: label(), value: label() }; 5];
        let longest = Product {
            slug: parsed(&"s".repeat(100)),
            text: Language::ALL
                .iter()
                .fold(Localized::only(Language::English, text.clone()), |all, &language| {
                    all.with(language, text.clone())
                }),
            picture: Some(parsed(&"p".repeat(100))),
            variants: vec![Variant { options, ..variant(sku(1)) }],
            ..product(1)
        };
        let category = Category {
            slug: parsed(&"c".repeat(100)),
            name: Localized::only(Language::French, parsed(&emojis(100))),
            ..category(1)
        };
        let owner = User {
            email: parsed(&format!(
                "{}@{}.{}.{}.example.com",
                "a".repeat(64),
                "b".repeat(63),
                "c".repeat(63),
                "d".repeat(49)
            )),
            last_name: parsed(&emojis(100)),
            first_name: parsed(&emojis(100)),
            address: parsed(&emojis(500)),
            password: PasswordHash::new(format!("scrypt:32768:8:1$salt${}", "f".repeat(200))),
            ..user(1)
        };
        add_users(&*store, from_ref(&owner)).await?;
        add_categories(&*store, from_ref(&category)).await?;
        add_products(&*store, from_ref(&longest)).await?;
        assert_eq!(store.accounts().find_by_email(&owner.email.key()).await?, Some(owner));
        assert_eq!(store.catalog().categories().await?, [category]);
        assert_eq!(store.catalog().product(&longest.slug).await?, Some(longest));
    }

    /// Names and descriptions of the catalog come back as they were.
    async fn strange_products_come_back(store) {
        for (number, text) in (1..).zip(STRANGE) {
            let named = ProductText { name: parsed(text), description: Some(parsed(text)) };
            let label = || Localized::only(Language::Spanish, parsed(text));
            let variant = Variant {
                options: vec![VariantOption { name: label(), value: label() }],
                ..variant(sku(number))
            };
            let product = Product {
                text: Localized::only(Language::Spanish, named),
                variants: vec![variant],
                ..product(number)
            };
            let category =
                Category { name: Localized::only(Language::Spanish, parsed(text)), ..category(number) };
            add_products(&*store, from_ref(&product)).await?;
            add_categories(&*store, from_ref(&category)).await?;
            assert_eq!(store.catalog().product(&product.slug).await?, Some(product));
            assert_eq!(store.catalog().categories().await?.last(), Some(&category));
        }
    }

    /// Names in an order and its lines come back as they were, blanks and all.
    async fn strange_orders_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        for (number, text) in (1..).zip(STRANGE.into_iter().chain(UNTIDY)) {
            let lines = vec![OrderLine { name: text.to_owned(), ..line(1) }];
            let delivery = Some(Delivery { recipient: text.to_owned(), address: parsed("Str. Lungă 1") });
            let order = Order { delivery, lines, ..order(number, user_id(1)) };
            let mut unit = store.begin().await?;
            unit.orders().insert(&order).await?;
            unit.commit().await?;
            assert_eq!(store.orders().find(order.number).await?, Some(order));
        }
    }

    /// Names in messages and errors of their delivery come back as they were, blanks and all.
    async fn strange_messages_come_back(store) {
        for (number, text) in (1..).zip(STRANGE.into_iter().chain(UNTIDY)) {
            let message = Message { name: text.to_owned(), ..message(number) };
            add_messages(&*store, from_ref(&message)).await?;
            let lease = fresh_lease();
            let mut unit = store.begin().await?;
            let claimed = unit.outbox().claim(lease, moment(100), moment(200), 1).await?;
            assert_eq!(claimed.first().map(|claimed| &claimed.message), Some(&message));
            assert!(unit.outbox().give_up(message.id, lease, text).await?);
            unit.commit().await?;
            assert_eq!(summary_of(&*store, &message).await?.last_error.as_deref(), Some(text));
        }
    }

    /// What a browser calls itself comes back as it was, the longest name too.
    async fn strange_browsers_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        let longest = ["🛒", "a", " ", "'", "\\"].map(|text| text.repeat(UserAgent::MAX_CHARS));
        for text in STRANGE.into_iter().chain(UNTIDY).chain(longest.iter().map(String::as_str)) {
            let session = Session { agent: UserAgent::of(text), ..session(user_id(1)) };
            add_sessions(&*store, from_ref(&session)).await?;
            let visit = store.accounts().visit(session.key).await?;
            assert_eq!(visit.map(|visit| visit.session.agent), Some(session.agent.clone()));
            let listed = store.accounts().sessions(user_id(1)).await?;
            assert!(listed.contains(&session), "{text:?} is not in the list");
        }
    }

    /// Names and addresses inside a mail come back as they were, wherever they are read.
    async fn strange_mails_come_back(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut expected = Vec::new();
        for (number, text) in (1..).zip(STRANGE.into_iter().chain(UNTIDY)) {
            let mail = Mail::OrderShipped {
                number: OrderNumber::fresh(&SystemRandom),
                placed_at: moment(1),
                lines: vec![OrderLine { name: text.to_owned(), ..line(1) }],
                recipient: text.to_owned(),
                address: parsed("Str. \"Lungă\" 1\n\\Brașov\\"),
            };
            let message = Message { user: Some(user_id(1)), mail, ..message(number) };
            add_messages(&*store, from_ref(&message)).await?;
            let found = store.outbox().find(message.id).await?;
            assert_eq!(found.map(|(message, _)| message).as_ref(), Some(&message));
            expected.insert(0, message);
        }
        let listed = store.outbox().of_user(user_id(1)).await?;
        assert_eq!(listed.into_iter().map(|(message, _)| message).collect::<Vec<_>>(), expected);
        let mut unit = store.begin().await?;
        let claimed = unit.outbox().claim(fresh_lease(), moment(100), moment(200), 100).await?;
        let claimed: Vec<_> = claimed.into_iter().rev().map(|claimed| claimed.message).collect();
        assert_eq!(claimed, expected);
    }

    /// What is kept of a password comes back as it was: the hasher alone knows what it may be.
    async fn strange_hashes_come_back(store) {
        let texts = STRANGE.into_iter().chain(UNTIDY);
        let of = |(number, text): (u32, &str)| User {
            password: PasswordHash::new(text.to_owned()),
            ..user(number)
        };
        let users: Vec<_> = (1..).zip(texts).map(of).collect();
        add_users(&*store, &users).await?;
        for user in users {
            assert_eq!(store.accounts().find_by_email(&user.email.key()).await?, Some(user));
        }
    }
}
