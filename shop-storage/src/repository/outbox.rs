use async_trait::async_trait;
use shop_core::ids::{MessageId, UserId};
use shop_core::outbox::{Claimed, LeaseKey, Mail, Message, MessageState, MessageSummary};
use shop_core::ports::{OutboxReader, OutboxRepository};
use shop_core::{StoreError, Timestamp};

use crate::dialect::Dialect;
use crate::record::{Record, json};
use crate::sql::outbox as sql;
use crate::statement::Statement;
use crate::store::SqlStore;
use crate::unit::SqlUnit;

const WAITING: &str = MessageState::Waiting.name();

#[async_trait]
impl<D: Dialect> OutboxRepository for SqlUnit<D> {
    async fn enqueue(&mut self, message: &Message) -> Result<(), StoreError> {
        let insert = Statement::<D>::new(sql::ENQUEUE)
            .bind(message.id)
            .bind(message.user)
            .bind(&message.to)
            .bind(&message.name)
            .bind(message.language)
            .bind(message.mail.kind())
            .bind(json(&message.mail)?)
            .bind(WAITING)
            .bind(message.created_at)
            .bind(message.created_at);
        insert.execute(self.link()).await?;
        Ok(())
    }

    async fn claim(
        &mut self,
        lease: LeaseKey,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Vec<Claimed>, StoreError> {
        let due = Statement::<D>::new(sql::DUE).bind(WAITING).bind(now).bind_all(Mail::KINDS).bind(most);
        let mut claimed = Vec::new();
        for row in due.rows(self.link(), "outbox").await? {
            let id = MessageId::from_bytes(row.bytes("id")?);
            let claim = Statement::<D>::new(sql::CLAIM).bind(lease).bind(until).bind(id);
            if !claim.bind(WAITING).bind(now).hits(self.link()).await? {
                continue;
            }
            match candidate(&row) {
                Ok(candidate) => claimed.push(candidate),
                // It steps aside, for whoever can read it, and shows what is wrong with it.
                Err(error) => drop(self.postpone(id, lease, until, &error.to_string()).await?),
            }
        }
        Ok(claimed)
    }

    async fn assign(&mut self, id: MessageId, lease: LeaseKey, user: UserId) -> Result<bool, StoreError> {
        let assign = Statement::<D>::new(sql::ASSIGN).bind(user).bind(id).bind(lease);
        assign.hits(self.link()).await
    }

    async fn withdraw_changes(&mut self, user: UserId, since: Timestamp) -> Result<(), StoreError> {
        let withdraw = Statement::<D>::new(sql::WITHDRAW).bind(user).bind(since);
        withdraw.bind("email_changed").bind(MessageState::Waiting.name()).execute(self.link()).await?;
        Ok(())
    }

    async fn settle(&mut self, id: MessageId, lease: LeaseKey, at: Timestamp) -> Result<bool, StoreError> {
        let settle = Statement::<D>::new(sql::SETTLE).bind(MessageState::Sent.name()).bind(at);
        settle.bind(id).bind(lease).hits(self.link()).await
    }

    async fn postpone(
        &mut self,
        id: MessageId,
        lease: LeaseKey,
        due: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        let postpone = Statement::<D>::new(sql::POSTPONE).bind(due).bind(error);
        postpone.bind(id).bind(lease).hits(self.link()).await
    }

    async fn give_up(&mut self, id: MessageId, lease: LeaseKey, error: &str) -> Result<bool, StoreError> {
        let give_up = Statement::<D>::new(sql::GIVE_UP).bind(MessageState::Dead.name()).bind(error);
        give_up.bind(id).bind(lease).hits(self.link()).await
    }

    async fn discard(&mut self, id: MessageId, lease: LeaseKey) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::DISCARD).bind(id).bind(lease).hits(self.link()).await
    }

    async fn requeue(&mut self, id: MessageId, now: Timestamp) -> Result<bool, StoreError> {
        let requeue = Statement::<D>::new(sql::REQUEUE).bind(WAITING).bind(now).bind(id);
        requeue.bind(MessageState::Sent.name()).hits(self.link()).await
    }

    async fn remove(&mut self, id: MessageId) -> Result<bool, StoreError> {
        Statement::<D>::new(sql::REMOVE).bind(id).hits(self.link()).await
    }

    async fn purge(&mut self, state: MessageState, before: Timestamp, most: u32) -> Result<u32, StoreError> {
        let purge = Statement::<D>::new(D::DIFFERING.purge_outbox).bind(state.name()).bind(before).bind(most);
        purge.count(self.link()).await
    }
}

#[async_trait]
impl<D: Dialect> OutboxReader for SqlStore<D> {
    async fn list(&self, state: Option<MessageState>, limit: u32) -> Result<Vec<MessageSummary>, StoreError> {
        let list = match state {
            Some(state) => Statement::<D>::new(sql::LIST_IN_STATE).bind(state.name()),
            None => Statement::<D>::new(sql::LIST),
        };
        let rows = list.bind(limit).rows(&mut *self.reader().await?, "outbox").await?;
        rows.iter().map(summary).collect()
    }

    async fn find(&self, id: MessageId) -> Result<Option<(Message, MessageSummary)>, StoreError> {
        let find = Statement::<D>::new(sql::FIND).bind(id);
        let row = find.row(&mut *self.reader().await?, "outbox").await?;
        row.map(|row| whole(&row)).transpose()
    }

    async fn of_user(&self, user: UserId) -> Result<Vec<(Message, MessageSummary)>, StoreError> {
        let theirs = Statement::<D>::new(sql::OF_USER).bind(user).bind_all(Mail::KINDS);
        theirs.rows(&mut *self.reader().await?, "outbox").await?.iter().map(whole).collect()
    }

    async fn is_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        let is_due = Statement::<D>::new(sql::IS_DUE).bind(WAITING).bind(now).bind_all(Mail::KINDS);
        let row = is_due.row(&mut *self.reader().await?, "outbox").await?;
        row.map_or(Ok(false), |row| row.flag("due"))
    }
}

/// The message as it was before the claim.
fn candidate<D: Dialect>(row: &Record<D>) -> Result<Claimed, StoreError> {
    Ok(Claimed { message: message(row)?, attempts: row.number("attempts")? })
}

fn whole<D: Dialect>(row: &Record<D>) -> Result<(Message, MessageSummary), StoreError> {
    Ok((message(row)?, summary(row)?))
}

fn message<D: Dialect>(row: &Record<D>) -> Result<Message, StoreError> {
    Ok(Message {
        id: MessageId::from_bytes(row.bytes("id")?),
        user: row.optional_bytes("user_id")?.map(UserId::from_bytes),
        to: row.parsed("recipient")?,
        name: row.text("name")?,
        language: row.parsed("language")?,
        mail: row.json("mail")?,
        created_at: row.timestamp("created_at")?,
    })
}

fn summary<D: Dialect>(row: &Record<D>) -> Result<MessageSummary, StoreError> {
    Ok(MessageSummary {
        id: MessageId::from_bytes(row.bytes("id")?),
        to: row.parsed("recipient")?,
        kind: row.text("kind")?,
        state: row.named("state", MessageState::from_name)?,
        attempts: row.number("attempts")?,
        created_at: row.timestamp("created_at")?,
        due_at: row.timestamp("due_at")?,
        last_error: row.optional_text("last_error")?,
    })
}
