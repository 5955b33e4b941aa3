use std::collections::BTreeMap;

/// Rows by key, with a note of the keys whose rows were changed.
#[derive(Debug)]
pub(super) struct Table<K, V> {
    rows: BTreeMap<K, V>,
    changed: Vec<K>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { rows: BTreeMap::new(), changed: Vec::new() }
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    pub(super) fn get(&self, key: &K) -> Option<&V> {
        self.rows.get(key)
    }

    pub(super) fn contains(&self, key: &K) -> bool {
        self.rows.contains_key(key)
    }

    /// The rows in the order of their keys.
    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.rows.iter()
    }

    pub(super) fn put(&mut self, key: K, row: V) {
        self.changed.push(key.clone());
        self.rows.insert(key, row);
    }

    /// The row, to be changed in place.
    pub(super) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let row = self.rows.get_mut(key)?;
        self.changed.push(key.clone());
        Some(row)
    }

    pub(super) fn remove(&mut self, key: &K) -> Option<V> {
        let row = self.rows.remove(key)?;
        self.changed.push(key.clone());
        Some(row)
    }

    /// Removes at most `most` rows that `is_unwanted`; says how many.
    pub(super) fn remove_where(&mut self, most: u32, is_unwanted: impl Fn(&V) -> bool) -> u32 {
        let unwanted = self.rows.iter().filter(|(_, row)| is_unwanted(row)).map(|(key, _)| key.clone());
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let mut removed = 0;
        for key in unwanted.take(most).collect::<Vec<_>>() {
            removed += u32::from(self.remove(&key).is_some());
        }
        removed
    }

    /// Brings the changed rows of this table to `shown`, and forgets that they were changed.
    pub(super) fn publish(&mut self, shown: &mut Self) {
        for key in self.changed.drain(..) {
            copy(&key, &self.rows, &mut shown.rows);
        }
    }

    /// Brings the changed rows back to what `shown` has, and forgets that they were changed.
    pub(super) fn revert(&mut self, shown: &Self) {
        for key in self.changed.drain(..) {
            copy(&key, &shown.rows, &mut self.rows);
        }
    }
}

/// Makes the key's row in `to` what it is in `from`: present with the same value, or absent.
fn copy<K: Ord + Clone, V: Clone>(key: &K, from: &BTreeMap<K, V>, to: &mut BTreeMap<K, V>) {
    match from.get(key) {
        Some(row) => drop(to.insert(key.clone(), row.clone())),
        None => drop(to.remove(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Step {
        Put(u8, u8),
        Double(u8),
        Remove(u8),
        Publish,
        Revert,
    }

    fn step() -> impl Strategy<Value = Step> {
        let key = 0..6_u8;
        prop_oneof![
            (key.clone(), any::<u8>()).prop_map(|(key, row)| Step::Put(key, row)),
            key.clone().prop_map(Step::Double),
            key.prop_map(Step::Remove),
            Just(Step::Publish),
            Just(Step::Revert),
        ]
    }

    proptest! {
        /// Against the plainest model there is: two whole maps, one copied over the other.
        #[test]
        fn does_what_copying_whole_maps_does(steps in prop::collection::vec(step(), 0..60)) {
            let (mut draft, mut shown) = (Table::default(), Table::default());
            let (mut plain_draft, mut plain_shown) = (BTreeMap::new(), BTreeMap::new());
            for step in steps {
                match step {
                    Step::Put(key, row) => {
                        draft.put(key, row);
                        plain_draft.insert(key, row);
                    }
                    Step::Double(key) => {
                        let row = draft.get_mut(&key).map(|row| *row = row.wrapping_mul(2));
                        prop_assert_eq!(row, plain_draft.get_mut(&key).map(|row: &mut u8| *row = row.wrapping_mul(2)));
                    }
                    Step::Remove(key) => prop_assert_eq!(draft.remove(&key), plain_draft.remove(&key)),
                    Step::Publish => {
                        draft.publish(&mut shown);
                        plain_shown.clone_from(&plain_draft);
                    }
                    Step::Revert => {
                        draft.revert(&shown);
                        plain_draft.clone_from(&plain_shown);
                    }
                }
                prop_assert_eq!(&draft.rows, &plain_draft);
                prop_assert_eq!(&shown.rows, &plain_shown);
            }
        }
    }
}
