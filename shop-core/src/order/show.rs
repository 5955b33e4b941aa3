//! Show an own order.

use super::{Order, OrderNumber};
use crate::Shop;
use crate::error::StoreError;
use crate::ids::UserId;

/// Which order to show to whom.
#[derive(Clone, Copy, Debug)]
pub struct ShowOrder {
    /// Who asks.
    pub owner: UserId,
    /// The order's number.
    pub number: OrderNumber,
}

impl Shop {
    /// The order, if it is the owner's; somebody else's is not told from one that does not exist.
    pub async fn order(&self, command: ShowOrder) -> Result<Option<Order>, StoreError> {
        let order = self.store().orders().find(command.number).await?;
        Ok(order.filter(|order| order.owner == Some(command.owner)))
    }
}
