use serde::Serialize;
use shop_core::catalog::add_category::{self, AddCategoryError};
use shop_core::catalog::{Category, CategoryName, Localized, Slug};
use shop_core::{Language, Shop, StoreError};

use super::Desk;
use super::arguments::{AddCategory, CategoryCommand};
use super::output::View;
use super::wordings::{by_language, localized};
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>, command: CategoryCommand) -> Result<(), Failure> {
    match command {
        CategoryCommand::List => list(desk).await,
        CategoryCommand::Add(arguments) => add(desk, arguments).await,
    }
}

async fn list(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let categories = desk.shop.store().catalog().categories().await?;
    let mut list = desk.output.list();
    categories.iter().try_for_each(|category| list.item(&CategoryView::from(category)))?;
    list.end()
}

async fn add(desk: &mut Desk<'_>, arguments: AddCategory) -> Result<(), Failure> {
    let AddCategory { slug, name, position } = arguments;
    let name = localized(by_language("--name", desk.settings.language, &name)?)?;
    let position = match position {
        Some(position) => position,
        None => behind_all(&desk.shop).await?,
    };
    let command = add_category::AddCategory { slug, name, position };
    let category = desk.shop.add_category(command).await.map_err(|error| match error {
        AddCategoryError::Store(error) => Failure::Store(error),
        refusal @ AddCategoryError::SlugTaken => Failure::Incomplete(refusal.to_string()),
    })?;
    desk.output.show(&CategoryView::from(&category))
}

/// The place behind all categories. Two that are added at once may share it, and stand one after the other
/// all the same.
async fn behind_all(shop: &Shop) -> Result<u32, StoreError> {
    let categories = shop.store().catalog().categories().await?;
    let last = categories.iter().map(|category| category.position).max();
    Ok(last.map_or(1, |last| last.saturating_add(1)))
}

#[derive(Serialize)]
struct CategoryView<'c> {
    slug: &'c Slug,
    name: &'c Localized<CategoryName>,
    position: u32,
}

impl<'c> From<&'c Category> for CategoryView<'c> {
    fn from(category: &'c Category) -> Self {
        Self { slug: &category.slug, name: &category.name, position: category.position }
    }
}

impl View for CategoryView<'_> {
    fn text(&self) -> String {
        // `Display` of a slug ignores widths, so it becomes a string first.
        let (slug, name) = (self.slug.to_string(), self.name.get(Language::English));
        format!("{slug:<24} {:>5}  {name}", self.position)
    }
}
