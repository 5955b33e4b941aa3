//! Set an item's quantity: the field in the cart.

use super::change::{Change, refuse_if_short};
use super::{Cart, CartRefusal, Quantity};
use crate::Shop;
use crate::catalog::Sku;
use crate::ids::UserId;

/// How much of what whose cart shall hold.
#[derive(Clone, Copy, Debug)]
pub struct SetItem {
    /// The cart's owner.
    pub owner: UserId,
    /// What.
    pub sku: Sku,
    /// How many pieces; `None` takes the line out.
    pub quantity: Option<Quantity>,
}

struct Setting(SetItem);

impl Change for Setting {
    fn apply(&self, cart: &mut Cart) -> Result<(), CartRefusal> {
        Ok(cart.set(self.0.sku, self.0.quantity)?)
    }
}

impl Shop {
    /// Sets the quantity of a line, or takes it out, which is always possible; returns the cart as it is now.
    pub async fn set_item(&self, command: SetItem) -> Result<Cart, CartRefusal> {
        if let Some(quantity) = command.quantity {
            refuse_if_short(&self.offer_for_sale(command.sku).await?, quantity)?;
        }
        self.change_cart(command.owner, &Setting(command)).await
    }
}
