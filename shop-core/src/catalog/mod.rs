//! The catalog: products, their variants, categories, and how they are found.
//!
//! | use case | file | reads or effects in one unit |
//! |---|---|---|
//! | browse | [`browse`] | one page of products, one read of their variants, one of the categories |
//! | show a product | [`show`] | one read of the product, one of its variants |
//! | add a category | [`add_category`] | category |
//! | add a product | [`add_product`] | product and its variants |
//! | change a product | [`change`] | visibility; stock and price of a variant |

pub mod add_category;
pub mod add_product;
pub mod browse;
mod category;
pub mod change;
mod localized;
mod picture;
mod product;
pub mod show;
mod sku;
mod slug;

pub use category::{Category, CategoryName};
pub use localized::Localized;
pub use picture::{PictureName, PictureNameError};
pub use product::{Description, Label, Offer, Product, ProductName, ProductText, Variant, VariantOption};
pub use sku::{Sku, SkuError};
pub use slug::{Slug, SlugError};
