//! Every statement on a migrated database.

use sqlx::{Executor, SqlSafeStr, Sqlite, SqliteConnection};

use super::all;
use super::plans::{MayScan, ROWS, assert_only_listed_scan};
use crate::dialect::Dialect;
use crate::sql::{catalog, orders, outbox};
use crate::sqlite::testing::migrated;

#[tokio::test]
async fn every_statement_can_be_prepared() {
    let (mut connection, _folder) = migrated().await;
    let statements = [all(), Sqlite::DIFFERING.all().to_vec()].concat();
    for sql in &statements {
        let prepared = connection.prepare(sql.into_sql_str()).await;
        assert!(prepared.is_ok(), "{sql}\n{:?}", prepared.err());
    }
    assert!(statements.len() > 120, "{} statements", statements.len());
}

#[test]
fn few_statements_differ_by_dialect() {
    let differing = Sqlite::DIFFERING.all();
    println!("{} of {} statements differ by dialect", differing.len(), all().len() + differing.len());
    assert!(differing.len() < 10);
}

/// What SQLite would do for a statement, step by step.
async fn plan(connection: &mut SqliteConnection, sql: &'static str) -> String {
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let rows = sqlx::query(explain).fetch_all(connection).await.expect("a plan");
    let steps = rows.iter().map(|row| sqlx::Row::get::<String, _>(row, "detail"));
    steps.collect::<Vec<_>>().join("; ")
}

/// Numbers the rows.
const NUMBERS: &str = "
    CREATE TEMPORARY TABLE s AS
    WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 100000)
    SELECT n, unhex(printf('%032X', n)) AS id, unhex(printf('%064X', n)) AS hash,
        unhex(printf('%032X', 1 + n % 20)) AS shelf, unhex(printf('%032X', 1 + n % 1000)) AS owner FROM s;";

/// SQLite plans without looking at the rows, unless it has been told to count them.
#[tokio::test]
async fn each_row_is_found_by_a_key() {
    let (mut connection, _folder) = migrated().await;
    assert_plans(&mut connection).await;
}

#[tokio::test]
async fn among_100_000_rows_that_it_has_counted_each_is_found_by_a_key() {
    let (mut connection, _folder) = migrated().await;
    for sql in [NUMBERS, ROWS, "ANALYZE"] {
        connection.execute(sql).await.expect("the rows");
    }
    assert_plans(&mut connection).await;
}

async fn assert_plans(connection: &mut SqliteConnection) {
    let mut scanning = Vec::new();
    for sql in [all(), Sqlite::DIFFERING.all().to_vec()].concat() {
        let plan = plan(connection, sql).await;
        scanning.extend(scans(&plan).then_some(sql));
    }
    assert_only_listed_scan(&scanning, may_scan());
    assert_pages_neither_sort_nor_pass_over(connection).await;
    assert_lists_are_not_sorted(connection).await;
    assert_tidying_walks_an_index(connection).await;
    assert_an_index_tells_what_is_due(connection).await;
}

/// What scans here and not in MySQL.
fn may_scan() -> Vec<MayScan> {
    vec![("it has as many rows as there are tables and indexes", vec![Sqlite::DIFFERING.inventory])]
}

/// Whether a step goes through a table, and not only through the values of the statement or what a subquery has found.
fn scans(plan: &str) -> bool {
    let scanned = plan.split("; ").filter_map(|step| step.strip_prefix("SCAN ")?.split(' ').next());
    scanned.into_iter().any(|name| {
        let is_found =
            ["CO-ROUTINE", "MATERIALIZE"].iter().any(|how| plan.contains(&format!("{how} {name};")));
        !is_found && name != "CONSTANT" && !name.ends_with("-ROW")
    })
}

async fn assert_pages_neither_sort_nor_pass_over(connection: &mut SqliteConnection) {
    let searches = catalog::SEARCH.iter().map(|(_, sorted)| sorted);
    for sorted in [&catalog::BROWSE, &catalog::BROWSE_CATEGORY].into_iter().chain(searches) {
        for sql in sorted {
            let plan = plan(connection, sql).await;
            assert!(plan.starts_with("SEARCH p USING INDEX products_"), "{sql}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }
}

async fn assert_lists_are_not_sorted(connection: &mut SqliteConnection) {
    for sql in
        [orders::LIST, orders::LIST_OF_OWNER, orders::WHOLE, orders::LINES, orders::STEPS, outbox::OF_USER]
    {
        let plan = plan(connection, sql).await;
        assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}

/// The rows are wide, and a relay asks twice a second.
async fn assert_an_index_tells_what_is_due(connection: &mut SqliteConnection) {
    for sql in [outbox::DUE, outbox::IS_DUE] {
        let plan = plan(connection, sql).await;
        let covering = "SEARCH outbox USING COVERING INDEX outbox_due_kind (state=? AND due_at<?)";
        assert!(plan.contains(covering), "{sql}\n{plan}");
    }
}

async fn assert_tidying_walks_an_index(connection: &mut SqliteConnection) {
    let indexes: [(_, &[&str]); 4] = [
        (Sqlite::DIFFERING.remove_expired_tokens, &["tokens_expiry (expires_at<?)"]),
        (
            Sqlite::DIFFERING.remove_ended_sessions,
            &["sessions_seen (last_seen_at<?)", "sessions_begun (created_at<?)"],
        ),
        (Sqlite::DIFFERING.purge_outbox, &["outbox_due_kind (state=? AND due_at<?)"]),
        (Sqlite::DIFFERING.remove_forgotten_tries, &["throttles_forget (forget_at<?)"]),
    ];
    for (sql, walked) in indexes {
        let plan = plan(connection, sql).await;
        assert!(walked.iter().all(|index| plan.contains(index)), "{sql}\n{plan}");
    }
}
