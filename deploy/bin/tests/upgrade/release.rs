//! The programs of two releases.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The programs of one release, in their folder.
#[derive(Clone, Debug)]
pub(crate) struct Release {
    pub(crate) web: PathBuf,
    pub(crate) admin: PathBuf,
    pub(crate) mailer: PathBuf,
}

impl Release {
    /// What this tree makes.
    pub(crate) fn this() -> Self {
        Self::in_folder(Path::new(env!("CARGO_BIN_EXE_shop-web")).parent().expect("a folder"))
    }

    /// The release before.
    pub(crate) fn before() -> Self {
        let folder = env::var_os("VITRINA_PREVIOUS").expect(
            "these tests need the programs of the release before; run: make upgrade-test (or set \
             VITRINA_PREVIOUS to the folder that deploy/upgrades/previous prints)",
        );
        let release = Self::in_folder(Path::new(&folder));
        assert!(release.web.is_file(), "VITRINA_PREVIOUS names no folder with programs: {folder:?}");
        release
    }

    /// Its version, as its programs tell it.
    pub(crate) fn version(&self) -> String {
        let output = Command::new(&self.web).arg("--version").output().expect("it runs");
        let told = String::from_utf8(output.stdout).expect("text");
        told.trim().strip_prefix("shop-web ").expect("a version").to_owned()
    }

    fn in_folder(folder: &Path) -> Self {
        let [web, admin, mailer] = ["shop-web", "shop-admin", "shop-mailer"].map(|name| folder.join(name));
        Self { web, admin, mailer }
    }
}
