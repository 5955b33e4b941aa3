use super::{EmailAddress, PasswordHash, PersonName, PostalAddress};
use crate::ids::UserId;
use crate::language::Language;
use crate::time::Timestamp;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// Where its mail goes, and the name it signs in with.
    pub email: EmailAddress,
    /// The owner's last name.
    pub last_name: PersonName,
    /// The owner's first name.
    pub first_name: PersonName,
    /// Where parcels go unless an order says otherwise.
    pub address: PostalAddress,
    /// What is kept of the password.
    pub password: PasswordHash,
    /// The language of its mails.
    pub language: Language,
    /// Whether it may sign in.
    pub state: UserState,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its password was last changed or its address taken back: links that were asked for before are void.
    pub secured_at: Timestamp,
    /// How often it was changed: the store compares it on every change.
    pub version: u64,
}

impl User {
    /// The owner's name as a greeting or a parcel shows it: first name, last name.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

/// Whether an account may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserState {
    /// Registered; the address has not been proved yet.
    Pending,
    /// The owner has proved the address.
    Active,
    /// Closed by the shop's operator.
    Disabled,
}

impl UserState {
    const ALL: [Self; 3] = [Self::Pending, Self::Active, Self::Disabled];

    /// The name that the store keeps.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    /// The state with this name, as the store keeps it.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}
