//! Units of work as the core uses them.

use shop_core::StoreError;
use shop_core::error::Constraint;
use shop_core::ports::Store;

use crate::samples::{category, empty, product, user};

#[tokio::test]
async fn a_dropped_unit_leaves_no_trace_for_anybody() {
    let store = empty().await;
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(1)).await.expect("inserted");
    drop(unit);
    let mut unit = store.begin().await.expect("the next one");
    assert_eq!(unit.users().find(user(1).id).await.expect("an answer"), None);
    drop(unit);
    assert_eq!(store.accounts().find_by_email(&user(1).email.key()).await.expect("an answer"), None);
}

#[tokio::test]
async fn a_dropped_unit_gives_its_locks_back_though_nobody_comes_after_it() {
    let store = empty().await;
    let neighbor = store.neighbor().await;
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(1)).await.expect("inserted");
    drop(unit);
    neighbor.begin().await.expect("another process gets the lock").commit().await.expect("committed");
}

#[tokio::test]
async fn a_unit_reads_what_it_has_written_and_readers_do_not() {
    let store = empty().await;
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(1)).await.expect("inserted");
    assert_eq!(unit.users().find(user(1).id).await.expect("an answer"), Some(user(1)));
    assert_eq!(store.accounts().find_by_email(&user(1).email.key()).await.expect("an answer"), None);
    unit.commit().await.expect("committed");
    assert_eq!(store.accounts().find_by_email(&user(1).email.key()).await.expect("an answer"), Some(user(1)));
}

fn constraint<T>(outcome: Result<T, StoreError>) -> Option<Constraint> {
    match outcome.err()? {
        StoreError::Conflict(constraint) => Some(constraint),
        _ => None,
    }
}

#[tokio::test]
async fn conflicts_name_their_rule() {
    let store = empty().await;
    let mut unit = store.begin().await.expect("a unit");
    unit.users().insert(&user(1)).await.expect("inserted");
    let mut twin = user(2);
    twin.email = user(1).email;
    assert_eq!(constraint(unit.users().insert(&twin).await), Some(Constraint::Email));
    unit.categories().insert(&category(1, "tools")).await.expect("inserted");
    assert_eq!(constraint(unit.categories().insert(&category(2, "tools")).await), Some(Constraint::Slug));
    unit.products().insert(&product(1)).await.expect("inserted");
    let mut twin = product(2);
    twin.variants = product(1).variants;
    assert_eq!(constraint(unit.products().insert(&twin).await), Some(Constraint::Sku));
    assert_eq!(constraint(unit.carts().replace(user(1).id, "", 7).await), Some(Constraint::Version));
}

#[tokio::test]
async fn a_product_of_no_category_is_a_bug_and_no_conflict() {
    let store = empty().await;
    let mut unit = store.begin().await.expect("a unit");
    let mut product = product(1);
    product.category = Some(category(9, "tools").id);
    let outcome = unit.products().insert(&product).await;
    assert!(matches!(outcome, Err(StoreError::Backend(_))), "{outcome:?}");
}
