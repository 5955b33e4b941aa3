//! What a file is that is no dump, by how it begins.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// UTF-8's byte order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// How files begin that are none of ours.
const FORMS: [(&[u8], &str); 16] = [
    (b"\xFF\xFE", UTF_16),
    (b"\xFE\xFF", UTF_16),
    (b"\x1F\x8B", "compressed by gzip; unpack it first (gunzip)"),
    (b"PK\x03\x04", "a zip archive; unpack it first (unzip)"),
    (b"\x28\xB5\x2F\xFD", "compressed by zstd; unpack it first (unzstd)"),
    (b"BZh", "compressed by bzip2; unpack it first (bunzip2)"),
    (b"\xFD7zXZ\0", "compressed by xz; unpack it first (unxz)"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"),
    (b"\x04\x22\x4D\x18", "compressed by lz4; unpack it first (unlz4)"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PGDMP", "a dump of PostgreSQL"),
    (b"%PDF", "a PDF file"),
    (b"\xFEbin", "a binary log of the server; make a dump with mysqldump"),
    (b"<", "XML or HTML; make the dump with mysqldump, without --xml"),
    (b"{", "JSON; make the dump with mysqldump"),
    (b"[", "JSON; make the dump with mysqldump"),
];

const UTF_16: &str =
    "text in UTF-16, as PowerShell's > writes it; make the dump with mysqldump --result-file";

/// What a file is if it is no dump; goes back to its beginning.
pub(super) fn of(file: &mut File) -> io::Result<Option<&'static str>> {
    let mut head = Vec::new();
    file.by_ref().take(512).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(of_head(&head))
}

fn of_head(head: &[u8]) -> Option<&'static str> {
    let mut forms = FORMS.iter().filter(|(beginning, _)| head.starts_with(beginning));
    match (forms.next(), head) {
        (Some((_, what)), _) => Some(what),
        (None, [0, _, 0, _, ..] | [_, 0, _, 0, ..]) => Some(UTF_16),
        (None, head) if head.get(257..262) == Some(b"ustar") => {
            Some("a tar archive; unpack it first (tar -xf)")
        }
        (None, head) if head.contains(&0) => Some("a binary file"),
        (None, _) => None,
    }
}

/// Goes to the first byte behind the byte order mark.
pub(super) fn skip_mark(file: &mut File) -> io::Result<()> {
    let mut head = Vec::new();
    file.by_ref().take(MARK.len() as u64).read_to_end(&mut head)?;
    let begin = if head == MARK { MARK.len() as u64 } else { 0 };
    file.seek(SeekFrom::Start(begin)).map(drop)
}
