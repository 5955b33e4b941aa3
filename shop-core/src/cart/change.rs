//! What all changes of a cart share: read, change, compare and set.

use super::{Cart, CartFull, Quantity};
use crate::Shop;
use crate::catalog::{Offer, Sku};
use crate::error::StoreError;
use crate::ids::UserId;
use crate::retry::{Transient, retry};

/// Why a cart was left as it was.
#[derive(Debug, thiserror::Error)]
pub enum CartRefusal {
    /// The shop sells nothing under this SKU.
    #[error("the shop does not sell this")]
    NotForSale,
    /// Fewer pieces are left than the line would have; carries how many.
    #[error("only {0} are left")]
    Short(u32),
    /// The cart has no room.
    #[error(transparent)]
    Full(#[from] CartFull),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Transient for CartRefusal {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

/// A change of one cart; it runs anew on the cart's present state whenever another change came first.
pub(super) trait Change: Sync {
    fn apply(&self, cart: &mut Cart) -> Result<(), CartRefusal>;
}

impl Shop {
    /// Applies the change and returns the cart as it is now. Two changes at the same moment both count, one after the other.
    pub(super) async fn change_cart(&self, owner: UserId, change: &dyn Change) -> Result<Cart, CartRefusal> {
        retry(self.clock(), self.random(), || self.attempt_change(owner, change)).await
    }

    async fn attempt_change(&self, owner: UserId, change: &dyn Change) -> Result<Cart, CartRefusal> {
        let mut unit = self.store().begin().await?;
        let stored = unit.carts().load(owner).await?;
        let mut cart = stored.parse()?;
        change.apply(&mut cart)?;
        let code = cart.to_string();
        if code != stored.code {
            unit.carts().replace(owner, &code, stored.version).await?;
        }
        // Committed even if nothing was to be changed: what was read may be a neighbor's change that is not durable yet.
        unit.commit().await?;
        Ok(cart)
    }

    /// What the shop offers under this SKU, if it is for sale.
    pub(super) async fn offer_for_sale(&self, sku: Sku) -> Result<Offer, CartRefusal> {
        let offers = self.store().catalog().offers(&[sku]).await?;
        let offer = offers.into_iter().next().filter(|offer| self.is_for_sale(offer));
        offer.ok_or(CartRefusal::NotForSale)
    }
}

/// Refuses a line that could not be ordered today. A courtesy to the shopper; what counts is the stock at checkout.
pub(super) fn refuse_if_short(offer: &Offer, quantity: Quantity) -> Result<(), CartRefusal> {
    let stock = offer.variant.stock;
    match stock.counted() {
        Some(left) if !stock.covers(quantity) => Err(CartRefusal::Short(left)),
        _ => Ok(()),
    }
}
