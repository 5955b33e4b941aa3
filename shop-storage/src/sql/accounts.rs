//! Accounts, tokens, sessions.

macro_rules! user {
    () => {
        "u.id, u.email, u.last_name, u.first_name, u.address, u.password_hash, u.language, u.state, \
         u.created_at, u.secured_at, u.version"
    };
}

/// The row that deleted accounts leave their orders to is no account (migration 21).
macro_rules! is_account {
    () => {
        "state <> 'nobody'"
    };
}

macro_rules! session {
    () => {
        "s.key_hash, s.created_at AS session_created_at, s.last_seen_at, s.agent"
    };
}

#[cfg(feature = "mysql")]
pub(crate) use {is_account, user};

pub(crate) const FIND_USER: &str =
    concat!("SELECT ", user!(), " FROM users u WHERE u.id = ? AND u.", is_account!());

pub(crate) const FIND_USER_BY_EMAIL: &str =
    concat!("SELECT ", user!(), " FROM users u WHERE u.email_key = ? AND u.", is_account!());

pub(crate) const INSERT_USER: &str = "INSERT INTO users \
    (id, email, email_key, last_name, first_name, address, password_hash, language, state, secured_at, \
    created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

pub(crate) const UPDATE_USER: &str = concat!(
    "UPDATE users SET email = ?, email_key = ?, last_name = ?, first_name = ?, address = ?, ",
    "password_hash = ?, language = ?, state = ?, secured_at = ?, version = version + 1 ",
    "WHERE id = ? AND version = ? AND ",
    is_account!()
);

/// The first step of a removal: whoever adds something of the account's now waits, and then finds no account.
pub(crate) const LOCK_USER: &str =
    concat!("UPDATE users SET version = version + 1 WHERE id = ? AND ", is_account!());

pub(crate) const REMOVE_USER: &str = "DELETE FROM users WHERE id = ?";

pub(crate) const REMOVE_TOKENS_OF_USER: &str = "DELETE FROM tokens WHERE user_id = ?";

pub(crate) const INSERT_TOKEN: &str =
    "INSERT INTO tokens (hash, purpose, user_id, email, expires_at) VALUES (?, ?, ?, ?, ?)";

pub(crate) const FIND_TOKEN: &str = "SELECT t.user_id, COALESCE(t.email, u.email) AS email, t.expires_at \
    FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ? AND t.purpose = ?";

pub(crate) const REMOVE_TOKEN: &str = "DELETE FROM tokens WHERE hash = ? AND purpose = ?";

pub(crate) const REMOVE_TOKENS: &str = "DELETE FROM tokens WHERE user_id = ? AND purpose = ?";

pub(crate) const REMOVE_TOKENS_SINCE: &str =
    "DELETE FROM tokens WHERE user_id = ? AND purpose = ? AND expires_at >= ?";

pub(crate) const INSERT_SESSION: &str =
    "INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at, agent) VALUES (?, ?, ?, ?, ?)";

pub(crate) const TOUCH_SESSION: &str = "UPDATE sessions SET last_seen_at = ? WHERE key_hash = ?";

pub(crate) const REMOVE_SESSION: &str = "DELETE FROM sessions WHERE key_hash = ?";

pub(crate) const REMOVE_SESSION_OF_USER: &str = "DELETE FROM sessions WHERE key_hash = ? AND user_id = ?";

pub(crate) const REMOVE_SESSIONS_OF_USER: &str = "DELETE FROM sessions WHERE user_id = ?";

pub(crate) const REMOVE_OTHER_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ? AND key_hash <> ?";

/// An account's sessions, last used first.
pub(crate) const SESSIONS: &str = concat!(
    "SELECT ",
    session!(),
    " FROM sessions s WHERE s.user_id = ? ORDER BY s.last_seen_at DESC, s.key_hash DESC"
);

/// A session, its account and its cart, for every page that a signed-in shopper looks at.
pub(crate) const VISIT: &str = concat!(
    "SELECT ",
    session!(),
    ", c.code AS cart_code, c.version AS cart_version, ",
    user!(),
    " FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN carts c ON c.owner_id = s.user_id ",
    "WHERE s.key_hash = ?"
);

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[
    FIND_USER,
    FIND_USER_BY_EMAIL,
    INSERT_USER,
    UPDATE_USER,
    LOCK_USER,
    REMOVE_USER,
    REMOVE_TOKENS_OF_USER,
    INSERT_TOKEN,
    FIND_TOKEN,
    REMOVE_TOKEN,
    REMOVE_TOKENS,
    REMOVE_TOKENS_SINCE,
    INSERT_SESSION,
    TOUCH_SESSION,
    REMOVE_SESSION,
    REMOVE_SESSION_OF_USER,
    REMOVE_SESSIONS_OF_USER,
    REMOVE_OTHER_SESSIONS,
    SESSIONS,
    VISIT,
];
