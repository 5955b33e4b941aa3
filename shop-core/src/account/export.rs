//! Export: everything that the shop keeps about an account.

use serde::{Serialize, Serializer};

use super::{EmailAddress, PersonName, PostalAddress, Session, User, UserAgent, UserState};
use crate::Shop;
use crate::cart::Quantity;
use crate::catalog::Sku;
use crate::error::StoreError;
use crate::ids::{OrderId, UserId};
use crate::language::Language;
use crate::money::Money;
use crate::order::{Delivery, Order, OrderLine, OrderState, OrderStep};
use crate::outbox::{Mail, Message, MessageSummary};
use crate::time::Timestamp;

/// Orders read at once.
const PAGE: u32 = 200;

/// Everything that the shop keeps about an account, ready to be written as JSON (GDPR, articles 15 and 20).
///
/// Times are in UTC, as RFC 3339 writes them; amounts of money are in minor units. What would let its reader into the account is left out:
/// the hash of the password, the hashes of sessions and links.
#[derive(Clone, Debug, Serialize)]
pub struct AccountExport {
    /// When it was made.
    #[serde(serialize_with = "rfc3339")]
    pub exported_at: Timestamp,
    /// The account.
    pub account: ExportedAccount,
    /// What is in its cart.
    pub cart: Vec<ExportedCartLine>,
    /// Where it is signed in, last used first.
    pub sessions: Vec<ExportedSession>,
    /// Its orders, newest first.
    pub orders: Vec<ExportedOrder>,
    /// The mails to it that are still kept, newest first.
    pub messages: Vec<ExportedMessage>,
}

/// The account itself.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedAccount {
    /// Its id.
    pub id: UserId,
    /// Its address for mail.
    pub email: EmailAddress,
    /// Last name.
    pub last_name: PersonName,
    /// First name.
    pub first_name: PersonName,
    /// Where parcels go.
    pub address: PostalAddress,
    /// The language of mails.
    pub language: Language,
    /// Its state, by [name](UserState::name).
    #[serde(serialize_with = "name_of_state")]
    pub state: UserState,
    /// When it was made.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Timestamp,
    /// When its password was last changed or its address taken back.
    #[serde(serialize_with = "rfc3339")]
    pub secured_at: Timestamp,
}

/// A line of the cart.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ExportedCartLine {
    /// What.
    pub sku: Sku,
    /// How many pieces.
    pub quantity: Quantity,
}

/// A session.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedSession {
    /// When it began.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Timestamp,
    /// When it was last used.
    #[serde(serialize_with = "rfc3339")]
    pub last_seen_at: Timestamp,
    /// What the browser calls itself.
    pub agent: UserAgent,
}

/// An order.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedOrder {
    /// Its number.
    pub number: String,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    #[serde(serialize_with = "rfc3339")]
    pub placed_at: Timestamp,
    /// What has happened since.
    pub steps: Vec<ExportedStep>,
    /// Where the parcel goes.
    pub delivery: Option<Delivery>,
    /// What was bought.
    pub lines: Vec<OrderLine>,
    /// The sum.
    pub total: Money,
}

/// A step of an order.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct ExportedStep {
    /// The state that it came to.
    pub state: OrderState,
    /// When.
    #[serde(serialize_with = "rfc3339")]
    pub at: Timestamp,
}

/// A mail.
#[derive(Clone, Debug, Serialize)]
pub struct ExportedMessage {
    /// Where it went.
    pub to: EmailAddress,
    /// When it was written.
    #[serde(serialize_with = "rfc3339")]
    pub created_at: Timestamp,
    /// Whether it waits, was sent, or given up.
    pub state: &'static str,
    /// What it says.
    pub mail: Mail,
}

impl Shop {
    /// Everything kept about the account; `None` if there is no such account. The parts are read one after the other.
    pub async fn export_account(&self, user: UserId) -> Result<Option<AccountExport>, StoreError> {
        let store = self.store();
        let Some(account) = store.accounts().find(user).await? else { return Ok(None) };
        let cart = store.carts().load(user).await?.parse()?;
        let line = |line: &crate::cart::CartLine| ExportedCartLine { sku: line.sku, quantity: line.quantity };
        let sessions = store.accounts().sessions(user).await?;
        let messages = store.outbox().of_user(user).await?;
        Ok(Some(AccountExport {
            exported_at: self.now(),
            account: account.into(),
            cart: cart.lines().iter().map(line).collect(),
            sessions: sessions.into_iter().map(ExportedSession::from).collect(),
            orders: self.exported_orders(user).await?,
            messages: messages.into_iter().map(ExportedMessage::from).collect(),
        }))
    }

    async fn exported_orders(&self, user: UserId) -> Result<Vec<ExportedOrder>, StoreError> {
        let mut exported = Vec::new();
        let mut before: Option<OrderId> = None;
        loop {
            let orders = self.store().orders().whole(user, before, PAGE).await?;
            let Some(last) = orders.last() else { return Ok(exported) };
            before = Some(last.id);
            exported.extend(orders.into_iter().map(ExportedOrder::from));
        }
    }
}

impl From<User> for ExportedAccount {
    fn from(user: User) -> Self {
        let User { id, email, last_name, first_name, address, language, state, .. } = user;
        let (created_at, secured_at) = (user.created_at, user.secured_at);
        Self { id, email, last_name, first_name, address, language, state, created_at, secured_at }
    }
}

impl From<Session> for ExportedSession {
    fn from(session: Session) -> Self {
        let Session { created_at, last_seen_at, agent, .. } = session;
        Self { created_at, last_seen_at, agent }
    }
}

impl From<Order> for ExportedOrder {
    fn from(order: Order) -> Self {
        let step = |step: OrderStep| ExportedStep { state: step.state, at: step.at };
        Self {
            number: order.number.to_string(),
            state: order.state,
            placed_at: order.placed_at,
            steps: order.steps.into_iter().map(step).collect(),
            delivery: order.delivery,
            lines: order.lines,
            total: order.total,
        }
    }
}

impl From<(Message, MessageSummary)> for ExportedMessage {
    fn from((message, summary): (Message, MessageSummary)) -> Self {
        let Message { to, created_at, mail, .. } = message;
        Self { to, created_at, state: summary.state.name(), mail }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn rfc3339<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(moment)
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over references")]
fn name_of_state<S: Serializer>(state: &UserState, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(state.name())
}
