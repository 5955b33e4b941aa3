//! Accounts, tokens, sessions.

macro_rules! user {
    () => {
        "u.id, u.email, u.last_name, u.first_name, u.address, u.password_hash, u.language, u.state, u.created_at, u.version"
    };
}

pub(crate) const FIND_USER: &str = concat!("SELECT ", user!(), " FROM users u WHERE u.id = ?");

pub(crate) const FIND_USER_BY_EMAIL: &str =
    concat!("SELECT ", user!(), " FROM users u WHERE u.email_key = ?");

pub(crate) const INSERT_USER: &str = "INSERT INTO users \
    (id, email, email_key, last_name, first_name, address, password_hash, language, state, created_at, version) \
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

pub(crate) const UPDATE_USER: &str = "UPDATE users SET email = ?, email_key = ?, last_name = ?, first_name = ?, address = ?, \
    password_hash = ?, language = ?, state = ?, version = version + 1 \
    WHERE id = ? AND version = ?";

pub(crate) const INSERT_TOKEN: &str =
    "INSERT INTO tokens (hash, purpose, user_id, expires_at) VALUES (?, ?, ?, ?)";

pub(crate) const FIND_TOKEN: &str = "SELECT user_id, expires_at FROM tokens WHERE hash = ? AND purpose = ?";

pub(crate) const REMOVE_TOKEN: &str = "DELETE FROM tokens WHERE hash = ? AND purpose = ?";

pub(crate) const REMOVE_TOKENS: &str = "DELETE FROM tokens WHERE user_id = ? AND purpose = ?";

pub(crate) const INSERT_SESSION: &str =
    "INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at) VALUES (?, ?, ?, ?)";

pub(crate) const TOUCH_SESSION: &str = "UPDATE sessions SET last_seen_at = ? WHERE key_hash = ?";

pub(crate) const REMOVE_SESSION: &str = "DELETE FROM sessions WHERE key_hash = ?";

/// A session, its account and its cart, for every page that a signed-in shopper looks at.
pub(crate) const VISIT: &str = concat!(
    "SELECT s.created_at AS session_created_at, s.last_seen_at, c.code AS cart_code, c.version AS cart_version, ",
    user!(),
    " FROM sessions s JOIN users u ON u.id = s.user_id LEFT JOIN carts c ON c.owner_id = s.user_id WHERE s.key_hash = ?"
);

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[
    FIND_USER,
    FIND_USER_BY_EMAIL,
    INSERT_USER,
    UPDATE_USER,
    INSERT_TOKEN,
    FIND_TOKEN,
    REMOVE_TOKEN,
    REMOVE_TOKENS,
    INSERT_SESSION,
    TOUCH_SESSION,
    REMOVE_SESSION,
    VISIT,
];
