use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::checkout::IdempotencyKey;
use shop_core::error::Constraint;
use shop_core::ids::{OrderId, UserId};
use shop_core::order::{LineState, Order, OrderLine, OrderNumber, OrderState, OrderSummary};
use shop_core::ports::{IdempotencyRepository, OrderReader, OrderRepository};

use crate::cell::AsCell;
use crate::dialect::Dialect;
use crate::record::Record;
use crate::sql::{filled_by, orders as sql};
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

#[async_trait]
impl<D: Dialect> OrderRepository for SqlUnit<D> {
    async fn insert(&mut self, order: &Order) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT)
            .bind(order.id)
            .bind(order.number)
            .bind(order.owner)
            .bind(order.state.name())
            .bind(order.placed_at)
            .bind(&order.recipient)
            .bind(&order.address)
            .bind(order.language)
            .bind(order.total.minor())
            .bind(order.total.currency())
            .bind(order.version);
        insert.execute(self.link()).await?;
        insert_lines::<D>(self.link(), order.id, &order.lines).await
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        find::<D>(self.link(), sql::FIND, id).await
    }
}

#[async_trait]
impl<D: Dialect> IdempotencyRepository for SqlUnit<D> {
    async fn insert(
        &mut self,
        owner: UserId,
        key: &IdempotencyKey,
        order: OrderId,
    ) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::INSERT_KEY).bind(owner).bind(key).bind(order);
        insert.primary_key_is(Constraint::IdempotencyKey).execute(self.link()).await?;
        Ok(())
    }

    async fn find(&mut self, owner: UserId, key: &IdempotencyKey) -> Result<Option<OrderId>, StoreError> {
        let find = Statement::<D>::new(sql::FIND_KEY).bind(owner).bind(key);
        let row = find.row(self.link(), "order_keys").await?;
        row.map(|row| row.bytes("order_id").map(OrderId::from_bytes)).transpose()
    }
}

#[async_trait]
impl<D: Dialect> OrderReader for SqlStore<D> {
    async fn list(
        &self,
        owner: Option<UserId>,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, StoreError> {
        let list = match owner {
            Some(owner) => Statement::<D>::new(sql::LIST_OF_OWNER).bind(owner),
            None => Statement::<D>::new(sql::LIST),
        };
        // No id is greater: an id's version and variant bits are never all ones.
        let before = before.unwrap_or(OrderId::from_bytes([0xff; 16]));
        let rows = list.bind(before).bind(limit).rows(&mut *self.reader().await?, "orders").await?;
        rows.iter().map(summary).collect()
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        find::<D>(&mut *self.reader().await?, sql::FIND_BY_NUMBER, number).await
    }
}

/// Writes the lines, as many as fit into one statement at a time.
async fn insert_lines<D: Dialect>(
    link: &mut D::Link,
    order: OrderId,
    lines: &[OrderLine],
) -> Result<(), StoreError> {
    let mut rest = lines;
    let mut position = 0_usize;
    while !rest.is_empty() {
        let (width, sql) = filled_by(&sql::INSERT_LINES, rest.len());
        let (now, later) = rest.split_at(width);
        let mut insert = Statement::<D>::new(sql);
        for line in now {
            insert = bind_line(insert.bind(order).bind(position), line);
            position += 1;
        }
        insert.execute(link).await?;
        rest = later;
    }
    Ok(())
}

fn bind_line<D: Dialect>(statement: Statement<D>, line: &OrderLine) -> Statement<D> {
    statement
        .bind(line.sku)
        .bind(&line.name)
        .bind(line.unit_price.minor())
        .bind(line.quantity.get())
        .bind(line.total.minor())
        .bind(line.total.currency())
        .bind(line.state.name())
}

async fn find<D: Dialect>(
    link: &mut D::Link,
    sql: &'static str,
    key: impl AsCell + Send,
) -> Result<Option<Order>, StoreError> {
    let row = Statement::<D>::new(sql).bind(key).row(link, "orders").await?;
    let Some(row) = row else { return Ok(None) };
    let id = OrderId::from_bytes(row.bytes("id")?);
    let lines = Statement::<D>::new(sql::LINES).bind(id).rows(link, "order_lines").await?;
    let lines = lines.iter().map(line).collect::<Result<_, _>>()?;
    order(&row, id, lines).map(Some)
}

fn order<D: Dialect>(row: &Record<D>, id: OrderId, lines: Vec<OrderLine>) -> Result<Order, StoreError> {
    Ok(Order {
        id,
        number: row.parsed("number")?,
        owner: UserId::from_bytes(row.bytes("owner_id")?),
        state: row.named("state", OrderState::from_name)?,
        placed_at: row.timestamp("placed_at")?,
        recipient: row.text("recipient")?,
        address: row.parsed("address")?,
        language: row.parsed("language")?,
        lines,
        total: row.money("total")?,
        version: row.number("version")?,
    })
}

fn line<D: Dialect>(row: &Record<D>) -> Result<OrderLine, StoreError> {
    Ok(OrderLine {
        sku: row.parsed("sku")?,
        name: row.text("name")?,
        unit_price: row.money("unit_price")?,
        quantity: row.quantity("quantity")?,
        total: row.money("total")?,
        state: row.named("state", LineState::from_name)?,
    })
}

fn summary<D: Dialect>(row: &Record<D>) -> Result<OrderSummary, StoreError> {
    Ok(OrderSummary {
        id: OrderId::from_bytes(row.bytes("id")?),
        number: row.parsed("number")?,
        state: row.named("state", OrderState::from_name)?,
        placed_at: row.timestamp("placed_at")?,
        total: row.money("total")?,
    })
}
