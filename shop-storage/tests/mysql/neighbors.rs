//! Units, and what others do meanwhile.

use std::sync::Arc;
use std::time::Duration;

use shop_core::StoreError;
use shop_core::catalog::Sku;
use shop_core::ports::{Store, Transaction};
use shop_core::stock::Stock;
use shop_storage::MySqlStore;

use crate::samples::{TestStore, add_products, add_user, empty, options, pieces, product, sku, user, with};

/// A second store on the same database that waits for a lock no longer than a second.
async fn impatient(store: &TestStore) -> MySqlStore {
    let options = options(store.url()).patience(Duration::from_secs(2));
    MySqlStore::open(options).await.expect("the same database")
}

async fn take(unit: &mut dyn Transaction, sku: Sku) -> Result<bool, StoreError> {
    unit.stock().take(sku, pieces(1)).await
}

async fn stock(store: &MySqlStore, sku: Sku) -> Stock {
    store.catalog().offers(&[sku]).await.expect("an answer").first().expect("an offer").variant.stock
}

#[tokio::test]
async fn an_account_that_a_unit_has_found_stays_as_it_is() {
    let store = empty().await;
    add_user(&*store, 1).await;
    let mut unit = store.begin().await.expect("a unit");
    unit.users().find(user(1).id).await.expect("an answer").expect("the account");
    let neighbor = impatient(&store).await;
    let mut other = neighbor.begin().await.expect("a unit");
    let error = other.users().update(&user(1)).await.expect_err("it is held");
    assert!(matches!(error, StoreError::Retryable(_)), "{error:?}");
    let error = other.users().find(user(1).id).await.expect_err("the unit is over");
    assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    drop(other);
    unit.commit().await.expect("committed");
    let mut other = neighbor.begin().await.expect("a unit");
    other.users().update(&user(1)).await.expect("nobody holds it");
    other.rollback().await.expect("undone");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_units_that_wait_for_each_other_one_is_told_to_try_again() {
    let store = empty().await;
    add_products(&*store, [product(1), product(2)]).await;
    let mut one = store.begin().await.expect("a unit");
    let mut other = store.begin().await.expect("a unit");
    assert!(take(&mut *one, sku(1)).await.expect("taken"));
    assert!(take(&mut *other, sku(2)).await.expect("taken"));
    let one = tokio::spawn(async move {
        take(&mut *one, sku(2)).await?;
        one.commit().await
    });
    let other = tokio::spawn(async move {
        take(&mut *other, sku(1)).await?;
        other.commit().await
    });
    let (one, other) = (one.await.expect("no panic"), other.await.expect("no panic"));
    let told = match (one, other) {
        (Ok(()), Err(told)) | (Err(told), Ok(())) => told,
        both => panic!("{both:?}"),
    };
    assert!(told.is_retryable(), "{told:?}");
    for number in [1, 2] {
        assert_eq!(stock(&store, sku(number)).await, Stock::Counted(9), "{number}");
    }
}

#[tokio::test]
async fn whoever_goes_away_while_waiting_leaves_nothing() {
    let store = empty().await;
    add_products(&*store, [product(1)]).await;
    let mut holder = store.begin().await.expect("a unit");
    assert!(take(&mut *holder, sku(1)).await.expect("taken"));
    for _ in 0..5 {
        let mut gone = store.begin().await.expect("a unit");
        let waiting = tokio::time::timeout(Duration::from_millis(50), take(&mut *gone, sku(1)));
        waiting.await.expect_err("it waits for the holder");
        drop(gone);
    }
    holder.commit().await.expect("committed");
    let mut unit = store.begin().await.expect("a unit");
    assert!(take(&mut *unit, sku(1)).await.expect("nobody is in the way"));
    unit.commit().await.expect("committed");
    assert_eq!(stock(&store, sku(1)).await, Stock::Counted(8));
}

#[tokio::test]
async fn when_every_connection_is_taken_that_is_told_in_time() {
    let store = with(|options| options.connections(2).patience(Duration::from_millis(200))).await;
    let held = [store.begin().await.expect("a unit"), store.begin().await.expect("a unit")];
    for error in
        [store.check().await.expect_err("none is free"), store.begin().await.err().expect("nor here")]
    {
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }
    drop(held);
    store.check().await.expect("free again");
}

/// A reader that stands in front of a table which is being changed waits no longer than for a row.
#[tokio::test]
async fn a_table_that_is_locked_is_no_place_to_wait() {
    let store = empty().await;
    let mut operator = store.connect().await;
    sqlx::raw_sql("LOCK TABLES users WRITE").execute(&mut operator).await.expect("locked");
    let neighbor = impatient(&store).await;
    let error = neighbor.accounts().find(user(1).id).await.expect_err("locked");
    assert!(matches!(error, StoreError::Retryable(_)), "{error:?}");
    sqlx::raw_sql("UNLOCK TABLES").execute(&mut operator).await.expect("unlocked");
    assert_eq!(neighbor.accounts().find(user(1).id).await.expect("an answer"), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_unit_may_be_dropped_outside_of_the_runtime() {
    let store = Arc::new(empty().await);
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(1)).await.expect("inserted");
    std::thread::spawn(move || drop(unit)).join().expect("no panic");
    add_user(&**store, 1).await;
}

/// Whoever holds a lock and says nothing more may be gone from the network: nobody will ever tell the server.
#[tokio::test]
async fn the_locks_of_a_unit_that_says_nothing_more_are_freed() {
    let store = empty().await;
    add_products(&*store, [product(1)]).await;
    let mut silent = store.begin().await.expect("a unit");
    assert!(take(&mut *silent, sku(1)).await.expect("taken"));
    let neighbor = impatient(&store).await;
    let try_take = async || take(&mut *neighbor.begin().await?, sku(1)).await;
    let freed = async { while try_take().await.is_err() {} };
    tokio::time::timeout(Duration::from_secs(40), freed).await.expect("freed in time");
    silent.commit().await.expect_err("the server has undone it");
}
