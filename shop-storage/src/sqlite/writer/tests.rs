use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::AtomicUsize;
use std::task::Poll;

use sqlx::sqlite::SqliteArguments;

use super::*;
use crate::dialect::Dialect;
use crate::sqlite::testing::fresh;
use crate::sqlite::{SqliteConnections, SqliteOptions, SqliteStore};

/// Adds a category with this number.
async fn add(turn: &mut Turn, number: u8) -> Result<(), StoreError> {
    let mut arguments = SqliteArguments::default();
    Sqlite::push(&mut arguments, crate::cell::Cell::Bytes(&[number])).expect("a value");
    Sqlite::push(&mut arguments, crate::cell::Cell::Text(&number.to_string())).expect("a value");
    let sql = "INSERT INTO categories (id, slug, names, position) VALUES (?, ?, '{}', 0)";
    Sqlite::execute(turn.link(), sql, arguments).await.map_err(failure)?;
    Ok(())
}

/// The numbers of the categories that a reader sees.
async fn shown(store: &SqliteStore) -> Vec<u8> {
    let mut reader = store.reader().await.expect("a reader");
    let sql = "SELECT id FROM categories ORDER BY id";
    let rows = Sqlite::fetch(&mut reader, sql, SqliteArguments::default()).await.expect("rows");
    rows.iter().map(|row| Sqlite::bytes(row, "id").expect("bytes").expect("an id")[0]).collect()
}

/// Watches commits: counts them, and refuses those that `allowed` does not allow.
async fn watch(connections: &SqliteConnections, allowed: fn(usize) -> bool) -> Arc<AtomicUsize> {
    let count = Arc::new(AtomicUsize::new(0));
    let commits = Arc::clone(&count);
    let mut desk = connections.writer.desk.lock().await;
    let connection = desk.link.connection().expect("a connection");
    let mut handle = connection.lock_handle().await.expect("the handle");
    handle.set_commit_hook(move || allowed(commits.fetch_add(1, Ordering::SeqCst) + 1));
    drop(handle);
    drop(desk);
    count
}

/// Polls so many times at most, and drops the future in the middle of whatever it waits for then.
async fn polled<F: Future>(future: F, times: usize) -> Option<F::Output> {
    let mut future = pin!(future);
    let mut left = times;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Holds the writer, queues these units behind it, then lets them go; says what became of each.
async fn in_one_group(store: &SqliteStore, units: std::ops::Range<u8>) -> Vec<Result<(), StoreError>> {
    let held = store.connections.writer.begin().await.expect("a turn");
    let mut tasks = Vec::new();
    for number in units {
        let writer = store.connections.writer.clone();
        tasks.push(tokio::spawn(async move {
            let mut turn = writer.begin().await?;
            add(&mut turn, number).await?;
            turn.commit().await
        }));
        // Each task runs until it stands in the queue.
        tokio::task::yield_now().await;
    }
    drop(held);
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

#[tokio::test]
async fn units_that_wait_share_a_commit() {
    let (store, _folder) = fresh().await;
    let commits = watch(&store.connections, |_| true).await;
    let outcomes = in_one_group(&store, 0..32).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(shown(&store).await, (0..32).collect::<Vec<_>>());
    // The closer that the held unit left behind stands in front of them, then comes their own.
    assert!(commits.load(Ordering::SeqCst) <= 2, "{commits:?} commits");
}

#[tokio::test]
async fn a_unit_alone_is_committed_at_once() {
    let (store, _folder) = fresh().await;
    let commits = watch(&store.connections, |_| true).await;
    for number in 1..=3 {
        let mut turn = store.connections.writer.begin().await.expect("a turn");
        add(&mut turn, number).await.expect("added");
        turn.commit().await.expect("committed");
        assert_eq!(commits.load(Ordering::SeqCst), usize::from(number));
    }
}

#[tokio::test]
async fn a_failed_common_commit_undoes_all_and_tells_all() {
    let (store, _folder) = fresh().await;
    watch(&store.connections, |_| false).await;
    let outcomes = in_one_group(&store, 0..8).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Err(StoreError::Retryable(_)))), "{outcomes:?}");
    assert_eq!(shown(&store).await, Vec::<u8>::new());
    // The link was replaced, and with it the hook.
    let outcomes = in_one_group(&store, 0..8).await;
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    assert_eq!(shown(&store).await.len(), 8);
}

#[tokio::test]
async fn one_alone_learns_why_its_commit_failed() {
    let (store, _folder) = fresh().await;
    watch(&store.connections, |_| false).await;
    let mut turn = store.connections.writer.begin().await.expect("a turn");
    add(&mut turn, 1).await.expect("added");
    let outcome = turn.commit().await;
    assert!(matches!(outcome, Err(StoreError::Backend(_))), "{outcome:?}");
}

#[tokio::test]
async fn a_unit_dropped_in_a_group_takes_nothing_with_it() {
    let (store, _folder) = fresh().await;
    let writer = &store.connections.writer;
    let mut first = writer.begin().await.expect("a turn");
    add(&mut first, 1).await.expect("added");
    let mut dropped = pin!(writer.begin());
    assert!(polled(dropped.as_mut(), 1).await.is_none(), "it waits");
    let mut third = pin!(writer.begin());
    assert!(polled(third.as_mut(), 1).await.is_none(), "it waits");
    let first = tokio::spawn(first.commit());
    let mut second = dropped.await.expect("a turn");
    add(&mut second, 2).await.expect("added");
    drop(second);
    let mut third = third.await.expect("a turn");
    add(&mut third, 3).await.expect("added");
    assert!(!first.is_finished(), "it waits for the group");
    third.commit().await.expect("committed");
    first.await.expect("no panic").expect("committed");
    assert_eq!(shown(&store).await, [1, 3]);
}

#[tokio::test]
async fn a_unit_dropped_last_in_a_group_takes_nothing_with_it() {
    let (store, _folder) = fresh().await;
    let writer = &store.connections.writer;
    let mut first = writer.begin().await.expect("a turn");
    add(&mut first, 1).await.expect("added");
    let mut dropped = pin!(writer.begin());
    assert!(polled(dropped.as_mut(), 1).await.is_none(), "it waits");
    let first = tokio::spawn(first.commit());
    let mut second = dropped.await.expect("a turn");
    add(&mut second, 2).await.expect("added");
    drop(second);
    first.await.expect("no panic").expect("committed by the closer");
    assert_eq!(shown(&store).await, [1]);
}

#[tokio::test]
async fn whoever_goes_away_in_the_middle_of_a_begin_harms_no_group() {
    let (store, _folder) = fresh().await;
    let writer = &store.connections.writer;
    for number in 0..40 {
        let mut first = writer.begin().await.expect("a turn");
        add(&mut first, number).await.expect("added");
        let mut fickle = Box::pin(writer.begin());
        assert!(polled(fickle.as_mut(), 1).await.is_none(), "it waits");
        let first = tokio::spawn(first.commit());
        drop(polled(fickle, usize::from(number) % 5).await);
        first.await.expect("no panic").expect("committed");
    }
    assert_eq!(shown(&store).await.len(), 40);
}

#[tokio::test]
async fn a_lost_link_fails_the_group_and_no_one_after_it() {
    let (store, _folder) = fresh().await;
    let writer = &store.connections.writer;
    let mut first = writer.begin().await.expect("a turn");
    add(&mut first, 1).await.expect("added");
    let mut second = pin!(writer.begin());
    assert!(polled(second.as_mut(), 1).await.is_none(), "it waits");
    let first = tokio::spawn(first.commit());
    let mut second = second.await.expect("a turn");
    second.link().hang_up();
    assert!(matches!(add(&mut second, 2).await, Err(StoreError::Unavailable(_))));
    drop(second);
    let outcome = first.await.expect("no panic");
    assert!(outcome.is_err(), "{outcome:?}");
    let mut third = writer.begin().await.expect("a turn on a new link");
    add(&mut third, 3).await.expect("added");
    third.commit().await.expect("committed");
    assert_eq!(shown(&store).await, [3]);
}

#[tokio::test]
async fn rolling_back_waits_for_what_the_unit_has_read() {
    let (store, _folder) = fresh().await;
    watch(&store.connections, |_| false).await;
    let writer = &store.connections.writer;
    let mut first = writer.begin().await.expect("a turn");
    add(&mut first, 1).await.expect("added");
    let mut second = pin!(writer.begin());
    assert!(polled(second.as_mut(), 1).await.is_none(), "it waits");
    let first = tokio::spawn(first.commit());
    let second = second.await.expect("a turn");
    assert!(matches!(second.rollback().await, Err(StoreError::Retryable(_))), "it has read what never was");
    assert!(first.await.expect("no panic").is_err());
}

/// Two changes that belong together.
async fn pair(writer: &Writer, number: u8) -> Result<(), StoreError> {
    let mut turn = writer.begin().await?;
    add(&mut turn, number).await?;
    add(&mut turn, number + 1).await?;
    turn.commit().await
}

#[tokio::test]
async fn a_unit_canceled_anywhere_happens_wholly_or_not_at_all() {
    let (store, _folder) = fresh().await;
    let writer = &store.connections.writer;
    let (mut ended, mut canceled) = (0, 0);
    for round in 0..120_u8 {
        match polled(pair(writer, round * 2), usize::from(round) % 10).await {
            Some(outcome) => {
                outcome.expect("a unit that is not disturbed succeeds");
                ended += 1;
            }
            None => canceled += 1,
        }
    }
    writer.begin().await.expect("a turn").rollback().await.expect("all is done");
    let shown = shown(&store).await;
    assert!(canceled > 10 && ended > 10, "{canceled} canceled, {ended} ended");
    assert!(shown.len() >= ended * 2);
    for pair in shown.chunks(2) {
        assert_eq!(pair[0] % 2, 0, "half a pair: {shown:?}");
        assert_eq!(pair.get(1).copied(), Some(pair[0] + 1), "half a pair: {shown:?}");
    }
}

#[tokio::test]
async fn who_waits_too_long_is_told() {
    let (_store, folder) = fresh().await;
    let options = SqliteOptions::new(folder.path().join("shop.db")).patience(Duration::ZERO).readers(1);
    let store = SqliteStore::open(options).await.expect("the same file");
    let held = store.connections.writer.begin().await.expect("a turn");
    let outcome = store.connections.writer.begin().await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    let lent = store.reader().await.expect("a reader");
    let outcome = store.reader().await;
    assert!(matches!(outcome, Err(StoreError::Unavailable(_))), "{outcome:?}");
    drop((held, lent));
    store.reader().await.expect("a reader");
}

#[test]
fn a_store_survives_the_runtime_in_which_a_closer_was_lost() {
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (first, second) = (runtime(), runtime());
    let (store, _folder) = first.block_on(fresh());
    let turn = first.block_on(store.connections.writer.begin()).expect("a turn");
    drop(first);
    drop(turn);
    second.block_on(async {
        let mut turn = store.connections.writer.begin().await.expect("a turn");
        add(&mut turn, 1).await.expect("added");
        turn.commit().await.expect("committed");
        assert_eq!(shown(&store).await, [1]);
    });
}
