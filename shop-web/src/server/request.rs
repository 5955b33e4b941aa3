//! A request as hyper read it, checked and turned into one of Rocket's.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::{Body, Bytes, Incoming};
use hyper::header::{CONNECTION, COOKIE, HOST, HeaderValue};
use hyper::http::request::Parts;
use hyper::{HeaderMap, Response, StatusCode, Version};
use rocket::http::uri::{Host, Origin};
use rocket::http::{Cookie, Header, Method};
use rocket::local::asynchronous::{Client, LocalRequest};

use super::answer::plain;
use super::client_address::is_forwarding;
use super::status::RefusedRequest;

/// Why a request is answered without the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Method,
    Target,
    Host,
    BodySize,
    BodyTime,
    BodyCut,
}

impl Refusal {
    pub(super) fn reason(self) -> RefusedRequest {
        match self {
            Self::Method | Self::Target | Self::Host | Self::BodyCut => RefusedRequest::Malformed,
            Self::BodySize => RefusedRequest::BodySize,
            Self::BodyTime => RefusedRequest::BodyTime,
        }
    }

    /// The status of the answer, and the answer where there is no page for it.
    fn wording(self) -> (StatusCode, &'static str) {
        match self {
            Self::Method => (StatusCode::NOT_IMPLEMENTED, "this method is not implemented\n"),
            Self::Target => (StatusCode::BAD_REQUEST, "the request's target is not a path\n"),
            Self::Host => (StatusCode::BAD_REQUEST, "the request needs one valid Host header\n"),
            Self::BodySize => (StatusCode::PAYLOAD_TOO_LARGE, "the request's body is too large\n"),
            Self::BodyTime => (StatusCode::REQUEST_TIMEOUT, "the request's body took too long\n"),
            Self::BodyCut => (StatusCode::BAD_REQUEST, "the request's body is malformed or incomplete\n"),
        }
    }

    pub(super) fn status(self) -> StatusCode {
        self.wording().0
    }

    /// Makes the answer of this page, or of a line of plain text; the connection ends with it, for the rest of
    /// the request may still be on its way.
    pub(super) fn answer(self, page: Option<Response<Bytes>>) -> Response<Bytes> {
        let (status, text) = self.wording();
        let mut answer = page.unwrap_or_else(|| plain(status, text));
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        answer
    }
}

/// What a request asks for, in Rocket's terms.
#[derive(Debug)]
pub(super) struct Target<'r> {
    method: Method,
    uri: Origin<'r>,
    host: Option<Host<'r>>,
}

impl<'r> Target<'r> {
    pub(super) fn parse(head: &'r Parts) -> Result<Self, Refusal> {
        Ok(Self { method: method(head)?, uri: origin(head)?, host: host(head)? })
    }

    /// The same address, by a method that no route has: clients cannot ask with it.
    pub(super) fn unroutable(self) -> Self {
        Self { method: Method::Trace, ..self }
    }
}

/// Finds the method; CONNECT and TRACE are no business of a shop.
fn method(head: &Parts) -> Result<Method, Refusal> {
    match head.method.as_str() {
        "GET" => Ok(Method::Get),
        "HEAD" => Ok(Method::Head),
        "POST" => Ok(Method::Post),
        "PUT" => Ok(Method::Put),
        "PATCH" => Ok(Method::Patch),
        "DELETE" => Ok(Method::Delete),
        "OPTIONS" => Ok(Method::Options),
        _ => Err(Refusal::Method),
    }
}

/// Reads the path and query as Rocket does, after encoding what browsers and people leave bare (`|`, `é`).
fn origin(head: &Parts) -> Result<Origin<'_>, Refusal> {
    let raw = head.uri.path_and_query().ok_or(Refusal::Target)?.as_str();
    if let Ok(origin) = Origin::parse(raw) {
        return Ok(origin);
    }
    Origin::parse_owned(percent_encoded(raw)).map_err(|_| Refusal::Target)
}

fn percent_encoded(raw: &str) -> String {
    let mut encoded = String::with_capacity(raw.len() * 2);
    for byte in raw.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%[]".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Finds the host by RFC 9112, 3.2: exactly one `Host` in HTTP/1.1; the target's own authority goes before it.
fn host(head: &Parts) -> Result<Option<Host<'_>>, Refusal> {
    let mut lines = head.headers.get_all(HOST).iter();
    let line = match (lines.next(), lines.next()) {
        (Some(line), None) => line.to_str().map_err(|_| Refusal::Host)?,
        (None, _) if head.version < Version::HTTP_11 => "",
        (None, _) | (Some(_), Some(_)) => return Err(Refusal::Host),
    };
    let host = head.uri.authority().map_or(line, |authority| authority.as_str());
    if host.is_empty() {
        return Ok(None);
    }
    Host::parse(host).map(Some).map_err(|_| Refusal::Host)
}

/// Reads a body whole, within its limits.
pub(super) async fn read_body(body: Incoming, limit: usize, time: Duration) -> Result<Vec<u8>, Refusal> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
    if body.size_hint().lower() > limit as u64 {
        return Err(Refusal::BodySize);
    }
    tokio::time::timeout(time, collect(body, limit)).await.unwrap_or(Err(Refusal::BodyTime))
}

async fn collect(mut body: Incoming, limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        // Trailers are no part of a form.
        let Ok(data) = frame.map_err(|_| Refusal::BodyCut)?.into_data() else { continue };
        if data.len() > limit - bytes.len() {
            return Err(Refusal::BodySize);
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

/// Where a request comes from, and which of its headers may say so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Provenance<'a> {
    pub(super) client: SocketAddr,
    /// Whether a trusted proxy sent it.
    pub(super) proxied: bool,
    /// The header that Rocket would believe, in lower case.
    pub(super) believed: Option<&'a str>,
}

impl Provenance<'_> {
    /// Tells whether the router may see a header: none by which a client could name its own address.
    fn admits(self, header: &str) -> bool {
        header != "x-real-ip" && Some(header) != self.believed && (self.proxied || !is_forwarding(header))
    }
}

/// Builds Rocket's request over the parts of hyper's, without copying them.
pub(super) fn to_rocket<'c>(
    client: &'c Client,
    target: Target<'c>,
    headers: &'c HeaderMap,
    from: Provenance<'_>,
) -> LocalRequest<'c> {
    let mut local = client.req(target.method, target.uri).remote(from.client);
    if let Some(host) = target.host {
        local.inner_mut().set_host(host);
    }
    for (name, value) in headers {
        // Rocket's headers are UTF-8; its own server drops others as well.
        let Ok(value) = std::str::from_utf8(value.as_bytes()) else { continue };
        if name == COOKIE {
            local = with_cookies(local, value);
        }
        if from.admits(name.as_str()) {
            local.inner_mut().add_header(Header::new(Cow::Borrowed(name.as_str()), Cow::Borrowed(value)));
        }
    }
    local
}

fn with_cookies<'c>(local: LocalRequest<'c>, line: &str) -> LocalRequest<'c> {
    let cookies = line.split(';').filter_map(|pair| Cookie::parse_encoded(pair.trim()).ok());
    cookies.fold(local, LocalRequest::cookie)
}
