//! Dumps that end too early, and dumps read in small pieces.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use shop_core::webapplication::Entry;

use super::{read, read_by, told};

/// Something of everything.
const DUMP: &str = "/*M!999999\\- enable the sandbox mode */ \n\
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)\n\
/*!40101 SET NAMES utf8mb4 */;\n\
/* a comment * with / stars **/\n\
DROP TABLE IF EXISTS `produse`;\n\
CREATE TABLE `produse` (`IDProdus` int, `nume` text, `cod` text, `imagine` text, `pret` int, PRIMARY KEY \
(`IDProdus`)) DEFAULT CHARSET=utf8mb4;\n\
INSERT INTO `produse` VALUES (1,'Ș\\'\\n','b''c','',9),\n(2,\"x;--\",_binary \
'\\0',0x41,-1.5e+3),(3,NULL,'a' 'b',x'42',TRUE);\n\
DELIMITER $$\n\
CREATE TRIGGER t BEFORE INSERT ON produse FOR EACH ROW BEGIN INSERT INTO useri VALUES (1); END$$\n\
DELIMITER ;\n\
INSERT IGNORE INTO useri (email, IDUser) VALUES ('a@b.ro', 7), ('it's', 8), ('c@d.ro', 9);\n\
INSERT INTO useri (email, IDUser) VALUES ('e@f.ro', 10), (NOW(), 11) ON DUPLICATE KEY UPDATE email = 'x';\n\
UPDATE useri SET email = 'x';\n\
-- Dump completed on 2026-11-21\n";

fn is_row(entry: &Entry) -> bool {
    matches!(entry, Entry::Product(_) | Entry::User(_))
}

#[test]
fn a_dump_may_be_cut_at_any_byte() {
    let whole: Vec<_> = read(DUMP.as_bytes()).into_iter().filter(is_row).collect();
    assert_eq!(whole.len(), 6);
    let mut most = 0;
    for end in 0..DUMP.len() {
        let entries = read(&DUMP.as_bytes()[..end]);
        let rows: Vec<_> = entries.iter().filter(|entry| is_row(entry)).cloned().collect();
        assert_eq!(rows, whole[..rows.len()], "cut at {end}");
        assert!(rows.len() >= most, "a longer piece has no fewer rows");
        most = rows.len();
        let is_told = entries.iter().any(|entry| told(entry).contains("cut off"));
        let text = &DUMP[..DUMP.floor_char_boundary(end)];
        let is_open = text.contains("-- MariaDB dump ") && !text.contains("-- Dump completed");
        assert!(is_told || !is_open, "cut at {end}");
    }
}

#[test]
fn a_row_that_is_cut_is_unreadable() {
    let begin = DUMP.find("(2,").expect("the second row");
    let end = begin + DUMP[begin..].find("),(3").expect("its end") + 1;
    for cut in begin + 1..end {
        let entries = read(&DUMP.as_bytes()[..cut]);
        let unreadable: Vec<_> =
            entries.iter().filter(|entry| matches!(entry, Entry::Unreadable(_))).map(told).collect();
        assert_eq!(unreadable, ["8: produse: the dump ends in the middle of it"], "cut at {cut}");
        assert_eq!(entries.iter().filter(|entry| is_row(entry)).count(), 1);
    }
}

#[test]
fn the_size_of_the_pieces_does_not_matter() {
    let whole = read(DUMP.as_bytes());
    for chunk in [1, 2, 3, 7, 64, 128, 129, 1_000] {
        let mut rows = super::Rows::new(super::Input::new(Slow::new(DUMP.as_bytes(), chunk), chunk), None);
        let mut entries = Vec::new();
        while let Some(entry) = rows.next().expect("memory can be read") {
            entries.push(entry);
        }
        assert_eq!(entries, whole, "pieces of {chunk}");
        assert_eq!(read_by(DUMP.as_bytes(), chunk, None), whole, "a buffer of {chunk}");
    }
}

/// Gives a few bytes at a time.
pub(super) struct Slow<'a> {
    bytes: Cursor<&'a [u8]>,
    count: usize,
}

impl<'a> Slow<'a> {
    pub(super) fn new(bytes: &'a [u8], count: usize) -> Self {
        Self { bytes: Cursor::new(bytes), count }
    }
}

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.count.min(buffer.len());
        self.bytes.read(&mut buffer[..count])
    }
}

impl Seek for Slow<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}
