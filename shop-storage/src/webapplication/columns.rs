//! Which column of a table stands where.

use shop_core::webapplication::Table;

/// Where the columns that are carried stand among those of a table or a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// For each column there: its place in [`Table::columns`].
    pub(super) places: Vec<Option<usize>>,
    missing: Vec<&'static str>,
    extra: Vec<String>,
}

/// The column that the old shop has as well and that needs no remark: the secret of links that were mailed
/// long ago.
const fn left(table: Table) -> &'static [&'static str] {
    match table {
        Table::Produse => &[],
        Table::Useri => &["hash"],
    }
}

/// Names that a remark gives at most.
const MOST_NAMES: usize = 8;

impl Columns {
    /// Looks for the columns of a table among these names, whose letters' case does not matter.
    pub(super) fn new<'a>(table: Table, names: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut columns = Self { places: Vec::new(), missing: table.columns().to_vec(), extra: Vec::new() };
        for name in names {
            let is = |column: &&str| name.eq_ignore_ascii_case(column.as_bytes());
            let place = table.columns().iter().position(is);
            columns.places.push(place);
            columns.missing.retain(|column| !is(column));
            if place.is_none() && !left(table).iter().any(is) && columns.extra.len() <= MOST_NAMES {
                columns.extra.push(printable(name));
            }
        }
        columns
    }

    /// The layout that the old shop itself made, if it has so many columns.
    pub(super) fn known(table: Table, count: usize) -> Option<Self> {
        let names = table.columns().iter().chain(left(table));
        (names.clone().count() == count).then(|| Self::new(table, names.map(|name| name.as_bytes())))
    }

    /// What the operator should know about them.
    pub(super) fn remarks(&self, table: Table) -> Vec<String> {
        let (name, mut remarks) = (table.name(), Vec::new());
        if !self.missing.is_empty() {
            remarks.push(format!("{name} has no column {}: read as NULL", self.missing.join(", ")));
        }
        if !self.extra.is_empty() {
            let (some, more) = match self.extra.get(..MOST_NAMES) {
                Some(some) => (some, ", …"),
                None => (&*self.extra, ""),
            };
            remarks.push(format!("{name} has columns that are not carried: {}{more}", some.join(", ")));
        }
        remarks
    }
}

/// The name of a column, of sensible length and without characters that a terminal may obey.
fn printable(name: &[u8]) -> String {
    let name = String::from_utf8_lossy(name.get(..64).unwrap_or(name));
    name.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_columns_in_any_order_and_names_what_does_not_fit() {
        let names: [&[u8]; 6] = [b"PRET", b"cod", b"nume", b"stoc\x1b", b"x", b"IDProdus"];
        let columns = Columns::new(Table::Produse, names.into_iter());
        assert_eq!(columns.places, [Some(4), Some(2), Some(1), None, None, Some(0)]);
        assert_eq!(
            columns.remarks(Table::Produse),
            [
                "produse has no column imagine: read as NULL",
                "produse has columns that are not carried: stoc\u{FFFD}, x"
            ]
        );
    }

    #[test]
    fn the_known_layout_fits_as_many_values_as_it_has_columns() {
        for (table, count) in [(Table::Produse, 5), (Table::Useri, 9)] {
            let columns = Columns::known(table, count).expect("a layout");
            assert_eq!(columns.places.len(), count);
            assert!(columns.remarks(table).is_empty());
            assert_eq!(Columns::known(table, count + 1), None);
            assert_eq!(Columns::known(table, count - 1), None);
        }
    }

    #[test]
    fn a_thousand_columns_make_a_short_remark() {
        let names: Vec<_> = (0..1_000).map(|number| format!("c{number}")).collect();
        let columns = Columns::new(Table::Produse, names.iter().map(String::as_bytes));
        assert!(columns.remarks(Table::Produse).iter().all(|remark| remark.len() < 200));
    }
}
