use super::{MockStore, MockUnit};
use crate::error::StoreError;
use crate::ports::Store;

#[tokio::test]
async fn units_are_handed_out_in_their_order() {
    let store = MockStore::default();
    let mut first = MockUnit::default();
    first.ending.expect_commit().times(1).return_once(|| Ok(()));
    let mut third = MockUnit::default();
    third.ending.expect_rollback().times(1).return_once(|| Ok(()));
    store.hand_out(first);
    store.fail(StoreError::Unavailable("closed".into()));
    store.hand_out(third);
    store.begin().await.expect("the first unit").commit().await.expect("committed");
    let second = store.begin().await.err();
    assert!(matches!(second, Some(StoreError::Unavailable(_))), "{second:?}");
    store.begin().await.expect("the third unit").rollback().await.expect("rolled back");
}

#[tokio::test]
#[should_panic(expected = "a unit was begun that nobody has prepared")]
async fn a_unit_too_many_panics() {
    drop(MockStore::default().begin().await);
}

#[test]
#[should_panic(expected = "1 prepared units were never begun")]
fn a_unit_too_few_panics() {
    MockStore::default().hand_out(MockUnit::default());
}

#[tokio::test]
#[should_panic(expected = "MockEnding::commit")]
async fn an_unexpected_commit_panics() {
    let store = MockStore::default();
    store.hand_out(MockUnit::default());
    drop(store.begin().await.expect("the unit").commit().await);
}
