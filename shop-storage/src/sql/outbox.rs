//! The outbox.

use shop_core::outbox::Mail;

/// Whether this program knows the kind of a message; a newer one beside it may write others.
macro_rules! is_known {
    () => {
        "kind IN (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    };
}

const _: () = assert!(Mail::KINDS.len() == 10, "there is a `?` for each kind");

macro_rules! summary {
    () => {
        "o.id, o.recipient, o.kind, o.state, o.attempts, o.created_at, o.due_at, o.last_error"
    };
}

/// A message and how far it has come.
macro_rules! whole {
    ($($condition:tt)+) => {
        concat!(
            "SELECT ",
            summary!(),
            ", o.user_id, o.name, o.language, o.mail FROM outbox o WHERE ",
            $($condition)+
        )
    };
}

/// Messages as a list shows them, newest first. Which ones, an index tells without a look at the wide rows.
macro_rules! newest {
    ($condition:literal) => {
        concat!(
            "SELECT ",
            summary!(),
            " FROM (SELECT id FROM outbox",
            $condition,
            " ORDER BY created_at DESC, id DESC LIMIT ?) newest JOIN outbox o ON o.id = newest.id ",
            "ORDER BY o.created_at DESC, o.id DESC"
        )
    };
}

pub(crate) const ENQUEUE: &str = "INSERT INTO outbox \
    (id, user_id, recipient, name, language, kind, mail, state, attempts, created_at, due_at) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)";

/// Candidates for a claim; another relay may be quicker. Which ones, an index tells without a look at the wide rows.
pub(crate) const DUE: &str = concat!(
    "SELECT o.id, o.user_id, o.recipient, o.name, o.language, o.mail, o.attempts, o.created_at FROM \
     (SELECT id FROM outbox WHERE state = ? AND due_at <= ? AND ",
    is_known!(),
    " ORDER BY created_at, id LIMIT ?) due JOIN outbox o ON o.id = due.id ORDER BY o.created_at, o.id"
);

/// A claim, if the message is still due.
pub(crate) const CLAIM: &str = "UPDATE outbox SET lease = ?, due_at = ?, attempts = attempts + 1 \
    WHERE id = ? AND state = ? AND due_at <= ?";

/// Whose it is that was claimed under this lease.
pub(crate) const ASSIGN: &str = "UPDATE outbox SET user_id = ? WHERE id = ? AND lease = ?";

/// What an account waits for, of one kind.
pub(crate) const WITHDRAW: &str =
    "DELETE FROM outbox WHERE user_id = ? AND created_at >= ? AND kind = ? AND state = ?";

pub(crate) const SETTLE: &str =
    "UPDATE outbox SET state = ?, sent_at = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const POSTPONE: &str =
    "UPDATE outbox SET due_at = ?, last_error = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const GIVE_UP: &str =
    "UPDATE outbox SET state = ?, last_error = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const DISCARD: &str = "DELETE FROM outbox WHERE id = ? AND lease = ?";

/// Anew, unless it has the last state.
pub(crate) const REQUEUE: &str = "UPDATE outbox \
    SET state = ?, attempts = 0, due_at = ?, lease = NULL, last_error = NULL WHERE id = ? AND state <> ?";

pub(crate) const REMOVE: &str = "DELETE FROM outbox WHERE id = ?";

pub(crate) const REMOVE_OF_USER: &str = "DELETE FROM outbox WHERE user_id = ?";

pub(crate) const FIND: &str = whole!("o.id = ?");

pub(crate) const OF_USER: &str =
    whole!("o.user_id = ? AND o.", is_known!(), " ORDER BY o.created_at DESC, o.id DESC");

pub(crate) const LIST: &str = newest!("");

pub(crate) const LIST_IN_STATE: &str = newest!(" WHERE state = ?");

pub(crate) const IS_DUE: &str = concat!(
    "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = ? AND due_at <= ? AND ",
    is_known!(),
    ") AS due"
);

/// How many messages have each of two states, and when the one in the first of them was due that was due first.
pub(crate) const BACKLOG: &str = "SELECT \
    (SELECT COUNT(*) FROM outbox WHERE state = ?) AS waiting, \
    (SELECT COUNT(*) FROM outbox WHERE state = ?) AS dead, \
    (SELECT MIN(due_at) FROM outbox WHERE state = ? AND due_at <= ?) AS due_since";

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[
    ENQUEUE,
    DUE,
    CLAIM,
    ASSIGN,
    WITHDRAW,
    SETTLE,
    POSTPONE,
    GIVE_UP,
    DISCARD,
    REQUEUE,
    REMOVE,
    REMOVE_OF_USER,
    FIND,
    OF_USER,
    LIST,
    LIST_IN_STATE,
    IS_DUE,
    BACKLOG,
];
