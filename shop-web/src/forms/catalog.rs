//! What the address of a catalog page asks for.

use std::str::FromStr;

use rocket::form::FromForm;
use shop_core::Language;
use shop_core::catalog::Slug;
use shop_core::catalog::browse::{Browse, PageNumber, SearchText};
use shop_core::ports::Sort;

use super::{Faults, Typed};
use crate::problem::Problem;
use crate::views::{Field, sort_from_name};

/// GET `/`. A field that is blank counts as not given, since browsers send the blank fields of a form too.
#[derive(FromForm)]
pub(crate) struct CatalogQuery {
    q: Typed<SearchText>,
    category: Typed<Slug>,
    sort: Typed<SortName>,
    page: Typed<PageNumber>,
}

#[derive(Clone, Copy)]
struct SortName(Sort);

/// A name that no order has.
struct NoSuchSort;

impl FromStr for SortName {
    type Err = NoSuchSort;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        sort_from_name(name).map(Self).ok_or(NoSuchSort)
    }
}

impl CatalogQuery {
    /// Which page it asks for. A category or number that cannot be leads to no page; a search text that
    /// cannot be is a fault.
    pub(crate) fn browse(&self, language: Language) -> Result<Browse, Problem> {
        let mut faults = Faults::default();
        let search = if self.q.is_blank() { None } else { faults.value("q", &self.q) };
        // An order that does not exist is the usual one: no link breaks.
        let sort = self.sort.value().map_or_else(|_| Sort::default(), |name| name.0);
        let browse = Browse {
            search,
            category: given(&self.category)?,
            sort,
            page: given(&self.page)?.unwrap_or_default(),
            language,
        };
        if faults.is_empty() { Ok(browse) } else { Err(faults.into()) }
    }

    /// The field for the search text again.
    pub(crate) fn search(&self, faults: &Faults) -> Field {
        faults.field("q", &self.q)
    }
}

fn given<T: FromStr + Clone>(field: &Typed<T>) -> Result<Option<T>, Problem> {
    if field.is_blank() {
        Ok(None)
    } else {
        field.value().map(|value| Some(value.clone())).map_err(|_| Problem::NotFound)
    }
}
