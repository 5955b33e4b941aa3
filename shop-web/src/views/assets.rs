//! Static files: the stylesheet, the icon, the picture of what has none.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::embedded::STATIC_FILES;
use super::overlay::Overlay;

/// A static file, which pages ask for with its version: an answer to such a request may be kept for ever.
#[derive(Clone, Debug)]
pub struct Asset {
    content_type: &'static str,
    bytes: Cow<'static, [u8]>,
    version: String,
}

impl Asset {
    fn new(content_type: &'static str, bytes: Cow<'static, [u8]>) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        Self { content_type, bytes, version: format!("{:016x}", hasher.finish()) }
    }

    /// The media type.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A short text that changes with the content: the `v` of the query with which pages ask for the file.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// The static files by name.
pub(super) struct Assets(BTreeMap<String, Asset>);

impl Assets {
    pub(super) fn new(overlay: &Overlay) -> Self {
        let embedded = STATIC_FILES.into_iter().map(|(name, bytes)| (name, Cow::Borrowed(bytes)));
        let files =
            embedded.chain(overlay.static_files().map(|(name, bytes)| (name, Cow::Owned(bytes.to_vec()))));
        Self(files.map(|(name, bytes)| (name.to_owned(), Asset::new(content_type(name), bytes))).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Asset> {
        self.0.get(name)
    }

    /// The name with the version as a query.
    pub(super) fn versioned(&self, name: &str) -> Option<String> {
        self.get(name).map(|asset| format!("{name}?v={}", asset.version))
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "avif" => "image/avif",
        "css" => "text/css; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" | "jpeg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
