use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::mysql::MySqlPoolOptions;
use sqlx::pool::PoolConnection;
use sqlx::{Executor, MySql, MySqlConnection, MySqlPool, Transaction};

use super::MySqlOptions;
use crate::dialect::{Connections, Lease};
use crate::error::{OpenError, store_error};
use crate::migrate;

/// A pool of connections to the server; units and reads take one each.
#[derive(Clone, Debug)]
pub struct MySqlConnections {
    location: String,
    pool: MySqlPool,
}

impl Connections<MySql> for MySqlConnections {
    type Lease = Transaction<'static, MySql>;
    type Reader = PoolConnection<MySql>;

    async fn begin(&self) -> Result<Self::Lease, StoreError> {
        self.pool.begin().await.map_err(failure)
    }

    async fn reader(&self) -> Result<Self::Reader, StoreError> {
        self.pool.acquire().await.map_err(failure)
    }
}

/// sqlx's transaction rolls back before its connection is used again.
impl Lease<MySql> for Transaction<'static, MySql> {
    fn link(&mut self) -> &mut MySqlConnection {
        self
    }

    async fn commit(self) -> Result<(), StoreError> {
        Self::commit(self).await.map_err(failure)
    }

    async fn rollback(self) -> Result<(), StoreError> {
        Self::rollback(self).await.map_err(failure)
    }
}

impl MySqlConnections {
    pub(super) async fn open(options: MySqlOptions) -> Result<Self, OpenError> {
        let location = options.location();
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(OpenError::NoRuntime);
        }
        let pool = MySqlPoolOptions::new()
            .max_connections(options.most_connections())
            .acquire_timeout(options.longest_wait())
            .after_connect(|connection, _| {
                // The server's default of 50 s is longer than any shopper waits.
                Box::pin(async move {
                    connection.execute("SET SESSION innodb_lock_wait_timeout = 5").await.map(drop)
                })
            })
            .connect_with(options.to_connect());
        let unreachable = |error| OpenError::unreachable::<MySql>(&location, error);
        let pool = pool.await.map_err(unreachable)?;
        let mut connection = pool.acquire().await.map_err(unreachable)?;
        migrate::recognize::<MySql>(&mut connection, &location).await?;
        drop(connection);
        Ok(Self { location, pool })
    }

    pub(super) async fn migrate(&self) -> Result<usize, OpenError> {
        let failed = |source| OpenError::Migration { location: self.location.clone(), source };
        let migrator = migrate::migrator::<MySql>();
        let mut connection = self.pool.acquire().await.map_err(|error| failed(error.into()))?;
        let missing = migrate::missing::<MySql>(&mut connection, &migrator).await;
        let missing = missing.map_err(|error| failed(error.into()))?;
        if missing > 0 {
            let outcome = migrate::run(&migrator, &mut *connection).await;
            // A migrator that fails keeps its lock for as long as its connection lives.
            connection.close_on_drop();
            outcome.map_err(failed)?;
        }
        Ok(missing)
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

fn failure(error: sqlx::Error) -> StoreError {
    store_error::<MySql>(error, Constraint::Id)
}
