//! What the store tells the metrics.

use async_trait::async_trait;
use shop_core::Shop;
use shop_storage::{Backlog, Occupancy};
use shop_web::server::{ConnectionGauges, OutboxGauges, StoreGauges};

use crate::compose::Storage;

/// The numbers of a store, and a shop's clock.
pub(crate) struct Gauges {
    pub(crate) store: Storage,
    pub(crate) shop: Shop,
}

#[async_trait]
impl StoreGauges for Gauges {
    fn connections(&self) -> ConnectionGauges {
        let Occupancy { busy, idle, most, writers_waiting } = self.store.occupancy();
        ConnectionGauges { busy, idle, most, writers_waiting }
    }

    async fn outbox(&self) -> Option<OutboxGauges> {
        let now = self.shop.clock().now();
        // Readiness tells why a store does not answer.
        let Backlog { waiting, dead, due_since } = self.store.backlog(now).await.ok()?;
        let overdue = due_since.map(|due| now.since(due)).unwrap_or_default();
        Some(OutboxGauges { waiting, dead, overdue })
    }
}
