//! Every statement on a server.

use shop_core::ports::Store;
use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Executor, MySql, Row, SqlSafeStr};

use super::all;
use super::plans::{MayScan, ROWS, assert_only_listed_scan};
use crate::dialect::Dialect;
use crate::mysql::MySqlStore;
use crate::server::{connect, fresh_database};
use crate::sql::{audit, catalog, orders, outbox};

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

/// Numbers the rows.
const NUMBERS: &str = "
    CREATE TEMPORARY TABLE s
        (n BIGINT PRIMARY KEY, id BINARY(16), hash BINARY(32), shelf BINARY(16), owner BINARY(16)) AS
    WITH d AS (SELECT 0 AS n UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4
        UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)
    SELECT n, UNHEX(LPAD(HEX(n), 32, '0')) AS id, UNHEX(LPAD(HEX(n), 64, '0')) AS hash,
        UNHEX(LPAD(HEX(1 + n % 20), 32, '0')) AS shelf, UNHEX(LPAD(HEX(1 + n % 1000), 32, '0')) AS owner
    FROM (SELECT 1 + a.n + 10 * b.n + 100 * c.n + 1000 * e.n + 10000 * f.n AS n FROM d a, d b, d c, d e, d f) x;";

const ANALYZE: &str = "
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
        () if ends(&["number = ", "email_key = ", "key = "]) => "'100000007'",
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
    // The first step of an INSERT is the table that it fills.
    let looks = rows.iter().filter(|row| text(row, "select_type") != "INSERT");
    looks.map(|row| ["table", "type", "key", "Extra"].map(|column| text(row, column))).collect()
}

#[tokio::test]
async fn among_100_000_rows_each_is_found_by_a_key() {
    let mut connection = migrated().await;
    for sql in [NUMBERS, ROWS, ANALYZE] {
        connection.execute(sql).await.expect("the rows");
    }
    let (mut scanning, mut looked_up) = (Vec::new(), 0);
    for sql in [all(), MySql::DIFFERING.all().to_vec()].concat() {
        let plan = plan(&mut connection, sql).await;
        let scans = |[table, kind, ..]: &[String; 4]| {
            !table.starts_with('<') && ["ALL", "index"].contains(&kind.as_str())
        };
        scanning.extend(plan.iter().any(scans).then_some(sql));
        looked_up += usize::from(plan.iter().any(|[_, _, key, _]| !key.is_empty()));
    }
    assert_only_listed_scan(&scanning, may_scan());
    assert!(looked_up > 80, "{looked_up} statements walk a key");
    assert_pages_are_not_sorted(&mut connection).await;
    assert_an_index_tells_what_is_due(&mut connection).await;
}

/// What scans here and not in SQLite.
fn may_scan() -> Vec<MayScan> {
    let in_category =
        audit::ALL_RULES.iter().map(|rule| rule.sql).filter(|sql| sql.contains("t.category_id IS NOT NULL"));
    vec![
        ("an audit looks at everything", in_category.collect()),
        (
            "it has as many rows as the server has tables, when a store is opened",
            vec![MySql::DIFFERING.inventory],
        ),
    ]
}

/// The rows are wide, and a relay asks twice a second.
async fn assert_an_index_tells_what_is_due(connection: &mut MySqlConnection) {
    for sql in [outbox::DUE, outbox::IS_DUE] {
        let plan = plan(connection, sql).await;
        let covers = |[table, _, key, extra]: &[String; 4]| {
            table == "outbox" && key == "outbox_due_kind" && extra.contains("Using index")
        };
        assert!(plan.iter().any(covers), "{}\n{plan:?}", with_values(sql));
    }
}

/// They walk an index in their order.
async fn assert_pages_are_not_sorted(connection: &mut MySqlConnection) {
    let pages = [catalog::BROWSE, catalog::BROWSE_CATEGORY].concat();
    let lists = [orders::LIST, orders::LIST_OF_OWNER, orders::WHOLE, outbox::OF_USER];
    for sql in pages.into_iter().chain(lists) {
        let plan = plan(connection, sql).await;
        let sorts = plan.concat().iter().any(|word| word.contains("filesort"));
        assert!(!sorts, "{}\n{plan:?}", with_values(sql));
    }
}
