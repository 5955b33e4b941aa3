//! Pages that somebody turns while others write: by cursor nothing is repeated and nothing lost.

use std::collections::HashSet;

use super::Broken;
use super::case::cases;
use super::samples::{moment, order, order_id, product, user, user_id};
use super::setup::{add_orders, add_products, add_users};
use super::storefront::everything;
use crate::catalog::Product;
use crate::ids::OrderId;
use crate::order::{Order, OrderState, OrderStep};
use crate::ports::{CatalogQuery, Sort, Store};

/// The orders on a page, by their ids.
#[derive(Clone, Copy, Debug)]
enum Pages {
    OfOne,
    OfAll,
    Whole,
}

impl Pages {
    async fn turn(
        self,
        store: &dyn Store,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderId>, Broken> {
        let owner = user_id(1);
        Ok(match self {
            Self::OfOne => ids(store.orders().list(Some(owner), before, limit).await?, |order| order.id),
            Self::OfAll => ids(store.orders().list(None, before, limit).await?, |order| order.id),
            Self::Whole => ids(store.orders().whole(owner, before, limit).await?, |order| order.id),
        })
    }
}

fn ids<T>(rows: Vec<T>, id: impl Fn(T) -> OrderId) -> Vec<OrderId> {
    rows.into_iter().map(id).collect()
}

/// Turns page after page, and adds two of `fresh` before each is turned.
async fn all_pages(store: &dyn Store, pages: Pages, fresh: &[Order]) -> Result<Vec<OrderId>, Broken> {
    let mut fresh = fresh.chunks(2);
    let mut all: Vec<OrderId> = Vec::new();
    loop {
        let page = pages.turn(store, all.last().copied(), 3).await?;
        assert!(page.len() <= 3, "{pages:?}: a page of {}", page.len());
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
        add_orders(store, fresh.next().ok_or("there are more pages than orders")?).await?;
    }
}

cases! {
    ($) paging __conformance_paging

    /// Who turns the pages of orders while new ones come in sees each that was there at the start once, in
    /// order, and none of the new.
    async fn new_orders_do_not_move_pages(store) {
        add_users(&*store, &[user(1), user(2)]).await?;
        let of = |number| order(number, user_id(1 + number % 2));
        add_orders(&*store, &(1..=20).map(of).collect::<Vec<_>>()).await?;
        for (number, pages) in (1..).zip([Pages::OfOne, Pages::OfAll, Pages::Whole]) {
            let there = pages.turn(&*store, None, 1_000).await?;
            let fresh: Vec<_> = (1..=200).map(|index| of(1_000 * number + index)).collect();
            assert_eq!(all_pages(&*store, pages, &fresh).await?, there, "{pages:?}");
        }
    }

    /// Orders that were placed at one moment stand by id, and no page repeats or loses one of them.
    async fn orders_of_one_moment_are_apart(store) {
        add_users(&*store, &[user(1)]).await?;
        let numbers = (1..=10).map(|number| number * 7 % 11);
        let of = |number| Order { placed_at: moment(1), ..order(number, user_id(1)) };
        add_orders(&*store, &numbers.map(of).collect::<Vec<_>>()).await?;
        let expected: Vec<_> = (1..=10).rev().map(order_id).collect();
        for pages in [Pages::OfOne, Pages::OfAll, Pages::Whole] {
            let mut all: Vec<OrderId> = Vec::new();
            for _ in 0..4 {
                all.extend(pages.turn(&*store, all.last().copied(), 3).await?);
            }
            assert_eq!(all, expected, "{pages:?}");
        }
    }

    /// The page behind the one that ends with an order is the same though this order has taken a step since.
    async fn steps_do_not_move_pages(store) {
        add_users(&*store, &[user(1)]).await?;
        let orders: Vec<_> = (1..=6).map(|number| order(number, user_id(1))).collect();
        add_orders(&*store, &orders).await?;
        for pages in [Pages::OfOne, Pages::OfAll, Pages::Whole] {
            assert_eq!(pages.turn(&*store, None, 2).await?, [6, 5].map(order_id), "{pages:?}");
        }
        let mut unit = store.begin().await?;
        for order in [&orders[4], &orders[2]] {
            let step = OrderStep { state: OrderState::Canceled, at: moment(500) };
            unit.orders().advance(order, step, None).await?;
        }
        unit.commit().await?;
        for pages in [Pages::OfOne, Pages::OfAll, Pages::Whole] {
            let next = pages.turn(&*store, Some(order_id(5)), 2).await?;
            assert_eq!(next, [4, 3].map(order_id), "{pages:?}");
        }
    }

    /// Who turns the pages of the catalog in its own order while products are added at its end misses none
    /// and sees none twice. (In other orders a product may come in before the page: pages are counted, not
    /// marked.)
    async fn new_products_come_at_the_end(store) {
        add_products(&*store, &(1..=10).map(product).collect::<Vec<_>>()).await?;
        let mut seen = Vec::new();
        for (number, offset) in (11..=13).zip((0..).step_by(3)) {
            let query = CatalogQuery { sort: Sort::Catalog, offset, limit: 3, ..everything() };
            let page = store.catalog().page(&query).await?;
            assert_eq!((page.products.len(), page.more), (3, true), "from {offset}");
            seen.extend(page.products.iter().map(|product| product.id));
            add_products(&*store, &[product(number)]).await?;
        }
        let rest = store.catalog().page(&CatalogQuery { offset: 9, ..everything() }).await?;
        seen.extend(rest.products.iter().map(|product| product.id));
        assert_eq!(seen, (1..=13).map(|number| product(number).id).collect::<Vec<_>>());
    }

    /// Pages of products that are equal in every sort but their id hold each of them once, whichever sort it
    /// is, and hidden ones move no page of a shopper.
    async fn equal_products_are_apart_on_pages(store) {
        let numbers = (1..=12).map(|number| number * 5 % 13);
        let of = |number| Product { created_at: moment(0), active: number % 4 != 0, ..product(number) };
        add_products(&*store, &numbers.map(of).collect::<Vec<_>>()).await?;
        for sort in [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown] {
            let mut seen = HashSet::new();
            for offset in (0..9).step_by(2) {
                let query = CatalogQuery { sort, offset, limit: 2, ..everything() };
                let page = store.catalog().page(&query).await?;
                assert_eq!(page.more, offset < 8, "{sort:?} from {offset}");
                assert!(page.products.iter().all(|product| seen.insert(product.id)), "{sort:?} repeats");
            }
            assert_eq!(seen.len(), 9, "{sort:?}");
        }
    }
}
