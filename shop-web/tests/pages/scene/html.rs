//! As much HTML as the tests need to read the shop's own pages.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A tag with its attributes, and the text behind it.
struct Tag<'p> {
    name: &'p str,
    attributes: BTreeMap<&'p str, String>,
    text: String,
}

/// The hidden fields of the form that goes to `action`.
pub(super) fn form(page: &str, action: &str) -> Option<BTreeMap<String, String>> {
    let mut tags = tags(page).into_iter();
    tags.find(|tag| {
        tag.name == "form" && tag.attribute("action") == action && tag.attribute("method") == "post"
    })?;
    let inside = tags.take_while(|tag| tag.name != "/form");
    let hidden = inside.filter(|tag| tag.name == "input" && tag.attribute("type") == "hidden");
    Some(hidden.map(|tag| (tag.attribute("name").to_owned(), tag.attribute("value").to_owned())).collect())
}

/// Status, title, headings, paragraphs, forms with their fields, and everything that has a mark for scripts;
/// random values are left out.
pub(super) fn outline(status: u16, page: &str) -> String {
    let mut outline = format!("{status}\n");
    for tag in tags(page) {
        let class = tag.attribute("class").split(' ').next().unwrap_or_default();
        let marks: Vec<_> = tag.attributes.iter().filter(|(name, _)| name.starts_with("data-")).collect();
        let line = match tag.name {
            "title" | "h1" | "h2" => format!("{}: {}", tag.name, tag.text),
            "p" if class == "fault" => format!("fault: {}", tag.text),
            "p" if !tag.text.is_empty() && marks.is_empty() => tag.text,
            "form" => format!("form {} {}", tag.attribute("method"), tag.attribute("action")),
            "input" | "textarea" | "select" => {
                let invalid = if tag.attribute("aria-invalid") == "true" { " invalid" } else { "" };
                let name = tag.attribute("name");
                let value = match (name, tag.name) {
                    ("form_token" | "idempotency_key", _) => "…",
                    (_, "textarea") => &tag.text,
                    _ => tag.attribute("value"),
                };
                format!("  {name}={value:?}{invalid}")
            }
            "button" if tag.attributes.contains_key("disabled") => "  (disabled)".to_owned(),
            _ if !marks.is_empty() => {
                marks.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            }
            _ => continue,
        };
        writeln!(outline, "{line}").expect("a string takes any text");
    }
    outline
}

impl Tag<'_> {
    fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map(String::as_str).unwrap_or_default()
    }
}

fn tags(page: &str) -> Vec<Tag<'_>> {
    let pieces = page.split('<').skip(1).filter_map(|piece| piece.split_once('>'));
    pieces.map(|(tag, text)| parsed(tag, text)).collect()
}

fn parsed<'p>(tag: &'p str, text: &str) -> Tag<'p> {
    let (name, mut rest) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let mut attributes = BTreeMap::new();
    while let Some(start) = rest.find(|character: char| !character.is_whitespace()) {
        rest = &rest[start..];
        let end = rest.find(['=', ' ', '\n']).unwrap_or(rest.len());
        let (attribute, behind) = rest.split_at(end);
        let value = behind.strip_prefix("=\"").and_then(|value| value.split_once('"'));
        let (value, behind) = value.unwrap_or(("", behind));
        attributes.insert(attribute, unescaped(value));
        rest = behind;
    }
    Tag { name, attributes, text: unescaped(text.trim()) }
}

fn unescaped(text: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&#x2F;", "/")];
    let text =
        entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character));
    text.replace("&amp;", "&")
}
