//! The forms that change a cart.

use std::str::FromStr;

use rocket::form::FromForm;
use shop_core::cart::add_item::AddItem;
use shop_core::cart::set_item::SetItem;
use shop_core::cart::{Quantity, QuantityError};
use shop_core::catalog::Sku;
use shop_core::ids::UserId;

use super::{Faults, Typed};
use crate::views::{Addition, Phrase};

/// POST `/cart/items`.
#[derive(FromForm)]
pub(crate) struct AddItemForm {
    sku: Typed<Sku>,
    quantity: Typed<Quantity>,
}

impl AddItemForm {
    /// What it asks for.
    pub(crate) fn command(&self, owner: UserId) -> Result<AddItem, Faults> {
        let mut faults = Faults::default();
        let quantity = faults.value("quantity", &self.quantity);
        if self.sku().is_none() {
            faults.add("sku", Phrase::new("fault-not-for-sale"));
        }
        match (self.sku(), quantity) {
            (Some(sku), Some(quantity)) => Ok(AddItem { owner, sku, quantity }),
            _ => Err(faults),
        }
    }

    /// What is to be added, if that can be a product at all.
    pub(crate) fn sku(&self) -> Option<Sku> {
        self.sku.value().ok().copied()
    }

    /// What was typed as the quantity.
    pub(crate) fn quantity(&self) -> &str {
        self.quantity.text()
    }

    /// The form again, for a product without a page.
    pub(crate) fn view(&self, faults: &Faults) -> Addition {
        Addition { sku: faults.field("sku", &self.sku), quantity: faults.field("quantity", &self.quantity) }
    }
}

/// POST `/cart/items/<sku>`.
#[derive(FromForm)]
pub(crate) struct SetItemForm {
    quantity: Typed<NewQuantity>,
}

/// The quantity of a line that is there already: 0 takes it out.
#[derive(Clone, Copy)]
struct NewQuantity(Option<Quantity>);

impl FromStr for NewQuantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim();
        if !digits.is_empty() && digits.bytes().all(|digit| digit == b'0') {
            return Ok(Self(None));
        }
        digits.parse().map(|quantity| Self(Some(quantity)))
    }
}

impl SetItemForm {
    /// What it asks for.
    pub(crate) fn command(&self, owner: UserId, sku: Sku) -> Result<SetItem, Faults> {
        let mut faults = Faults::default();
        let quantity = faults.value("quantity", &self.quantity);
        quantity.map(|NewQuantity(quantity)| SetItem { owner, sku, quantity }).ok_or(faults)
    }

    /// What was typed as the quantity.
    pub(crate) fn quantity(&self) -> &str {
        self.quantity.text()
    }
}
