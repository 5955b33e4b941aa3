//! Browse: one page of the catalog.

use super::{Category, Product, Slug};
use crate::Shop;
use crate::error::StoreError;
use crate::language::Language;
use crate::ports::{CatalogPage, CatalogQuery, Sort};
use crate::text::{folded, text_type};

text_type! {
    /// What a shopper looks for: 1 to 100 characters.
    SearchText, 100, One
}

impl SearchText {
    /// The words, each [`folded`].
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        self.as_str().split_whitespace().map(folded).filter(|word| !word.is_empty()).collect()
    }
}

/// Which page to show.
#[derive(Clone, Debug, Default)]
pub struct Browse {
    /// Only products with every word of this text in name or description.
    pub search: Option<SearchText>,
    /// Only products of this category.
    pub category: Option<Slug>,
    /// In which order.
    pub sort: Sort,
    /// The page.
    pub page: PageNumber,
    /// The language in which the shopper searches.
    pub language: Language,
}

/// The number of a catalog page: 1 to 1,000.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageNumber(u32);

/// What cannot be the number of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a page number from 1 to {}", PageNumber::MAX)]
pub struct InvalidPageNumber;

impl PageNumber {
    /// The last page that there can be.
    pub const MAX: u32 = 1_000;
    /// Products on a page.
    pub const PRODUCTS: u32 = 24;

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// The page behind this one, if there can be one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        (self.0 < Self::MAX).then_some(Self(self.0 + 1))
    }

    /// The page before this one, if there is one.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        (self.0 > 1).then_some(Self(self.0 - 1))
    }
}

impl Default for PageNumber {
    fn default() -> Self {
        Self(1)
    }
}

impl std::str::FromStr for PageNumber {
    type Err = InvalidPageNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.parse().map_err(|_| InvalidPageNumber)?;
        if (1..=Self::MAX).contains(&number) { Ok(Self(number)) } else { Err(InvalidPageNumber) }
    }
}

/// One page of the catalog with what the menus around it need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// The products, with their variants.
    pub products: Vec<Product>,
    /// Whether there are more behind them.
    pub more: bool,
    /// All categories.
    pub categories: Vec<Category>,
}

impl Shop {
    /// One page of the products that shoppers see: 24 at most, three reads.
    pub async fn browse(&self, command: Browse) -> Result<Catalog, StoreError> {
        let query = CatalogQuery {
            category: command.category,
            search: command.search,
            sort: command.sort,
            language: command.language,
            hidden: false,
            offset: (command.page.get() - 1) * PageNumber::PRODUCTS,
            limit: PageNumber::PRODUCTS,
        };
        let CatalogPage { products, more } = self.store().catalog().page(&query).await?;
        let categories = self.store().catalog().categories().await?;
        Ok(Catalog { products, more, categories })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_between_blanks_of_any_kind() {
        let words = |text: &str| text.parse::<SearchText>().expect("a text").words();
        assert_eq!(words("  USB\u{a0}Stick 256 "), ["usb", "stick", "256"]);
        assert_eq!(words("\u{301}"), Vec::<String>::new(), "a mark alone is no word");
    }

    #[test]
    fn pages_lie_between_1_and_1000() {
        for text in ["0", "1001", "-1", "", "x", "1.5", "99999999999"] {
            assert_eq!(text.parse::<PageNumber>(), Err(InvalidPageNumber), "{text:?}");
        }
        let last: PageNumber = "1000".parse().expect("the last page");
        assert_eq!((last.next(), PageNumber::default().previous()), (None, None));
        assert_eq!(PageNumber::default().next().and_then(PageNumber::previous), Some(PageNumber::default()));
    }
}
