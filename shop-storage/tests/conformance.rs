//! The suite of the core, on SQLite: a database file of its own for each case.

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::sync::Arc;

    use shop_core::ports::Store;
    use shop_storage::{SqliteOptions, SqliteStore};
    use tempfile::TempDir;

    type Fixture = (Arc<dyn Store>, (Arc<SqliteStore>, TempDir));

    #[expect(clippy::unwrap_used, reason = "a store that does not open fails its test")]
    async fn open(folder: TempDir) -> Fixture {
        let store = SqliteStore::open(SqliteOptions::new(folder.path().join("shop.db"))).await.unwrap();
        store.migrate().await.unwrap();
        let store = Arc::new(store);
        (Arc::clone(&store) as Arc<dyn Store>, (store, folder))
    }

    #[expect(clippy::unwrap_used, reason = "a folder that cannot be made fails its test")]
    async fn empty_store() -> Fixture {
        open(tempfile::tempdir().unwrap()).await
    }

    async fn reopened((handle, (store, folder)): Fixture) -> Fixture {
        drop(handle);
        store.close().await;
        open(folder).await
    }

    shop_core::conformance_suite!(empty_store, reopen = reopened);
}
