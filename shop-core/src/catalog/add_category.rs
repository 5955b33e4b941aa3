//! Add a category.

use super::{Category, CategoryName, Localized, Slug};
use crate::Shop;
use crate::error::{Constraint, StoreError};
use crate::ids::CategoryId;
use crate::retry::{Transient, retry};

/// A category to add.
#[derive(Clone, Debug)]
pub struct AddCategory {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name in pages.
    pub name: Localized<CategoryName>,
    /// Its place in menus, lowest first.
    pub position: u32,
}

/// Why no category was added.
#[derive(Debug, thiserror::Error)]
pub enum AddCategoryError {
    /// Another category has the slug.
    #[error("another category has this slug")]
    SlugTaken,
    /// The store failed.
    #[error(transparent)]
    Store(StoreError),
}

impl From<StoreError> for AddCategoryError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict(Constraint::Slug) => Self::SlugTaken,
            other => Self::Store(other),
        }
    }
}

impl Transient for AddCategoryError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_transient())
    }
}

impl Shop {
    /// Adds a category.
    pub async fn add_category(&self, command: AddCategory) -> Result<Category, AddCategoryError> {
        let AddCategory { slug, name, position } = command;
        let category = Category { id: CategoryId::fresh(self.clock(), self.random()), slug, name, position };
        retry(self.clock(), self.random(), || async {
            let mut unit = self.store().begin().await?;
            unit.categories().insert(&category).await?;
            Ok::<_, AddCategoryError>(unit.commit().await?)
        })
        .await?;
        Ok(category)
    }
}
