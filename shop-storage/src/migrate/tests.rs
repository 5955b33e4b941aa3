use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Migration;

const LISTED: &[Migration] = migrations!("sqlite");

fn files(dialect: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(dialect);
    let names =
        fs::read_dir(folder).expect("a folder of migrations").map(|entry| entry.expect("a file").file_name());
    names.map(|name| name.into_string().expect("a plain name")).collect()
}

#[test]
fn both_dialects_have_the_same_files_and_all_are_listed() {
    let listed: BTreeSet<_> = LISTED.iter().map(|migration| format!("{}.sql", migration.name)).collect();
    assert_eq!(files("sqlite"), listed);
    assert_eq!(files("mysql"), listed);
}

#[test]
fn numbers_are_those_of_the_files_without_a_gap() {
    for (migration, number) in LISTED.iter().zip(1..) {
        assert_eq!(migration.number, number);
        assert!(migration.name.starts_with(&format!("{number:04}_")), "{}", migration.name);
    }
}

/// The tables of one dialect with their columns, keys and what may be NULL, as far as both can be written alike.
fn logical_schema(dialect: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(dialect);
    let mut facts = BTreeSet::new();
    for file in files(dialect) {
        let sql = fs::read_to_string(folder.join(&file)).expect("a readable file");
        let code = sql.lines().filter(|line| !line.trim_start().starts_with("--"));
        let code = code.collect::<Vec<_>>().join("\n");
        for statement in code.split(';') {
            facts.extend(facts_of(statement));
            for name in dropped_indexes(statement) {
                replace_index(&mut facts, name);
            }
        }
    }
    facts
}

fn dropped_indexes(statement: &str) -> impl Iterator<Item = &str> {
    let starts = ["DROP KEY ", "DROP INDEX "].into_iter();
    starts.flat_map(|start| statement.split(start).skip(1)).map(str::trim)
}

/// Takes an index out. Another one must begin with its columns, or programs of the release before would look for their rows one by one.
fn replace_index(facts: &mut BTreeSet<String>, name: &str) {
    let dropped = facts.iter().find(|fact| fact.contains(&format!(": index {name} ("))).expect(name).clone();
    facts.remove(&dropped);
    let (index, columns) = dropped.trim_end_matches(')').split_once(" (").expect("columns");
    let table = index.split(':').next().expect("a table");
    let does_its_work = |fact: &String| fact.starts_with(table) && fact.contains(&format!(" ({columns}, "));
    assert!(facts.iter().any(does_its_work), "nothing in place of {name}");
}

fn facts_of(statement: &str) -> Vec<String> {
    let statement = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(index) = statement.strip_prefix("CREATE INDEX ") {
        let (name, target) = index.split_once(" ON ").expect("an index on a table");
        let (table, columns) = target.split_once(" (").expect("columns");
        return vec![format!("{table}: index {name} ({columns}")];
    }
    if let Some(change) = statement.strip_prefix("ALTER TABLE ") {
        let (table, additions) = change.split_once(' ').expect("an addition");
        let additions = split_outside_parentheses(additions);
        let kept = additions.iter().map(|part| part.trim()).filter(|part| !part.starts_with("DROP KEY "));
        let added = kept.map(|part| part.strip_prefix("ADD ").expect("nothing is taken away"));
        return added.flat_map(|part| facts_of_part(table, part.trim_start_matches("COLUMN "))).collect();
    }
    let Some(create) = statement.strip_prefix("CREATE TABLE ") else { return Vec::new() };
    let (table, rest) = create.split_once(" (").expect("a list of columns");
    let body = rest.get(..rest.rfind(')').expect("an end")).expect("a body");
    let parts = split_outside_parentheses(body);
    parts.iter().flat_map(|part| facts_of_part(table, part.trim())).collect()
}

fn facts_of_part(table: &str, part: &str) -> Vec<String> {
    let unique = |columns: &str| format!("{table}: unique {columns}");
    if part.starts_with("PRIMARY KEY") {
        return vec![format!("{table}: {part}")];
    }
    if let Some(key) = part.strip_prefix("UNIQUE KEY ") {
        return vec![unique(key.split_once(' ').expect("columns").1)];
    }
    if let Some(key) = part.strip_prefix("KEY ") {
        return vec![format!("{table}: index {key}")];
    }
    if let Some((_, reference)) = part.split_once("FOREIGN KEY (") {
        return vec![format!("{table}: {}", reference.replacen(')', "", 1))];
    }
    let (column, kind) = part.split_once(' ').expect("a name and a type");
    let nullable = if kind.contains("NOT NULL") { "NOT NULL" } else { "NULL" };
    let mut facts = vec![format!("{table}: {column} {nullable}")];
    if kind.contains("PRIMARY KEY") {
        facts.push(format!("{table}: PRIMARY KEY ({column})"));
    }
    if kind.contains("UNIQUE") {
        facts.push(unique(&format!("({column})")));
    }
    if let Some(at) = kind.find("REFERENCES") {
        facts.push(format!("{table}: {column} {}", &kind[at..]));
    }
    facts
}

fn split_outside_parentheses(body: &str) -> Vec<String> {
    let mut depth = 0;
    let mut parts = vec![String::new()];
    for character in body.chars() {
        depth += i32::from(character == '(') - i32::from(character == ')');
        if character == ',' && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().expect("never empty").push(character);
        }
    }
    parts
}

#[test]
fn both_dialects_describe_one_schema() {
    let (sqlite, mysql) = (logical_schema("sqlite"), logical_schema("mysql"));
    assert_eq!(sqlite, mysql);
    for fact in [
        "users: unique (email_key)",
        "order_lines: PRIMARY KEY (order_id, position)",
        "carts: owner_id REFERENCES users (id)",
        "products: index products_newest (active, created_at DESC, id)",
        "variants: stock NULL",
        "sessions: agent NOT NULL",
        "tokens: index tokens_expiry (expires_at)",
        "outbox: index outbox_due_kind (state, due_at, created_at, id, kind)",
    ] {
        assert!(sqlite.contains(fact), "{fact} not in {sqlite:#?}");
    }
}

/// Programs of the release before do not know the column, and insert rows all the same.
#[test]
fn a_column_that_is_added_may_be_left_out() {
    for dialect in ["sqlite", "mysql"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(dialect);
        let sql =
            files(dialect).into_iter().map(|file| fs::read_to_string(folder.join(file)).expect("a file"));
        let sql = sql.collect::<String>();
        let added: Vec<_> = sql.lines().filter(|line| line.contains("ADD COLUMN")).collect();
        assert!(added.len() >= 4, "{added:?}");
        for line in added {
            assert!(line.contains("DEFAULT") || !line.contains("NOT NULL"), "{line}");
        }
    }
}

#[test]
fn mysql_files_hold_one_statement_and_no_cascade() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/mysql");
    for file in files("mysql") {
        let sql = fs::read_to_string(folder.join(&file)).expect("a readable file");
        assert_eq!(sql.matches(';').count(), 1, "{file}");
        for word in ["AUTO_INCREMENT", "CASCADE", "TRIGGER", "UNSIGNED", "IF EXISTS", "IF NOT EXISTS"] {
            assert!(!sql.to_uppercase().contains(word), "{word} in {file}");
        }
        assert!(!sql.contains("CREATE TABLE") || sql.contains("PRIMARY KEY"), "{file}");
    }
}
