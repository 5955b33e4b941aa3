//! Keys that a collation, a pattern or a number takes for each other are different keys.

use super::case::cases;
use super::corpus::COLLISIONS;
use super::outbox::claim;
use super::samples::{
    category, fresh_lease, message, moment, order, order_id, parsed, product, user, user_id, variant,
};
use super::setup::{add_categories, add_messages, add_products, add_users, assert_conflict};
use crate::account::{EmailAddress, PasswordHash, User};
use crate::catalog::{Category, Product, Sku};
use crate::checkout::IdempotencyKey;
use crate::error::Constraint;

/// Texts of digits, letters, hyphens and underscores that are equal as numbers or to a pattern.
const NUMERIC: [&str; 24] = [
    "0", "00", "000", "0-0", "1", "01", "001", "1-0", "10", "1e1", "1e01", "10e0", "0x0a", "0xa", "0b1010",
    "1000", "1-000", "1e3", "nan", "inf", "infinity", "null", "true", "false",
];

/// Every way to write the letters of a key in capitals and small ones.
fn all_cases(text: &str) -> Vec<String> {
    text.chars().fold(vec![String::new()], |texts, letter| {
        let both = [letter.to_ascii_lowercase(), letter.to_ascii_uppercase()];
        texts.iter().flat_map(|text| both.map(|letter| format!("{text}{letter}"))).collect()
    })
}

/// Keys of which none is another one, though some differ in one character's case or in their length alone.
fn keys() -> Vec<IdempotencyKey> {
    let lengths = (8..=64).map(|length| "a".repeat(length));
    let ends = (8..=64).map(|length| format!("{}_", "-".repeat(length - 1)));
    let patterns = ["abcdefg_", "abcdefg-", "abcdefgh_", "_bcdefgh", "--------", "________"];
    let numeric = NUMERIC.iter().flat_map(|text| [format!("00000000{text}"), format!("{text}--------")]);
    let all = all_cases("keyssaei").into_iter().chain(lengths).chain(ends).chain(numeric);
    all.chain(patterns.map(str::to_owned)).map(|key| parsed(&key)).collect()
}

/// Addresses of which none is another one's key: RFC 5322 lets all these characters into a local part.
fn addresses() -> Vec<String> {
    let marks = "!#$%&'*+-/=?^_`{|}~";
    let between = marks.chars().map(|mark| format!("a{mark}b@x.ro"));
    let behind = marks.chars().map(|mark| format!("ab{mark}@x.ro"));
    let before = marks.chars().map(|mark| format!("{mark}ab@x.ro"));
    let numeric = NUMERIC.iter().map(|text| format!("{text}@x.ro"));
    let others = [
        "ab@x.ro",
        "a.b@x.ro",
        "ab@x-ro.ro",
        "ab@xro.ro",
        "ab@x.ro.ro",
        "ab@y.x.ro",
        "ab@x.r0",
        "anapop@gmail.com",
        "ana.pop@gmail.com",
        "a.n.a.p.o.p@gmail.com",
        "anapop+shop@gmail.com",
        "anapop+@gmail.com",
        "anapop@googlemail.com",
        "shop@localhost",
        "ab@localhost",
        "oe@x.ro",
        "ae@x.ro",
        "o@x.ro",
        "ss@x.ro",
        "s@x.ro",
        "ii@x.ro",
        "i@x.ro",
        "xn--a@x.ro",
        "ab@xn--a.ro",
    ];
    between.chain(behind).chain(before).chain(numeric).chain(others.map(str::to_owned)).collect()
}

fn skus() -> Vec<Sku> {
    let lengths = (1..=32).map(|length| "A".repeat(length));
    let ends = [".", "_", "-"].into_iter().flat_map(|end| (1..6).map(move |n| format!("B{}", end.repeat(n))));
    let others = ["A.B", "A_B", "A-B", "AXB", "A..B", "A__B", "A--B", "1.0", "1.00", "1.", "1_000"];
    let numeric = NUMERIC.iter().map(|text| text.to_ascii_uppercase());
    lengths.chain(ends).chain(others.map(str::to_owned)).chain(numeric).map(|sku| parsed(&sku)).collect()
}

cases! {
    ($) lookalikes __conformance_lookalikes

    /// Keys that differ in the case of one letter, in their length, or as numbers do not, lead to an order
    /// each, and each is used once.
    async fn keys_that_look_alike_are_apart(store) {
        add_users(&*store, &[user(1)]).await?;
        let keys = keys();
        let mut unit = store.begin().await?;
        for (number, key) in (1..).zip(&keys) {
            unit.keys().insert(user_id(1), key, order_id(number)).await?;
            unit.orders().insert(&order(number, user_id(1))).await?;
        }
        unit.commit().await?;
        let mut unit = store.begin().await?;
        for (number, key) in (1..).zip(&keys) {
            assert_eq!(unit.keys().find(user_id(1), key).await?, Some(order_id(number)), "{key}");
        }
        unit.rollback().await?;
        for key in keys.iter().step_by(37) {
            let mut unit = store.begin().await?;
            let again = unit.keys().insert(user_id(1), key, order_id(1)).await;
            assert_conflict(again, Constraint::IdempotencyKey);
        }
    }

    /// Addresses that differ in a dot, a tag or a mark are accounts each, found by their own address in any
    /// case, and taken in any case.
    async fn addresses_that_look_alike_are_apart(store) {
        let of = |(number, address): (u32, String)| User { email: parsed(&address), ..user(number) };
        let written = addresses().into_iter().zip([true, false].into_iter().cycle());
        let written = written.map(|(text, is_loud)| if is_loud { text.to_ascii_uppercase() } else { text });
        let users: Vec<_> = (1..).zip(written).map(of).collect();
        add_users(&*store, &users).await?;
        for user in &users {
            let typed: EmailAddress = parsed(&user.email.as_str().to_ascii_uppercase());
            let found = store.accounts().find_by_email(&typed.key()).await?;
            assert_eq!(found.as_ref(), Some(user), "{typed}");
        }
        for (number, known) in (1_000..).zip(users.iter().step_by(9)) {
            let mut unit = store.begin().await?;
            let typed = parsed(&known.email.as_str().to_ascii_uppercase());
            let second = unit.users().insert(&User { email: typed, ..user(number) }).await;
            assert_conflict(second, Constraint::Email);
        }
    }

    /// SKUs that differ in a mark, in their length, or as numbers do not, are variants each.
    async fn skus_that_look_alike_are_apart(store) {
        let skus = skus();
        let of = |(number, &sku): (u32, &Sku)| Product { variants: vec![variant(sku)], ..product(number) };
        let products: Vec<_> = (1..).zip(&skus).map(of).collect();
        add_products(&*store, &products).await?;
        let mut unit = store.begin().await?;
        for product in &products {
            let sku = product.variants[0].sku;
            assert_eq!(unit.products().find_by_sku(sku).await?.as_ref(), Some(product), "{sku}");
        }
        unit.rollback().await?;
        for some in skus.chunks(100) {
            let mut found: Vec<_> =
                store.catalog().offers(some).await?.iter().map(|offer| offer.variant.sku).collect();
            let mut expected = some.to_vec();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected);
        }
    }

    /// Slugs that differ in a hyphen, or as numbers do not, are products and categories each.
    async fn slugs_that_look_alike_are_apart(store) {
        let words = ["coop", "co-op", "c-o-o-p", "a", "a-a", "aa", "aaa", "a-aa", "aa-a", "1-0-0", "100"];
        let slugs: Vec<_> = NUMERIC.into_iter().chain(words).collect();
        let of = |(number, slug): (u32, &&str)| Product { slug: parsed(slug), ..product(number) };
        let products: Vec<_> = (1..).zip(&slugs).map(of).collect();
        let of = |(number, slug): (u32, &&str)| Category { slug: parsed(slug), ..category(number) };
        let categories: Vec<_> = (1..).zip(&slugs).map(of).collect();
        add_products(&*store, &products).await?;
        add_categories(&*store, &categories).await?;
        let mut unit = store.begin().await?;
        for (product, category) in products.iter().zip(&categories) {
            assert_eq!(store.catalog().product(&product.slug).await?.as_ref(), Some(product));
            assert_eq!(unit.categories().find(&category.slug).await?.as_ref(), Some(category));
        }
    }

    /// A text that is replaced by one that a collation takes for equal is replaced: case, accents, marks and
    /// blanks behind count.
    async fn a_change_by_a_hair_is_a_change(store) {
        let texts: Vec<_> = COLLISIONS.concat();
        let of = |(number, text): (u32, &&str)| User {
            password: PasswordHash::new((*text).to_owned()),
            ..user(number)
        };
        let before: Vec<_> = (1..).zip(&texts).map(of).collect();
        // Each takes the text of its neighbor, which is in most cases its lookalike.
        let after: Vec<_> = (1..).zip(texts.iter().skip(1)).map(of).collect();
        add_users(&*store, &before).await?;
        let mut unit = store.begin().await?;
        for user in &after {
            unit.users().update(user).await?;
        }
        unit.commit().await?;
        for user in after {
            let found = store.accounts().find(user.id).await?.map(|user| user.password);
            assert_eq!(found, Some(user.password.clone()), "{:?}", user.password.as_str());
        }
    }

    /// The error of a delivery replaces the one before, though a collation takes them for equal.
    async fn an_error_by_a_hair_is_another(store) {
        let texts: Vec<_> = COLLISIONS.concat();
        let messages: Vec<_> = (1..).zip(&texts).map(|(number, _)| message(number)).collect();
        add_messages(&*store, &messages).await?;
        // Each gets its own text, then that of its neighbor, which is in most cases its lookalike.
        for round in 0..2 {
            let (lease, errors) = (fresh_lease(), texts.iter().cycle().skip(round));
            claim(&*store, lease, 1_000, 2_000, 1_000).await?;
            let mut unit = store.begin().await?;
            for (message, error) in messages.iter().zip(errors.clone()) {
                assert!(unit.outbox().postpone(message.id, lease, moment(0), error).await?, "{error:?}");
            }
            unit.commit().await?;
            let listed = store.outbox().list(None, 1_000).await?;
            for (summary, error) in listed.iter().rev().zip(errors) {
                assert_eq!(summary.last_error.as_deref(), Some(*error));
            }
            assert_eq!(listed.len(), texts.len());
        }
    }
}
