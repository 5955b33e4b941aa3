use std::pin::Pin;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::error::Constraint;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::mysql::{MySqlArguments, MySqlConnectOptions, MySqlPoolOptions};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, MySql, MySqlConnection, MySqlPool};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout};

use super::MySqlOptions;
use super::link::{MySqlLink, too_late};
use crate::dialect::{Connections, Dialect, Fault};
use crate::error::{OpenError, store_error};
use crate::gauges::Occupancy;
use crate::migrate;

/// A pool of connections to the server; units and reads take one each.
#[derive(Clone, Debug)]
pub struct MySqlConnections {
    location: String,
    pool: MySqlPool,
    patience: Duration,
    runtime: Handle,
}

impl Connections<MySql> for MySqlConnections {
    type Lease = MySqlLink;
    type Reader = Box<MySqlLink>;

    async fn begin(&self) -> Result<MySqlLink, StoreError> {
        let mut link = self.lend().await.map_err(failure)?;
        link.begin().await.map_err(failure)?;
        Ok(link)
    }

    async fn reader(&self) -> Result<Box<MySqlLink>, StoreError> {
        self.lend().await.map(Box::new).map_err(failure)
    }

    async fn begin_unhurried(&self) -> Result<MySqlLink, StoreError> {
        let mut link = self.lend().await.map_err(failure)?;
        unhurry(&mut link).await.map_err(failure)?;
        link.begin().await.map_err(failure)?;
        Ok(link)
    }

    async fn reader_unhurried(&self) -> Result<Box<MySqlLink>, StoreError> {
        let mut link = self.reader().await?;
        unhurry(&mut link).await.map_err(failure)?;
        Ok(link)
    }
}

impl MySqlConnections {
    pub(super) async fn open(options: MySqlOptions) -> Result<Self, OpenError> {
        let location = options.location();
        let runtime = Handle::try_current().map_err(|_| OpenError::NoRuntime)?;
        let unreachable = |error| OpenError::unreachable::<MySql>(&location, error);
        let patience = options.longest_wait();
        greet(&options.to_connect(), patience).await.map_err(unreachable)?;
        let settings = settings(patience);
        let pool = MySqlPoolOptions::new()
            .max_connections(options.most_connections())
            .acquire_timeout(patience)
            .idle_timeout(IDLE / 2)
            .after_connect(move |connection, _| {
                let settings = AssertSqlSafe(settings.clone());
                Box::pin(async move { connection.execute(settings).await.map(drop) })
            })
            .connect_lazy_with(options.to_connect());
        let connections = Self { location: location.clone(), pool, patience, runtime };
        let mut link = connections.lend().await.map_err(unreachable)?;
        migrate::recognize::<MySql>(&mut link, &location).await?;
        drop(link);
        Ok(connections)
    }

    async fn lend(&self) -> Result<MySqlLink, sqlx::Error> {
        let connection = self.pool.acquire().await?;
        Ok(MySqlLink::new(connection, self.patience, self.runtime.clone()))
    }

    pub(super) async fn migrate(&self) -> Result<usize, OpenError> {
        let migrated = self.migrated().await;
        migrated.map_err(|source| OpenError::Migration { location: self.location.clone(), source })
    }

    async fn migrated(&self) -> Result<usize, MigrateError> {
        let migrator = migrate::migrator::<MySql>();
        let mut link = self.lend().await?;
        if migrate::missing::<MySql>(&mut link, &migrator).await? == 0 {
            return Ok(0);
        }
        unhurry(&mut link).await?;
        take_turn(&mut link).await?;
        let missing = migrate::missing::<MySql>(&mut link, &migrator).await?;
        if missing > 0 {
            link.command(COURTEOUS).await?;
            let connection = link.connection()?;
            let last_call = Instant::now() + PERSISTENCE;
            loop {
                match self.try_to_migrate(&migrator, connection).await {
                    Err(error) if is_in_use(&error) && Instant::now() < last_call => sleep(PAUSE).await,
                    outcome => return outcome.map(|()| missing),
                }
            }
        }
        Ok(missing)
    }

    async fn try_to_migrate(
        &self,
        migrator: &Migrator,
        connection: &mut MySqlConnection,
    ) -> Result<(), MigrateError> {
        let outcome = migrate::run(migrator, &mut *connection).await;
        if let Err(MigrateError::ExecuteMigration(sqlx::Error::Database(_), number)) = outcome {
            // Why it was refused is what must be told; a mark that stays is told by the next run.
            let _ = timeout(self.patience, unmark(connection, number)).await;
        }
        outcome
    }

    pub(super) fn occupancy(&self) -> Occupancy {
        let open = usize::try_from(self.pool.size()).unwrap_or(usize::MAX);
        let most = usize::try_from(self.pool.options().get_max_connections()).unwrap_or(usize::MAX);
        let idle = self.pool.num_idle().min(open);
        Occupancy { busy: open - idle, idle, most, writers_waiting: None }
    }

    pub(super) async fn close(&self) {
        self.pool.close().await;
    }
}

/// How long the server keeps a connection that says nothing; the pool lets go of it before.
const IDLE: Duration = Duration::from_secs(30);

/// Connects once without the pool, which goes on trying where nobody listens and does not tell why in the end.
async fn greet(options: &MySqlConnectOptions, patience: Duration) -> Result<(), sqlx::Error> {
    let connection = timeout(patience, connecting(options)).await.unwrap_or_else(|_| Err(too_late(patience)));
    // What matters was said.
    let _ = timeout(patience, connection?.close()).await;
    Ok(())
}

/// Boxed, for the compiler cannot see that sqlx's future may move between threads once it is part of another one.
fn connecting(
    options: &MySqlConnectOptions,
) -> Pin<Box<dyn Future<Output = Result<MySqlConnection, sqlx::Error>> + Send + '_>> {
    Box::pin(options.connect())
}

/// What every connection is set to, whatever the server's own settings are.
///
/// - `READ COMMITTED`: a statement sees what was committed before it. Decisions are taken by conditional updates and locking reads, which
///   in MySQL's default level see something else than the reads beside them.
/// - A neighbor's lock is waited for half as long as an answer, so that it is told from a server that does not answer.
/// - The time limit of a statement (MariaDB's of any, MySQL's of queries) ends what nobody waits for any more.
/// - A client that has vanished from the network keeps its locks until the server ends its connection for being idle.
fn settings(patience: Duration) -> String {
    let (seconds, milliseconds) = (patience.as_secs_f64(), patience.as_millis());
    let lock = (patience / 2).as_secs().max(1);
    let (idle, short) = (IDLE.as_secs(), IDLE.as_secs() / 3);
    format!(
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; \
         SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', autocommit = 1, foreign_key_checks = 1, \
         innodb_lock_wait_timeout = {lock}, lock_wait_timeout = {lock}, wait_timeout = {idle} \
         /*M! , max_statement_time = {seconds}, idle_transaction_timeout = {short} */ /*!80000 , max_execution_time = {milliseconds} */"
    )
}

/// Takes all limits of time from a connection: to change or read a large table takes as long as it takes.
async fn unhurry(link: &mut MySqlLink) -> Result<(), sqlx::Error> {
    link.take_any_time();
    link.command(UNHURRIED).await
}

const UNHURRIED: &str = "SET SESSION lock_wait_timeout = 60, wait_timeout = 28800 \
    /*M! , max_statement_time = 0, idle_transaction_timeout = 0 */ /*!80000 , max_execution_time = 0 */";

/// Who waits for a table keeps everybody who comes later from it, too: a migration lets them pass after a second, and
/// asks again.
const COURTEOUS: &str = "SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1";

/// How long others may use what a migration wants, and how long it leaves it to them between two tries.
const PERSISTENCE: Duration = Duration::from_mins(1);
const PAUSE: Duration = Duration::from_secs(2);

/// Whether others held what a migration wants to change.
fn is_in_use(error: &MigrateError) -> bool {
    let MigrateError::ExecuteMigration(sqlx::Error::Database(error), _) = error else { return false };
    matches!(MySql::fault(&**error), Fault::Neighbor)
}

/// Takes away the mark of a migration that the server has refused: one statement does all or nothing.
///
/// sqlx sets the mark before it runs a migration, and MySQL commits it before it changes the schema.
async fn unmark(connection: &mut MySqlConnection, number: i64) -> Result<(), sqlx::Error> {
    const UNMARK: &str = "DELETE FROM _shop_migrations WHERE version = ? AND success = FALSE";
    sqlx::query(UNMARK).bind(number).execute(connection).await.map(drop)
}

/// Waits until no other process migrates this database. The turn ends with the connection.
///
/// sqlx's migrator waits with a timeout of -1, which MariaDB refuses without an error.
async fn take_turn(link: &mut MySqlLink) -> Result<(), sqlx::Error> {
    const TURN: &str = "SELECT GET_LOCK(LEFT(CONCAT('vitrina migrates ', DATABASE()), 64), 60) AS turn";
    let rows = MySql::fetch(link, TURN, MySqlArguments::default()).await?;
    match rows.first().map(|row| MySql::int(row, "turn")).transpose()? {
        Some(Some(1)) => Ok(()),
        _ => Err(sqlx::Error::Configuration("another process has been migrating it for 60 s".into())),
    }
}

pub(super) fn failure(error: sqlx::Error) -> StoreError {
    store_error::<MySql>(error, Constraint::Id)
}
