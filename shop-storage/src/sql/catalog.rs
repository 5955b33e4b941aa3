//! Categories, and pages of products.
//!
//! Each page is one statement for each of the four orders, [`Sorted`]. What shoppers see (`active = 1`, perhaps in one category) walks an index
//! in the page's order and stops at its end. Operators see hidden products too; their lists sort the table, which takes some 0.1 s with 100,000 products.

use super::products::product;

pub(crate) const INSERT_CATEGORY: &str =
    "INSERT INTO categories (id, slug, names, position) VALUES (?, ?, ?, ?)";

pub(crate) const FIND_CATEGORY: &str = "SELECT id, slug, names, position FROM categories WHERE slug = ?";

pub(crate) const CATEGORIES: &str = "SELECT id, slug, names, position FROM categories ORDER BY position, id";

/// One statement for each order: oldest, newest, cheapest, dearest first.
pub(crate) type Sorted = [&'static str; 4];

macro_rules! page {
    ($condition:expr, $order:literal) => {
        concat!(
            "SELECT ",
            product!(),
            " FROM products p WHERE ",
            $condition,
            " ORDER BY ",
            $order,
            " LIMIT ? OFFSET ?"
        )
    };
}

macro_rules! sorted {
    ($condition:expr) => {
        [
            page!($condition, "p.created_at, p.id"),
            page!($condition, "p.created_at DESC, p.id"),
            page!($condition, "p.lowest_price, p.id"),
            page!($condition, "p.lowest_price DESC, p.id"),
        ]
    };
}

/// Of this category, or of any if the value is empty.
macro_rules! any_category {
    () => {
        "? IN ('', (SELECT c.slug FROM categories c WHERE c.id = p.category_id))"
    };
}

/// Has these words in the language of the first value, or in its stand-in if the product has no text in that language.
macro_rules! has_words {
    ($words:expr) => {
        concat!(
            "EXISTS (SELECT 1 FROM product_texts t WHERE t.product_id = p.id AND t.language = ",
            "(SELECT MAX(x.language) FROM product_texts x WHERE x.product_id = p.id AND x.language IN ('', ?))",
            $words,
            ")"
        )
    };
}

macro_rules! one_word {
    () => {
        " AND INSTR(t.folded, ?) > 0"
    };
}

macro_rules! five_words {
    () => {
        concat!(one_word!(), one_word!(), one_word!(), one_word!(), one_word!())
    };
}

macro_rules! fifty_words {
    () => {
        concat!(
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!(),
            five_words!()
        )
    };
}

macro_rules! search {
    ($condition:expr) => {
        [
            (1, sorted!(concat!($condition, has_words!(one_word!()), " AND ", any_category!()))),
            (5, sorted!(concat!($condition, has_words!(five_words!()), " AND ", any_category!()))),
            (50, sorted!(concat!($condition, has_words!(fifty_words!()), " AND ", any_category!()))),
        ]
    };
}

/// All that shoppers see.
pub(crate) const BROWSE: Sorted = sorted!("p.active = 1");

/// What shoppers see of one category.
pub(crate) const BROWSE_CATEGORY: Sorted =
    sorted!("p.category_id = (SELECT c.id FROM categories c WHERE c.slug = ?) AND p.active = 1");

/// All, or all of a category, hidden ones too.
pub(crate) const BROWSE_HIDDEN: Sorted = sorted!(any_category!());

/// Searches for up to 1, 5 and 50 words; more do not fit into the 100 characters of a search.
pub(crate) type Search = [(usize, Sorted); 3];

/// What shoppers find.
pub(crate) const SEARCH: Search = search!("p.active = 1 AND ");

/// What operators find.
pub(crate) const SEARCH_HIDDEN: Search = search!("");

#[cfg(test)]
pub(crate) const ALL: &[&str] = &[INSERT_CATEGORY, FIND_CATEGORY, CATEGORIES];

#[cfg(test)]
pub(crate) const ALL_SORTED: &[Sorted] = &[BROWSE, BROWSE_CATEGORY, BROWSE_HIDDEN];

#[cfg(test)]
pub(crate) const ALL_SEARCHES: &[Search] = &[SEARCH, SEARCH_HIDDEN];
