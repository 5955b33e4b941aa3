//! Catalog pages show what they should, in order, and paging neither repeats nor loses a product.

use super::Broken;
use super::case::cases;
use super::samples::{category, category_id, lei, moment, parsed, product, product_id, sku, variant, words};
use super::setup::{add_categories, add_products};
use crate::catalog::{Localized, Product, ProductText, Variant};
use crate::ids::ProductId;
use crate::language::Language;
use crate::ports::{CatalogQuery, Sort, Store};

const SORTS: [Sort; 4] = [Sort::Catalog, Sort::Newest, Sort::PriceUp, Sort::PriceDown];

pub(super) fn everything() -> CatalogQuery {
    CatalogQuery {
        category: None,
        search: None,
        sort: Sort::Catalog,
        language: Language::English,
        hidden: false,
        offset: 0,
        limit: 1_000,
    }
}

fn priced(number: u32, prices: &[i64]) -> Product {
    let variants = (0..)
        .zip(prices)
        .map(|(index, &price)| Variant { price: lei(price), ..variant(sku(number * 10 + index)) });
    Product { variants: variants.collect(), ..product(number) }
}

fn named(number: u32, name: &str, description: Option<&str>) -> Product {
    Product { text: words(name, description), ..product(number) }
}

async fn found(store: &dyn Store, query: CatalogQuery) -> Result<Vec<ProductId>, Broken> {
    let page = store.catalog().page(&query).await?;
    assert!(!page.more, "the page holds all");
    Ok(page.products.iter().map(|product| product.id).collect())
}

async fn search(store: &dyn Store, text: &str, language: Language) -> Result<Vec<u128>, Broken> {
    let query = CatalogQuery { search: Some(parsed(text)), language, ..everything() };
    let found = found(store, query).await?;
    Ok(found.iter().map(|id| u128::from_be_bytes(*id.as_bytes()) & 0xff).collect())
}

cases! {
    ($) storefront __conformance_storefront

    /// A page of an empty catalog is empty, and there is nothing behind it.
    async fn an_empty_catalog_has_an_empty_page(store) {
        let page = store.catalog().page(&everything()).await?;
        assert_eq!((page.products, page.more), (Vec::new(), false));
        assert_eq!(store.catalog().categories().await?, []);
    }

    /// The products of a page are whole, with all their variants in their order.
    async fn a_page_has_whole_products(store) {
        let products = [priced(1, &[3, 1, 2]), priced(2, &[5]), priced(3, &[9, 8])];
        add_products(&*store, &products).await?;
        assert_eq!(store.catalog().page(&everything()).await?.products, products);
    }

    /// Products are sorted by age or by their lowest price, up or down.
    async fn pages_are_sorted(store) {
        // Neither ids nor the order of insertion agree with age.
        let at = |number, seconds, prices: &[i64]| Product {
            created_at: moment(seconds),
            ..priced(number, prices)
        };
        let products = [at(2, 30, &[7, 1]), at(1, 20, &[2]), at(4, 10, &[3, 9]), at(3, 40, &[0])];
        add_products(&*store, &products).await?;
        let expected = [[4, 1, 2, 3], [3, 2, 1, 4], [3, 2, 1, 4], [4, 1, 2, 3]];
        for (sort, expected) in SORTS.into_iter().zip(expected) {
            let found = found(&*store, CatalogQuery { sort, ..everything() }).await?;
            assert_eq!(found, expected.map(product_id), "{sort:?}");
        }
    }

    /// Page after page shows every product once, in every sort, though many are equal in it.
    async fn paging_neither_repeats_nor_loses(store) {
        let of = |number| Product {
            created_at: moment(i64::from(number % 2)),
            ..priced(number, &[i64::from(number % 3)])
        };
        let products: Vec<_> = (1..=23).map(of).collect();
        add_products(&*store, &products).await?;
        for sort in SORTS {
            let all = found(&*store, CatalogQuery { sort, ..everything() }).await?;
            assert_eq!(all.len(), products.len());
            let mut seen = Vec::new();
            for offset in (0..23).step_by(5) {
                let page =
                    store.catalog().page(&CatalogQuery { sort, offset, limit: 5, ..everything() }).await?;
                assert_eq!(page.more, offset < 20, "{sort:?} from {offset}");
                seen.extend(page.products.iter().map(|product| product.id));
            }
            assert_eq!(seen, all, "{sort:?}");
        }
    }

    /// Products that are equal in a sort stand by id, whichever sort it is.
    async fn equal_products_stand_by_id(store) {
        let products: Vec<_> =
            [3, 1, 4, 2].map(|number| Product { created_at: moment(0), ..product(number) }).into();
        add_products(&*store, &products).await?;
        for sort in SORTS {
            let found = found(&*store, CatalogQuery { sort, ..everything() }).await?;
            assert_eq!(found, [1, 2, 3, 4].map(product_id), "{sort:?}");
        }
    }

    /// A page knows whether there are more products behind it, and one behind the end is empty.
    async fn a_page_knows_its_end(store) {
        add_products(&*store, &(1..=6).map(product).collect::<Vec<_>>()).await?;
        for (offset, limit, count, more) in
            [(0, 5, 5, true), (0, 6, 6, false), (1, 5, 5, false), (6, 5, 0, false), (999, 5, 0, false)]
        {
            let page = store.catalog().page(&CatalogQuery { offset, limit, ..everything() }).await?;
            assert_eq!((page.products.len(), page.more), (count, more), "{limit} from {offset}");
        }
    }

    /// Hidden products are shown to operators alone, and do not count for the pages of others.
    async fn hidden_products_are_hidden(store) {
        let of = |number| Product { active: number % 2 == 1, ..product(number) };
        add_products(&*store, &(1..=6).map(of).collect::<Vec<_>>()).await?;
        let shown = store.catalog().page(&CatalogQuery { limit: 3, ..everything() }).await?;
        assert!(shown.products.iter().all(|product| product.active));
        assert_eq!((shown.products.len(), shown.more), (3, false));
        let all = store.catalog().page(&CatalogQuery { hidden: true, ..everything() }).await?;
        assert_eq!(all.products.len(), 6);
    }

    /// A page of a category has its products alone; one of an unknown category has none.
    async fn pages_of_a_category(store) {
        add_categories(&*store, &[category(1), category(2)]).await?;
        let of = |number, category| Product { category, ..product(number) };
        let products = [
            of(1, Some(category_id(1))),
            of(2, Some(category_id(2))),
            of(3, None),
            of(4, Some(category_id(1))),
        ];
        add_products(&*store, &products).await?;
        let in_category = |slug: &str| CatalogQuery { category: Some(parsed(slug)), ..everything() };
        assert_eq!(found(&*store, in_category("category-1")).await?, [products[0].id, products[3].id]);
        assert_eq!(found(&*store, in_category("category-3")).await?, []);
    }

    /// Search finds products that have every word, in name or description, in capital or small letters.
    async fn search_finds_every_word(store) {
        add_products(
            &*store,
            &[
                named(1, "USB stick", Some("Holds 256 GB.\nBlack.")),
                named(2, "USB cable", None),
                named(3, "Hammer", Some("For a stick and a nail")),
                Product { active: false, ..named(4, "Hidden USB stick", None) },
            ],
        )
        .await?;
        let expected: [(&str, &[u128]); 6] = [
            ("usb", &[1, 2]),
            ("STICK", &[1, 3]),
            ("stick usb", &[1]),
            ("usb  256", &[1]),
            ("usb nail", &[]),
            ("xyz", &[]),
        ];
        for (text, ids) in expected {
            assert_eq!(search(&*store, text, Language::English).await?, ids, "{text:?}");
        }
    }

    /// Search finds a word with and without its marks, in any alphabet's capital or small letters.
    async fn search_passes_over_marks(store) {
        add_products(
            &*store,
            &[named(1, "Pălărie de paie", Some("CRÈME BRÛLÉE")), named(2, "Κάπα и Шапка", None)],
        )
        .await?;
        let expected: [(&str, &[u128]); 6] = [
            ("palarie", &[1]),
            ("PĂLĂRIE", &[1]),
            ("crème", &[1]),
            ("brulee", &[1]),
            ("καπα", &[2]),
            ("шапка", &[2]),
        ];
        for (text, ids) in expected {
            assert_eq!(search(&*store, text, Language::English).await?, ids, "{text:?}");
        }
    }

    /// What is a wildcard or a quote to a database is just a character to search.
    async fn search_takes_every_character_as_it_is(store) {
        add_products(
            &*store,
            &[
                named(1, "Cotton 100% white", None),
                named(2, "Cotton 100 white", None),
                named(3, r"A_B C\D", None),
                named(4, "AxB CxD", None),
                named(5, r#"O'Brien's "best" [a-z]* glue;"#, None),
            ],
        )
        .await?;
        let expected: [(&str, &[u128]); 9] = [
            ("100%", &[1]),
            ("%", &[1]),
            ("_", &[3]),
            ("a_b", &[3]),
            (r"c\d", &[3]),
            (r"\", &[3]),
            ("o'brien's", &[5]),
            ("\"best\"", &[5]),
            ("[a-z]*", &[5]),
        ];
        for (text, ids) in expected {
            assert_eq!(search(&*store, text, Language::English).await?, ids, "{text:?}");
        }
    }

    /// Search looks at the text that a page in this language shows: its own, or the fallback.
    async fn search_goes_by_the_language(store) {
        let text = |name: &str| ProductText { name: parsed(name), description: None };
        let both =
            Localized::only(Language::English, text("Needle")).with(Language::Romanian, text("Ac de cusut"));
        add_products(
            &*store,
            &[
                Product { text: both, ..product(1) },
                Product { text: Localized::only(Language::Romanian, text("Căciulă")), ..product(2) },
            ],
        )
        .await?;
        let expected: [(&str, Language, &[u128]); 5] = [
            ("cusut", Language::Romanian, &[1]),
            ("needle", Language::English, &[1]),
            ("needle", Language::French, &[1]),
            ("ăciul", Language::Romanian, &[2]),
            ("căciulă", Language::French, &[2]),
        ];
        for (text, language, ids) in expected {
            assert_eq!(search(&*store, text, language).await?, ids, "{text:?} in {language}");
        }
    }
}
