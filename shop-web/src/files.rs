//! Files that pages refer to: the shop's own static ones, and the pictures of products.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Cursor;

use rocket::http::Status;
use rocket::request::Request;
use rocket::response::{self, Responder, Response};
use shop_core::catalog::{PictureName, PictureNameError};

use crate::etag::Etag;
use crate::views::Asset;

/// The pictures of products, by the names that the catalog knows them by.
#[derive(Clone, Debug, Default)]
pub struct Pictures {
    pictures: BTreeMap<PictureName, Picture>,
}

#[derive(Clone, Debug)]
pub(crate) struct Picture {
    content_type: &'static str,
    bytes: Cow<'static, [u8]>,
    etag: Etag,
}

/// Why a file cannot be a picture of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// No catalog can hold its name.
    #[error(transparent)]
    Name(#[from] PictureNameError),
    /// Its name does not end in a known type.
    #[error("not a picture: its name must end in .svg, .png, .jpg, .jpeg, .webp, .avif or .gif")]
    Type,
}

impl Pictures {
    /// Pictures that lie in the program itself, each with its name.
    ///
    /// ```
    /// use shop_web::Pictures;
    ///
    /// let pictures = Pictures::embedded(&[("usb02.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")])?;
    /// # Ok::<(), shop_web::PictureError>(())
    /// ```
    pub fn embedded(files: &[(&str, &'static [u8])]) -> Result<Self, PictureError> {
        files.iter().try_fold(Self::default(), |pictures, &(name, bytes)| pictures.with(name, bytes))
    }

    /// The same pictures and one more; of two with one name the later one counts.
    pub fn with(mut self, name: &str, bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, PictureError> {
        let key: PictureName = name.parse()?;
        let (bytes, content_type) = (bytes.into(), content_type(name).ok_or(PictureError::Type)?);
        self.pictures.insert(key, Picture { content_type, etag: Etag::of(&bytes), bytes });
        Ok(self)
    }

    pub(crate) fn get(&self, name: &PictureName) -> Option<&Picture> {
        self.pictures.get(name)
    }
}

fn content_type(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1 {
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "webp" => Some("image/webp"),
        "avif" => Some("image/avif"),
        "gif" => Some("image/gif"),
        _ => None,
    }
}

/// The answer that shows a file.
#[derive(Debug)]
pub(crate) struct FileAnswer<'a> {
    content_type: &'a str,
    bytes: &'a [u8],
    etag: Etag,
    keep: &'static str,
}

impl<'a> FileAnswer<'a> {
    /// A static file; one that was asked for with its version may be kept for ever, since its address changes
    /// with it.
    pub(crate) fn of_asset(asset: &'a Asset, version: Option<&str>) -> Self {
        let keep = if version == Some(asset.version()) {
            "public, max-age=31536000, immutable"
        } else {
            "public, no-cache"
        };
        let etag = Etag::from_version(asset.version());
        Self { content_type: asset.content_type(), bytes: asset.bytes(), etag, keep }
    }
}

impl<'a> From<&'a Picture> for FileAnswer<'a> {
    fn from(picture: &'a Picture) -> Self {
        let Picture { content_type, bytes, etag } = picture;
        Self { content_type, bytes, etag: etag.clone(), keep: "public, max-age=3600" }
    }
}

impl<'r, 'o: 'r> Responder<'r, 'o> for FileAnswer<'o> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'o> {
        let mut answer = Response::build();
        answer.raw_header("Cache-Control", self.keep).raw_header("ETag", self.etag.to_string());
        if self.content_type == "image/svg+xml" {
            // Opened by itself it is a document, which must not run scripts under the shop's name.
            answer.raw_header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            );
        }
        if self.etag.is_known_to(request) {
            return answer.status(Status::NotModified).ok();
        }
        let content_type = self.content_type.to_owned();
        answer
            .raw_header("Content-Type", content_type)
            .sized_body(self.bytes.len(), Cursor::new(self.bytes))
            .ok()
    }
}
