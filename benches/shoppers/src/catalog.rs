//! What the shop's first page offers: where shoppers can go, and what they can buy.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::form::{Form, find};

/// Something that can be bought.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Offer {
    /// The link to the product's page.
    pub(crate) page: String,
    /// The variant.
    pub(crate) sku: String,
}

/// The links and goods of the first page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Catalog {
    /// Links to categories.
    pub(crate) categories: Vec<String>,
    /// Links to products.
    pub(crate) products: Vec<String>,
    /// The link to the stylesheet.
    pub(crate) stylesheet: String,
    /// What is not sold out.
    pub(crate) offers: Vec<Offer>,
}

impl Catalog {
    /// Reads the first page. If SKUs are given, nothing else is bought, and each of them must be for sale.
    pub(crate) fn read(answer: &Answer, skus: &[String]) -> Result<Self, Failure> {
        let page = answer.page()?;
        let mut offers = offers(&page);
        if let Some(sku) = skus.iter().find(|sku| !offers.iter().any(|offer| offer.sku == **sku)) {
            return Err(Failure::Missing(format!("{sku} is not for sale on the first page")));
        }
        offers.retain(|offer| skus.is_empty() || skus.contains(&offer.sku));
        let missing = |what: &str| Failure::Missing(format!("the first page has no {what}"));
        let stylesheet = links(&page, "link[rel=stylesheet]").into_iter().next();
        let products = links(&page, "a[href*='/products/']");
        if offers.is_empty() || products.is_empty() {
            return Err(missing("product for sale"));
        }
        let stylesheet = stylesheet.ok_or_else(|| missing("stylesheet"))?;
        Ok(Self { categories: links(&page, "a[href*='category=']"), products, stylesheet, offers })
    }
}

/// The form that puts this variant into the cart.
pub(crate) fn add_form(answer: &Answer, sku: &str) -> Result<Form, Failure> {
    let mut forms = Form::all(&answer.page()?).into_iter();
    let form = forms.find(|form| form.action.ends_with("/cart/items") && form.value("sku") == Some(sku));
    form.ok_or_else(|| Failure::Missing(format!("{sku} is out of stock")))
}

fn links(page: &Html, selector: &str) -> Vec<String> {
    let links = find(page.root_element(), selector);
    let links: BTreeSet<_> = links.iter().filter_map(|link| link.attr("href")).collect();
    links.into_iter().map(str::to_owned).collect()
}

fn offers(page: &Html) -> Vec<Offer> {
    let offers: BTreeSet<_> =
        find(page.root_element(), "[data-sku]").into_iter().flat_map(offers_of).collect();
    offers.into_iter().collect()
}

/// The variants that a product's card has a form for.
fn offers_of(card: ElementRef<'_>) -> Vec<Offer> {
    let Some(link) = find(card, "a[href*='/products/']").first().and_then(|link| link.attr("href")) else {
        return Vec::new();
    };
    let hidden = find(card, "form[method=post] input[name=sku]").into_iter();
    let options = find(card, "form[method=post] select[name=sku] option:not([disabled])").into_iter();
    let skus = hidden.chain(options).filter_map(|field| field.attr("value"));
    skus.map(|sku| Offer { page: link.to_owned(), sku: sku.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use hyper::HeaderMap;

    use super::*;

    fn first_page() -> Answer {
        let body = "<link rel=stylesheet href=/static/shop.css><a href='/?category=storage'>Storage</a>\
            <li data-sku=LPN4><a href=/products/laptop>Laptop</a>\
            <form method=post action=/cart/items><input type=hidden name=sku value=LPN4></form></li>\
            <li data-sku=USB02><a href=/products/stick>Stick</a><form method=post action=/cart/items>\
            <select name=sku><option value=USB02 data-sku=USB02><option value=USB03 disabled></select>\
            </form></li>\
            <li data-sku=MB06><a href=/products/board>Board</a><p>Sold out</p></li>";
        Answer { status: 200, headers: HeaderMap::new(), body: body.to_owned() }
    }

    fn skus(catalog: &Catalog) -> Vec<&str> {
        catalog.offers.iter().map(|offer| offer.sku.as_str()).collect()
    }

    #[test]
    fn what_is_sold_out_is_not_bought() {
        let catalog = Catalog::read(&first_page(), &[]).expect("a catalog");
        assert_eq!(skus(&catalog), ["LPN4", "USB02"]);
        assert_eq!(catalog.products, ["/products/board", "/products/laptop", "/products/stick"]);
        assert_eq!((catalog.categories.len(), catalog.stylesheet.as_str()), (1, "/static/shop.css"));
    }

    #[test]
    fn only_what_was_asked_for_is_bought() {
        let catalog = Catalog::read(&first_page(), &["USB02".to_owned()]).expect("a catalog");
        assert_eq!(skus(&catalog), ["USB02"]);
        let refused = Catalog::read(&first_page(), &["MB06".to_owned()]).unwrap_err();
        assert_eq!(refused.to_string(), "MB06 is not for sale on the first page");
    }

    #[test]
    fn a_page_without_the_form_says_that_the_variant_is_out_of_stock() {
        assert_eq!(add_form(&first_page(), "LPN4").expect("a form").action, "/cart/items");
        assert_eq!(add_form(&first_page(), "MB06").unwrap_err().to_string(), "MB06 is out of stock");
    }
}
