//! A whole shop on its way to another database.

use std::future::poll_fn;
use std::task::Poll;

use shop_core::order::{OrderState, OrderStep};
use shop_core::ports::{Store, ThrottleHash, Tries};
use shop_storage::CopyError;

use crate::export::{count, export};
use crate::samples::{
    TestStore, add_products, add_user, category, empty, message, moment, order, parsed, product, session,
    token, unmigrated, user_id,
};

/// A store with rows in every table, more than a page of one of them.
async fn filled() -> TestStore {
    let store = empty().await;
    for number in 1..=3 {
        add_user(&*store, number).await;
    }
    add_products(&*store, (1..=600).map(product)).await;
    let mut unit = store.begin().await.expect("a unit");
    unit.categories().insert(&category(1, "tools")).await.expect("inserted");
    for number in 1..=20 {
        let mut placed = order(number, 40);
        placed.owner = (number % 2 == 0).then_some(user_id(1));
        let key = parsed(&format!("key-{number:05}"));
        unit.keys().insert(user_id(1), &key, placed.id).await.expect("bound");
        unit.orders().insert(&placed).await.expect("inserted");
        let step = OrderStep { state: OrderState::Confirmed, at: moment(1) };
        unit.orders().advance(&placed, step, None).await.expect("advanced");
        unit.outbox().enqueue(&message(number)).await.expect("enqueued");
    }
    for number in 1..=3 {
        unit.tokens().insert(&token(number)).await.expect("inserted");
        unit.sessions().insert(&session(number)).await.expect("inserted");
    }
    unit.carts().replace(user_id(1), "SKU-1=2", 0).await.expect("replaced");
    let tries = Tries { last_at: moment(1), forget_at: moment(60) };
    unit.throttles().replace(ThrottleHash::from_bytes([3; 32]), tries, None).await.expect("counted");
    unit.commit().await.expect("committed");
    store
}

#[tokio::test]
async fn every_row_of_every_table_is_copied() {
    let (source, target) = (filled().await, empty().await);
    for (table, rows) in count(&source).await {
        assert!(rows > 0, "{table} has no row to copy");
    }
    let mut heard = Vec::new();
    let copied = source.copy_to(&target, &mut |table, rows| heard.push((table, rows))).await.expect("copied");
    let (theirs, ours) = (export(&source).await, export(&target).await);
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
    let before = export(&target).await;
    let refused = source.copy_to(&target, &mut |_, _| {}).await;
    assert!(matches!(refused, Err(CopyError::NotEmpty("users"))), "{refused:?}");
    assert_eq!(export(&target).await, before);
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
    assert_eq!(export(&target).await.len(), 1, "nobody");
    source.copy_to(&target, &mut |_, _| {}).await.expect("copied");
    assert_eq!(export(&target).await, export(&source).await);
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
    assert_eq!(export(&target).await.len(), 1);
    drop(neighbor);
}
