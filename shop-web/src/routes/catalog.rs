//! `/` and `/products/<slug>`

use rocket::get;
use shop_core::catalog::Slug;
use shop_core::catalog::browse::{Browse, PageNumber};

use crate::answer::Answer;
use crate::forms::{CatalogQuery, Parsed};
use crate::guards::Shopper;
use crate::problem::Problem;
use crate::views::{CatalogView, ProductView, catalog_canonical, catalog_path};

#[get("/?<query..>")]
pub(super) async fn show(shopper: Shopper<'_>, query: CatalogQuery) -> Result<Answer, Problem> {
    match query.browse(shopper.language()) {
        Ok(browse) => {
            let (path, canonical) = (catalog_path(&browse), catalog_canonical(&browse));
            shopper.show_public(path, canonical, || view(&shopper, &browse)).await
        }
        Err(problem) => {
            let all = view(&shopper, &Browse { language: shopper.language(), ..Browse::default() }).await?;
            shopper.refuse(problem, "/", |faults| CatalogView { search: query.search(&faults), ..all })
        }
    }
}

/// The page, unless it lies behind the last one or in a category that there is not.
async fn view(shopper: &Shopper<'_>, browse: &Browse) -> Result<CatalogView, Problem> {
    let catalog = shopper.shop().browse(browse.clone()).await?;
    let known = |slug: &Slug| catalog.categories.iter().any(|category| category.slug == *slug);
    let behind_the_last = catalog.products.is_empty() && browse.page > PageNumber::default();
    if behind_the_last || browse.category.as_ref().is_some_and(|slug| !known(slug)) {
        return Err(Problem::NotFound);
    }
    Ok(CatalogView::new(browse, &catalog, shopper.shop().currency()))
}

#[get("/products/<slug>")]
pub(super) async fn product(shopper: Shopper<'_>, slug: Parsed<Slug>) -> Result<Answer, Problem> {
    let view = || async {
        let product = shopper.shop().product(&slug.0).await?.ok_or(Problem::NotFound)?;
        Ok(ProductView::new(&product, shopper.language(), shopper.shop().currency()))
    };
    let path = format!("/products/{}", slug.0);
    shopper.show_public(path.clone(), Some(path), view).await
}
