//! Every statement on a server.

use shop_core::ports::Store;
use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Executor, MySql, Row, SqlSafeStr};

use super::all;
use crate::dialect::Dialect;
use crate::mysql::MySqlStore;
use crate::server::{connect, fresh_database};
use crate::sql::{audit, catalog, orders, outbox, schema};

async fn migrated() -> MySqlConnection {
    let url = fresh_database().await;
    let store = MySqlStore::open(url.parse().expect("an address")).await.expect("a database");
    store.migrate().await.expect("a schema");
    store.check().await.expect("it fits");
    connect(&url).await
}

#[tokio::test]
async fn every_statement_can_be_prepared() {
    let mut connection = migrated().await;
    let statements = [all(), MySql::DIFFERING.all().to_vec()].concat();
    for sql in &statements {
        let prepared = connection.prepare(sql.into_sql_str()).await;
        assert!(prepared.is_ok(), "{sql}\n{:?}", prepared.err());
    }
    assert!(statements.len() > 120, "{} statements", statements.len());
}

/// 4,000 rows in every table, numbered by `n`; a fifth of the products is hidden, a fifth of the messages waits.
const ROWS: &str = "
    CREATE TEMPORARY TABLE d (n BIGINT PRIMARY KEY);
    INSERT INTO d VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9);
    CREATE TEMPORARY TABLE e AS SELECT * FROM d; CREATE TEMPORARY TABLE f AS SELECT * FROM d;
    CREATE TEMPORARY TABLE g AS SELECT * FROM d WHERE n < 4;
    CREATE TEMPORARY TABLE s AS SELECT 1 + d.n + 10 * e.n + 100 * f.n + 1000 * g.n AS n,
        UNHEX(LPAD(HEX(1 + d.n + 10 * e.n + 100 * f.n + 1000 * g.n), 32, '0')) AS id FROM d, e, f, g;
    INSERT INTO users (id, email, email_key, last_name, first_name, address, password_hash, language, state,
        created_at, version) SELECT id, CONCAT(n, '@a.ro'), CONCAT(n, '@a.ro'), 'Pop', 'Ana', 'Str. 1', '$', 'ro',
        'active', n, 0 FROM s;
    INSERT INTO tokens (hash, purpose, user_id, expires_at) SELECT CONCAT(id, id), 'reset', id, n FROM s;
    INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at) SELECT CONCAT(id, id), id, n, n FROM s;
    INSERT INTO carts SELECT id, 'SKU-1=1', 1 FROM s;
    INSERT INTO categories SELECT id, CONCAT('shelf-', n), '{}', n FROM s WHERE n <= 20;
    INSERT INTO products SELECT id, CONCAT('product-', n), UNHEX(LPAD(HEX(1 + n % 20), 32, '0')), '{}', NULL,
        n % 5 > 0, n, 0, n FROM s;
    INSERT INTO product_texts SELECT id, '', CONCAT('hammer ', n) FROM s;
    INSERT INTO variants SELECT CONCAT('SKU-', n), id, 0, '[]', n, 'RON', NULL, 9 FROM s;
    INSERT INTO orders SELECT id, LPAD(n, 9, '0'), UNHEX(LPAD(HEX(1 + n % 200), 32, '0')), 'placed', n, 'Ana',
        'Str. 1', 'ro', 1, 'RON', 0 FROM s;
    INSERT INTO order_lines SELECT id, 0, 'SKU-1', 'Hammer', 1, 1, 1, 'RON', 'processing' FROM s;
    INSERT INTO order_steps SELECT id, 0, 'confirmed', n FROM s;
    INSERT INTO order_keys SELECT id, CONCAT('key-', n), id FROM s;
    INSERT INTO outbox (id, recipient, name, language, kind, mail, state, attempts, created_at, due_at, user_id)
        SELECT id, 'a@a.ro', 'Ana', 'ro', 'reset', '{}', IF(n % 5, 'sent', 'waiting'), 0, n, n, id FROM s;
    INSERT INTO throttles SELECT CONCAT(id, id), n, n FROM s;
    ANALYZE TABLE users, tokens, sessions, carts, categories, products, product_texts, variants, orders, order_lines,
        order_steps, order_keys, outbox, throttles;";

/// The statement with values in it that few rows have.
fn with_values(sql: &str) -> String {
    let mut filled = String::new();
    let mut pieces = sql.split('?');
    filled.push_str(pieces.next().unwrap_or_default());
    let mut value = "''";
    for piece in pieces {
        value = value_after(&filled).unwrap_or(value);
        filled.push_str(value);
        filled.push_str(piece);
    }
    filled
}

/// A value for what stands before it; `None` for a further one of a list.
fn value_after(before: &str) -> Option<&'static str> {
    let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
    if ends(&["7', "]) {
        return None;
    }
    Some(match () {
        () if ends(&["'', "]) => "'ro'",
        () if ends(&["LIMIT "]) => "24",
        () if ends(&["OFFSET "]) => "0",
        () if ends(&["_at <= ", "_at >= ", "_at = "]) => "7",
        () if ends(&["version = ", "version <= ", "stock - ", "stock + ", "stock >= "]) => "1",
        () if ends(&["state = ", "state <> "]) => "'waiting'",
        () if ends(&["purpose = "]) => "'reset'",
        () if ends(&["slug = "]) => "'product-7'",
        () if ends(&["sku = ", "sku IN ("]) => "'SKU-7'",
        () if ends(&["number = ", "email_key = ", "key = "]) => "'000000007'",
        () if ends(&["folded, "]) => "'hammer'",
        () => "X'00000000000000000000000000000007'",
    })
}

/// What the server would do, a step for each table: how it looks for rows, by which key, and what else.
async fn plan(connection: &mut MySqlConnection, sql: &str) -> Vec<[String; 4]> {
    let explain = AssertSqlSafe(format!("EXPLAIN FORMAT=TRADITIONAL {}", with_values(sql)));
    let rows = sqlx::raw_sql(explain).fetch_all(connection).await;
    let rows = rows.unwrap_or_else(|error| panic!("{}\n{error}", with_values(sql)));
    let text = |row: &MySqlRow, column: &str| {
        let bytes: Option<Vec<u8>> = row.get_unchecked(column);
        String::from_utf8(bytes.unwrap_or_default()).expect("text")
    };
    rows.iter().map(|row| ["table", "type", "key", "Extra"].map(|column| text(row, column))).collect()
}

#[tokio::test]
async fn everything_but_operators_lists_finds_its_rows_by_a_key() {
    let mut connection = migrated().await;
    connection.execute(ROWS).await.expect("the rows");
    // Few rows, an operator's list, or a look at everything: they may be looked at one by one.
    let may_scan = [catalog::CATEGORIES, outbox::LIST, schema::APPLIED, schema::STATE];
    let operators =
        [&[catalog::BROWSE_HIDDEN], catalog::SEARCH_HIDDEN.map(|(_, sorted)| sorted).as_slice()].concat();
    let audit =
        [audit::ALL, audit::ALL_RULES.iter().map(|rule| rule.sql).collect::<Vec<_>>().as_slice()].concat();
    let by_key = |sql: &&str| {
        !audit.contains(sql)
            && !sql.starts_with("INSERT")
            && !may_scan.contains(sql)
            && !operators.concat().contains(sql)
    };
    let statements = [all(), MySql::DIFFERING.all()[1..].to_vec()].concat();
    let scans = |[table, kind, ..]: &[String; 4]| {
        !table.starts_with('<') && ["ALL", "index"].contains(&kind.as_str())
    };
    assert!(plan(&mut connection, catalog::CATEGORIES).await.iter().any(scans), "a scan is recognized");
    let mut looked_up = 0;
    for sql in statements.into_iter().filter(by_key) {
        let plan = plan(&mut connection, sql).await;
        assert!(!plan.iter().any(scans), "{}\n{plan:?}", with_values(sql));
        looked_up += usize::from(plan.iter().any(|[_, _, key, _]| !key.is_empty()));
    }
    assert!(looked_up > 80, "{looked_up} statements walk a key");
}

#[tokio::test]
async fn pages_walk_an_index_in_their_order() {
    let mut connection = migrated().await;
    connection.execute(ROWS).await.expect("the rows");
    let pages = [catalog::BROWSE, catalog::BROWSE_CATEGORY].concat();
    for sql in pages.into_iter().chain([orders::LIST, orders::LIST_OF_OWNER, orders::WHOLE, outbox::OF_USER])
    {
        let plan = plan(&mut connection, sql).await;
        assert!(
            !plan.concat().iter().any(|word| word.contains("filesort")),
            "{}\n{plan:?}",
            with_values(sql)
        );
    }
}
