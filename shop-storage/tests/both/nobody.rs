//! Nobody: the row beside the accounts that owns the orders of deleted ones.

use shop_core::StoreError;
use shop_core::account::{Purpose, Session, StoredToken, Token, UserAgent};
use shop_core::error::Constraint;
use shop_core::ids::UserId;
use shop_core::ports::Store;
use shop_core::system::SystemRandom;

use crate::samples::{TestStore, add_user, empty, moment, order, parsed, user, user_id};

const NOBODY: UserId = UserId::from_bytes([0; 16]);

async fn conflict<T>(
    store: &TestStore,
    change: impl AsyncFnOnce(&mut dyn shop_core::ports::Transaction) -> Result<T, StoreError>,
) -> Constraint {
    let mut unit = store.begin().await.expect("a unit");
    match change(&mut *unit).await {
        Err(StoreError::Conflict(constraint)) => constraint,
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it was done"),
    }
}

#[tokio::test]
async fn nobody_is_no_account() {
    let store = empty().await;
    assert_eq!(store.accounts().find(NOBODY).await.expect("an answer"), None);
    let mut unit = store.begin().await.expect("a unit");
    assert_eq!(unit.users().find(NOBODY).await.expect("an answer"), None);
    assert!(!unit.users().remove(NOBODY).await.expect("an answer"));
    unit.rollback().await.expect("undone");
    let nobody = shop_core::account::User { id: NOBODY, ..user(1) };
    assert_eq!(conflict(&store, async |unit| unit.users().insert(&nobody).await).await, Constraint::Id);
    assert_eq!(conflict(&store, async |unit| unit.users().update(&nobody).await).await, Constraint::Version);
}

/// As for any other id that is no account's.
#[tokio::test]
async fn nothing_is_nobodys_but_orders() {
    let store = empty().await;
    for id in [NOBODY, user_id(9)] {
        let hash = Token::fresh(&SystemRandom).hash();
        let (email, expires_at) = (user(1).email, moment(9));
        let token = StoredToken { hash, purpose: Purpose::Reset, user: id, email, expires_at };
        let agent = UserAgent::default();
        let session = Session { key: hash, user: id, created_at: moment(1), last_seen_at: moment(1), agent };
        let mut placed = order(1, 1);
        placed.owner = Some(id);
        let found = [
            conflict(&store, async |unit| unit.tokens().insert(&token).await).await,
            conflict(&store, async |unit| unit.sessions().insert(&session).await).await,
            conflict(&store, async |unit| unit.carts().replace(id, "A=1", 0).await).await,
            conflict(&store, async |unit| {
                unit.keys().insert(id, &parsed("a-key-of-nobody"), placed.id).await
            })
            .await,
            conflict(&store, async |unit| unit.orders().insert(&placed).await).await,
        ];
        assert_eq!(found, [Constraint::Owner; 5], "{id}");
    }
}

#[tokio::test]
async fn orders_of_nobody_and_without_delivery_come_back_so() {
    let store = empty().await;
    add_user(&*store, 1).await;
    let mut imported = order(1, 2);
    imported.owner = None;
    let mut forgotten = order(2, 1);
    forgotten.delivery = None;
    let mut unit = store.begin().await.expect("a unit");
    for placed in [&imported, &forgotten] {
        unit.orders().insert(placed).await.expect("inserted");
    }
    unit.commit().await.expect("committed");
    for placed in [imported, forgotten] {
        assert_eq!(store.orders().find(placed.number).await.expect("an answer"), Some(placed));
    }
    assert_eq!(store.orders().list(None, None, 10).await.expect("an answer").len(), 2);
    assert_eq!(store.orders().whole(user_id(1), None, 10).await.expect("an answer").len(), 1);
}
