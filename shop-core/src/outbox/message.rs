use serde::{Deserialize, Serialize};

use crate::account::{EmailAddress, PostalAddress, Token};
use crate::ids::{MessageId, UserId};
use crate::language::Language;
use crate::money::Money;
use crate::order::{OrderLine, OrderNumber};
use crate::time::Timestamp;

/// A mail waiting to be delivered.
///
/// It holds no secret: the token of a link is made when the mail is delivered, so a copy of the store opens no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id; a mailer may use it to tell a redelivery.
    pub id: MessageId,
    /// Whose it is; nobody's, if it was asked for by address alone, or outlives its account.
    pub user: Option<UserId>,
    /// Where it goes.
    pub to: EmailAddress,
    /// Whom it greets; empty until an account with the address is looked up.
    pub name: String,
    /// In which language.
    pub language: Language,
    /// What it says.
    pub mail: Mail,
    /// When the change happened.
    pub created_at: Timestamp,
}

/// What a mail says.
///
/// Stores keep it as JSON; a variant or field once released keeps its name, since older messages may still wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// Prove that the address is yours; carries a link that activates the account.
    ///
    /// It goes out only if an account with its address waits for activation at that moment.
    Activation,
    /// Somebody tried to register with this address, or to take it over, and it has an account already.
    AlreadyRegistered,
    /// Choose a new password; carries a link.
    ///
    /// It goes out only if there is an account with its address at that moment: who asks for it is not told.
    Reset,
    /// The password was changed.
    PasswordChanged,
    /// Prove that the new address is yours; carries a link that makes it the account's.
    EmailChange,
    /// The account has another address now; goes to the old one, with a link that undoes it.
    EmailChanged {
        /// The new address.
        email: EmailAddress,
    },
    /// The account was deleted. It is not kept once it is delivered or given up.
    AccountDeleted,
    /// The order has come in.
    OrderReceived {
        /// Its number.
        number: OrderNumber,
        /// When it was placed.
        placed_at: Timestamp,
        /// What was bought.
        lines: Vec<OrderLine>,
        /// The sum.
        total: Money,
        /// Who receives the parcel.
        recipient: String,
        /// Where the parcel goes.
        address: PostalAddress,
    },
    /// The parcel has left.
    OrderShipped {
        /// Its number.
        number: OrderNumber,
        /// When it was placed.
        placed_at: Timestamp,
        /// What was bought.
        lines: Vec<OrderLine>,
        /// Who receives the parcel.
        recipient: String,
        /// Where the parcel goes.
        address: PostalAddress,
    },
    /// The order was called off.
    OrderCanceled {
        /// Its number.
        number: OrderNumber,
        /// When it was placed.
        placed_at: Timestamp,
        /// What was bought.
        lines: Vec<OrderLine>,
        /// The sum.
        total: Money,
        /// Whether the shop called it off, not the shopper.
        by_shop: bool,
    },
}

impl Mail {
    /// The names of all kinds that this program knows. While two versions run, the outbox may hold others.
    pub const KINDS: [&'static str; 10] = [
        "activation",
        "already_registered",
        "reset",
        "password_changed",
        "email_change",
        "email_changed",
        "account_deleted",
        "order_received",
        "order_shipped",
        "order_canceled",
    ];

    /// The name of the kind, as logs and lists show it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Activation => "activation",
            Self::AlreadyRegistered => "already_registered",
            Self::Reset => "reset",
            Self::PasswordChanged => "password_changed",
            Self::EmailChange => "email_change",
            Self::EmailChanged { .. } => "email_changed",
            Self::AccountDeleted => "account_deleted",
            Self::OrderReceived { .. } => "order_received",
            Self::OrderShipped { .. } => "order_shipped",
            Self::OrderCanceled { .. } => "order_canceled",
        }
    }
}

/// A message with all that its text needs: what a [`Mailer`](crate::ports::Mailer) delivers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The message.
    pub message: Message,
    /// The secret of its link, if its mail has one.
    pub token: Option<Token>,
}

/// The random name of one claim; who holds it may settle the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LeaseKey(pub [u8; 16]);

/// A message that was claimed for delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// The message.
    pub message: Message,
    /// How often it was claimed before.
    pub attempts: u32,
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MessageState {
    /// Waiting for its first or next delivery.
    Waiting,
    /// Delivered.
    Sent,
    /// Given up, with the last error kept.
    Dead,
}

impl MessageState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Sent, Self::Dead];

    /// The name that the store keeps.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Dead => "dead",
        }
    }

    /// The state with this name, as the store keeps it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// A message as an operator's list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageSummary {
    /// Its id.
    pub id: MessageId,
    /// Where it goes.
    pub to: EmailAddress,
    /// The kind of its mail.
    pub kind: String,
    /// How far it has come.
    pub state: MessageState,
    /// How often it was claimed.
    pub attempts: u32,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is due, if it waits.
    pub due_at: Timestamp,
    /// What the last delivery failed with.
    pub last_error: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_listed_under_the_name_that_stores_keep() {
        // A text in which each kind finds its fields.
        let lei = serde_json::json!({"minor": 1, "currency": "RON"});
        let written = |kind: &str| {
            serde_json::json!({
                "kind": kind, "email": "ana@example.com", "number": "0000-0000-0", "placed_at": 1, "lines": [],
                "total": lei, "recipient": "Ana Pop", "address": "Str. 1", "by_shop": true,
            })
        };
        for kind in Mail::KINDS {
            let mail: Mail = serde_json::from_value(written(kind)).expect(kind);
            assert_eq!(mail.kind(), kind);
        }
        let error = serde_json::from_value::<Mail>(written("from_the_future")).expect_err("no such kind");
        let told = error.to_string();
        let names: Vec<_> = told.split('`').skip(1).step_by(2).collect();
        assert_eq!(names, [&["from_the_future"], &Mail::KINDS[..]].concat());
    }
}
