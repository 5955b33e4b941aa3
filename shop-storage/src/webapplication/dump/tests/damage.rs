//! Dumps in which bytes are wrong.

use std::collections::HashSet;

use proptest::prelude::*;
use shop_core::webapplication::Entry;

use super::dialects::{ROW, check};
use super::{read, told, told_of};

/// The reason for which bytes were passed over.
fn passed(line: u64, bytes: u64, last: u64, rows: &str) -> String {
    format!(
        "{line}: produse: quotation marks or commas are wrong: {bytes} bytes, up to line {last}, cannot \
        be read, {rows}"
    )
}

#[test]
fn wrong_quotation_marks_cost_their_rows_alone() {
    const ONE: &str = "about one row";
    for (dump, expected) in [
        (
            "INSERT INTO produse VALUES\n(1,'a','b','c',9),\n(2,'D'Angelo','x','y',9),\n(3,'a','b','c',9);\n",
            ["2: '1' 'a' 'b' 'c' '9'".to_owned(), passed(3, 27, 3, ONE), "4: '3' 'a' 'b' 'c' '9'".to_owned()],
        ),
        (
            "INSERT INTO produse VALUES (1,'it's','b','c',9),(2,'a','b','c',9);\n-- '\n\
             INSERT INTO produse VALUES (3,'a','b','c',9);\n",
            [passed(1, 22, 1, ONE), "1: '2' 'a' 'b' 'c' '9'".to_owned(), "3: '3' 'a' 'b' 'c' '9'".to_owned()],
        ),
        (
            "INSERT INTO produse VALUES (1,'a','b','c',9;\nINSERT INTO produse VALUES (3,'a','b','c',9) x;",
            [
                "1: produse: its statement ends in the middle of it".to_owned(),
                "2: '3' 'a' 'b' 'c' '9'".to_owned(),
                passed(2, 3, 2, ONE),
            ],
        ),
        (
            "INSERT INTO produse VALUES (1,'a,'b','c',9),(2,'a','b,'c',9),(3,'a','b','c',9);\n",
            [passed(1, 35, 1, "about 2 rows"), "1: '3' 'a' 'b' 'c' '9'".to_owned(), String::new()],
        ),
    ] {
        let mut expected = expected.to_vec();
        expected.retain(|line| !line.is_empty());
        assert_eq!(told_of(dump.as_bytes()), expected, "{dump}");
    }
}

/// A dump as mysqldump makes it, with this many users in one line.
fn one_line(count: usize) -> String {
    let row = |n| {
        format!(
            "({n},'Popescu','Ion \\'{n}\\'','u{n}@example.com','x','Str. Lungă, nr. {n} (bl. 2)',NULL,1,'h')"
        )
    };
    let rows: Vec<_> = (1..=count).map(row).collect();
    format!("{HEAD}INSERT INTO `useri` VALUES {};\n{TAIL}", rows.join(","))
}

const HEAD: &str = "-- MySQL dump 10.13  Distrib 8.0.40\n/*!40101 SET NAMES utf8mb4 */;\n\
    INSERT INTO `produse` VALUES (1,'a','b','c',9);\nLOCK TABLES `useri` WRITE;\n";
const TAIL: &str =
    "UNLOCK TABLES;\nINSERT INTO `produse` VALUES (2,'a','b','c',9);\n-- Dump completed on 2026-11-21\n";

#[test]
fn one_wrong_byte_in_a_thousand_rows_costs_one() {
    let dump = one_line(1_000);
    for (from, to) in [
        // A quotation mark that does not end, one too many, and one too few.
        (",'u500@", ",\"u500@"),
        (",'Popescu','Ion \\'500", ",'Pop'scu','Ion \\'500"),
        ("u500@example.com'", "u500@example.comx"),
        // What is behind it is no row, an expression, a comment, another value.
        ("(500,'Popescu'", "(500('Popescu'"),
        (",'Popescu','Ion \\'500", ",(Popescu','Ion \\'500"),
        ("'h'),(501", "'h'#,(501"),
        ("'h'),(501", "'h',,(501"),
        ("'h'),(501", "'h';,(501"),
        ("(500,", "x500,"),
    ] {
        let damaged = dump.replace(from, to);
        assert_ne!(damaged, dump);
        let told = told_of(damaged.as_bytes());
        let lost: Vec<_> = told.iter().filter(|line| line.contains("useri: ")).collect();
        assert_eq!((told.len(), lost.len()), (1_002, 1), "{from} {to} {lost:?}");
        assert!(lost[0].starts_with("5: useri: "), "{lost:?}");
        assert!(told.iter().all(|line| !line.starts_with("5: '500' ")), "{from} {to}");
    }
}

#[test]
fn an_apostrophe_among_a_thousand_rows_costs_one() {
    let row = |n| format!("({n},'Ion','x','y',9)");
    let rows: Vec<_> =
        (1..=1_000).map(|n| if n == 2 { row(n).replace("Ion", "O'Brien") } else { row(n) }).collect();
    let told = told_of(format!("INSERT INTO produse VALUES {};\n", rows.join(",")).as_bytes());
    assert_eq!((told.len(), &told[1]), (1_000, &passed(1, 24, 1, "about one row")));
}

#[test]
fn what_cannot_be_read_is_counted() {
    let rows: Vec<_> = (1..=500).map(|n| format!("({n},NULL,'b,9)")).collect();
    let told =
        told_of(format!("INSERT INTO produse VALUES {};\nUNLOCK TABLES;\n", rows.join(",")).as_bytes());
    assert_eq!(told.len(), 1);
    assert!(told[0].ends_with(", up to line 1, cannot be read, about 500 rows"), "{told:?}");
    let cut = format!("INSERT INTO produse VALUES (0,'a','b','c',\"9),{}", rows.join(","));
    let told = told_of(cut.as_bytes());
    assert_eq!(told[0], "1: produse: the dump ends in the middle of it; about 501 rows cannot be read");
}

#[test]
fn wrong_quotation_marks_elsewhere_do_not_swallow_what_follows() {
    const BEHIND: &str =
        "a quotation mark or the end of a comment is wrong behind this; reading goes on in line";
    const UNKNOWN: &str = "1: here, for the first time, stands something that no dump has: passed over";
    for (statement, remark) in [
        (
            "mysqldump: [Warning] Using a password on the command line interface can't be used",
            UNKNOWN.to_owned(),
        ),
        ("INSERT INTO comments VALUES (1,'it's'),(2,'b');", format!("1: {BEHIND} 2")),
        ("INSERT INTO comments VALUES (1,'b'),(2,\"b');", format!("1: {BEHIND} 2")),
        ("INSERT INTO comments VALUES (1,'b'),(2,b') ON x;", format!("1: {BEHIND} 2")),
        ("SET @x = 'it's';", format!("1: {BEHIND} 2")),
        ("/* 40101 SET NAMES utf8mb4;", format!("1: {BEHIND} 2")),
        ("CREATE TABLE x (`a int);", format!("1: {BEHIND} 2")),
        ("DROP TABLE 'x;", format!("1: {BEHIND} 2")),
    ] {
        let dump =
            format!("{statement}\nINSERT INTO `produse` VALUES (1,'a','b','c',9),(2,'x; y','','',0);\n");
        let rows = ["2: '1' 'a' 'b' 'c' '9'", "2: '2' 'x; y' '' '' '0'"];
        assert_eq!(told_of(dump.as_bytes()), [&remark, rows[0], rows[1]], "{statement}");
    }
    let dump = "INSxRT INTO useri VALUES (1,'a'),(2,'b');\nINSERT INTO produse VALUES (1,'a','b','c',9);\n";
    assert_eq!(
        told_of(dump.as_bytes())[0],
        "1: useri: it stands in something that no dump has: 42 bytes, up to line 1, cannot be read, about \
        2 rows"
    );
}

#[test]
fn what_looks_like_a_row_in_a_text_is_none() {
    check(&[(
        "INSERT INTO produse VALUES (1,'it's \
        ),(7,NULL,NULL,NULL,9),(8,NULL,NULL,NULL,9),(','b','c',9),(2,'a','b','c',9);\n\
         INSERT INTO produse VALUES (1,NOW(),'),(7,\\'a\\',\\'b\\',\\'c\\',9),(','c',9),(1,'a','b','c',9);\n",
        &[
            "1: produse: quotation marks or commas are wrong: 68 bytes, up to line 1, cannot be read, \
            about 4 rows",
            "1: '2' 'a' 'b' 'c' '9'",
            "2: produse: a value is an expression, which only the server can work out",
            "2: '1' 'a' 'b' 'c' '9'",
        ],
    )]);
}

/// Of so many rows that no damage has touched, so many may be lost beside each one that it has.
const NEIGHBORS: usize = 1;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 5_000 }))]

    #[test]
    fn damage_costs_the_rows_that_it_touches_and_their_neighbors(
        count in 50_usize..=200,
        damage in prop::collection::vec(
            (any::<prop::sample::Index>(), prop_oneof![
                prop::sample::select(&b"'\"`\\(),;#/-*x0 \n"[..]),
                any::<u8>(),
            ]),
            1..=3,
        ),
    ) {
        let dump = one_line(count);
        let begin = dump.find("(1,'Popescu'").expect("the first row");
        let end = dump.find(";\nUNLOCK").expect("the last row");
        let mut damaged = dump.clone().into_bytes();
        let mut touched = vec![false; count + 2];
        for (index, byte) in damage {
            let at = begin + index.index(end - begin);
            damaged[at] = byte;
            // A byte between two rows is of both.
            for at in [at - 1, at, at + 1] {
                let row = dump[begin..dump.floor_char_boundary(at.max(begin))].matches("),(").count() + 1;
                touched[row] = true;
            }
        }
        let entries = read(&damaged);
        // Damage may be a line feed.
        let without_line = |entry: &Entry| told(entry).split_once(": ").map(|(_, row)| row.to_owned());
        let whole: Vec<_> = read(dump.as_bytes()).iter().map(without_line).collect();
        let found: HashSet<_> = entries.iter().map(without_line).collect();
        let lost: Vec<_> = (1..=count).filter(|row| !found.contains(&whole[*row])).collect();
        let hit: Vec<_> = (1..=count).filter(|row| touched[*row]).collect();
        let near = |row: &usize| hit.iter().any(|hit| hit.abs_diff(*row) <= NEIGHBORS);
        prop_assert!(lost.iter().all(near), "hit {:?}, lost {:?}", hit, lost);
        let given = entries.iter().filter(|entry| matches!(entry, Entry::User(_))).count();
        let unreadable: Vec<_> = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Unreadable(unreadable) => Some(unreadable),
                Entry::User(_) | Entry::Product(_) | Entry::Remark(_) => None,
            })
            .collect();
        prop_assert!(unreadable.iter().all(|row| row.line.is_some_and(|line| line >= 5)));
        let counted: usize = unreadable.iter().map(|row| rows_in(&row.reason)).sum();
        prop_assert!(given + counted >= count, "{} given, {:?}", given, unreadable);
        prop_assert_eq!(entries.iter().filter(|entry| matches!(entry, Entry::Product(_))).count(), 2);
    }
}

/// The number of rows that a reason speaks of.
fn rows_in(reason: &str) -> usize {
    let number = |(_, rest): (&str, &str)| rest.split(' ').next().and_then(|number| number.parse().ok());
    reason.split_once("about ").and_then(number).unwrap_or(1)
}

#[test]
fn a_value_that_is_too_long_costs_its_row_alone() {
    let long = "x".repeat(crate::webapplication::LONGEST);
    let dump = format!(
        "INSERT INTO produse VALUES (1,'{long}y','b','c',9),(2,'{long}','b','c',9),(3,'{long}' \
        'y','b','c',9),(4,'a','{long}{long}' '','c',9),(1,'a','b','c',9);"
    );
    let told = told_of(dump.as_bytes());
    assert_eq!(told.len(), 5);
    for at in [0, 2, 3] {
        assert_eq!(told[at], "1: produse: a value is longer than 1 MiB");
    }
    assert!(told[1].starts_with("1: '2' 'xxx"));
    assert_eq!(told[4], ROW);
}
