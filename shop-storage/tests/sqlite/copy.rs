//! A whole shop on its way to another database.

use std::future::poll_fn;
use std::task::Poll;

use shop_core::ports::Store;
use shop_storage::CopyError;
use sqlx::Row as _;

use crate::samples::{
    TestStore, add_products, add_user, empty, message, order, product, unmigrated, user_id,
};

/// A store with rows in every table, more than a page of one of them.
async fn filled() -> TestStore {
    let store = empty().await;
    for number in 1..=3 {
        add_user(&*store, number).await;
    }
    add_products(&*store, (1..=600).map(product)).await;
    let mut unit = store.begin().await.expect("a unit");
    for number in 1..=20 {
        let placed = order(number, 40);
        unit.keys()
            .insert(user_id(1), &format!("key-{number:05}").parse().expect("a key"), placed.id)
            .await
            .expect("bound");
        unit.orders().insert(&placed).await.expect("inserted");
        unit.outbox().enqueue(&message(number)).await.expect("enqueued");
    }
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("replaced");
    unit.commit().await.expect("committed");
    store
        .tamper(
            "INSERT INTO tokens SELECT randomblob(32), 'reset', id, 9, email FROM users WHERE state <> 'nobody'; \
             INSERT INTO sessions SELECT randomblob(32), id, 1, 2, 'agent' FROM users WHERE state <> 'nobody'; \
             INSERT INTO order_steps SELECT id, 0, 'confirmed', 1 FROM orders; \
             UPDATE orders SET owner_id = zeroblob(16) WHERE number LIKE '%0%'; \
             INSERT INTO throttles VALUES (randomblob(32), 1, 2); \
             INSERT INTO categories VALUES (randomblob(16), 'tools', '{\"en\":\"Tools\"}', 1)",
        )
        .await;
    store
}

/// Every table with its columns and how many rows it has, the schema's own left out.
async fn tables(store: &TestStore) -> Vec<(String, Vec<String>, i64)> {
    let mut connection = store.connect().await;
    let names = sqlx::query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\' \
         AND name <> 'schema_floors' ORDER BY name",
    );
    let mut tables = Vec::new();
    for row in names.fetch_all(&mut connection).await.expect("tables") {
        let name: String = row.get(0);
        let columns = sqlx::query("SELECT name FROM pragma_table_info(?) ORDER BY cid").bind(&name);
        let columns = columns.fetch_all(&mut connection).await.expect("columns");
        let count = sqlx::query(sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {name}")));
        let count = count.fetch_one(&mut connection).await.expect("a count").get(0);
        tables.push((name, columns.iter().map(|row| row.get(0)).collect(), count));
    }
    tables
}

/// All rows of all tables, each value as SQL writes it.
async fn dump(store: &TestStore) -> Vec<String> {
    let mut connection = store.connect().await;
    let mut rows = Vec::new();
    for (table, columns, _) in tables(store).await {
        let quoted: Vec<_> = columns.iter().map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} AS row FROM {table} ORDER BY 1", quoted.join(" || ',' || "));
        let found = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("rows");
        rows.extend(found.iter().map(|row| format!("{table}: {}", row.get::<String, _>(0))));
    }
    rows
}

#[tokio::test]
async fn every_row_of_every_table_is_copied() {
    let (source, target) = (filled().await, empty().await);
    for (table, _, count) in tables(&source).await {
        assert!(count > 0, "{table} has no row to copy");
    }
    let mut heard = Vec::new();
    let copied = source.copy_to(&target, &mut |table, rows| heard.push((table, rows))).await.expect("copied");
    let (theirs, ours) = (dump(&source).await, dump(&target).await);
    assert_eq!(ours, theirs);
    // Nobody is there already.
    assert_eq!(copied, u64::try_from(theirs.len() - 1).expect("few"));
    assert!(heard.contains(&("products", 512)), "{heard:?}");
    assert_eq!(target.audit().await.expect("an audit"), source.audit().await.expect("an audit"));
}

#[tokio::test]
async fn nothing_is_copied_over_something() {
    let (source, target) = (filled().await, empty().await);
    add_user(&*target, 9).await;
    let before = dump(&target).await;
    let refused = source.copy_to(&target, &mut |_, _| {}).await;
    assert!(matches!(refused, Err(CopyError::NotEmpty("users"))), "{refused:?}");
    assert_eq!(dump(&target).await, before);
    let bare = unmigrated().await;
    let refused = source.copy_to(&bare, &mut |_, _| {}).await;
    assert!(matches!(refused, Err(CopyError::Schema { which: "target", .. })), "{refused:?}");
}

#[tokio::test]
async fn a_copy_that_is_cut_off_leaves_nothing_and_may_be_repeated() {
    let (source, target) = (filled().await, empty().await);
    for polls in [1, 5, 20, 60] {
        let mut progress = |_: &'static str, _: u64| {};
        let mut copy = Box::pin(source.copy_to(&target, &mut progress));
        let mut polled = 0;
        poll_fn(|context| {
            if polled == polls {
                return Poll::Ready(());
            }
            polled += 1;
            assert!(copy.as_mut().poll(context).is_pending(), "cut off too late");
            Poll::Pending
        })
        .await;
        drop(copy);
    }
    assert_eq!(dump(&target).await.len(), 1, "nobody");
    source.copy_to(&target, &mut |_, _| {}).await.expect("copied");
    assert_eq!(dump(&target).await, dump(&source).await);
}

#[tokio::test]
async fn a_source_that_changes_meanwhile_is_noticed() {
    let (source, target) = (filled().await, empty().await);
    let neighbor = source.neighbor().await;
    let mut is_copied = false;
    let mut tables = Vec::new();
    // The first table is read again at the end; by then one of its rows is another.
    let outcome = source
        .copy_to(&target, &mut |table, _| {
            tables.push(table);
            if table == "throttles" && !is_copied {
                is_copied = true;
                std::thread::scope(|scope| {
                    scope.spawn(|| {
                        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                        runtime
                            .expect("a runtime")
                            .block_on(source.tamper("UPDATE users SET version = version + 1"));
                    });
                });
            }
        })
        .await;
    assert!(matches!(outcome, Err(CopyError::Changed("users"))), "{outcome:?}");
    assert_eq!(dump(&target).await.len(), 1);
    drop(neighbor);
}
