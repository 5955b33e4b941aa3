//! What dumps look like.

use super::{told, told_of};

/// A dump and what it gives.
pub(super) type Case = (&'static str, &'static [&'static str]);

pub(super) fn check(cases: &[Case]) {
    for (dump, expected) in cases {
        assert_eq!(told_of(dump.as_bytes()), *expected, "{dump}");
    }
}

pub(super) const ROW: &str = "1: '1' 'a' 'b' 'c' '9'";

#[test]
fn inserts_of_every_kind() {
    for insert in [
        "INSERT INTO produse VALUES (1,'a','b','c',9);",
        "insert into `produse` values(1,'a','b','c',9)\t;",
        "INSERT IGNORE INTO \"PRODUSE\" VALUES (1,'a','b','c',9);",
        "REPLACE INTO shop.produse VALUE (1,'a','b','c',9);",
        "REPLACE LOW_PRIORITY `shop`.`produse` VALUES (1,'a','b','c',9);",
        "INSERT DELAYED INTO produse (IDProdus, nume, cod, imagine, pret) VALUES (1,'a','b','c',9);",
        "INSERT INTO produse (`pret`,`imagine`,`cod`,`nume`,`idprodus`) VALUES (9,'c','b','a',1);",
        "INSERT INTO produse (IDProdus,nume,cod,imagine,pret) VALUES (1,'a','b','c',9) ON DUPLICATE KEY \
        UPDATE nume=VALUES(nume);",
        "INSERT INTO produse VALUES (1,'a','b','c',9) AS new ON DUPLICATE KEY UPDATE nume=new.nume;",
        "INSERT INTO produse VALUES ROW(1,'a','b','c',9);",
        "INSERT INTO produse PARTITION (p0, p1) VALUES (1,'a','b','c',9);",
        "/*!40000 ALTER TABLE `produse` DISABLE KEYS */;INSERT INTO produse VALUES (1,'a','b','c',9);",
        "/*!50000 INSERT INTO produse VALUES (1,'a','b','c',9)*/;",
        "# a;b'c\u{20}",
        "-- it's",
        "/* it's; */",
    ] {
        let dump = match insert.strip_suffix(';') {
            Some(_) => insert.to_owned(),
            None if insert.starts_with("/*") => {
                format!("{insert}INSERT INTO produse VALUES (1,'a','b','c',9);")
            }
            None => format!("{insert}\nINSERT INTO produse VALUES (1,'a','b','c',9);"),
        };
        let told = told_of(dump.as_bytes());
        assert_eq!(told.len(), 1, "{dump}: {told:?}");
        assert_eq!(
            told[0].split_once(": ").map(|(_, row)| row),
            ROW.split_once(": ").map(|(_, row)| row),
            "{dump}"
        );
    }
}

#[test]
fn many_rows_in_one_statement_come_one_by_one_with_their_lines() {
    let dump = "INSERT INTO `produse` \
    VALUES\r\n(1,'a\\nb','','c',NULL),\r\n(2,'x\ny','b','c',-3)\r\n,(3,'','','',0);\r\n";
    let expected = ["2: '1' 'a\nb' '' 'c' NULL", "3: '2' 'x\ny' 'b' 'c' '-3'", "5: '3' '' '' '' '0'"];
    assert_eq!(told_of(dump.as_bytes()), expected);
}

#[test]
fn values_of_every_kind() {
    for (value, expected) in [
        (r"'\0\'\b\n\r\t\Z\\\%\_\x'", "'\0'\u{8}\n\r\t\u{1A}\\\\%\\_x'"),
        ("'O''Brien'", "'O'Brien'"),
        (r#""say ""hi"" it's""#, "'say \"hi\" it's'"),
        (r#"'a' "b" 'c'"#, "'abc'"),
        ("'a'\n  'b'", "'ab'"),
        ("_utf8mb4'Ș'", "'Ș'"),
        ("_utf8mb4 x'C898'", "'Ș'"),
        ("_latin1 x'E9'", "'é'"),
        ("_binary 'abc'", "'abc'"),
        ("_binary x'ff'", "x'ff'"),
        ("N'n'", "'n'"),
        ("n'n'", "'n'"),
        ("0x41c3a9", "'Aé'"),
        ("X'41C3A9'", "'Aé'"),
        ("x'FF'", "x'ff'"),
        ("x''", "''"),
        ("b'101'", "'5'"),
        ("0b101", "'5'"),
        ("-12", "'-12'"),
        ("- 12", "'-12'"),
        ("+12", "'12'"),
        ("1.50", "'1.50'"),
        (".5", "'.5'"),
        ("1.5e-3", "'1.5e-3'"),
        ("-1E+3", "'-1E+3'"),
        ("null", "NULL"),
        ("TRUE", "'1'"),
        ("false", "'0'"),
        ("/* ; ' */ 'a' -- ' it\n", "'a'"),
        ("/*!40101 'a' */", "'a'"),
        ("/*!999999 'b' */ 'a'", "'a'"),
        ("'a -- b # c /* d'", "'a -- b # c /* d'"),
    ] {
        let dump = format!("INSERT INTO produse VALUES (1,{value},'b','c',9);");
        assert_eq!(told_of(dump.as_bytes()), [format!("1: '1' {expected} 'b' 'c' '9'")], "{value}");
        let last =
            format!("INSERT INTO produse (IDProdus,cod,imagine,pret,nume) VALUES (1,'b','c',9,{value});");
        assert_eq!(told_of(last.as_bytes()), [format!("1: '1' {expected} 'b' 'c' '9'")], "{value}");
    }
}

#[test]
fn numbers_may_be_written_as_bits_and_bytes() {
    let dump = "CREATE TABLE useri (IDUser bigint, activated bit(1), email varchar(9));\n\
        INSERT INTO useri VALUES (0x0A,b'1','e'),(11,0x00,'e'),(12,_binary '\\0','e'),(13,'\x01','e');";
    let told = told_of(dump.as_bytes());
    let rows: Vec<_> = told.iter().filter(|line| line.starts_with("2: '")).cloned().collect();
    let row = |number, active| format!("2: '{number}' NULL NULL 'e' NULL NULL NULL '{active}'");
    assert_eq!(rows, [row(10, 1), row(11, 0), row(12, 0), row(13, 1)]);
}

#[test]
fn what_only_the_server_can_work_out_is_not_guessed() {
    const EXPRESSION: &str = "1: produse: a value is an expression, which only the server can work out";
    for value in [
        "NOW()",
        "CONCAT('a','b')",
        "('a')",
        "'a' COLLATE utf8_bin",
        "@x",
        "1+NOW()",
        "CONVERT('x' USING utf8)",
    ] {
        let dump = format!("INSERT INTO produse VALUES (1,{value},'b','c',9),(2,'a','b','c',9);");
        let told = told_of(dump.as_bytes());
        if value.starts_with('1') {
            assert!(told[0].contains("quotation marks or commas are wrong"), "{told:?}");
        } else {
            assert_eq!(told, [EXPRESSION, "1: '2' 'a' 'b' 'c' '9'"], "{value}");
        }
    }
    // Not in a column that is not carried.
    let dump = "INSERT INTO produse (IDProdus,nume,cod,imagine,pret,hash) VALUES \
    (1,'a','b','c',9,SHA1(CONCAT('a',RAND(),'),(')));";
    assert_eq!(told_of(dump.as_bytes())[1], ROW);
}

#[test]
fn defaults_are_null_and_said_once() {
    let dump = "INSERT INTO produse VALUES (1,'a','b','c',DEFAULT),(2,'a','b','c',DEFAULT);";
    let remark = "1: DEFAULT stands in the place of a value, here for the first time: read as NULL";
    assert_eq!(told_of(dump.as_bytes()), [remark, "1: '1' 'a' 'b' 'c' NULL", "1: '2' 'a' 'b' 'c' NULL"]);
}

#[test]
fn columns_come_from_the_list_then_from_the_table_then_from_the_old_shop() {
    check(&[
        (
            "INSERT INTO produse (cod, IDProdus) VALUES ('b', 1), ('c', 2);INSERT INTO produse (cod, \
            IDProdus) VALUES ('d', 3);",
            &[
                "1: produse has no column nume, imagine, pret: read as NULL",
                "1: '1' NULL 'b' NULL NULL",
                "1: '2' NULL 'c' NULL NULL",
                "1: '3' NULL 'd' NULL NULL",
            ],
        ),
        (
            "CREATE TABLE IF NOT EXISTS `shop`.`produse` (stoc int DEFAULT (1+(2)), `pret` decimal(9,2), \
            cod varchar(9), nume enum('a,b','c)'), \
             imagine text, IDProdus serial, PRIMARY KEY (`IDProdus`), UNIQUE KEY (cod), CONSTRAINT c \
             CHECK (pret > 0)) COMMENT='x;(';\
             INSERT INTO produse VALUES (7,9,'b','a','c',1);",
            &["1: produse has columns that are not carried: stoc", ROW],
        ),
        (
            "INSERT INTO produse VALUES (1,'a','b','c');INSERT INTO produse VALUES \
            (1,'a','b','c',9,0),(1,'a','b','c',9);",
            &[
                "1: produse: the dump does not say which columns its 4 values belong to",
                "1: produse: the dump does not say which columns its 6 values belong to",
                ROW,
            ],
        ),
        (
            "INSERT INTO produse (IDProdus,nume,cod,imagine,pret) VALUES \
            (1,'a','b','c'),(),(1,'a','b','c',9),(1,,'b','c',9);",
            &[
                "1: produse: it has 4 values for 5 columns",
                "1: produse: it has 0 values for 5 columns",
                ROW,
                "1: produse: a value is missing",
            ],
        ),
    ]);
}

#[test]
fn rows_of_other_tables_and_in_routines_are_none() {
    const INSERT: &str = "INSERT INTO produse VALUES (1,'a','b','c',9);";
    for other in [
        "INSERT INTO produse2 VALUES (1,'a','b','c',9);",
        "INSERT INTO produse.other VALUES (1,'INSERT INTO produse VALUES (1,2,3,4,5);');",
        "DELIMITER ;;\nCREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN INSERT INTO produse VALUES \
        (8,'','','',8); END;;\nDELIMITER ;\n",
        "DELIMITER $$\nCREATE PROCEDURE p() BEGIN INSERT INTO produse VALUES (8,'','','',8); \
        END$$\nDELIMITER ;\n",
        "delimiter //\nCREATE PROCEDURE p() BEGIN INSERT INTO produse VALUES (8,'','','',8); \
        END//\ndelimiter ;\n",
        "DELIMITER ;;\n/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER t BEFORE \
        UPDATE ON useri FOR EACH ROW \
         begin insert into produse values (8,'','','',8); end */;;\nDELIMITER ;\n",
        "CREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN IF a THEN INSERT INTO produse VALUES \
        (8,'','','',8); END IF; \
         CASE a WHEN 1 THEN SET @a = 1; END CASE; INSERT INTO produse VALUES (8,'','','',8); END;",
        "CREATE FUNCTION f() RETURNS INT RETURN CASE WHEN 1 THEN 2 END;",
        "CREATE VIEW v AS SELECT 'INSERT INTO produse VALUES (8,1,1,1,1);' AS x;",
        "SET @x = 'INSERT INTO produse VALUES (8,1,1,1,1);';",
        "LOCK TABLES `produse` WRITE;UNLOCK TABLES;USE shop;START TRANSACTION;COMMIT;",
        "DROP TABLE IF EXISTS `produse`;",
        "ALTER TABLE `produse` ADD PRIMARY KEY (`IDProdus`), ADD UNIQUE KEY `cod` (`cod`);",
        "ALTER TABLE `produse` MODIFY `IDProdus` int(11) NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=9;",
        "/*!40000 ALTER TABLE `produse` ENABLE KEYS */;",
        "/*!999999\\- enable the sandbox mode */ ",
        "/*M!999999\\- enable the sandbox mode */ ",
    ] {
        let told = told_of(format!("{other}{INSERT}").as_bytes());
        assert_eq!(told.len(), 1, "{other}: {told:?}");
        assert!(told[0].ends_with(": '1' 'a' 'b' 'c' '9'"), "{other}: {told:?}");
    }
}

#[test]
fn a_routine_without_an_end_does_not_swallow_the_rest_in_silence() {
    let dump = "CREATE TRIGGER t AFTER INSERT ON x FOR EACH ROW BEGIN SELECT 1;\nINSERT INTO produse \
    VALUES (1,'a','b','c',9);";
    assert_eq!(told_of(dump.as_bytes()), ["2: the dump ends in the middle of a statement: it is cut off"]);
}

#[test]
fn several_databases_in_one_file_are_read_one_after_the_other() {
    let dump = "USE a;\nCREATE TABLE produse (IDProdus int, cod text);INSERT INTO produse VALUES (1,'a');\n\
        USE b;\nCREATE TABLE produse (cod text, IDProdus int);INSERT INTO produse VALUES ('b',2);\n";
    let entries = super::read(dump.as_bytes());
    let rows: Vec<_> = entries.iter().map(told).filter(|line| line.contains('\'')).collect();
    assert_eq!(rows, ["2: '1' NULL 'a' NULL NULL", "4: '2' NULL 'b' NULL NULL"]);
}
