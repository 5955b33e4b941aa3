//! Advance: an operator confirms an order, ships it, notes its arrival, or calls it off.

use super::{Order, OrderAction, OrderNumber, OrderState, OrderStep};
use crate::Shop;
use crate::account::User;
use crate::error::StoreError;
use crate::outbox::{Mail, Message};
use crate::ports::Transaction;
use crate::retry::{Transient, retry};

/// What is done with which order.
#[derive(Clone, Copy, Debug)]
pub struct AdvanceOrder {
    /// The order's number.
    pub number: OrderNumber,
    /// What is done.
    pub action: OrderAction,
}

/// Why the order stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum AdvanceError {
    /// There is no such order, or it is none of the asker's.
    #[error("there is no such order")]
    NoSuchOrder,
    /// The order has come to a state in which this cannot be done.
    #[error("cannot {} an order that is {}", .action.name(), .state.name())]
    Refused {
        /// What was asked for.
        action: OrderAction,
        /// The state of the order.
        state: OrderState,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for AdvanceError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Takes the order one step on, in one unit with all that follows from it, and returns it as it is then.
    ///
    /// Canceling puts the stock back. Shipping and canceling write a mail to the owner, if there still is one. Of two steps at the same
    /// moment one comes first; the other finds the order in its new state and is judged by that.
    pub async fn advance_order(&self, command: AdvanceOrder) -> Result<Order, AdvanceError> {
        retry(self.clock(), self.random(), || self.attempt_advance(command)).await
    }

    async fn attempt_advance(&self, command: AdvanceOrder) -> Result<Order, AdvanceError> {
        let mut unit = self.store().begin().await?;
        let order = unit.orders().find_by_number(command.number).await?.ok_or(AdvanceError::NoSuchOrder)?;
        let order = self.step(&mut *unit, order, command.action, true).await?;
        unit.commit().await?;
        Ok(order)
    }

    /// One step of an order inside a unit.
    pub(super) async fn step(
        &self,
        unit: &mut dyn Transaction,
        mut order: Order,
        action: OrderAction,
        by_shop: bool,
    ) -> Result<Order, AdvanceError> {
        let step = OrderStep { state: action.target(), at: self.now() };
        if !order.state.may_become(step.state) {
            return Err(AdvanceError::Refused { action, state: order.state });
        }
        unit.orders().advance(&order, step, step.state.lines()).await?;
        if action == OrderAction::Cancel {
            put_back(unit, &order).await?;
        }
        let owner = match order.owner {
            Some(id) => unit.users().find(id).await?,
            None => None,
        };
        if let Some(message) = owner.and_then(|owner| self.news(&order, action, by_shop, &owner)) {
            unit.outbox().enqueue(&message).await?;
        }
        if order.owner.is_none() && step.state.is_final() {
            unit.orders().forget_delivery(order.id).await?;
            order.delivery = None;
        }
        Ok(stepped(order, step))
    }

    /// The mail that tells the owner, in the order's language, if there is one for this step.
    fn news(&self, order: &Order, action: OrderAction, by_shop: bool, owner: &User) -> Option<Message> {
        let (number, placed_at, lines) = (order.number, order.placed_at, order.lines.clone());
        let mail = match action {
            OrderAction::Confirm | OrderAction::Deliver => return None,
            OrderAction::Ship => {
                let delivery = order.delivery.clone()?;
                let (recipient, address) = (delivery.recipient, delivery.address);
                Mail::OrderShipped { number, placed_at, lines, recipient, address }
            }
            OrderAction::Cancel => {
                Mail::OrderCanceled { number, placed_at, lines, total: order.total, by_shop }
            }
        };
        Some(self.message_about(order, owner, mail))
    }

    /// A mail about an order, which is in the order's language whatever the account's is.
    pub(crate) fn message_about(&self, order: &Order, owner: &User, mail: Mail) -> Message {
        Message { language: order.language, ..self.message_to(owner, mail) }
    }
}

/// Puts every line's pieces back, in the order of SKUs as they were taken. What the shop sells no more has no stock to go to.
async fn put_back(unit: &mut dyn Transaction, order: &Order) -> Result<(), StoreError> {
    let mut lines: Vec<_> = order.lines.iter().collect();
    lines.sort_by_key(|line| line.sku);
    for line in lines {
        unit.stock().put_back(line.sku, line.quantity).await?;
    }
    Ok(())
}

/// The order as the store has it after the step.
fn stepped(mut order: Order, step: OrderStep) -> Order {
    order.state = step.state;
    order.steps.push(step);
    order.version += 1;
    if let Some(state) = step.state.lines() {
        order.lines.iter_mut().for_each(|line| line.state = state);
    }
    order
}
