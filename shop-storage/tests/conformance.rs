//! The suite of the core, on SQLite: a database file of its own for each case.

#[cfg(feature = "sqlite")]
mod sqlite {
    use std::sync::Arc;

    use shop_core::ports::Store;
    use shop_storage::{SqliteOptions, SqliteStore};
    use tempfile::TempDir;

    #[expect(clippy::unwrap_used, reason = "a store that does not open fails its test")]
    async fn empty_store() -> (Arc<dyn Store>, TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(SqliteOptions::new(folder.path().join("shop.db"))).await.unwrap();
        store.migrate().await.unwrap();
        (Arc::new(store), folder)
    }

    shop_core::conformance_suite!(empty_store);
}
