use std::sync::Arc;
use std::time::Duration;

use shop_core::account::sign_out::SignOut;
use shop_core::cart::add_item::AddItem;
use shop_core::cart::clear::ClearCart;
use shop_core::cart::set_item::SetItem;
use shop_core::cart::show::LineProblem;
use shop_core::cart::{Cart, CartRefusal, Quantity};
use shop_core::catalog::browse::Browse;
use shop_core::catalog::change::{ChangeProduct, ChangeProductError};
use shop_core::checkout::place_order::{PlaceOrder, PlaceOrderError};
use shop_core::ids::UserId;
use shop_core::order::OrderState;
use shop_core::order::history::ListOrders;
use shop_core::order::show::ShowOrder;
use shop_core::outbox::Mail;
use shop_core::ports::Store;
use shop_core::stock::{Stock, StockChange};
use shop_core::{Currency, Money};

use super::{World, lei, order_of, parsed};

fn pieces(number: u16) -> Quantity {
    Quantity::new(number).expect("valid in a test")
}

fn add(owner: UserId, sku: &str, quantity: u16) -> AddItem {
    AddItem { owner, sku: parsed(sku), quantity: pieces(quantity) }
}

fn set(owner: UserId, sku: &str, quantity: u16) -> SetItem {
    SetItem { owner, sku: parsed(sku), quantity: Quantity::new(quantity).ok() }
}

fn change(sku: &str) -> ChangeProduct {
    ChangeProduct { sku: parsed(sku), stock: None, price: None, active: None }
}

#[tokio::test]
async fn from_the_first_visit_to_the_last() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    world.sell("AMTR01", lei(100), Stock::Uncounted).await;
    let (ana, token) = world.signed_in("ana@example.com").await;

    world.shop.add_item(add(ana.id, "SH03", 2)).await.expect("added");
    world.shop.add_item(add(ana.id, "AMTR01", 1)).await.expect("added");
    world.shop.add_item(add(ana.id, "SH03", 1)).await.expect("added");
    let cart = world.shop.set_item(set(ana.id, "AMTR01", 2)).await.expect("set");
    assert_eq!(cart.to_string(), "SH03=3;AMTR01=2");
    let visitor = world.shop.visit(&token).await.expect("read").expect("signed in");
    assert_eq!((visitor.cart.pieces(), &visitor.cart), (5, &cart));
    let priced = world.shop.price(&cart).await.expect("priced");
    assert_eq!((priced.total, priced.is_orderable()), (lei(260), true));

    let placed = world.shop.place_order(PlaceOrder { seen_total: Some(lei(260)), ..order_of(&ana) }).await;
    let placed = placed.expect("placed").order;
    assert_eq!((placed.total, placed.state), (lei(260), OrderState::Placed));
    assert_eq!(placed.delivery.as_ref().map(|delivery| delivery.recipient.as_str()), Some("Ana Pop"));
    assert_eq!(world.stock("SH03").await, Stock::Counted(7));
    assert_eq!(world.stock("AMTR01").await, Stock::Uncounted);
    assert_eq!(world.stored_code(&ana).await, "");

    let letter = world.last_letter().await;
    assert_eq!((&letter.message.to, letter.token), (&ana.email, None));
    let Mail::OrderReceived { number, total, lines, .. } = letter.message.mail else {
        panic!("another mail")
    };
    assert_eq!((number, total, lines), (placed.number, placed.total, placed.lines.clone()));

    let page = world.shop.orders(ListOrders { owner: ana.id, before: None }).await.expect("listed");
    assert_eq!((page.orders[0].number, page.orders.len(), page.next), (placed.number, 1, None));
    let shown = world.shop.order(ShowOrder { owner: ana.id, number: placed.number }).await.expect("read");
    assert_eq!(shown, Some(placed));

    world.shop.sign_out(SignOut { session: token.hash() }).await.expect("signed out");
    assert_eq!(world.shop.visit(&token).await.expect("read"), None);
}

#[tokio::test]
async fn a_line_of_an_unknown_sku_is_shown_and_stops_the_order() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    world.sell("AMTR01", lei(100), Stock::Counted(1)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.store_cart(&ana, "SH03=3;AMTR01=1;KN04=12").await;

    let cart: Cart = parsed("SH03=3;AMTR01=1;KN04=12");
    let priced = world.shop.price(&cart).await.expect("priced");
    let problems: Vec<_> = priced.lines.iter().map(|line| line.problem).collect();
    assert_eq!(problems, [None, None, Some(LineProblem::Gone)]);
    let totals: Vec<_> = priced.lines.iter().map(|line| line.total).collect();
    assert_eq!(totals, [Some(lei(60)), Some(lei(100)), None]);
    assert_eq!((priced.total, priced.is_orderable()), (lei(160), false));

    let refused = world.shop.place_order(order_of(&ana)).await;
    let Err(PlaceOrderError::Lines(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(problems, [(parsed("KN04"), LineProblem::Gone)]);
    assert_eq!(world.stored_code(&ana).await, cart.to_string(), "nothing is lost");
    assert_eq!(world.stock("SH03").await, Stock::Counted(10));

    world.shop.set_item(set(ana.id, "KN04", 0)).await.expect("taken out");
    assert_eq!(world.shop.place_order(order_of(&ana)).await.expect("placed").order.total, lei(160));
}

#[tokio::test]
async fn a_hidden_product_is_not_sold() {
    let world = World::new();
    let product = world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 1)).await.expect("added");
    let hide = ChangeProduct { active: Some(false), ..change("SH03") };
    world.shop.change_product(hide).await.expect("hidden");

    assert_eq!(world.shop.product(&product.slug).await.expect("read"), None);
    assert!(world.shop.browse(Browse::default()).await.expect("read").products.is_empty());
    let refused = world.shop.add_item(add(ana.id, "SH03", 1)).await;
    assert!(matches!(refused, Err(CartRefusal::NotForSale)), "{refused:?}");
    let refused = world.shop.place_order(order_of(&ana)).await;
    let Err(PlaceOrderError::Lines(problems)) = refused else { panic!("{refused:?}") };
    assert_eq!(problems, [(parsed("SH03"), LineProblem::Hidden)]);

    world.shop.change_product(ChangeProduct { active: Some(true), ..hide }).await.expect("shown");
    world.shop.place_order(order_of(&ana)).await.expect("placed");
}

#[tokio::test]
async fn restocking_keeps_count_of_what_is_sold_meanwhile() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    world.sell("AMTR01", lei(100), Stock::Uncounted).await;
    let by = |sku, pieces| ChangeProduct { stock: Some(StockChange::By(pieces)), ..change(sku) };
    let left = async || {
        let offers = world.shop.store().catalog().offers(&[parsed("SH03")]).await.expect("read");
        offers[0].variant.stock
    };
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 3)).await.expect("added");
    world.shop.place_order(order_of(&ana)).await.expect("placed");
    world.shop.change_product(by("SH03", 20)).await.expect("added");
    assert_eq!(left().await, Stock::Counted(27));

    let refused = world.shop.change_product(by("SH03", -28)).await;
    assert!(matches!(refused, Err(ChangeProductError::TooFew)), "{refused:?}");
    let dearer = ChangeProduct { price: Some(lei(25)), ..by("SH03", i32::MIN) };
    assert!(world.shop.change_product(dearer).await.is_err(), "all or none of it");
    assert_eq!(world.shop.price(&parsed("SH03=1")).await.expect("priced").total, lei(20));
    let refused = world.shop.change_product(by("AMTR01", 1)).await;
    assert!(matches!(refused, Err(ChangeProductError::NotCounted)), "{refused:?}");
    let full = ChangeProduct { stock: Some(Stock::Counted(u32::MAX).into()), ..change("SH03") };
    world.shop.change_product(full).await.expect("set");
    let refused = world.shop.change_product(by("SH03", 1)).await;
    assert!(matches!(refused, Err(ChangeProductError::TooMany)), "{refused:?}");
    assert_eq!(left().await, Stock::Counted(u32::MAX));
}

#[tokio::test]
async fn a_variant_in_another_currency_is_not_sold() {
    let world = World::new();
    let euros = Money::from_minor(500, parsed("EUR"));
    world.sell("SH03", euros, Stock::Uncounted).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    let refused = world.shop.add_item(add(ana.id, "SH03", 1)).await;
    assert!(matches!(refused, Err(CartRefusal::NotForSale)), "{refused:?}");
    let priced = world.shop.price(&parsed("SH03=1")).await.expect("priced");
    assert_eq!(
        (priced.lines[0].problem, priced.total),
        (Some(LineProblem::Hidden), Money::zero(Currency::RON))
    );
}

#[tokio::test]
async fn an_order_at_another_price_than_was_seen_is_refused() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 2)).await.expect("added");
    let raise = ChangeProduct { price: Some(lei(25)), ..change("SH03") };
    world.shop.change_product(raise).await.expect("raised");

    let command = PlaceOrder { seen_total: Some(lei(40)), ..order_of(&ana) };
    let refused = world.shop.place_order(command.clone()).await;
    let Err(PlaceOrderError::TotalChanged(total)) = refused else { panic!("{refused:?}") };
    assert_eq!(total, lei(50));
    assert_eq!(world.stored_code(&ana).await, "SH03=2");
    let again = PlaceOrder { seen_total: Some(total), ..command };
    let placed =
        world.shop.place_order(again).await.expect("placed: a refused submission leaves its key free");
    assert_eq!((placed.order.lines[0].unit_price, placed.order.total), (lei(25), lei(50)));
}

#[tokio::test]
async fn a_cart_takes_no_more_than_there_is() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(3)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 2)).await.expect("added");
    for refused in
        [world.shop.add_item(add(ana.id, "SH03", 2)).await, world.shop.set_item(set(ana.id, "SH03", 4)).await]
    {
        assert!(matches!(refused, Err(CartRefusal::Short(3))), "{refused:?}");
    }
    let refused = world.shop.add_item(add(ana.id, "KN04", 1)).await;
    assert!(matches!(refused, Err(CartRefusal::NotForSale)), "{refused:?}");
    assert_eq!(world.stored_code(&ana).await, "SH03=2");
    world.shop.clear_cart(ClearCart { owner: ana.id }).await.expect("cleared");
    let refused = world.shop.place_order(order_of(&ana)).await;
    assert!(matches!(refused, Err(PlaceOrderError::EmptyCart)), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_submissions_of_one_form_are_one_order() {
    let world = Arc::new(World::new());
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 2)).await.expect("added");
    let command = order_of(&ana);
    let submissions: Vec<_> = (0..10)
        .map(|_| {
            let (world, command) = (Arc::clone(&world), command.clone());
            tokio::spawn(async move { world.shop.place_order(command).await.expect("placed").order.number })
        })
        .collect();
    let mut numbers = Vec::new();
    for submission in submissions {
        numbers.push(submission.await.expect("no panic"));
    }
    numbers.dedup();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(world.stock("SH03").await, Stock::Counted(8));
}

#[tokio::test]
async fn orders_are_shown_to_their_owner_alone() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    let (dan, _) = world.signed_in("dan@example.com").await;
    world.shop.add_item(add(ana.id, "SH03", 1)).await.expect("added");
    let placed = world.shop.place_order(order_of(&ana)).await.expect("placed").order;
    let peek = ShowOrder { owner: dan.id, number: placed.number };
    assert_eq!(world.shop.order(peek).await.expect("read"), None);
    let page = world.shop.orders(ListOrders { owner: dan.id, before: None }).await.expect("listed");
    assert_eq!((page.orders, page.next), (vec![], None));
}

#[tokio::test]
async fn the_history_goes_back_page_by_page() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Uncounted).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    let mut placed = Vec::new();
    for _ in 0..45 {
        world.clock.advance(Duration::from_secs(1));
        world.shop.add_item(add(ana.id, "SH03", 1)).await.expect("added");
        placed.push(world.shop.place_order(order_of(&ana)).await.expect("placed").order.number);
    }
    let (mut shown, mut sizes, mut before) = (Vec::new(), Vec::new(), None);
    loop {
        let page = world.shop.orders(ListOrders { owner: ana.id, before }).await.expect("listed");
        sizes.push(page.orders.len());
        shown.extend(page.orders.iter().map(|order| order.number));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    placed.reverse();
    assert_eq!((sizes, shown), (vec![20, 20, 5], placed));
}

#[tokio::test]
async fn an_order_names_no_account_that_is_not_there() {
    let world = World::new();
    world.sell("SH03", lei(20), Stock::Counted(10)).await;
    let (ana, _) = world.signed_in("ana@example.com").await;
    let ghost = shop_core::account::User { id: UserId::from_bytes([7; 16]), ..ana };
    let refused = world.shop.place_order(order_of(&ghost)).await;
    assert!(matches!(refused, Err(PlaceOrderError::NoSuchOwner)), "{refused:?}");
    assert_eq!(world.stock("SH03").await, Stock::Counted(10), "what was taken is back");
    assert_eq!(world.store.orders().list(None, None, 1).await.expect("listed"), []);
}
