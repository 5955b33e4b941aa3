use super::{Localized, Slug};
use crate::ids::CategoryId;
use crate::text::text_type;

text_type! {
    /// The name of a category in one language: 1 to 100 characters.
    CategoryName, 100, One
}

/// A group of products that a shopper can narrow the catalog to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// Its name in addresses; unique among categories.
    pub slug: Slug,
    /// Its name in pages.
    pub name: Localized<CategoryName>,
    /// Its place in menus, lowest first.
    pub position: u32,
}
