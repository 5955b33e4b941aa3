//! The outbox.

/// Messages as a list shows them, newest first. Which ones, an index tells without a look at the wide rows.
macro_rules! newest {
    ($condition:literal) => {
        concat!(
            "SELECT o.id, o.recipient, o.kind, o.state, o.attempts, o.created_at, o.due_at, o.last_error FROM ",
            "(SELECT id FROM outbox",
            $condition,
            " ORDER BY created_at DESC, id DESC LIMIT ?) newest JOIN outbox o ON o.id = newest.id ",
            "ORDER BY o.created_at DESC, o.id DESC"
        )
    };
}

pub(crate) const ENQUEUE: &str = "INSERT INTO outbox \
    (id, recipient, name, language, kind, mail, state, attempts, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)";

/// Candidates for a claim; another relay may be quicker.
pub(crate) const DUE: &str = "SELECT o.id, o.recipient, o.name, o.language, o.mail, o.attempts, o.created_at FROM \
    (SELECT id FROM outbox WHERE state = ? AND due_at <= ? ORDER BY created_at, id LIMIT ?) due \
    JOIN outbox o ON o.id = due.id ORDER BY o.created_at, o.id";

/// A claim, if the message is still due.
pub(crate) const CLAIM: &str = "UPDATE outbox SET lease = ?, due_at = ?, attempts = attempts + 1 \
    WHERE id = ? AND state = ? AND due_at <= ?";

pub(crate) const SETTLE: &str =
    "UPDATE outbox SET state = ?, sent_at = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const POSTPONE: &str =
    "UPDATE outbox SET due_at = ?, last_error = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const GIVE_UP: &str =
    "UPDATE outbox SET state = ?, last_error = ?, lease = NULL WHERE id = ? AND lease = ?";

pub(crate) const LIST: &str = newest!("");

pub(crate) const LIST_IN_STATE: &str = newest!(" WHERE state = ?");

pub(crate) const IS_DUE: &str = "SELECT EXISTS (SELECT 1 FROM outbox WHERE state = ? AND due_at <= ?) AS due";

#[cfg(test)]
pub(crate) const ALL: &[&str] =
    &[ENQUEUE, DUE, CLAIM, SETTLE, POSTPONE, GIVE_UP, LIST, LIST_IN_STATE, IS_DUE];
