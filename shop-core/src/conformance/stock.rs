//! Stock goes down to zero and never below, and what comes back is there again.

use super::case::cases;
use super::samples::{lei, parsed, pieces, product, sku, stocked, variant};
use super::setup::{add_products, stock_of};
use crate::catalog::{Product, Variant};
use crate::stock::Stock;

cases! {
    ($) stock __conformance_stock

    /// Pieces are taken while there are enough; a take that asks for more takes none.
    async fn stock_is_taken_down_to_zero(store) {
        add_products(&*store, &[product(1), product(2)]).await?;
        let mut unit = store.begin().await?;
        for (quantity, is_taken) in [(11, false), (7, true), (4, false), (3, true), (1, false)] {
            assert_eq!(unit.stock().take(sku(1), pieces(quantity)).await?, is_taken, "{quantity}");
        }
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(0));
        assert_eq!(stock_of(&*store, sku(2)).await?, Stock::Counted(10), "another product's");
    }

    /// A take that was refused leaves its unit as good as it was.
    async fn a_refused_take_spoils_nothing(store) {
        add_products(&*store, &[product(1), product(2)]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.stock().take(sku(2), pieces(4)).await?);
        assert!(!unit.stock().take(sku(1), pieces(999)).await?);
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(10));
        assert_eq!(stock_of(&*store, sku(2)).await?, Stock::Counted(6));
    }

    /// Stock that is not counted never ends, and stays not counted.
    async fn uncounted_stock_never_ends(store) {
        let uncounted = Variant { stock: Stock::Uncounted, ..variant(sku(1)) };
        add_products(&*store, &[Product { variants: vec![uncounted], ..product(1) }]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.stock().take(sku(1), pieces(999)).await?);
        assert!(unit.stock().take(sku(1), pieces(999)).await?);
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Uncounted);
    }

    /// Stock is set to any number, or to not counted, for one variant and none of its siblings.
    async fn stock_is_set(store) {
        let siblings = vec![variant(sku(1)), Variant { price: lei(1), ..variant(parsed("SIBLING")) }];
        add_products(&*store, &[Product { variants: siblings, ..product(1) }]).await?;
        for stock in [Stock::Counted(0), Stock::Uncounted, Stock::Counted(u32::MAX), Stock::Counted(5)] {
            let mut unit = store.begin().await?;
            assert!(unit.stock().set(sku(1), stock).await?);
            unit.commit().await?;
            assert_eq!(stock_of(&*store, sku(1)).await?, stock);
        }
        assert_eq!(stock_of(&*store, parsed("SIBLING")).await?, Stock::Counted(10));
    }

    /// Pieces that are put back add to those that are there, once, and to no sibling's.
    async fn stock_is_put_back(store) {
        let siblings = vec![variant(sku(1)), Variant { price: lei(1), ..variant(parsed("SIBLING")) }];
        add_products(&*store, &[Product { variants: siblings, ..product(1) }]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.stock().take(sku(1), pieces(10)).await?);
        assert!(unit.stock().put_back(sku(1), pieces(3)).await?, "though none were left");
        assert!(unit.stock().put_back(sku(1), pieces(999)).await?, "more than there ever were");
        assert!(unit.stock().take(sku(1), pieces(2)).await?, "they can be taken again");
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(1_000));
        assert_eq!(stock_of(&*store, parsed("SIBLING")).await?, Stock::Counted(10));
    }

    /// Pieces that are not counted are not counted either when they are put back.
    async fn uncounted_stock_stays_uncounted(store) {
        let uncounted = Variant { stock: Stock::Uncounted, ..variant(sku(1)) };
        add_products(&*store, &[Product { variants: vec![uncounted], ..product(1) }]).await?;
        let mut unit = store.begin().await?;
        assert!(unit.stock().put_back(sku(1), pieces(999)).await?);
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Uncounted);
    }

    /// Pieces are added to those that there are or taken from them, and from no sibling's; of more than there
    /// are, or can be counted, none.
    async fn stock_is_adjusted(store) {
        let siblings = vec![variant(sku(1)), Variant { price: lei(1), ..variant(parsed("SIBLING")) }];
        add_products(&*store, &[Product { variants: siblings, ..product(1) }]).await?;
        let most = u32::MAX;
        for (by, is_done, left) in [
            (20, true, 30),
            (-3, true, 27),
            (0, true, 27),
            (-28, false, 27),
            (i32::MIN, false, 27),
            (-27, true, 0),
            (-1, false, 0),
            (i32::MAX, true, most / 2),
            (i32::MAX, true, most - 1),
            (2, false, most - 1),
            (1, true, most),
            (i32::MAX, false, most),
            (-1, true, most - 1),
        ] {
            let mut unit = store.begin().await?;
            assert_eq!(unit.stock().adjust(sku(1), by).await?, is_done, "by {by}");
            unit.commit().await?;
            assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(left), "by {by}");
        }
        assert_eq!(stock_of(&*store, parsed("SIBLING")).await?, Stock::Counted(10));
    }

    /// Stock that is not counted is not adjusted, and stays not counted.
    async fn uncounted_stock_is_not_adjusted(store) {
        let uncounted = Variant { stock: Stock::Uncounted, ..variant(sku(1)) };
        add_products(&*store, &[Product { variants: vec![uncounted], ..product(1) }]).await?;
        let mut unit = store.begin().await?;
        for by in [5, 0, -5] {
            assert!(!unit.stock().adjust(sku(1), by).await?, "by {by}");
        }
        unit.commit().await?;
        assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Uncounted);
    }

    /// The count stops at the greatest that there is, and putting back is done all the same.
    async fn stock_does_not_overflow(store) {
        add_products(&*store, &[stocked(1, u32::MAX - 5)]).await?;
        for left in [u32::MAX - 2, u32::MAX, u32::MAX] {
            let mut unit = store.begin().await?;
            assert!(unit.stock().put_back(sku(1), pieces(3)).await?);
            unit.commit().await?;
            assert_eq!(stock_of(&*store, sku(1)).await?, Stock::Counted(left));
        }
    }

    /// A SKU that does not exist has nothing to take, to put back, to adjust or to set.
    async fn unknown_skus_have_no_stock(store) {
        let mut unit = store.begin().await?;
        assert!(!unit.stock().take(sku(1), pieces(1)).await?);
        assert!(!unit.stock().put_back(sku(1), pieces(1)).await?);
        assert!(!unit.stock().adjust(sku(1), 1).await?);
        assert!(!unit.stock().set(sku(1), Stock::Counted(1)).await?);
    }
}
