//! Every statement on a migrated database.

use sqlx::{Executor, SqlSafeStr, Sqlite, SqliteConnection};

use super::all;
use crate::dialect::Dialect;
use crate::sql::{audit, catalog, orders, outbox, schema};
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

#[tokio::test]
async fn pages_of_shoppers_neither_sort_nor_scan() {
    let (mut connection, _folder) = migrated().await;
    let searches = catalog::SEARCH.iter().map(|(_, sorted)| sorted);
    for sorted in [&catalog::BROWSE, &catalog::BROWSE_CATEGORY].into_iter().chain(searches) {
        for sql in sorted {
            let plan = plan(&mut connection, sql).await;
            assert!(plan.starts_with("SEARCH p USING INDEX products_"), "{sql}\n{plan}");
            assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
        }
    }
}

#[tokio::test]
async fn tidying_walks_an_index() {
    let (mut connection, _folder) = migrated().await;
    let indexes: [(_, &[&str]); 4] = [
        (Sqlite::DIFFERING.remove_expired_tokens, &["tokens_expiry (expires_at<?)"]),
        (
            Sqlite::DIFFERING.remove_ended_sessions,
            &["sessions_seen (last_seen_at<?)", "sessions_begun (created_at<?)"],
        ),
        (Sqlite::DIFFERING.purge_outbox, &["outbox_due (state=? AND due_at<?)"]),
        (Sqlite::DIFFERING.remove_forgotten_tries, &["throttles_forget (forget_at<?)"]),
    ];
    for (sql, walked) in indexes {
        let plan = plan(&mut connection, sql).await;
        assert!(walked.iter().all(|index| plan.contains(index)), "{sql}\n{plan}");
    }
}

#[tokio::test]
async fn everything_else_finds_its_rows_by_a_key() {
    let (mut connection, _folder) = migrated().await;
    // Few rows or an operator's list: they may be looked at one by one.
    let may_scan = [catalog::CATEGORIES, outbox::LIST, schema::APPLIED, schema::STATE];
    let operators =
        [&[catalog::BROWSE_HIDDEN], catalog::SEARCH_HIDDEN.map(|(_, sorted)| sorted).as_slice()].concat();
    // An audit looks at everything.
    let audits: Vec<_> = audit::ALL_RULES.iter().map(|rule| rule.sql).collect();
    let by_key = |sql: &&str| {
        let everything = may_scan.contains(sql) || audits.contains(sql) || operators.concat().contains(sql);
        !sql.starts_with("INSERT") && !everything
    };
    for sql in all().into_iter().filter(by_key) {
        let plan = plan(&mut connection, sql).await;
        // What a subquery has found, and the answer of EXISTS, are not tables.
        let plan = ["SCAN due", "SCAN newest", "SCAN old", "SCAN CONSTANT ROW"]
            .iter()
            .fold(plan, |plan, no| plan.replace(no, ""));
        assert!(!plan.contains("SCAN"), "{sql}\n{plan}");
    }
    for sql in
        [orders::LIST, orders::LIST_OF_OWNER, orders::WHOLE, orders::LINES, orders::STEPS, outbox::OF_USER]
    {
        let plan = plan(&mut connection, sql).await;
        assert!(!plan.contains("TEMP B-TREE"), "{sql}\n{plan}");
    }
}
