//! Forms as pages give them.

use scraper::{ElementRef, Html, Selector};

/// A form with its fields as the page has filled them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    /// The path that it is sent to.
    pub(crate) action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    /// The forms of a page that are sent by POST.
    pub(crate) fn all(page: &Html) -> Vec<Self> {
        find(page.root_element(), "form[method=post]").into_iter().filter_map(Self::read).collect()
    }

    fn read(form: ElementRef<'_>) -> Option<Self> {
        let action = form.attr("action")?.to_owned();
        let fields = find(form, "input, textarea, select").into_iter().filter_map(field).collect();
        Some(Self { action, fields })
    }

    /// What a field says.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The form with something else typed into a field; a field that it lacks is added.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, typed)) => value.clone_into(typed),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The body of the request that sends it.
    pub(crate) fn encoded(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.fields).finish()
    }
}

/// What a browser sends for a field that nobody touched.
fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let value = match element.value().name() {
        // Browsers drop the newline that follows the tag, and the parser has done so.
        "textarea" => element.text().collect(),
        "select" => {
            let options = find(element, "option:not([disabled])");
            let selected = options.iter().find(|option| option.attr("selected").is_some());
            selected.or(options.first())?.attr("value")?.to_owned()
        }
        _ => element.attr("value").unwrap_or_default().to_owned(),
    };
    Some((element.attr("name")?.to_owned(), value))
}

/// The elements below this one that a selector finds; none for what is no selector.
pub(crate) fn find<'p>(element: ElementRef<'p>, selector: &str) -> Vec<ElementRef<'p>> {
    Selector::parse(selector).map(|selector| element.select(&selector).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_sends_it() {
        let page = Html::parse_document(
            "<form action=/search><input name=q></form>\
             <form method=post action=/cart/items><input type=hidden name=form_token value=t0>\
             <select name=sku><option value=A disabled><option value=B><option value=C selected></select>\
             <textarea name=address>\nStr. Lungă 1 &amp; 2</textarea><button>Add</button></form>",
        );
        let [form] = &Form::all(&page)[..] else { panic!("one form is sent by POST") };
        assert_eq!(form.action, "/cart/items");
        assert_eq!(form.value("sku"), Some("C"));
        assert_eq!(form.encoded(), "form_token=t0&sku=C&address=Str.+Lung%C4%83+1+%26+2");
        let filled = form.clone().with("sku", "B").with("quantity", "2");
        assert_eq!(filled.encoded(), "form_token=t0&sku=B&address=Str.+Lung%C4%83+1+%26+2&quantity=2");
    }
}
