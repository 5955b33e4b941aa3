//! The dependency rule of the workspace: who may know whom.
//!
//! ```text
//! shop-core  <-  shop-storage, shop-mailer, shop-web  <-  binaries, examples, benches
//! ```

#![cfg(test)]

use std::collections::{BTreeSet, HashMap};
use std::process::Command;

use serde_json::Value;

const LIBRARIES: [&str; 3] = ["shop-storage", "shop-mailer", "shop-web"];

/// The packages of the workspace with the names of those direct dependencies that count.
fn direct_dependencies(counts: fn(&Value) -> bool) -> HashMap<String, BTreeSet<String>> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&output).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter().map(|package| {
        let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
        let counted = dependencies.filter(|&dependency| counts(dependency));
        (text(&package["name"]), counted.map(|dependency| text(&dependency["name"])).collect())
    });
    packages.collect()
}

/// Whether it is a normal or a build dependency.
fn is_shipped(dependency: &Value) -> bool {
    dependency["kind"] != "dev"
}

/// Every package that `shop-core` brings along with these features, at any depth.
fn tree_of_the_core(features: &str) -> BTreeSet<String> {
    let tree = ["tree", "--package", "shop-core", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
    let output = cargo(&[&tree[..], &["--features", features]].concat());
    output.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args([
            "--locked",
            "--offline",
            "--manifest-path",
            concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"),
        ])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

#[test]
fn the_libraries_know_the_core_and_not_each_other() {
    let direct = direct_dependencies(is_shipped);
    for library in LIBRARIES {
        let known = &direct[library];
        assert!(known.contains("shop-core"), "{library} is built on the core");
        for other in LIBRARIES.into_iter().chain(["vitrina"]) {
            assert!(!known.contains(other), "{library} must not know {other}");
        }
    }
    let of_the_core: Vec<_> = direct["shop-core"].iter().filter(|name| direct.contains_key(*name)).collect();
    assert!(of_the_core.is_empty(), "the core knows nobody of the workspace, but {of_the_core:?}");
}

#[test]
fn each_technique_has_its_crate() {
    let allowed: [(&str, &[&str]); 5] = [
        ("sqlx", &["shop-storage"]),
        ("rocket", &["shop-web"]),
        ("hyper", &["shop-web"]),
        ("lettre", &["shop-mailer"]),
        ("tera", &["shop-mailer", "shop-web"]),
    ];
    let direct = direct_dependencies(is_shipped);
    let of_ours = |name: &&String| {
        LIBRARIES.contains(&name.as_str()) || ["shop-core", "vitrina"].contains(&name.as_str())
    };
    let shipped: Vec<_> = direct.keys().filter(of_ours).collect();
    assert_eq!(shipped.len(), 5, "{shipped:?}");
    for (technique, crates) in allowed {
        let users: BTreeSet<_> = shipped
            .iter()
            .filter(|name| direct[**name].contains(technique))
            .map(|name| name.as_str())
            .collect();
        assert_eq!(users, crates.iter().copied().collect(), "who depends on {technique}");
    }
}

/// cargo-deny sees the dependencies of tests and benches as well.
#[test]
fn cargo_deny_is_told_the_same() {
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../deny.toml");
    let told: toml::Table = std::fs::read_to_string(manifest).expect("a file").parse().expect("TOML");
    let bans: HashMap<_, _> = told["bans"]["deny"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|ban| (ban["crate"].as_str().expect("a name"), ban["wrappers"].as_array().expect("a list")))
        .collect();
    let direct = direct_dependencies(|_| true);
    for technique in ["sqlx", "rocket", "hyper", "lettre", "tera"] {
        let wrappers = bans.get(technique).unwrap_or_else(|| panic!("nobody is kept from {technique}"));
        let users = direct.iter().filter(|(_, dependencies)| dependencies.contains(technique));
        for (user, _) in users {
            assert!(wrappers.iter().any(|name| name.as_str() == Some(user)), "{user} has {technique}");
        }
    }
}

#[test]
fn the_core_does_no_input_or_output() {
    for features in ["default", "default,memory,mocks,l10n"] {
        let tree = tree_of_the_core(features);
        assert!(tree.contains("shop-core") && tree.contains("thiserror"), "{tree:?}");
        for forbidden in ["rocket", "sqlx", "sqlx-core", "tera", "lettre", "tokio", "hyper"] {
            assert!(!tree.contains(forbidden), "{forbidden} with the features {features}");
        }
    }
}

#[test]
fn the_core_is_small() {
    assert!(tree_of_the_core("default").len() < 50, "{:?}", tree_of_the_core("default"));
}
