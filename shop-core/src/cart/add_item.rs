//! Add an item: the button beside a product.

use super::change::{Change, refuse_if_short};
use super::{Cart, CartFull, CartRefusal, Quantity};
use crate::Shop;
use crate::catalog::{Offer, Sku};
use crate::ids::UserId;

/// What to add to whose cart.
#[derive(Clone, Copy, Debug)]
pub struct AddItem {
    /// The cart's owner.
    pub owner: UserId,
    /// What.
    pub sku: Sku,
    /// How many pieces more.
    pub quantity: Quantity,
}

struct Adding<'a> {
    command: AddItem,
    offer: &'a Offer,
}

impl Change for Adding<'_> {
    fn apply(&self, cart: &mut Cart) -> Result<(), CartRefusal> {
        let AddItem { sku, quantity, .. } = self.command;
        cart.add(sku, quantity)?;
        let sum = cart.quantity(sku).ok_or(CartFull::Lines)?;
        refuse_if_short(self.offer, sum)
    }
}

impl Shop {
    /// Adds to what is there, if the shop sells it and has that many pieces; returns the cart as it is now.
    pub async fn add_item(&self, command: AddItem) -> Result<Cart, CartRefusal> {
        let offer = self.offer_for_sale(command.sku).await?;
        self.change_cart(command.owner, &Adding { command, offer: &offer }).await
    }
}
