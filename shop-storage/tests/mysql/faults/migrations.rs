//! A migration that the server refuses, or does not come to the end of.

use std::sync::Arc;
use std::time::Duration;

use shop_core::ports::Store as _;
use shop_storage::MySqlStore;
use sqlx::mysql::MySqlConnection;
use sqlx::{Executor as _, Row as _};
use tokio::time::timeout;

use super::DURABLE;
use crate::disk::Disk;
use crate::samples::{options, unmigrated};
use crate::server::{Server, connect, run};
use crate::upgrade::migrator_up_to;

/// The last migration before the one that is refused here, which adds an index and drops another one.
const BEFORE: i64 = 21;

/// The numbers that are marked as not done.
const MARKS: &str = "SELECT version FROM _shop_migrations WHERE NOT success";

const INDEXES: &str = "SELECT DISTINCT CAST(index_name AS CHAR) FROM information_schema.statistics \
    WHERE table_schema = DATABASE() AND table_name = 'outbox' AND index_name LIKE 'outbox_due%' ORDER BY 1";

/// A store on the schema of the release before.
async fn older(url: &str) -> MySqlStore {
    let store = MySqlStore::open(options(url)).await.expect("a fresh database");
    migrator_up_to(BEFORE).run(&mut connect(url).await).await.expect("the schema of the release before");
    store
}

/// Why it does not migrate.
async fn refusal(store: &MySqlStore) -> String {
    let told = store.migrate().await.expect_err("it is refused").to_string();
    assert!(!told.contains('\n'), "{told}");
    told
}

async fn marks(url: &str) -> usize {
    connect(url).await.fetch_all(MARKS).await.expect("a list").len()
}

async fn indexes(url: &str) -> Vec<String> {
    let rows = connect(url).await.fetch_all(INDEXES).await.expect("a list");
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn what_is_refused_is_tried_again_once_its_cause_is_gone() {
    let place = unmigrated().await;
    let url = place.url();
    let store = older(url).await;
    run(url, "CREATE INDEX outbox_due_kind ON outbox (kind)").await;
    for _ in 0..2 {
        let told = refusal(&store).await;
        assert!(told.contains(": migration 22: Duplicate key name 'outbox_due_kind'"), "{told}");
        assert_eq!(indexes(url).await, ["outbox_due", "outbox_due_kind"], "none was dropped");
        assert_eq!(marks(url).await, 0);
    }
    run(url, "DROP INDEX outbox_due_kind ON outbox").await;
    assert_eq!(store.migrate().await.expect("nothing is in the way"), 1);
    assert_eq!(indexes(url).await, ["outbox_due_kind"]);
    store.check().await.expect("a schema that fits");
}

#[tokio::test]
async fn what_a_user_may_not_do_another_one_does() {
    let place = unmigrated().await;
    let url = place.url();
    let store = older(url).await;
    run(
        url,
        "CREATE USER clerk@localhost; \
         GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON `shop\\_%`.* TO clerk@localhost",
    )
    .await;
    let clerk = MySqlStore::open(options(&url.replace("root@", "clerk@"))).await.expect("the same database");
    let told = refusal(&clerk).await;
    assert!(told.contains(": migration 22: ALTER command denied to user 'clerk'@'localhost'"), "{told}");
    assert!(told.ends_with("; the shop's user needs all rights on its database"), "{told}");
    assert_eq!(store.migrate().await.expect("root may"), 1);
    store.check().await.expect("a schema that fits");
}

#[tokio::test]
async fn what_had_no_space_is_done_when_there_is_some() {
    let (disk, server) = Disk::with_server(&[]);
    let url = server.fresh_database().await;
    let store = older(&url).await;
    disk.fill();
    for _ in 0..2 {
        let told = refusal(&store).await;
        assert!(told.contains(": migration 22: "), "{told}");
        assert_eq!(indexes(&url).await, ["outbox_due"]);
    }
    disk.clear();
    assert_eq!(store.migrate().await.expect("there is space"), 1);
    store.check().await.expect("a schema that fits");
}

/// Waits until somebody waits for a table.
async fn somebody_waits(connection: &mut MySqlConnection) {
    const WAITING: &str = "SELECT COUNT(*) FROM information_schema.processlist \
        WHERE db = DATABASE() AND state LIKE 'Waiting for table%'";
    timeout(Duration::from_mins(1), async {
        while connection.fetch_one(WAITING).await.expect("a count").get::<i64, _>(0) == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("it waits");
}

/// Whoever has lost the connection does not know what became of the statement.
#[tokio::test(flavor = "multi_thread")]
async fn what_was_cut_off_is_left_to_be_looked_at() {
    let mut server = Server::start(&DURABLE);
    let url = server.fresh_database().await;
    let store = Arc::new(older(&url).await);
    let mut operator = connect(&url).await;
    operator.execute("LOCK TABLES outbox READ").await.expect("locked");
    let migration = tokio::spawn({
        let store = Arc::clone(&store);
        async move { refusal(&store).await }
    });
    somebody_waits(&mut connect(&url).await).await;
    server.kill();
    let told = migration.await.expect("no panic");
    assert!(told.contains(": migration 22: "), "{told}");
    server.start_again();
    assert_eq!(marks(&url).await, 1);
    let told = refusal(&store).await;
    assert!(told.contains(": migration 22 has stopped half-way; undo what it did, remove its row"), "{told}");
    assert_eq!(marks(&url).await, 1);
}
