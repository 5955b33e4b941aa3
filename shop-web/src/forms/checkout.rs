//! The form that places an order.

use std::net::IpAddr;

use rocket::form::FromForm;
use shop_core::account::PostalAddress;
use shop_core::checkout::IdempotencyKey;
use shop_core::checkout::place_order::PlaceOrder;
use shop_core::ids::UserId;
use shop_core::{Currency, Language, Money};

use super::{Faults, Typed};
use crate::views::{Field, Phrase};

/// POST `/checkout`.
#[derive(FromForm)]
pub(crate) struct CheckoutForm {
    address: Typed<PostalAddress>,
    idempotency_key: Typed<IdempotencyKey>,
    /// The total that the shopper has seen, in minor units.
    total: Typed<i64>,
}

impl CheckoutForm {
    /// What it asks for. Without a `total`, any is fine.
    pub(crate) fn command(
        &self,
        owner: UserId,
        currency: Currency,
        language: Language,
        client: Option<IpAddr>,
    ) -> Result<PlaceOrder, Faults> {
        let mut faults = Faults::default();
        let address = faults.value("address", &self.address);
        if self.key().is_none() {
            faults.add("idempotency_key", Phrase::new("fault-empty"));
        }
        // A text that no page of ours has held stands for a total that no cart has.
        let total = self.total.value().copied().unwrap_or(-1);
        let seen_total = (!self.total.is_blank()).then(|| Money::from_minor(total, currency));
        match (address, self.key()) {
            (Some(address), Some(key)) => {
                Ok(PlaceOrder { owner, address, key, seen_total, language, client })
            }
            _ => Err(faults),
        }
    }

    /// The key that makes a form that is sent twice one order.
    pub(crate) fn key(&self) -> Option<IdempotencyKey> {
        self.idempotency_key.value().ok().cloned()
    }

    /// The address again.
    pub(crate) fn address(&self, faults: &Faults) -> Field {
        faults.field("address", &self.address)
    }
}
