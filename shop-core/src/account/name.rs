use crate::text::text_type;

text_type! {
    /// A first or last name: 1 to 100 characters of any script, on one line.
    PersonName, 100, One
}
