//! A folder whose files replace those that this crate ships.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use shop_core::Language;

/// The files of an overlay, by the name under which the shop knows them.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    templates: BTreeMap<String, String>,
    static_files: BTreeMap<String, Vec<u8>>,
    locales: Vec<(Language, String)>,
}

/// An overlay that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OverlayError {
    /// A folder or file cannot be read.
    #[error("cannot read {}: {source}", .path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder has no place in an overlay, so that it would have no effect.
    #[error("{} is not one of templates/*.html, static/*, locales/{{en,ro,es,pt,fr}}.ftl", .0.display())]
    Unknown(PathBuf),
}

impl Overlay {
    /// Reads the folder.
    pub(super) fn read(folder: &Path) -> Result<Self, OverlayError> {
        let mut overlay = Self::default();
        for (name, path) in entries(folder)? {
            match name.as_str() {
                "templates" => overlay.read_templates(&path)?,
                "static" => overlay.read_static_files(&path)?,
                "locales" => overlay.read_locales(&path)?,
                _ => return Err(OverlayError::Unknown(path)),
            }
        }
        Ok(overlay)
    }

    fn read_templates(&mut self, folder: &Path) -> Result<(), OverlayError> {
        for (name, path) in entries(folder)? {
            if path.extension().is_none_or(|extension| extension != "html") {
                return Err(OverlayError::Unknown(path));
            }
            self.templates.insert(name, at(&path, fs::read_to_string(&path))?);
        }
        Ok(())
    }

    fn read_static_files(&mut self, folder: &Path) -> Result<(), OverlayError> {
        for (name, path) in entries(folder)? {
            self.static_files.insert(name, at(&path, fs::read(&path))?);
        }
        Ok(())
    }

    fn read_locales(&mut self, folder: &Path) -> Result<(), OverlayError> {
        for (name, path) in entries(folder)? {
            let language = name.strip_suffix(".ftl").and_then(|code| code.parse().ok());
            let language = language.ok_or_else(|| OverlayError::Unknown(path.clone()))?;
            self.locales.push((language, at(&path, fs::read_to_string(&path))?));
        }
        Ok(())
    }

    pub(super) fn has_template(&self, name: &str) -> bool {
        self.templates.contains_key(name)
    }

    pub(super) fn templates(&self) -> impl Iterator<Item = (&str, &str)> {
        self.templates.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    pub(super) fn static_files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.static_files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    pub(super) fn locales(&self) -> impl Iterator<Item = (Language, &str)> {
        self.locales.iter().map(|(language, text)| (*language, text.as_str()))
    }
}

/// The entries of a folder with their names, except hidden ones, such as editors and file managers leave behind.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>, OverlayError> {
    let entries = at(folder, fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>))?;
    let named =
        entries.into_iter().map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()));
    Ok(named.filter(|(name, _)| !name.starts_with('.')).collect())
}

fn at<T>(path: &Path, result: io::Result<T>) -> Result<T, OverlayError> {
    result.map_err(|source| OverlayError::Unreadable { path: path.to_owned(), source })
}
