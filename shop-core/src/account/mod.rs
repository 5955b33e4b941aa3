//! Accounts: who a shopper is, how they prove it, and for how long.
//!
//! | use case | file | effects in one unit |
//! |---|---|---|
//! | register | [`register`] | account, "activate" mail in the outbox |
//! | create a user (operators) | [`create_user`] | account, "activate" mail in the outbox unless it is active at once |
//! | send the activation again | [`send_activation`] | "activate" mail in the outbox |
//! | activate | [`activate`] | token taken, account active |
//! | follow a link | [`follow_link`] | |
//! | ask for a reset | [`ask_reset`] | "reset" mail in the outbox |
//! | reset | [`reset`] | token taken, new password, all sessions and links ended, mail to the owner |
//! | edit | [`edit`] | account; with a new password other sessions ended and a mail, with a new address a mail to it |
//! | confirm a new address | [`confirm_email`] | token taken, address, mail to the old one |
//! | undo a change of address | [`undo_email`] | token taken, old address, all sessions and later links ended, "reset" mail |
//! | list sessions | [`list_sessions`] | |
//! | end sessions | [`end_sessions`] | sessions ended |
//! | export | [`export`] | |
//! | delete | [`delete`] | account and all that is its own removed, last mail |
//! | disable, enable (operators) | [`set_state`] | state; disabled: sessions and links ended |
//! | sign in | [`sign_in`] | session made, the visitor's old one ended |
//! | who is signed in | [`visit`] | last use of the session, at most once an hour |
//! | sign out | [`sign_out`] | session ended |

pub mod activate;
mod address;
pub mod ask_reset;
mod asking;
pub mod confirm_email;
pub mod create_user;
pub mod delete;
pub mod edit;
mod email;
pub mod end_sessions;
pub mod export;
pub mod follow_link;
pub mod list_sessions;
mod name;
mod password;
mod prove;
pub mod register;
pub mod reset;
pub mod send_activation;
mod session;
pub mod set_state;
pub mod sign_in;
pub mod sign_out;
mod token;
pub mod undo_email;
mod user;
pub mod visit;

pub use address::PostalAddress;
pub use email::{EmailAddress, EmailError, EmailKey};
pub use name::PersonName;
pub use password::{NewPassword, PasswordAttempt, PasswordError, PasswordHash};
pub use session::{BrowserKey, Session, SessionKey, SessionToken, UserAgent};
pub use token::{InvalidToken, Purpose, StoredToken, Token, TokenHash};
pub use user::{User, UserState};
