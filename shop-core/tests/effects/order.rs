use shop_core::account::UserState;
use shop_core::error::Constraint;
use shop_core::mocks::{MockStore, MockUnit};
use shop_core::order::advance::AdvanceOrder;
use shop_core::order::cancel::CancelOrder;
use shop_core::order::{LineState, OrderAction, OrderNumber, OrderState};
use shop_core::outbox::Mail;
use shop_core::system::SystemRandom;
use shop_core::{Shop, StoreError};

use crate::script::{Failure, Script, again_at_every_step, at_every_step, shop, step};
use crate::values::{ana, order};

fn canceling(script: &mut Script, _: &mut MockStore) -> MockUnit {
    let owner = ana(UserState::Active);
    let mut unit = MockUnit::default();
    step!(script, unit.orders, expect_find_by_number(_) => Some(order(Some(owner.id), OrderState::Placed)));
    step!(script, unit.orders, expect_advance(_, _, _) if |order, step, lines| {
        order.version == 4 && step.state == OrderState::Canceled && lines.is_none()
    } => ());
    for sku in ["AMTR01", "SH03"] {
        step!(script, unit.stock, expect_put_back(_, _) if move |back, _| back.as_str() == sku => true);
    }
    step!(script, unit.users, expect_find(_) => Some(owner));
    step!(script, unit.outbox, expect_enqueue(_) if |message| matches!(message.mail, Mail::OrderCanceled { .. }) => ());
    step!(script, unit.ending, expect_commit() => ());
    unit
}

async fn cancel(shop: Shop) -> bool {
    let command = CancelOrder { owner: ana(UserState::Active).id, number: OrderNumber::fresh(&SystemRandom) };
    shop.cancel_order(command).await.is_ok()
}

#[tokio::test]
async fn canceling_puts_the_stock_back_in_the_same_unit() {
    assert_eq!(at_every_step(canceling, cancel).await, 7);
    again_at_every_step(7, canceling, cancel).await;
}

#[tokio::test]
async fn who_was_second_judges_anew() {
    let outdated = || StoreError::Conflict(Constraint::Version);
    let (store, mut unused) = (MockStore::default(), MockStore::default());
    store.hand_out(canceling(&mut Script::new(Failure::At(1, outdated)), &mut unused));
    let mut shipped = MockUnit::default();
    let owner = ana(UserState::Active).id;
    shipped
        .orders
        .expect_find_by_number()
        .return_once(move |_| Ok(Some(order(Some(owner), OrderState::InProgress))));
    store.hand_out(shipped);
    assert!(!cancel(shop(store)).await, "it has left meanwhile: nothing is put back");
}

#[tokio::test]
async fn the_last_step_of_an_order_without_owner_forgets_where_it_went() {
    let prepare = |script: &mut Script, _: &mut MockStore| {
        let mut unit = MockUnit::default();
        step!(script, unit.orders, expect_find_by_number(_) => Some(order(None, OrderState::InProgress)));
        step!(script, unit.orders, expect_advance(_, _, _) if |_, _, lines| *lines == Some(LineState::Delivered) => ());
        step!(script, unit.orders, expect_forget_delivery(_) => ());
        step!(script, unit.ending, expect_commit() => ());
        unit
    };
    let run = |shop: Shop| async move {
        let number = OrderNumber::fresh(&SystemRandom);
        shop.advance_order(AdvanceOrder { number, action: OrderAction::Deliver }).await.is_ok()
    };
    assert_eq!(at_every_step(prepare, run).await, 4);
}
