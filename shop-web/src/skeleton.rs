//! Catalog pages for those who are signed in, without what is personal in them.
//!
//! For everybody who is signed in a page of the catalog differs in two things alone: the part that names its
//! reader (`visitor.html`), and the token in its forms. A skeleton is such a page with gaps in their place,
//! so that one rendering serves all readers.

use crate::views::{self, Page, ViewError, Views};

/// A page with gaps for what is personal.
#[derive(Debug)]
pub(crate) struct Skeleton(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    Visitor,
    FormToken,
}

/// What fills the gaps for one reader.
#[derive(Debug)]
struct Personal<'a> {
    visitor: String,
    form_token: &'a str,
}

impl Skeleton {
    /// The skeleton of the page that `render` renders; `None` if somebody's own templates show personal
    /// things in other places too.
    ///
    /// Whether they do is tried out: the page is rendered for two readers, and the skeleton of the first
    /// one's page, filled for the second one, must be what the second one gets.
    pub(crate) fn new(
        views: &Views,
        page: &Page,
        render: impl Fn(&Page) -> Result<String, ViewError>,
    ) -> Result<Option<Self>, ViewError> {
        let [one, another] = [("One", 0, '1'), ("Another", 23, '2')].map(|(name, pieces, digit)| Page {
            visitor: Some(views::Visitor { name: name.to_owned(), pieces }),
            form_token: Some(digit.to_string().repeat(64)),
            notices: Vec::new(),
            ..page.clone()
        });
        let skeleton = Self::of(&render(&one)?, &Personal::of(views, &one)?);
        let filled = skeleton.fill(views, &another)?;
        Ok((filled == render(&another)?).then_some(skeleton))
    }

    /// The page for this reader.
    pub(crate) fn fill(&self, views: &Views, page: &Page) -> Result<String, ViewError> {
        let personal = Personal::of(views, page)?;
        let texts = self.0.iter().map(|part| match part {
            Part::Text(text) => text,
            Part::Visitor => personal.visitor.as_str(),
            Part::FormToken => personal.form_token,
        });
        Ok(texts.collect::<Vec<_>>().concat())
    }

    fn of(html: &str, personal: &Personal<'_>) -> Self {
        let mut parts = Vec::new();
        let (before, behind) = html.split_once(&personal.visitor).unwrap_or((html, ""));
        push_text(&mut parts, before, personal.form_token);
        if before.len() < html.len() {
            parts.push(Part::Visitor);
        }
        push_text(&mut parts, behind, personal.form_token);
        Self(parts)
    }
}

/// Appends the text, with gaps for its tokens.
fn push_text(parts: &mut Vec<Part>, text: &str, form_token: &str) {
    for (index, piece) in text.split(form_token).enumerate() {
        if index > 0 {
            parts.push(Part::FormToken);
        }
        parts.push(Part::Text(piece.to_owned()));
    }
}

impl<'a> Personal<'a> {
    fn of(views: &Views, page: &'a Page) -> Result<Self, ViewError> {
        let form_token = page.form_token.as_deref().unwrap_or_default();
        Ok(Self { visitor: views.render_visitor(page)?, form_token })
    }
}
