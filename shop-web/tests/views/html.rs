//! Reads the HTML that templates make: enough of it to see whether tags, ids and addresses are in order.

use std::collections::{BTreeMap, BTreeSet};

/// Elements without an end tag.
const VOID: [&str; 6] = ["meta", "link", "img", "input", "br", "hr"];

/// A start tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

impl Tag {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// The start tags in order, or what is wrong with the document.
pub(crate) fn read(html: &str) -> Result<Vec<Tag>, String> {
    let mut rest = html.strip_prefix("<!doctype html>").ok_or("no doctype")?;
    let (mut tags, mut open) = (Vec::new(), Vec::new());
    while let Some(start) = rest.find('<') {
        if rest[..start].contains('>') {
            return Err(format!("a stray `>` before {}", clip(&rest[start..])));
        }
        let inside = &rest[start + 1..];
        let end = end_of_tag(inside).ok_or_else(|| format!("an open tag: {}", clip(inside)))?;
        rest = &inside[end + 1..];
        let text = &inside[..end];
        if let Some(name) = text.strip_prefix('/') {
            let last: Option<String> = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("</{name}> closes {last:?} before {}", clip(rest)));
            }
        } else {
            let tag = start_tag(text)?;
            if !VOID.contains(&tag.name.as_str()) {
                open.push(tag.name.clone());
            }
            tags.push(tag);
        }
    }
    if open.is_empty() { Ok(tags) } else { Err(format!("never closed: {open:?}")) }
}

/// Where the tag ends; a `>` within quotes does not count.
fn end_of_tag(inside: &str) -> Option<usize> {
    let mut quoted = false;
    inside.find(|character| {
        quoted ^= character == '"';
        character == '>' && !quoted
    })
}

fn start_tag(text: &str) -> Result<Tag, String> {
    let (name, mut rest) = text.split_once([' ', '\n']).unwrap_or((text, ""));
    let mut attributes = BTreeMap::new();
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let end = rest.find([' ', '\n', '=']).unwrap_or(rest.len());
        let (attribute, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("an open quote in <{text}>"))?,
            None => ("", behind),
        };
        let is_name = |character: char| character.is_ascii_lowercase() || character == '-';
        if attribute.is_empty() || !attribute.chars().all(is_name) || behind.starts_with('=') {
            return Err(format!("a broken attribute {attribute:?} in <{text}>"));
        }
        if attributes.insert(attribute.to_owned(), value.to_owned()).is_some() {
            return Err(format!("`{attribute}` twice in <{text}>"));
        }
        rest = behind;
    }
    Ok(Tag { name: name.to_owned(), attributes })
}

/// What is wrong with ids, headings, labels and references of a page.
pub(crate) fn faults(tags: &[Tag]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for id in tags.iter().filter_map(|tag| tag.get("id")) {
        if !ids.insert(id) {
            faults.push(format!("the id {id:?} twice"));
        }
    }
    let headings = tags.iter().filter(|tag| tag.name == "h1").count();
    if headings != 1 {
        faults.push(format!("{headings} headings of the first rank"));
    }
    for tag in tags {
        let references =
            ["for", "aria-describedby", "aria-labelledby"].iter().filter_map(|name| tag.get(name));
        let anchors = tag.get("href").and_then(|href| href.strip_prefix('#'));
        let missing =
            references.flat_map(str::split_whitespace).chain(anchors).filter(|id| !ids.contains(id));
        faults.extend(missing.map(|id| format!("nothing has the id {id:?}")));
        if tag.name == "img" && ["alt", "width", "height"].iter().any(|name| tag.get(name).is_none()) {
            faults.push(format!("an image without measures: {tag:?}"));
        }
        let inline = |name: &String| name.starts_with("on") || name == "style";
        if tag.name == "script" || tag.attributes.keys().any(inline) {
            faults.push(format!("inline script or style: {tag:?}"));
        }
    }
    faults
}

fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}
