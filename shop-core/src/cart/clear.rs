//! Clear: an empty cart again.

use super::change::Change;
use super::{Cart, CartRefusal};
use crate::Shop;
use crate::ids::UserId;

/// Whose cart to clear.
#[derive(Clone, Copy, Debug)]
pub struct ClearCart {
    /// The cart's owner.
    pub owner: UserId,
}

struct Clearing;

impl Change for Clearing {
    fn apply(&self, cart: &mut Cart) -> Result<(), CartRefusal> {
        *cart = Cart::default();
        Ok(())
    }
}

impl Shop {
    /// Takes every line out.
    pub async fn clear_cart(&self, command: ClearCart) -> Result<Cart, CartRefusal> {
        self.change_cart(command.owner, &Clearing).await
    }
}
