//! From the first schema, and beside its programs: what they have written is read well, over all migrations since.
//!
//! The programs of the release before are tried themselves, by `make upgrade-test`.

use std::fs;
use std::path::Path;

use shop_core::Timestamp;
use shop_core::account::{Purpose, TokenHash};
use shop_core::order::{LineState, OrderState, OrderStep};
use shop_core::outbox::LeaseKey;
use shop_core::ports::Store;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, SqlSafeStr};

use crate::export::{rows_of, tables};
use crate::samples::{DIALECT, RawConnection, TestStore, message_id, order_id, parsed, unmigrated, user_id};

/// The newest migration that the first programs knew, before there was a release.
const BEFORE: i64 = 13;

/// The newest migration.
const NOW: i64 = 22;

/// How a program migrated an empty database that knew no migration behind this one.
pub(crate) fn migrator_up_to(newest: i64) -> Migrator {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(DIALECT);
    let files = fs::read_dir(folder).expect("a folder").map(|file| file.expect("a file").path());
    let mut known: Vec<_> = files
        .map(|path| {
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name").to_owned();
            let sql = AssertSqlSafe(fs::read_to_string(&path).expect("a readable file")).into_sql_str();
            let number = name.split('_').next().and_then(|number| number.parse().ok()).expect("a number");
            Migration::new(number, name.into(), MigrationType::Simple, sql, true)
        })
        .filter(|migration| migration.version <= newest)
        .collect();
    known.sort_by_key(|migration| migration.version);
    let mut migrator = Migrator::with_migrations(known);
    migrator.dangerous_set_table_name("_shop_migrations");
    migrator
}

/// What one of the first programs writes for one account: all of its rows carry this number.
async fn write_as_before(connection: &mut RawConnection, number: u32, order: &str) {
    let id = format!("x'019000000000700080000000{number:08x}'");
    let (user, email) = (user_id(number), format!("Ana{number}@example.com"));
    let hash = format!("x'{}'", format!("{number:02x}").repeat(32));
    let sql = format!(
        "INSERT INTO users (id, email, email_key, last_name, first_name, address, password_hash, language, \
            state, created_at, version) VALUES ({id}, '{email}', lower('{email}'), 'Pop', 'Ana', \
            'Str. Lungă 1', '$argon2id$', 'ro', 'active', 1, 0);
        INSERT INTO tokens (hash, purpose, user_id, expires_at) VALUES ({hash}, 'reset', {id}, 2);
        INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at) VALUES ({hash}, {id}, 3, 4);
        INSERT INTO orders (id, number, owner_id, state, placed_at, recipient, address, language, total, \
            currency, version) VALUES ({id}, '{order}', {id}, 'placed', 5, 'Ana Pop', \
            'Str. Lungă 2', 'en', 100, 'RON', 0);
        INSERT INTO order_lines (order_id, position, sku, name, unit_price, quantity, total, currency, \
            state) VALUES ({id}, 0, 'A', 'Hammer', 100, 1, 100, 'RON', 'processing');
        INSERT INTO outbox (id, recipient, name, language, kind, mail, state, attempts, created_at, due_at) \
            VALUES ({id}, '{email}', 'Ana Pop', 'en', 'activation', \
            '{{\"kind\":\"activation\",\"user\":\"{user}\"}}', 'waiting', 0, 6, 6);"
    );
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(connection).await.expect("the rows of the first programs");
}

/// A database as the first programs left it, with the rows of one account; the newest schema; and then those of a
/// second account, from a program that has not been replaced yet.
async fn upgraded() -> TestStore {
    let store = unmigrated().await;
    let mut older = store.connect().await;
    migrator_up_to(BEFORE).run(&mut older).await.expect("the first schema");
    write_as_before(&mut older, 1, "7QX4M2KD9").await;
    assert_eq!(store.migrate().await.expect("migrated"), 9);
    write_as_before(&mut older, 2, "000000000").await;
    store.check().await.expect("a schema that fits");
    store
}

#[tokio::test]
async fn accounts_and_what_is_theirs_are_read_well() {
    let store = upgraded().await;
    for (number, secured_at) in [(1, 1), (2, 0)] {
        let id = user_id(number);
        let user = store.accounts().find(id).await.expect("an answer").expect("the account");
        assert_eq!(user.secured_at, Timestamp::from_micros(secured_at), "{number}");
        let hash = TokenHash::from_bytes([u8::try_from(number).expect("small"); 32]);
        let token =
            store.accounts().token(hash, Purpose::Reset).await.expect("an answer").expect("the token");
        assert_eq!((token.user, &token.email), (id, &user.email), "{number}");
        let visit = store.accounts().visit(hash).await.expect("an answer").expect("the session");
        assert_eq!((visit.session.agent.as_str(), visit.session.key), ("", hash), "{number}");
        assert_eq!(store.accounts().sessions(id).await.expect("an answer"), [visit.session], "{number}");
        let (message, _) =
            store.outbox().find(message_id(number)).await.expect("an answer").expect("the message");
        assert_eq!((message.user, &message.to), (None, &user.email), "{number}");
    }
    let mut unit = store.begin().await.expect("a unit");
    let until = Timestamp::from_micros(20);
    let claimed = unit.outbox().claim(LeaseKey([1; 16]), Timestamp::from_micros(9), until, 9).await;
    assert_eq!(claimed.expect("an answer").len(), 2);
}

#[tokio::test]
async fn orders_take_their_first_step() {
    let store = upgraded().await;
    for (number, text) in [(1, "7QX4-M2KD-9"), (2, "0000-0000-0")] {
        let placed = store.orders().find(parsed(text)).await.expect("an answer").expect("the order");
        assert_eq!((placed.id, placed.owner), (order_id(number), Some(user_id(number))));
        assert_eq!(placed.delivery.as_ref().expect("kept").address.as_str(), "Str. Lungă 2");
        assert!(placed.steps.is_empty());
        let step = OrderStep { state: OrderState::Confirmed, at: Timestamp::from_micros(9) };
        let mut unit = store.begin().await.expect("a unit");
        unit.orders().advance(&placed, step, Some(LineState::Fulfilling)).await.expect("advanced");
        unit.commit().await.expect("committed");
        let orders = store.orders().whole(user_id(number), None, 10).await.expect("an answer");
        let order = orders.first().expect("the order");
        assert_eq!(
            (order.state, order.version, order.steps.as_slice()),
            (OrderState::Confirmed, 1, &[step][..])
        );
        assert!(order.lines.iter().all(|line| line.state == LineState::Fulfilling), "{order:?}");
    }
}

#[tokio::test]
async fn an_account_from_before_can_be_deleted() {
    let store = upgraded().await;
    for (number, text) in [(1, "7QX4-M2KD-9"), (2, "0000-0000-0")] {
        let mut unit = store.begin().await.expect("a unit");
        assert!(unit.users().remove(user_id(number)).await.expect("an answer"));
        unit.commit().await.expect("committed");
        assert_eq!(store.accounts().find(user_id(number)).await.expect("an answer"), None);
        let order = store.orders().find(parsed(text)).await.expect("an answer").expect("the order stays");
        assert_eq!(order.owner, None);
        assert!(order.delivery.is_some(), "its parcel is still to arrive");
    }
}

/// A row of each table, as it was written when a migration had just made the table.
const FIRST_ROWS: [(i64, &str); 14] = [
    (
        2,
        "INSERT INTO users (id, email, email_key, last_name, first_name, address, password_hash, language, \
         state, created_at, version) VALUES (x'01900000000070008000000000000001', 'Ana@example.com', \
         'ana@example.com', 'Pop', 'Ana', 'Str. Lungă 1', '$', 'ro', 'active', 1, 0)",
    ),
    (
        3,
        "INSERT INTO tokens (hash, purpose, user_id, expires_at) \
         SELECT x'0707070707070707070707070707070707070707070707070707070707070707', 'reset', id, 2 FROM users",
    ),
    (
        4,
        "INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at) \
         SELECT x'0707070707070707070707070707070707070707070707070707070707070707', id, 3, 4 FROM users",
    ),
    (5, "INSERT INTO carts (owner_id, code, version) SELECT id, 'A=1', 1 FROM users"),
    (6, "INSERT INTO categories (id, slug, names, position) SELECT id, 'tools', '{}', 1 FROM users"),
    (
        7,
        "INSERT INTO products (id, slug, category_id, texts, active, created_at, version, lowest_price) \
         SELECT id, 'hammer', id, '{}', 1, 5, 0, 100 FROM users",
    ),
    (8, "INSERT INTO product_texts (product_id, language, folded) SELECT id, '', 'hammer' FROM users"),
    (
        9,
        "INSERT INTO variants (sku, product_id, position, choices, price, currency) \
         SELECT 'A', id, 0, '[]', 100, 'RON' FROM users",
    ),
    (
        10,
        "INSERT INTO orders (id, number, owner_id, state, placed_at, recipient, address, language, total, currency, \
         version) SELECT id, '7QX4M2KD9', id, 'placed', 5, 'Ana Pop', 'Str. Lungă 2', 'en', 100, 'RON', 0 FROM users",
    ),
    (
        11,
        "INSERT INTO order_lines (order_id, position, sku, name, unit_price, quantity, total, currency, state) \
         SELECT id, 0, 'A', 'Hammer', 100, 1, 100, 'RON', 'processing' FROM users",
    ),
    (12, "INSERT INTO order_keys (owner_id, idempotency_key, order_id) SELECT id, 'key-1', id FROM users"),
    (
        13,
        "INSERT INTO outbox (id, recipient, name, language, kind, mail, state, attempts, created_at, due_at) \
         SELECT id, email, 'Ana Pop', 'en', 'activation', '{}', 'waiting', 0, 6, 6 FROM users",
    ),
    (19, "INSERT INTO order_steps (order_id, position, state, at) SELECT id, 0, 'confirmed', 7 FROM users"),
    (
        20,
        "INSERT INTO throttles (key_hash, last_at, forget_at) \
         SELECT x'0707070707070707070707070707070707070707070707070707070707070707', 8, 9 FROM users",
    ),
];

#[tokio::test]
async fn every_step_keeps_the_rows_that_it_finds() {
    let store = unmigrated().await;
    let mut connection = store.connect().await;
    for number in 1..=NOW {
        let mut kept = Vec::new();
        for (table, mut columns) in tables(&mut connection).await {
            // Migration 15 fills it.
            columns.retain(|column| column != "secured_at");
            let rows = rows_of(&mut connection, &table, &columns).await;
            assert!(!rows.is_empty(), "{table} is empty before {number}");
            kept.push((table, columns, rows));
        }
        migrator_up_to(number).run(&mut connection).await.expect("one step");
        for (table, columns, kept) in kept {
            let rows = rows_of(&mut connection, &table, &columns).await;
            assert!(kept.iter().all(|row| rows.contains(row)), "{table} after {number}: {rows:?}");
        }
        for (_, row) in FIRST_ROWS.iter().filter(|(made, _)| *made == number) {
            sqlx::raw_sql(*row).execute(&mut connection).await.expect("a row");
        }
    }
    assert_eq!(store.migrate().await.expect("it was done by the same files"), 0);
    store.check().await.expect("a schema that fits");
}
