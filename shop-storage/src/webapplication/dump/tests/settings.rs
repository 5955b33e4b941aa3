//! What dumps say beside their rows.

use super::dialects::{ROW, check};
use super::{all_told, told_of};

#[test]
fn changes_of_the_tables_are_named() {
    for (statement, remark) in [
        ("UPDATE LOW_PRIORITY `produse` SET pret = 1 WHERE cod = 'x';", "UPDATE on produse is not followed"),
        ("DELETE FROM shop.produse WHERE nume = 'useri';", "DELETE on produse is not followed"),
        ("TRUNCATE TABLE Produse;", "TRUNCATE on produse is not followed"),
        ("LOAD DATA INFILE 'x' INTO TABLE produse;", "LOAD on produse is not followed"),
        ("RENAME TABLE produse TO old;", "RENAME on produse is not followed"),
        ("DROP TABLE produse;", "DROP on produse is not followed"),
        ("ALTER TABLE produse ADD COLUMN stoc INT;", "ALTER TABLE produse is not followed"),
        ("ALTER TABLE produse ADD KEY (cod), DROP COLUMN nume;", "ALTER TABLE produse is not followed"),
        ("INSERT INTO produse SELECT * FROM other;", "INSERT … SELECT into produse is not followed"),
        ("INSERT INTO produse (cod) SELECT 'x';", "INSERT … SELECT into produse is not followed"),
        ("REPLACE INTO produse (SELECT 1);", "REPLACE … SELECT into produse is not followed"),
        (
            "INSERT INTO produse SET cod = 'x', pret = 9;",
            "produse: it is written as INSERT … SET, which is not followed",
        ),
        ("ROLLBACK;", "ROLLBACK is not followed"),
        ("SET sql_mode = CONCAT(@@sql_mode, ',ANSI');", "sql_mode is set by an expression: not followed"),
        (
            "mysqldump: [Warning] it's;';",
            "here, for the first time, stands something that no dump has: passed over",
        ),
    ] {
        let dump = format!(
            "INSERT INTO produse VALUES (1,'a','b','c',9);\n\n{statement}\nINSERT INTO produse VALUES \
            (2,'','','',0);"
        );
        let expected = [ROW.to_owned(), format!("3: {remark}"), "4: '2' '' '' '' '0'".to_owned()];
        assert_eq!(told_of(dump.as_bytes()), expected, "{statement}");
    }
    let twice =
        "CREATE TABLE produse (cod text);CREATE TABLE produse (cod text);INSERT INTO produse VALUES ('b');";
    assert_eq!(
        told_of(twice.as_bytes())[0],
        "1: the table produse is created here once more; the rows of each are read"
    );
}

#[test]
fn settings_say_what_quotation_marks_mean() {
    check(&[
        (
            r"SET sql_mode='STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES';
INSERT INTO produse VALUES (1,'a\','b''\','c',9);",
            &[r"2: '1' 'a\' 'b'\' 'c' '9'"],
        ),
        (
            r#"/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='ANSI' */;
INSERT INTO "produse" ("cod","IDProdus","nume","imagine","pret") VALUES ('b',1,'a','c',9);
SET SQL_MODE=@OLD_SQL_MODE;INSERT INTO produse VALUES (2,"a","b","c",9);"#,
            &["2: '1' 'a' 'b' 'c' '9'", "3: '2' 'a' 'b' 'c' '9'"],
        ),
        (
            r#"SET SESSION sql_mode := "ANSI_QUOTES";INSERT INTO produse VALUES (1,"a",'b','c',9);
SET @@sql_mode='';INSERT INTO produse VALUES (1,"a",'b','c',9);"#,
            &[
                "1: produse: a value is an expression, which only the server can work out",
                "2: '1' 'a' 'b' 'c' '9'",
            ],
        ),
    ]);
}

/// What one value becomes behind some statements.
fn one(before: &str, value: &[u8]) -> String {
    let dump = [before.as_bytes(), b"INSERT INTO produse VALUES (1,", value, b",'b','c',9);"].concat();
    let told = told_of(&dump);
    assert_eq!(told.len(), 1, "{told:?}");
    let row = told[0].split_once(": '1' ").expect("a row").1;
    row.strip_suffix(" 'b' 'c' '9'").expect("its other values").to_owned()
}

#[test]
fn the_encoding_is_what_the_dump_says() {
    const TABLE: &str = "CREATE TABLE produse (IDProdus int, nume varchar(9) TYPE, cod text, imagine \
    text, pret int) ENGINE=x DEFAULT CHARSET=latin2;";
    let table = |kind| TABLE.replace("varchar(9) TYPE", kind);
    for (before, value, expected) in [
        (String::new(), &b"'\xC8\x98'"[..], "'Ș'"),
        (String::new(), b"'\xE9'", "x'e9'"),
        ("SET NAMES latin1;".into(), b"'\xE9\x80'", "'é€'"),
        ("/*!40101 SET NAMES 'latin1' COLLATE 'latin1_bin' */;".into(), b"'\xE9'", "'é'"),
        ("SET CHARACTER SET latin1;".into(), b"'\xE9'", "'é'"),
        ("SET NAMES latin1;SET NAMES DEFAULT;".into(), b"'\xC3\xA9'", "'é'"),
        ("SET character_set_client = cp1251;".into(), b"'\xC0'", "'А'"),
        (
            "SET NAMES latin1;SET @saved_cs_client = @@character_set_client;SET character_set_client = \
            utf8mb4;\
             SET character_set_client = @saved_cs_client;"
                .into(),
            b"'\xE9'",
            "'é'",
        ),
        ("SET NAMES latin1;".into(), b"_utf8mb4 '\xC3\xA9'", "'é'"),
        ("SET NAMES latin1;".into(), b"_binary '\xC3\xA9'", "'é'"),
        // A second byte that looks like a backslash.
        ("SET NAMES sjis;".into(), b"'\x83\x5C'", "'ソ'"),
        ("SET NAMES gbk;".into(), b"'\xD5\x5C\\''", "'誠''"),
        (format!("SET NAMES binary;{}", table("varchar(9)")), b"'\xA9'", "'Š'"),
        (format!("SET NAMES binary;{}", table("varchar(9) CHARACTER SET latin1")), b"'\xA9'", "'©'"),
        (format!("SET NAMES binary;{}", table("varchar(9) COLLATE cp1251_bin")), b"'\xC0'", "'А'"),
        (format!("SET NAMES latin1;{}", table("varbinary(9)")), b"'\xC3\xA9'", "'é'"),
        (format!("SET NAMES latin1;{}", table("varchar(9)")), b"'\xE9'", "'é'"),
        (table("varchar(9)"), b"x'A9'", "'Š'"),
    ] {
        assert_eq!(one(&before, value), expected, "{before} {value:?}");
    }
    let dump = b"SET NAMES cp850;INSERT INTO produse VALUES (1,'\x82','b','c',9);";
    assert_eq!(
        told_of(dump),
        [
            "1: the encoding that is set here is not known: what is not ASCII comes as bytes",
            "1: '1' x'82' 'b' 'c' '9'"
        ]
    );
}

#[test]
fn an_end_mark_that_is_missing_is_told() {
    const UNENDED: &str = "1: the dump that begins here has no end mark: it may be cut off";
    const BEGIN: &str = "-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for Linux (x86_64)\n";
    const ROWS: &str = "INSERT INTO produse VALUES (1,'a','b','c',9);\n";
    const END: &str = "-- Dump completed on 2026-11-21 12:00:00\n";
    assert_eq!(told_of([BEGIN, ROWS].concat().as_bytes()), ["2: '1' 'a' 'b' 'c' '9'", UNENDED]);
    assert_eq!(told_of([BEGIN, ROWS, END].concat().as_bytes()).len(), 1);
    assert_eq!(told_of([BEGIN, ROWS, END, BEGIN, ROWS, END].concat().as_bytes()).len(), 2);
    assert_eq!(
        told_of([BEGIN, ROWS, BEGIN.replace("MariaDB dump", "MySQL dump").as_str(), END].concat().as_bytes()),
        ["2: '1' 'a' 'b' 'c' '9'", UNENDED]
    );
}

#[test]
fn a_dump_without_the_tables_says_so() {
    for dump in ["", "\n", "-- nothing\n", "SET NAMES utf8;"] {
        let told = all_told(dump.as_bytes());
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].ends_with("the dump has no table produse"), "{told:?}");
        assert!(told[1].ends_with("the dump has no table useri"), "{told:?}");
    }
}
