//! Cancel an own order: the shopper has thought better of it.

use super::advance::AdvanceError;
use super::{Order, OrderAction, OrderNumber};
use crate::Shop;
use crate::ids::UserId;
use crate::retry::retry;

/// Which order is called off, and by whom.
#[derive(Clone, Copy, Debug)]
pub struct CancelOrder {
    /// Who asks.
    pub owner: UserId,
    /// The order's number.
    pub number: OrderNumber,
}

impl Shop {
    /// Calls an own order off, as long as [its state allows](super::OrderState::is_cancelable): its stock goes back, and a mail tells the
    /// owner, all in one unit. Somebody else's order is not told from one that does not exist.
    pub async fn cancel_order(&self, command: CancelOrder) -> Result<Order, AdvanceError> {
        retry(self.clock(), self.random(), || self.attempt_cancel(command)).await
    }

    async fn attempt_cancel(&self, command: CancelOrder) -> Result<Order, AdvanceError> {
        let action = OrderAction::Cancel;
        let mut unit = self.store().begin().await?;
        let order = unit.orders().find_by_number(command.number).await?;
        let order =
            order.filter(|order| order.owner == Some(command.owner)).ok_or(AdvanceError::NoSuchOrder)?;
        if !order.state.is_cancelable() {
            return Err(AdvanceError::Refused { action, state: order.state });
        }
        let order = self.step(&mut *unit, order, action, false).await?;
        unit.commit().await?;
        Ok(order)
    }
}
