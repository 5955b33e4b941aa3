use std::cmp::Reverse;

use async_trait::async_trait;

use super::Shown;
use super::data::forbid;
use super::unit::MemoryUnit;
use crate::error::{Constraint, StoreError};
use crate::ids::{MessageId, UserId};
use crate::outbox::{Claimed, LeaseKey, Mail, Message, MessageState, MessageSummary};
use crate::ports::{OutboxReader, OutboxRepository};
use crate::time::Timestamp;

/// A message with how far it has come.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) message: Message,
    state: MessageState,
    attempts: u32,
    /// While it is claimed: when the lease ends.
    due_at: Timestamp,
    lease: Option<LeaseKey>,
    last_error: Option<String>,
}

impl Entry {
    fn is_due(&self, now: Timestamp) -> bool {
        self.state == MessageState::Waiting && self.due_at <= now
    }

    /// Messages in the order in which they were written.
    fn age(&self) -> (Timestamp, MessageId) {
        (self.message.created_at, self.message.id)
    }

    fn claim(&mut self, lease: LeaseKey, until: Timestamp) -> Claimed {
        let claimed = Claimed { message: self.message.clone(), attempts: self.attempts };
        self.attempts += 1;
        self.lease = Some(lease);
        self.due_at = until;
        claimed
    }

    fn whole(&self) -> (Message, MessageSummary) {
        (self.message.clone(), self.summary())
    }

    fn summary(&self) -> MessageSummary {
        MessageSummary {
            id: self.message.id,
            to: self.message.to.clone(),
            kind: self.message.mail.kind().to_owned(),
            state: self.state,
            attempts: self.attempts,
            created_at: self.message.created_at,
            due_at: self.due_at,
            last_error: self.last_error.clone(),
        }
    }
}

impl MemoryUnit {
    /// Ends the lease and applies `change`, if the lease is the message's.
    fn end_lease(&mut self, id: MessageId, lease: LeaseKey, change: impl FnOnce(&mut Entry)) -> bool {
        if self.draft.messages.get(&id).is_none_or(|entry| entry.lease != Some(lease)) {
            return false;
        }
        let Some(entry) = self.draft.messages.get_mut(&id) else { return false };
        entry.lease = None;
        change(entry);
        true
    }
}

#[async_trait]
impl OutboxRepository for MemoryUnit {
    async fn enqueue(&mut self, message: &Message) -> Result<(), StoreError> {
        forbid(self.draft.messages.contains(&message.id), Constraint::Id)?;
        let entry = Entry {
            message: message.clone(),
            state: MessageState::Waiting,
            attempts: 0,
            due_at: message.created_at,
            lease: None,
            last_error: None,
        };
        self.draft.messages.put(message.id, entry);
        Ok(())
    }

    async fn claim(
        &mut self,
        lease: LeaseKey,
        now: Timestamp,
        until: Timestamp,
        most: u32,
    ) -> Result<Vec<Claimed>, StoreError> {
        let entries = self.draft.messages.iter().map(|(_, entry)| entry);
        let mut due: Vec<_> = entries.filter(|entry| entry.is_due(now)).map(Entry::age).collect();
        due.sort_unstable();
        due.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        let messages = &mut self.draft.messages;
        Ok(due.iter().filter_map(|(_, id)| Some(messages.get_mut(id)?.claim(lease, until))).collect())
    }

    async fn assign(&mut self, id: MessageId, lease: LeaseKey, user: UserId) -> Result<bool, StoreError> {
        let is_ours = self.draft.messages.get(&id).is_some_and(|entry| entry.lease == Some(lease));
        if let Some(entry) = self.draft.messages.get_mut(&id).filter(|_| is_ours) {
            entry.message.user = Some(user);
        }
        Ok(is_ours)
    }

    async fn withdraw_changes(&mut self, user: UserId, since: Timestamp) -> Result<(), StoreError> {
        self.draft.messages.remove_where(u32::MAX, |entry| {
            let Message { user: whose, mail, created_at, .. } = &entry.message;
            let is_change = matches!(mail, Mail::EmailChanged { .. }) && *created_at >= since;
            entry.state == MessageState::Waiting && *whose == Some(user) && is_change
        });
        Ok(())
    }

    async fn settle(&mut self, id: MessageId, lease: LeaseKey, _at: Timestamp) -> Result<bool, StoreError> {
        Ok(self.end_lease(id, lease, |entry| entry.state = MessageState::Sent))
    }

    async fn postpone(
        &mut self,
        id: MessageId,
        lease: LeaseKey,
        due: Timestamp,
        error: &str,
    ) -> Result<bool, StoreError> {
        Ok(self.end_lease(id, lease, |entry| {
            entry.due_at = due;
            entry.last_error = Some(error.to_owned());
        }))
    }

    async fn give_up(&mut self, id: MessageId, lease: LeaseKey, error: &str) -> Result<bool, StoreError> {
        Ok(self.end_lease(id, lease, |entry| {
            entry.state = MessageState::Dead;
            entry.last_error = Some(error.to_owned());
        }))
    }

    async fn discard(&mut self, id: MessageId, lease: LeaseKey) -> Result<bool, StoreError> {
        let is_ours = self.end_lease(id, lease, |_| ());
        if is_ours {
            self.draft.messages.remove(&id);
        }
        Ok(is_ours)
    }

    async fn requeue(&mut self, id: MessageId, now: Timestamp) -> Result<bool, StoreError> {
        if self.draft.messages.get(&id).is_none_or(|entry| entry.state == MessageState::Sent) {
            return Ok(false);
        }
        let Some(entry) = self.draft.messages.get_mut(&id) else { return Ok(false) };
        (entry.state, entry.attempts, entry.due_at) = (MessageState::Waiting, 0, now);
        (entry.lease, entry.last_error) = (None, None);
        Ok(true)
    }

    async fn remove(&mut self, id: MessageId) -> Result<bool, StoreError> {
        Ok(self.draft.messages.remove(&id).is_some())
    }

    async fn purge(&mut self, state: MessageState, before: Timestamp, most: u32) -> Result<u32, StoreError> {
        let is_old = |entry: &Entry| entry.state == state && entry.due_at <= before;
        Ok(self.draft.messages.remove_where(most, is_old))
    }
}

#[async_trait]
impl OutboxReader for Shown {
    async fn list(&self, state: Option<MessageState>, limit: u32) -> Result<Vec<MessageSummary>, StoreError> {
        let data = self.read();
        let entries = data.messages.iter().map(|(_, entry)| entry);
        let mut wanted: Vec<_> =
            entries.filter(|entry| state.is_none_or(|state| entry.state == state)).collect();
        wanted.sort_unstable_by_key(|entry| Reverse(entry.age()));
        wanted.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(wanted.into_iter().map(Entry::summary).collect())
    }

    async fn find(&self, id: MessageId) -> Result<Option<(Message, MessageSummary)>, StoreError> {
        Ok(self.read().messages.get(&id).map(Entry::whole))
    }

    async fn of_user(&self, user: UserId) -> Result<Vec<(Message, MessageSummary)>, StoreError> {
        let data = self.read();
        let entries = data.messages.iter().map(|(_, entry)| entry);
        let mut theirs: Vec<_> = entries.filter(|entry| entry.message.user == Some(user)).collect();
        theirs.sort_unstable_by_key(|entry| Reverse(entry.age()));
        Ok(theirs.into_iter().map(Entry::whole).collect())
    }

    async fn is_due(&self, now: Timestamp) -> Result<bool, StoreError> {
        Ok(self.read().messages.iter().any(|(_, entry)| entry.is_due(now)))
    }
}
