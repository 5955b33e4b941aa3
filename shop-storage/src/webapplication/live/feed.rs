//! A table as a stream, for one that has no key by which it could be read in pages.

use futures_util::StreamExt;
use shop_core::webapplication::Entry;
use sqlx::{AssertSqlSafe, MySqlConnection};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::old::OldTable;

/// A task that has the connection and sends rows.
#[derive(Debug)]
pub(super) struct Feed {
    pages: mpsc::Receiver<Result<Vec<Entry>, sqlx::Error>>,
    task: JoinHandle<MySqlConnection>,
}

impl Feed {
    pub(super) fn new(mut connection: MySqlConnection, table: OldTable) -> Self {
        let (sender, pages) = mpsc::channel(1);
        let task = tokio::spawn(async move {
            if let Err(error) = feed(&mut connection, &table, &sender).await {
                // Who has gone away does not want to know.
                let _ = sender.send(Err(error)).await;
            }
            connection
        });
        Self { pages, task }
    }

    /// The next rows; `None` behind the last ones.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Entry>>, sqlx::Error> {
        self.pages.recv().await.transpose()
    }

    /// Gives the connection back, whatever is still on its way.
    pub(super) async fn end(self) -> Option<MySqlConnection> {
        drop(self.pages);
        self.task.await.ok()
    }
}

async fn feed(
    connection: &mut MySqlConnection,
    table: &OldTable,
    pages: &mpsc::Sender<Result<Vec<Entry>, sqlx::Error>>,
) -> Result<(), sqlx::Error> {
    let rows = sqlx::raw_sql(AssertSqlSafe(table.all())).fetch(connection);
    let mut rows = rows.chunks(table.page_size());
    while let Some(page) = rows.next().await {
        let page: Result<Vec<_>, _> = page.into_iter().map(|row| row.map(|row| table.entry(&row))).collect();
        if pages.send(Ok(page?)).await.is_err() {
            return Ok(());
        }
    }
    Ok(())
}
