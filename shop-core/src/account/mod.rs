//! Accounts: who a shopper is, how they prove it, and for how long.
//!
//! | use case | file | effects in one unit |
//! |---|---|---|
//! | register | [`register`] | account, "activate" mail in the outbox |
//! | create a user (operators) | [`create_user`] | account, "activate" mail in the outbox unless it is active at once |
//! | send the activation again | [`send_activation`] | "activate" mail in the outbox |
//! | activate | [`activate`] | token taken, account active |
//! | sign in | [`sign_in`] | session made, the visitor's old one ended |
//! | who is signed in | [`visit`] | last use of the session, at most once an hour |
//! | sign out | [`sign_out`] | session ended |

pub mod activate;
mod address;
pub mod create_user;
mod email;
mod name;
mod password;
pub mod register;
pub mod send_activation;
mod session;
pub mod sign_in;
pub mod sign_out;
mod token;
mod user;
pub mod visit;

pub use address::PostalAddress;
pub use email::{EmailAddress, EmailError, EmailKey};
pub use name::PersonName;
pub use password::{NewPassword, PasswordAttempt, PasswordError, PasswordHash};
pub use session::{Session, SessionKey, SessionToken};
pub use token::{InvalidToken, Purpose, StoredToken, Token, TokenHash};
pub use user::{User, UserState};
