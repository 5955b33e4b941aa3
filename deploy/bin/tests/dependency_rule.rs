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

/// The packages of the workspace with the names of their normal and build dependencies.
fn direct_dependencies() -> HashMap<String, BTreeSet<String>> {
    let output = cargo(&["metadata", "--format-version", "1", "--no-deps"]);
    let metadata: Value = serde_json::from_str(&output).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages").iter().map(|package| {
        let dependencies = package["dependencies"].as_array().expect("dependencies").iter();
        let shipped = dependencies.filter(|dependency| dependency["kind"] != "dev");
        (text(&package["name"]), shipped.map(|dependency| text(&dependency["name"])).collect())
    });
    packages.collect()
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
    let direct = direct_dependencies();
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
    let direct = direct_dependencies();
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
