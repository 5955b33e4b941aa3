//! How the databases look for rows when there are many: by a key, or one by one if a list says why.

use crate::sql::{audit, catalog, outbox, schema};

/// 100,000 rows in every table but `categories`; a fifth of the products is hidden, a fifth of the messages
/// waits.
///
/// The table `s` numbers them, which each database fills in its own words: `n` is the number, `id` and `hash`
/// are it in 16 and 32 bytes,
/// `shelf` and `owner` are one of 20 and one of 1,000 ids.
pub(super) const ROWS: &str = "
    INSERT INTO users (id, email, email_key, last_name, first_name, address, password_hash, language, state,
        created_at, version) SELECT id, CONCAT(n, '@a.ro'), CONCAT(n, '@a.ro'), 'Pop', 'Ana', 'Str. 1', '$', 'ro',
        'active', n, 0 FROM s;
    INSERT INTO tokens (hash, purpose, user_id, expires_at) SELECT hash, 'reset', id, n FROM s;
    INSERT INTO sessions (key_hash, user_id, created_at, last_seen_at) SELECT hash, id, n, n FROM s;
    INSERT INTO carts SELECT id, 'SKU-1=1', 1 FROM s;
    INSERT INTO categories SELECT id, CONCAT('shelf-', n), '{}', n FROM s WHERE n <= 20;
    INSERT INTO products SELECT id, CONCAT('product-', n), shelf, '{}', NULL, n % 5 > 0, n, 0, n FROM s;
    INSERT INTO product_texts SELECT id, '', CONCAT('hammer ', n) FROM s;
    INSERT INTO variants SELECT CONCAT('SKU-', n), id, 0, '[]', n, 'RON', NULL, 9 FROM s;
    INSERT INTO orders SELECT id, 100000000 + n, owner, 'placed', n, 'Ana', 'Str. 1', 'ro', 1, 'RON', 0 FROM s;
    INSERT INTO order_lines SELECT id, 0, 'SKU-1', 'Hammer', 1, 1, 1, 'RON', 'processing' FROM s;
    INSERT INTO order_steps SELECT id, 0, 'confirmed', n FROM s;
    INSERT INTO order_keys SELECT id, CONCAT('key-', n), id FROM s;
    INSERT INTO outbox (id, recipient, name, language, kind, mail, state, attempts, created_at, due_at, user_id)
        SELECT id, 'a@a.ro', 'Ana', 'ro', 'reset', '{}', CASE n % 5 WHEN 0 THEN 'waiting' ELSE 'sent' END, 0, n, n,
        id FROM s;
    INSERT INTO throttles SELECT hash, n, n FROM s;";

/// Why statements may look at all rows of a table, one after the other.
pub(super) type MayScan = (&'static str, Vec<&'static str>);

/// What scans on every database.
fn may_scan() -> Vec<MayScan> {
    let searches = catalog::SEARCH_HIDDEN.iter().flat_map(|(_, sorted)| *sorted);
    let hidden = catalog::BROWSE_HIDDEN.into_iter().chain(searches);
    // Two audits walk a key: of the orders that are nobody's, and of the products that are in a category.
    let by_key =
        |sql: &&str| sql.contains("WHERE owner_id = X'00") || sql.contains("t.category_id IS NOT NULL");
    let audits = audit::ALL_RULES.iter().map(|rule| rule.sql).filter(|sql| !by_key(sql));
    vec![
        ("a shop has few categories, and a page shows all of them", vec![catalog::CATEGORIES]),
        ("it has as many rows as there are migrations", vec![schema::APPLIED]),
        (
            "operators look at the newest mails now and then; an index for them would cost every mail",
            vec![outbox::LIST],
        ),
        ("operators see hidden products too, sorted anew for each page", hidden.collect()),
        ("an audit looks at everything", audits.collect()),
    ]
}

/// Fails if a statement scans and may not, or may and does not: `scanning` is what does on this database,
/// `own` what may on no other.
pub(super) fn assert_only_listed_scan(scanning: &[&'static str], own: Vec<MayScan>) {
    let may: Vec<_> = may_scan().into_iter().chain(own).flat_map(|(_, statements)| statements).collect();
    let unlisted: Vec<_> = scanning.iter().filter(|sql| !may.contains(sql)).collect();
    assert!(unlisted.is_empty(), "these look at all rows: {unlisted:#?}");
    let needless: Vec<_> = may.iter().filter(|sql| !scanning.contains(sql)).collect();
    assert!(needless.is_empty(), "these need not be listed: {needless:#?}");
}
