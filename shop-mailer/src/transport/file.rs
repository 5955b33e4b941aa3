use std::io::{self, Write};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use shop_core::ports::DeliveryError;
use tempfile::NamedTempFile;

use super::{Outgoing, Transport};

/// Writes each mail into a folder as `{message id}.eml` (`file://DIR`).
///
/// The names sort by the time at which the messages were made. A file appears whole or not at all, and is on disk before it
/// counts as sent; a redelivery replaces it. A mail can hold a secret link, so the file is its owner's alone to read (on
/// Unix). It writes on tokio's threads for blocking work, so it needs tokio.
#[derive(Clone, Debug)]
pub struct FileTransport {
    folder: PathBuf,
}

impl FileTransport {
    /// A transport into `folder`, which is created if it is not there. An error says that it cannot be written to, and why.
    pub async fn open(folder: impl Into<PathBuf>) -> io::Result<Self> {
        let transport = Self { folder: folder.into() };
        transport.in_background(|folder| unfinished(folder).map(drop)).await?;
        Ok(transport)
    }

    async fn in_background(
        &self,
        work: impl FnOnce(&Path) -> io::Result<()> + Send + 'static,
    ) -> io::Result<()> {
        let folder = self.folder.clone();
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.map_err(io::Error::other).flatten().map_err(|error| {
            let text = format!("cannot write into {}: {error}", self.folder.display());
            io::Error::new(error.kind(), text)
        })
    }
}

#[async_trait]
impl Transport for FileTransport {
    async fn send(&self, mail: Outgoing<'_>) -> Result<(), DeliveryError> {
        let (name, bytes) = (format!("{}.eml", mail.id), mail.bytes.to_vec());
        let written = self.in_background(move |folder| write(folder, &name, &bytes)).await;
        written.map_err(|error| DeliveryError::Temporary(error.into()))
    }
}

/// A file with a hidden name of its own in `folder`; it goes away unless it is given its final name.
fn unfinished(folder: &Path) -> io::Result<NamedTempFile> {
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(".").suffix(".part").tempfile_in(folder)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = unfinished(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(folder.join(name))?;
    // The new name outlasts a loss of power only once the folder itself is on disk.
    if cfg!(unix) { std::fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unfinished_files_are_hidden_differ_and_go_away() -> io::Result<()> {
        let folder = tempfile::TempDir::new()?;
        let (first, second) = (unfinished(folder.path())?, unfinished(folder.path())?);
        for file in [&first, &second] {
            let name = file.path().file_name().and_then(|name| name.to_str()).expect("a name");
            assert!(name.starts_with('.'), "{name}");
            assert_eq!(file.path().extension(), Some("part".as_ref()));
        }
        assert_ne!(first.path(), second.path());
        drop((first, second));
        assert_eq!(std::fs::read_dir(folder.path())?.count(), 0);
        Ok(())
    }
}
