//! What a handler answers.

use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

use rocket::http::{ContentType, Header, Status};
use rocket::request::Request;
use rocket::response::{self, Responder, Response};

use crate::cache::FinishedPage;

/// An answer: a page, or the way to another one.
#[derive(Debug)]
pub(crate) struct Answer {
    status: Status,
    content: Content,
    headers: Vec<Header<'static>>,
}

#[derive(Debug)]
enum Content {
    Nothing,
    /// For this reader alone: nobody keeps it.
    Page(String),
    Text(String),
    /// For this reader alone, to be saved as a file.
    Json(String),
    /// The same for everybody: browsers and proxies may keep it, if they ask each time whether it is still
    /// the one.
    Finished(Arc<FinishedPage>),
}

impl Answer {
    /// A page for this reader alone.
    pub(crate) const fn page(html: String) -> Self {
        Self { status: Status::Ok, content: Content::Page(html), headers: Vec::new() }
    }

    /// A line of plain text.
    pub(crate) const fn text(text: String) -> Self {
        Self { status: Status::Ok, content: Content::Text(text), headers: Vec::new() }
    }

    /// Data for this reader alone, which browsers save under this name; it MUST be plain ASCII.
    pub(crate) fn json(name: &str, data: String) -> Self {
        let saved = Header::new("Content-Disposition", format!("attachment; filename=\"{name}\""));
        Self { status: Status::Ok, content: Content::Json(data), headers: vec![saved] }
    }

    /// A page that is the same for everybody.
    pub(crate) const fn finished(page: Arc<FinishedPage>) -> Self {
        Self { status: Status::Ok, content: Content::Finished(page), headers: Vec::new() }
    }

    /// The way to another page, to be asked for with GET.
    pub(crate) fn see_other(location: String) -> Self {
        let headers = vec![Header::new("Location", location)];
        Self { status: Status::SeeOther, content: Content::Nothing, headers }
    }

    /// The same with this status.
    pub(crate) fn status(self, status: Status) -> Self {
        Self { status, ..self }
    }

    /// The same with one more header.
    pub(crate) fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push(Header::new(name, value.into()));
        self
    }

    /// The same with the time after which to try again, in full seconds.
    pub(crate) fn retry_after(self, wait: Duration) -> Self {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        self.header("Retry-After", seconds.max(1).to_string())
    }
}

/// A page's HTML where others hold it too.
struct Shared(Arc<FinishedPage>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.html.as_bytes()
    }
}

impl<'r> Responder<'r, 'static> for Answer {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        let mut answer = Response::build();
        answer.status(self.status);
        for header in self.headers {
            answer.header(header);
        }
        match self.content {
            Content::Nothing => {}
            Content::Page(html) => {
                answer.header(ContentType::HTML).sized_body(html.len(), Cursor::new(html));
            }
            Content::Text(text) => {
                answer.header(ContentType::Plain).sized_body(text.len(), Cursor::new(text));
            }
            Content::Json(data) => {
                answer.header(ContentType::JSON).sized_body(data.len(), Cursor::new(data));
            }
            Content::Finished(page) => {
                answer.raw_header("Cache-Control", "public, max-age=0, must-revalidate");
                answer.raw_header("ETag", page.etag.to_string());
                if page.etag.is_known_to(request) {
                    answer.status(Status::NotModified);
                } else {
                    answer.header(ContentType::HTML).sized_body(page.html.len(), Cursor::new(Shared(page)));
                }
            }
        }
        answer.ok()
    }
}
