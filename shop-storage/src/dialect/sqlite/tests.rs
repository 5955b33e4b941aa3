use super::*;
use crate::sqlite::testing::migrated;

async fn fault_of(connection: &mut SqliteConnection, sql: &'static str) -> String {
    match sqlx::raw_sql(sql).execute(connection).await {
        Err(sqlx::Error::Database(error)) => format!("{:?}", Sqlite::fault(&*error)),
        other => format!("no error of the database: {other:?}"),
    }
}

#[tokio::test]
async fn errors_are_told_apart() {
    let (mut connection, _folder) = migrated().await;
    let slug = "INSERT INTO categories VALUES (x'01', 'a', '{}', 0); INSERT INTO categories VALUES (x'02', 'a', '{}', 0)";
    assert_eq!(fault_of(&mut connection, slug).await, r#"Unique("categories.slug")"#);
    let key = "INSERT INTO categories VALUES (x'01', 'b', '{}', 0)";
    assert_eq!(fault_of(&mut connection, key).await, "Primary");
    let wrong = "INSERT INTO carts VALUES (x'01', '', 1)";
    assert_eq!(fault_of(&mut connection, wrong).await, "Foreign");
    assert_eq!(fault_of(&mut connection, "SELECT 1 FROM nowhere").await, "Other");
    sqlx::raw_sql("PRAGMA query_only = ON").execute(&mut connection).await.expect("a pragma");
    assert_eq!(fault_of(&mut connection, "DELETE FROM carts").await, "Unavailable", "read-only");
}

#[tokio::test]
async fn a_full_disk_is_no_ones_fault_and_a_locked_file_a_neighbors() {
    let (mut connection, folder) = migrated().await;
    let full =
        "PRAGMA max_page_count = 1; INSERT INTO categories VALUES (x'01', 'a', hex(zeroblob(100000)), 0)";
    assert_eq!(fault_of(&mut connection, full).await, "Unavailable");
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await.expect("the lock");
    let path = folder.path().join("shop.db");
    let other = SqliteConnectOptions::new().filename(path).busy_timeout(std::time::Duration::ZERO);
    let mut other = other.connect().await.expect("a second connection");
    assert_eq!(fault_of(&mut other, "BEGIN IMMEDIATE").await, "Neighbor");
}

#[tokio::test]
async fn a_link_hangs_up_when_nobody_knows_what_has_become_of_the_transaction() {
    let (connection, _folder) = migrated().await;
    let mut link = SqliteLink(Some(connection));
    let harmless = link.command("SELECT 1 FROM nowhere").await;
    assert!(harmless.is_err() && link.is_up());
    let full =
        "PRAGMA max_page_count = 1; INSERT INTO categories VALUES (x'01', 'a', hex(zeroblob(100000)), 0)";
    assert!(link.command(full).await.is_err());
    assert!(!link.is_up());
    let later = Sqlite::fetch(&mut link, "SELECT 1", SqliteArguments::default()).await;
    assert!(matches!(later, Err(sqlx::Error::WorkerCrashed)));
}
