//! Bytes that mean nothing.

use std::io::{self, Read, Seek, SeekFrom};

use proptest::prelude::*;

use super::cuts::Slow;
use super::{Charset, Input, Rows, read, read_by};
use crate::webapplication::LONGEST;

/// Pieces that dumps are made of, in any order.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 44] = [
        "INSERT INTO ",
        "useri ",
        "`produse`",
        " VALUES ",
        "(",
        ")",
        ",",
        ";",
        "\n",
        "'",
        "\"",
        "\\",
        "/*",
        "*/",
        "/*!",
        "/*!40101 ",
        "-- ",
        "#",
        "DELIMITER ;;",
        ";;",
        "DELIMITER ;\n",
        "CREATE TABLE ",
        "CREATE TRIGGER ",
        "BEGIN ",
        "END ",
        "SET NAMES gbk",
        "SET sql_mode='ANSI,NO_BACKSLASH_ESCAPES'",
        "@@x",
        "0x41",
        "X'4",
        "b'1'",
        "1.5e-3",
        "-",
        ".",
        "NULL",
        "DEFAULT",
        "(1,'a','b','c',9)",
        "),\n(",
        "ON DUPLICATE KEY UPDATE ",
        "ALTER TABLE ",
        "UPDATE ",
        "REPLACE ",
        "-- MySQL dump \n",
        "-- Dump completed\n",
    ];
    prop_oneof![
        8 => prop::sample::select(&PIECES[..]).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..6),
    ]
}

proptest! {
    /// All of it is read, whatever the size of the pieces in which it comes, with the same outcome.
    #[test]
    fn random_bytes_are_read_to_their_end(
        pieces in prop::collection::vec(piece(), 0..60),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        chunk in prop::sample::select(&[1_usize, 2, 3, 7, 200][..]),
    ) {
        read(&bytes);
        let dump = pieces.concat();
        let whole = read(&dump);
        let mut rows = Rows::new(Input::new(Slow::new(&dump, chunk), chunk), None);
        let mut entries = Vec::new();
        while let Some(entry) = rows.next().expect("memory can be read") {
            entries.push(entry);
        }
        prop_assert_eq!(&entries, &whole);
        read_by(&dump, chunk, Some(Charset::of_name(b"big5")));
    }

    /// A remark or a row that cannot be read tells nothing of what stands in a row.
    #[test]
    fn reasons_tell_nothing_of_the_rows(pieces in prop::collection::vec(piece(), 0..20)) {
        let dump = ["INSERT INTO useri VALUES (1,'hush".as_bytes(), &pieces.concat()].concat();
        for entry in read(&dump) {
            match entry {
                super::Entry::Unreadable(unreadable) => prop_assert!(!unreadable.reason.contains("hush")),
                super::Entry::Remark(remark) => prop_assert!(!remark.text.contains("hush")),
                super::Entry::Product(_) | super::Entry::User(_) => {}
            }
        }
    }
}

/// A beginning, and then the same bytes again and again.
struct Endless {
    begin: &'static [u8],
    bytes: &'static [u8],
    at: usize,
    end: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(self.end - self.at);
        for (slot, at) in buffer[..count].iter_mut().zip(self.at..) {
            let again = || self.bytes[(at - self.begin.len()) % self.bytes.len()];
            *slot = self.begin.get(at).copied().unwrap_or_else(again);
        }
        self.at += count;
        Ok(count)
    }
}

impl Seek for Endless {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let SeekFrom::Current(offset) = to else { panic!("{to:?}") };
        self.at = self
            .at
            .checked_add_signed(isize::try_from(offset).expect("in memory"))
            .expect("no way before it");
        Ok(self.at as u64)
    }
}

#[test]
fn memory_does_not_grow_with_what_is_read() {
    const ENOUGH: usize = 6 * LONGEST;
    for (begin, bytes) in [
        ("", &b"x"[..]),
        ("", b"'x"),
        ("", b"/*"),
        ("/*", b"*"),
        ("", b"\0"),
        ("SET x=", b"1,"),
        ("SET x=", b"'a'"),
        ("DELIMITER ", b"x"),
        ("CREATE TABLE useri (", b"(x"),
        ("CREATE TABLE useri (", b"x int,"),
        ("CREATE TABLE useri (", b"'xxxx' "),
        ("CREATE TRIGGER x ", b"BEGIN "),
        ("INSERT INTO useri (", b"x,"),
        ("INSERT INTO useri VALUES (", b"1,"),
        ("INSERT INTO useri VALUES ('", b"x"),
        ("INSERT INTO useri VALUES (", b"'x'"),
        ("INSERT INTO useri VALUES (", b"((("),
        ("INSERT INTO useri VALUES (1,", b"f("),
        ("INSERT INTO useri VALUES (", b"x'"),
        ("INSERT INTO useri VALUES (0x", b"41"),
        ("INSERT INTO useri VALUES (", b"- "),
        ("INSERT INTO useri VALUES ", b"(1),"),
        ("INSERT INTO useri VALUES ('x'x", b"x\n"),
        ("ALTER TABLE useri ", b"x,"),
    ] {
        let end = begin.len() + ENOUGH;
        let source = Endless { begin: begin.as_bytes(), bytes, at: 0, end };
        let mut rows = Rows::new(Input::new(source, 4 << 10), None);
        let mut most = 0;
        while rows.next().expect("memory can be read").is_some() {
            most = most.max(rows.held());
        }
        assert!(most.max(rows.held()) <= 4 * LONGEST, "{begin}{bytes:?} held {most}");
        assert_eq!(rows.taken(), end as u64);
    }
}
