//! A row on its way.

use std::sync::Arc;

use shop_core::webapplication::{Table, Value};

use super::layout::{Column, known_kind};
use super::value::{Fault, Kind};
use crate::webapplication::columns::Columns;

/// Where the values of a row belong.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) columns: Columns,
    kinds: Vec<Kind>,
}

/// An `INSERT` whose rows are being read.
#[derive(Debug)]
pub(super) struct Insert {
    pub(super) table: Table,
    /// Of a list of columns, or of the table; `None` if neither is known.
    pub(super) layout: Option<Arc<Layout>>,
}

/// A row in the making.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) table: Table,
    pub(super) line: u64,
    layout: Option<Arc<Layout>>,
    pub(super) values: Vec<Value>,
    pub(super) count: usize,
    pub(super) fault: Option<Fault>,
    /// Whether its first parenthesis was there.
    pub(super) is_begun: bool,
    pub(super) has_default: bool,
    evidence: Evidence,
}

/// Whether it is a row at all, and not something in a text that looks like one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Evidence {
    /// No value tells.
    None,
    /// There is a string that is well quoted.
    For,
    /// A value cannot be of its column.
    Against,
}

/// How a row ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// With its parenthesis.
    Whole,
    /// Its quotation marks or commas are wrong.
    Broken,
    /// With its statement.
    Statement,
    /// With the dump, or nowhere near.
    Dump,
}

impl Layout {
    pub(super) fn new(table: Table, names: &[&[u8]], created: &[Column]) -> Self {
        let columns = Columns::new(table, names.iter().copied());
        let kinds = names.iter().zip(&columns.places).map(|(name, place)| {
            let known = place.map_or(Kind::Text(None), |place| known_kind(table, place));
            let created = created.iter().find(|column| column.name.eq_ignore_ascii_case(name));
            created.map_or(known, |column| column.kind)
        });
        Self { kinds: kinds.collect(), columns }
    }

    /// Where the value of this number belongs, and what it is.
    fn column(&self, at: usize) -> (Option<usize>, Kind) {
        let place = self.columns.places.get(at).copied().flatten();
        (place, self.kinds.get(at).copied().unwrap_or(Kind::Text(None)))
    }
}

impl Row {
    pub(super) fn new(insert: &Insert, line: u64) -> Self {
        Self {
            table: insert.table,
            line,
            layout: insert.layout.clone(),
            values: Vec::new(),
            count: 0,
            fault: None,
            is_begun: false,
            has_default: false,
            evidence: Evidence::None,
        }
    }

    /// Where the next value belongs, and what it is. A layout that is not known may turn out to be the old
    /// shop's.
    pub(super) fn column(&self) -> (Option<usize>, Kind) {
        match &self.layout {
            Some(layout) => layout.column(self.count),
            None if self.count < self.table.columns().len() => {
                (Some(self.count), known_kind(self.table, self.count))
            }
            None => (None, Kind::Text(None)),
        }
    }

    /// Weighs a value.
    pub(super) fn weigh(&mut self, is_plausible: bool, is_text: bool) {
        self.evidence = match self.evidence {
            _ if !is_plausible => Evidence::Against,
            Evidence::None if is_text => Evidence::For,
            evidence => evidence,
        };
    }

    pub(super) fn set(&mut self, place: usize, value: Value) {
        if self.values.is_empty() {
            self.values = vec![Value::Null; self.table.columns().len()];
        }
        if let Some(slot) = self.values.get_mut(place) {
            *slot = value;
        }
    }

    /// Why it cannot be taken although its parenthesis is closed.
    pub(super) fn problem(&self) -> Option<String> {
        let count = self.count;
        match &self.layout {
            Some(layout) if layout.columns.places.len() != count => {
                Some(format!("it has {count} values for {} columns", layout.columns.places.len()))
            }
            None if Columns::known(self.table, count).is_none() => {
                Some(format!("the dump does not say which columns its {count} values belong to"))
            }
            Some(_) | None => self.fault.map(|fault| fault.reason().to_owned()),
        }
    }

    /// Whether it can be nothing but a row, wherever it was found.
    pub(super) fn is_certain(&self) -> bool {
        let has_number = matches!(self.values.first(), Some(Value::Text(_)));
        has_number && self.evidence == Evidence::For && self.problem().is_none()
    }
}
