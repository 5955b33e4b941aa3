//! Carts are replaced whole, by compare and set.

use super::case::cases;
use super::samples::{user, user_id};
use super::setup::{add_users, assert_conflict, fill_carts};
use crate::cart::Cart;
use crate::error::Constraint;
use crate::ports::StoredCart;

/// A cart of 100 lines with the longest SKUs there are.
fn longest_code() -> String {
    let lines = (0..Cart::MAX_LINES).map(|number| format!("{number:0>32}=999"));
    lines.collect::<Vec<_>>().join(";")
}

cases! {
    ($) carts __conformance_carts

    /// A cart that was never stored is the empty one with version 0.
    async fn a_missing_cart_is_empty(store) {
        add_users(&*store, &[user(1)]).await?;
        let mut unit = store.begin().await?;
        for owner in [user_id(1), user_id(2)] {
            assert_eq!(unit.carts().load(owner).await?, StoredCart::default());
            assert_eq!(store.carts().load(owner).await?, StoredCart::default());
        }
    }

    /// A cart comes back as it was stored, the longest one too, and each replacement counts the version up.
    async fn a_cart_is_replaced(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let codes = ["SH03=3;AMTR01=1;KN04=12", &longest_code(), "", "A.B_C-D=1", "A.B_C-D=1"];
        for (expected, code) in (0..).zip(codes) {
            let mut unit = store.begin().await?;
            unit.carts().replace(user_id(1), code, expected).await?;
            let stored = StoredCart { code: code.to_owned(), version: expected + 1 };
            assert_eq!(unit.carts().load(user_id(1)).await?, stored);
            unit.commit().await?;
            assert_eq!(store.carts().load(user_id(1)).await?, stored);
        }
        assert_eq!(store.carts().load(user_id(2)).await?, StoredCart::default(), "somebody else's");
    }

    /// A replacement that expects another version is a conflict, and changes nothing.
    async fn an_outdated_cart_is_refused(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        fill_carts(&*store, &[user_id(1)], "SKU-1=1").await?;
        for (owner, expected) in [(1, 0), (1, 2), (2, 1), (2, 7)] {
            let mut unit = store.begin().await?;
            let outcome = unit.carts().replace(user_id(owner), "SKU-2=9", expected).await;
            assert_conflict(outcome, Constraint::Version);
        }
        let cart = StoredCart { code: "SKU-1=1".to_owned(), version: 1 };
        assert_eq!(store.carts().load(user_id(1)).await?, cart);
        assert_eq!(store.carts().load(user_id(2)).await?, StoredCart::default());
    }
}
