use async_trait::async_trait;
use shop_core::ports::DeliveryError;

use super::{Outgoing, Transport};

/// Drops every mail and calls it sent (`none://`).
#[derive(Clone, Copy, Debug)]
pub struct NullTransport;

#[async_trait]
impl Transport for NullTransport {
    async fn send(&self, _: Outgoing<'_>) -> Result<(), DeliveryError> {
        Ok(())
    }
}
