//! Relay: deliver what waits in the outbox, one message after the other.
//!
//! Claim a message under a lease, deliver it, settle it. If the process dies in between, the lease runs out and another relay delivers that
//! message again: at least once, never lost. Nothing is claimed ahead, so a mail server that hangs costs no message a try that it has not had,
//! and holds up no relay that is told to stop for longer than one delivery. Any number of relays may run.

use std::ops::AddAssign;
use std::time::Duration;

use super::{Claimed, LeaseKey, Letter, Mail, Message, delay_after};
use crate::Shop;
use crate::account::{EmailAddress, Purpose, StoredToken, User, UserState};
use crate::error::{Constraint, StoreError};
use crate::ports::{DeliveryError, Mailer, UnitOfWork};
use crate::retry::retry;
use crate::time::Timestamp;

/// How long a relay has for the message it has claimed. Longer than any delivery takes, short enough that a dead relay's mail goes out soon.
const LEASE: Duration = Duration::from_mins(5);
/// Deliveries tried before a message is given up.
const MAX_ATTEMPTS: u32 = 16;

/// What has become of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelayReport {
    /// Messages delivered.
    pub sent: u32,
    /// Messages put back for later.
    pub postponed: u32,
    /// Messages given up; those to deleted accounts are gone, the others are kept for an operator.
    pub dead: u32,
    /// Messages that need not go out any more and were removed: nobody has the account that they are for, or what they offer is void.
    pub moot: u32,
}

impl RelayReport {
    /// Whether nothing has become of any.
    #[must_use]
    pub const fn is_idle(self) -> bool {
        self.sent == 0 && self.postponed == 0 && self.dead == 0 && self.moot == 0
    }
}

impl AddAssign for RelayReport {
    fn add_assign(&mut self, other: Self) {
        self.sent += other.sent;
        self.postponed += other.postponed;
        self.dead += other.dead;
        self.moot += other.moot;
    }
}

/// What became of one delivery.
enum Outcome {
    Sent,
    Postponed(Duration, String),
    Dead(String),
    Moot,
}

impl Outcome {
    /// A mail that is out is out; everything else counts only if the message was still ours.
    fn report(&self, is_ours: bool) -> RelayReport {
        let (one, nothing) = (u32::from(is_ours), RelayReport::default());
        match self {
            Self::Sent => RelayReport { sent: 1, ..nothing },
            Self::Postponed(..) => RelayReport { postponed: one, ..nothing },
            Self::Dead(_) => RelayReport { dead: one, ..nothing },
            Self::Moot => RelayReport { moot: one, ..nothing },
        }
    }
}

impl Shop {
    /// Delivers all messages that are due at this moment, one after the other. What comes due meanwhile waits for the next call, so this
    /// one ends even if every delivery fails.
    ///
    /// An error is the store's alone; a mail that could not be delivered is counted in the report and tried again later.
    pub async fn relay_outbox(&self, mailer: &dyn Mailer) -> Result<RelayReport, StoreError> {
        let (due, mut sum) = (self.now(), RelayReport::default());
        while let Some(report) = self.relay_one(mailer, due).await? {
            sum += report;
        }
        Ok(sum)
    }

    /// Delivers one message that is due at `due`, the oldest; `None` if there was none, which costs one read.
    ///
    /// The report counts nothing if another relay has the message by now, or if it could not be read and steps aside. Errors are those of
    /// [`relay_outbox`](Self::relay_outbox).
    pub async fn relay_one(
        &self,
        mailer: &dyn Mailer,
        due: Timestamp,
    ) -> Result<Option<RelayReport>, StoreError> {
        if !self.store().outbox().is_due(due).await? {
            return Ok(None);
        }
        let mut lease = LeaseKey([0; 16]);
        self.random().fill(&mut lease.0);
        let Some(message) = retry(self.clock(), self.random(), || self.claim(lease, due)).await? else {
            return Ok(Some(RelayReport::default()));
        };
        // A message that the store cannot make a link for must not hold up those behind it.
        let delivered = self.deliver(&message, lease, mailer).await;
        let outcome = delivered.unwrap_or_else(|error| put_off(&message, error.to_string()));
        let is_ours = retry(self.clock(), self.random(), || self.note(&message, lease, &outcome)).await?;
        Ok(Some(outcome.report(is_ours)))
    }

    async fn claim(&self, lease: LeaseKey, due: Timestamp) -> Result<Option<Claimed>, StoreError> {
        let mut unit = self.store().begin().await?;
        let claimed = unit.outbox().claim(lease, due, self.now().plus(LEASE), 1).await?;
        unit.commit().await?;
        Ok(claimed.into_iter().next())
    }

    async fn deliver(
        &self,
        claimed: &Claimed,
        lease: LeaseKey,
        mailer: &dyn Mailer,
    ) -> Result<Outcome, StoreError> {
        let issued = retry(self.clock(), self.random(), || self.letter(&claimed.message, lease)).await?;
        let Some(letter) = issued else { return Ok(Outcome::Moot) };
        Ok(match mailer.deliver(&letter).await {
            Ok(()) => Outcome::Sent,
            Err(DeliveryError::Temporary(error)) => put_off(claimed, error.to_string()),
            Err(DeliveryError::Permanent(error)) => Outcome::Dead(error.to_string()),
        })
    }

    /// The message with all that its text needs; nothing, if it need not go out any more.
    ///
    /// The token of a link is made here and not where the message is written, so that no secret rests in the store, and whom a link is
    /// for is looked up here and not where it is asked for, so that nobody can tell by the time it takes whether an address has an account.
    async fn letter(&self, message: &Message, lease: LeaseKey) -> Result<Option<Letter>, StoreError> {
        let Some(purpose) = purpose_of(&message.mail) else {
            return Ok(Some(Letter { message: message.clone(), token: None }));
        };
        let mut unit = self.store().begin().await?;
        let Some(user) = reader_of(&mut *unit, message, purpose).await? else { return Ok(None) };
        // It may have been withdrawn since it was claimed, or another relay may have it.
        if !unit.outbox().assign(message.id, lease, user.id).await? {
            return Ok(None);
        }
        let token = self.new_token();
        let expires_at = self.begin_of(purpose, message).plus(purpose.lifetime());
        let email = address_of(&user, message, purpose);
        let stored =
            StoredToken { hash: token.hash(), purpose, user: user.id, email: email.clone(), expires_at };
        match unit.tokens().insert(&stored).await {
            Ok(()) => unit.commit().await?,
            Err(StoreError::Conflict(Constraint::Owner)) => return Ok(None),
            Err(error) => return Err(error),
        }
        let message = Message {
            user: Some(user.id),
            to: email,
            name: user.full_name(),
            language: user.language,
            ..message.clone()
        };
        Ok(Some(Letter { message, token: Some(token) }))
    }

    /// When a link begins to hold: when it goes out. One that takes an address back counts from the change, which tells later changes
    /// from earlier ones whenever their mails go out.
    fn begin_of(&self, purpose: Purpose, message: &Message) -> Timestamp {
        match purpose {
            Purpose::Activation | Purpose::Reset | Purpose::EmailChange => self.now(),
            Purpose::EmailUndo => message.created_at,
        }
    }

    /// Says `false` if the message waits for another relay by now, or is gone: that outcome counts then.
    async fn note(&self, claimed: &Claimed, lease: LeaseKey, outcome: &Outcome) -> Result<bool, StoreError> {
        let (id, now) = (claimed.message.id, self.now());
        let is_last = claimed.message.mail == Mail::AccountDeleted;
        let mut unit = self.store().begin().await?;
        let is_ours = match outcome {
            // The owner was promised that nothing is kept of the account.
            Outcome::Sent | Outcome::Dead(_) if is_last => unit.outbox().discard(id, lease).await?,
            Outcome::Sent => unit.outbox().settle(id, lease, now).await?,
            // Nobody was told anything, and nobody's address is kept for nothing.
            Outcome::Moot => unit.outbox().discard(id, lease).await?,
            Outcome::Postponed(delay, error) => {
                unit.outbox().postpone(id, lease, now.plus(*delay), error).await?
            }
            Outcome::Dead(error) => unit.outbox().give_up(id, lease, error).await?,
        };
        unit.commit().await?;
        Ok(is_ours)
    }
}

/// What the link in this mail allows, if it has one.
const fn purpose_of(mail: &Mail) -> Option<Purpose> {
    match mail {
        Mail::Activation => Some(Purpose::Activation),
        Mail::Reset => Some(Purpose::Reset),
        Mail::EmailChange => Some(Purpose::EmailChange),
        Mail::EmailChanged { .. } => Some(Purpose::EmailUndo),
        Mail::AlreadyRegistered
        | Mail::PasswordChanged
        | Mail::AccountDeleted
        | Mail::OrderReceived { .. }
        | Mail::OrderShipped { .. }
        | Mail::OrderCanceled { .. } => None,
    }
}

/// Whose account the link is for, if they may have it at this moment.
///
/// Links that are asked for by address alone go to whoever has the address now; the others to the account that has asked. A new address
/// is void once the account was secured; taking the old one back is not, or a thief would only have to choose a new password.
async fn reader_of(
    unit: &mut dyn UnitOfWork,
    message: &Message,
    purpose: Purpose,
) -> Result<Option<User>, StoreError> {
    match purpose {
        Purpose::Activation => {
            let user = unit.users().find_by_email(&message.to.key()).await?;
            Ok(user.filter(|user| user.state == UserState::Pending))
        }
        Purpose::Reset => {
            let user = unit.users().find_by_email(&message.to.key()).await?;
            Ok(user.filter(|user| user.state != UserState::Disabled))
        }
        Purpose::EmailChange => {
            let user = asker_of(unit, message).await?;
            Ok(user.filter(|user| user.secured_at <= message.created_at))
        }
        Purpose::EmailUndo => asker_of(unit, message).await,
    }
}

/// The account that has asked, if it is open.
async fn asker_of(unit: &mut dyn UnitOfWork, message: &Message) -> Result<Option<User>, StoreError> {
    let Some(id) = message.user else { return Ok(None) };
    Ok(unit.users().find(id).await?.filter(|user| user.state == UserState::Active))
}

/// Where the link goes: to the account's address as its owner wrote it, whoever has asked; or to the other address that the mail is
/// about.
fn address_of(user: &User, message: &Message, purpose: Purpose) -> EmailAddress {
    match purpose {
        Purpose::Activation | Purpose::Reset => user.email.clone(),
        Purpose::EmailChange | Purpose::EmailUndo => message.to.clone(),
    }
}

/// What becomes of a message whose delivery failed: another try later, unless there were too many.
fn put_off(claimed: &Claimed, error: String) -> Outcome {
    let attempts = claimed.attempts + 1;
    if attempts < MAX_ATTEMPTS {
        Outcome::Postponed(delay_after(attempts), error)
    } else {
        Outcome::Dead(error)
    }
}
