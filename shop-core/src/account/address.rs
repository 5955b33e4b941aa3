use crate::text::text_type;

text_type! {
    /// A postal address: 1 to 500 characters, on as many lines as its country writes it.
    PostalAddress, 500, Many
}
