//! Files that the shop cannot work with: one line that says what is wrong and what to do, and nothing half
//! done.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::thread;

use sqlx::{ConnectOptions as _, Connection as _};

use crate::shop::{folder, shop_admin, shop_admin_with, shop_web, stderr_of, stdout_of};

/// What `shop-web`, migrating or not, and `shop-admin` say about a database: one line, and it is the same.
pub(crate) fn refusal(folder: &Path, url: &str) -> String {
    let web = |migrate| {
        let ports = [("SHOP_PORT", "0"), ("SHOP_HEALTH_PORT", "0")];
        shop_web(
            folder,
            &[&ports[..], &[("SHOP_DATABASE_URL", url), ("SHOP_MIGRATE", migrate)]].concat(),
            &[],
        )
    };
    let admin = |command: &[&str]| shop_admin_with(folder, &[("SHOP_DATABASE_URL", url)], command, "");
    let mut told: Vec<_> = thread::scope(|scope| {
        let webs = ["true", "false"].map(|migrate| scope.spawn(move || line("shop-web", &web(migrate))));
        let admins = [&["migrate"][..], &["order", "list"], &["check"]];
        let admins = admins.map(|command| scope.spawn(move || line("shop-admin", &admin(command))));
        webs.into_iter().chain(admins).map(|run| run.join().expect("one line")).collect()
    });
    told.dedup();
    assert_eq!(told.len(), 1, "{told:#?}");
    told.concat()
}

/// The one line that a program that cannot begin says on stderr; the log may say more.
pub(crate) fn line(program: &str, output: &Output) -> String {
    let stderr = stderr_of(output);
    assert_eq!(output.status.code(), Some(2), "{program}: {stderr}");
    assert_eq!(stdout_of(output), "", "{program}");
    let lines: Vec<_> =
        stderr.lines().filter_map(|line| line.strip_prefix(&format!("{program}: "))).collect();
    assert_eq!(lines.len(), 1, "{stderr}");
    lines.concat()
}

/// Runs a script with `shop-admin` as `$0`, as a root who may mount in this folder and whose mounts nobody
/// else sees.
#[cfg(target_os = "linux")]
fn on_own_mounts(folder: &Path, script: &str) -> Output {
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_shop-admin")]);
    command.current_dir(folder).env_remove("SHOP_DATABASE_URL").output().expect("unshare runs")
}

#[test]
fn what_is_no_database_is_told_and_left_alone() {
    let folder = folder();
    let path = folder.path();
    fs::create_dir(path.join("folder.db")).expect("made");
    fs::write(path.join("text.db"), "Bread, milk, and something for Ana. ".repeat(200)).expect("written");
    fs::write(path.join("short.db"), "SQL").expect("written");
    for (file, told) in [
        ("folder.db", "cannot open the database folder.db: it is a folder; name a file in it"),
        ("text.db", "text.db is not a database; name another file, or move this one away"),
        ("short.db", "short.db is not a database; name another file, or move this one away"),
    ] {
        let before = fs::read(path.join(file)).ok();
        assert_eq!(refusal(path, &format!("sqlite://{file}")), told);
        assert_eq!(fs::read(path.join(file)).ok(), before, "{file}");
    }
    assert_eq!(fs::read_dir(path).expect("a folder").count(), 3, "nothing was made");
}

#[test]
fn a_file_that_was_cut_off_is_told_and_left_alone() {
    let folder = folder();
    assert!(shop_admin(folder.path(), &["migrate"]).status.success());
    let whole = fs::read(folder.path().join("vitrina.db")).expect("a database");
    for length in [50, 4_096, 40_960, whole.len() - 4_096] {
        let path = folder.path().join("cut.db");
        fs::write(&path, &whole[..length]).expect("written");
        let told = refusal(folder.path(), "sqlite://cut.db");
        assert_eq!(told, "cut.db is damaged; put it aside and restore a backup", "{length} bytes");
        assert_eq!(fs::read(&path).expect("readable"), whole[..length]);
    }
}

async fn connection(path: &Path) -> sqlx::SqliteConnection {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path).create_if_missing(true);
    options.connect().await.expect("a connection")
}

#[tokio::test]
async fn another_programs_database_is_told_and_left_alone() {
    let folder = folder();
    let path = folder.path().join("places.db");
    let mut other = connection(&path).await;
    sqlx::raw_sql("CREATE TABLE bookmarks (id INTEGER)").execute(&mut other).await.expect("a table");
    other.close().await.expect("closed");
    let before = fs::read(&path).expect("readable");
    let told = refusal(folder.path(), "sqlite://places.db");
    assert_eq!(told, "places.db holds another program's tables; the shop needs a database of its own");
    assert_eq!(fs::read(&path).expect("readable"), before);
}

#[tokio::test]
async fn a_locked_file_is_told_and_works_once_it_is_free() {
    let folder = folder();
    assert!(shop_admin(folder.path(), &["migrate"]).status.success());
    let mut other = connection(&folder.path().join("vitrina.db")).await;
    let lock = "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE other (id INTEGER)";
    sqlx::raw_sql(lock).execute(&mut other).await.expect("locked");
    let told = refusal(folder.path(), "sqlite://vitrina.db");
    let expected = "cannot open the database vitrina.db: database is locked; another program keeps it so; end that \
                    one, or try again later";
    assert_eq!(told, expected);
    other.close().await.expect("closed");
    let checked = shop_admin(folder.path(), &["check"]);
    assert_eq!(stdout_of(&checked), "nothing is wrong\n", "{}", stderr_of(&checked));
}

/// One that reads does not wait for it; one that writes says whose fault it is.
#[tokio::test]
async fn a_file_that_another_program_writes_can_be_read() {
    let folder = folder();
    assert!(shop_admin(folder.path(), &["migrate"]).status.success());
    assert!(shop_admin(folder.path(), &["seed", "sample"]).status.success());
    let mut other = connection(&folder.path().join("vitrina.db")).await;
    sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut other).await.expect("locked");
    assert!(shop_admin(folder.path(), &["product", "list"]).status.success());
    let refused = shop_admin(folder.path(), &["product", "hide", "HD08"]);
    assert_eq!(refused.status.code(), Some(1));
    let told = "shop-admin: another program keeps the database locked; try again: ";
    assert!(stderr_of(&refused).lines().any(|line| line.starts_with(told)), "{}", stderr_of(&refused));
    other.close().await.expect("closed");
    assert!(shop_admin(folder.path(), &["product", "hide", "HD08"]).status.success());
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_leaves_nothing_half_done() {
    let folder = folder();
    let script = "mkdir disk; mount -t tmpfs -o size=200k tmpfs disk || exit 9; cd disk
        \"$0\" migrate; echo $?; \"$0\" order list; echo $?
        mount -o remount,size=4m . && \"$0\" migrate && \"$0\" check";
    let output = on_own_mounts(folder.path(), script);
    assert!(output.status.success(), "{output:?}");
    assert_eq!(stdout_of(&output), "2\n2\n22 migrations ran\nnothing is wrong\n", "{output:?}");
    let told = "shop-admin: cannot migrate vitrina.db: database or disk is full; make space and try again";
    assert_eq!(stderr_of(&output).lines().next(), Some(told));
    assert_eq!(stderr_of(&output).lines().count(), 2, "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_not_be_written_is_told_at_once() {
    let folder = folder();
    for (what, make_read_only, make_writable) in [
        ("the disk", "mount -o remount,ro .; run=", "mount -o remount,rw ."),
        // Root without the power to pass over rights.
        (
            "the file",
            "chmod 444 vitrina.db; run='setpriv --bounding-set -dac_override --'",
            "chmod 644 vitrina.db",
        ),
    ] {
        let script = format!(
            "mkdir -p disk; mount -t tmpfs tmpfs disk || exit 9; cd disk; \"$0\" migrate; {make_read_only}
            $run \"$0\" migrate; echo $?; $run \"$0\" order list; echo $?; $run \"$0\" check; echo $?
            {make_writable} && \"$0\" check"
        );
        let output = on_own_mounts(folder.path(), &script);
        assert!(output.status.success(), "{what}: {output:?}");
        assert_eq!(
            stdout_of(&output),
            "22 migrations ran\n2\n2\n2\nnothing is wrong\n",
            "{what}: {output:?}"
        );
        let (stderr, told) = (stderr_of(&output), "shop-admin: cannot open the database vitrina.db: ");
        assert_eq!(stderr.lines().count(), 3, "{what}: {stderr}");
        assert!(
            stderr.lines().all(|line| line.starts_with(told) && line.contains("this user needs the right"))
        );
    }
}
