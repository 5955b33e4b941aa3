use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::cart::Quantity;
use shop_core::catalog::Sku;
use shop_core::ports::StockRepository;
use shop_core::stock::Stock;

use crate::dialect::Dialect;
use crate::sql::stock as sql;
use crate::statement::Statement;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> StockRepository for SqlUnit<D> {
    async fn take(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        let pieces = quantity.get();
        Statement::<D>::new(sql::TAKE).bind(pieces).bind(sku).bind(pieces).hits(self.link()).await
    }

    async fn put_back(&mut self, sku: Sku, quantity: Quantity) -> Result<bool, StoreError> {
        let pieces = quantity.get();
        Statement::<D>::new(sql::PUT_BACK).bind(pieces).bind(pieces).bind(sku).hits(self.link()).await
    }

    async fn adjust(&mut self, sku: Sku, by: i32) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::ADJUST).bind(by).bind(sku).bind(by).hits(self.link()).await
    }

    async fn set(&mut self, sku: Sku, stock: Stock) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::SET).bind(stock.counted()).bind(sku).hits(self.link()).await
    }
}
