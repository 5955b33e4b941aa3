use std::collections::HashMap;

use async_trait::async_trait;
use shop_core::StoreError;
use shop_core::checkout::IdempotencyKey;
use shop_core::error::Constraint;
use shop_core::ids::{OrderId, UserId};
use shop_core::order::{
    Delivery, LineState, Order, OrderLine, OrderNumber, OrderState, OrderStep, OrderSummary,
};
use shop_core::ports::{IdempotencyRepository, OrderReader, OrderRepository};

use super::nobody::{NOBODY, somebody};
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
            .bind(order.owner.map_or(Ok(NOBODY), somebody)?)
            .bind(order.state.name())
            .bind(order.placed_at)
            .bind(order.delivery.as_ref().map_or("", |delivery| delivery.recipient.as_str()))
            .bind(order.delivery.as_ref().map_or("", |delivery| delivery.address.as_str()))
            .bind(order.language)
            .bind(order.total.minor())
            .bind(order.total.currency())
            .bind(order.version);
        insert.owned().execute(self.link()).await?;
        insert_lines::<D>(self.link(), order.id, &order.lines).await?;
        for step in &order.steps {
            add_step::<D>(self.link(), order.id, *step).await?;
        }
        Ok(())
    }

    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, StoreError> {
        find::<D>(self.link(), sql::FIND, id).await
    }

    async fn find_by_number(&mut self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        find::<D>(self.link(), sql::FIND_BY_NUMBER, number).await
    }

    async fn advance(
        &mut self,
        order: &Order,
        step: OrderStep,
        lines: Option<LineState>,
    ) -> Result<(), StoreError> {
        let advance = Statement::<D>::new(sql::ADVANCE).bind(step.state.name()).bind(order.id);
        if !advance.bind(order.version).hits(self.link()).await? {
            return Err(StoreError::Conflict(Constraint::Version));
        }
        if let Some(state) = lines {
            let set = Statement::<D>::new(sql::SET_LINES).bind(state.name()).bind(order.id);
            set.execute(self.link()).await?;
        }
        add_step::<D>(self.link(), order.id, step).await
    }

    async fn forget_delivery(&mut self, id: OrderId) -> Result<(), StoreError> {
        Statement::<D>::new(sql::FORGET_DELIVERY).bind(id).execute(self.link()).await?;
        Ok(())
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
        let insert = Statement::<D>::new(sql::INSERT_KEY).bind(somebody(owner)?).bind(key).bind(order);
        insert.owned().primary_key_is(Constraint::IdempotencyKey).execute(self.link()).await?;
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
        let rows = list
            .bind(before.unwrap_or(ABOVE_ALL))
            .bind(limit)
            .rows(&mut *self.reader().await?, "orders")
            .await?;
        rows.iter().map(summary).collect()
    }

    async fn find(&self, number: OrderNumber) -> Result<Option<Order>, StoreError> {
        find::<D>(&mut *self.reader().await?, sql::FIND_BY_NUMBER, number).await
    }

    async fn whole(
        &self,
        owner: UserId,
        before: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, StoreError> {
        let mut link = self.reader().await?;
        let page = Statement::<D>::new(sql::WHOLE).bind(owner).bind(before.unwrap_or(ABOVE_ALL)).bind(limit);
        let rows = page.rows(&mut link, "orders").await?;
        let mut orders: Vec<_> = rows.iter().map(order).collect::<Result<_, _>>()?;
        let (Some(newest), Some(oldest)) = (orders.first(), orders.last()) else { return Ok(orders) };
        let of_page = |sql| Statement::<D>::new(sql).bind(owner).bind(oldest.id).bind(newest.id);
        let lines = of_page(sql::LINES_OF_PAGE).rows(&mut link, "order_lines").await?;
        let steps = of_page(sql::STEPS_OF_PAGE).rows(&mut link, "order_steps").await?;
        let (mut lines, mut steps) = (by_order(&lines, line)?, by_order(&steps, step)?);
        for order in &mut orders {
            order.lines = lines.remove(&order.id).unwrap_or_default();
            order.steps = steps.remove(&order.id).unwrap_or_default();
        }
        // Without lines it is no longer the owner's: their account was deleted in the meantime.
        orders.retain(|order| !order.lines.is_empty());
        Ok(orders)
    }
}

/// No id is as great: an id's version and variant bits are never all ones.
const ABOVE_ALL: OrderId = OrderId::from_bytes([0xff; 16]);

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

async fn add_step<D: Dialect>(link: &mut D::Link, order: OrderId, step: OrderStep) -> Result<(), StoreError> {
    let add = Statement::<D>::new(sql::ADD_STEP).bind(order).bind(step.state.name()).bind(step.at);
    add.bind(order).execute(link).await?;
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
    let order = order(&row)?;
    let lines = Statement::<D>::new(sql::LINES).bind(order.id).rows(link, "order_lines").await?;
    let steps = Statement::<D>::new(sql::STEPS).bind(order.id).rows(link, "order_steps").await?;
    Ok(Some(Order {
        lines: lines.iter().map(line).collect::<Result<_, _>>()?,
        steps: steps.iter().map(step).collect::<Result<_, _>>()?,
        ..order
    }))
}

/// What these rows hold, by the order that they belong to, in their order.
fn by_order<D: Dialect, T>(
    rows: &[Record<D>],
    read: fn(&Record<D>) -> Result<T, StoreError>,
) -> Result<HashMap<OrderId, Vec<T>>, StoreError> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(OrderId::from_bytes(row.bytes("order_id")?)).or_default().push(read(row)?);
    }
    Ok(found)
}

/// The order without its lines and steps.
fn order<D: Dialect>(row: &Record<D>) -> Result<Order, StoreError> {
    let owner = UserId::from_bytes(row.bytes("owner_id")?);
    Ok(Order {
        id: OrderId::from_bytes(row.bytes("id")?),
        number: row.parsed("number")?,
        owner: Some(owner).filter(|owner| *owner != NOBODY),
        state: row.named("state", OrderState::from_name)?,
        placed_at: row.timestamp("placed_at")?,
        delivery: delivery(row)?,
        language: row.parsed("language")?,
        lines: Vec::new(),
        steps: Vec::new(),
        total: row.money("total")?,
        version: row.number("version")?,
    })
}

/// Where the parcel goes; no address is empty but one that was forgotten.
fn delivery<D: Dialect>(row: &Record<D>) -> Result<Option<Delivery>, StoreError> {
    if row.text("address")?.is_empty() {
        return Ok(None);
    }
    Ok(Some(Delivery { recipient: row.text("recipient")?, address: row.parsed("address")? }))
}

fn step<D: Dialect>(row: &Record<D>) -> Result<OrderStep, StoreError> {
    Ok(OrderStep { state: row.named("state", OrderState::from_name)?, at: row.timestamp("at")? })
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
