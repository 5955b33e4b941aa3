//! Encrypted connections, with certificates made here.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use shop_core::ports::Store;
use shop_storage::{MySqlStore, OpenError};
use tempfile::TempDir;

use crate::samples::options;
use crate::server::Server;

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl").args(arguments.split(' ')).current_dir(folder).output();
    let output = output.expect("these tests need openssl; run: shop-storage/tests/mysql/install");
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
}

/// An authority, a certificate of it for 127.0.0.1, and an authority that nobody knows.
fn certificates() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
    for name in ["authority", "stranger"] {
        openssl(
            folder.path(),
            &format!("req -x509 {key} -subj /CN={name} -keyout {name}.key -out {name}.pem"),
        );
    }
    openssl(
        folder.path(),
        &format!(
            "req -x509 {key} -subj /CN=server -addext subjectAltName=IP:127.0.0.1 -addext basicConstraints=CA:FALSE \
             -CA authority.pem -CAkey authority.key -keyout server.key -out server.pem"
        ),
    );
    folder
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// A server on a port, with an empty database and an account like this; and the database's address.
async fn listening(settings: &[&str], requirement: &str) -> (Server, String) {
    let port = free_port();
    let listen = [format!("--port={port}"), "--bind-address=127.0.0.1".to_owned()];
    let settings: Vec<_> = settings.iter().copied().chain(listen.iter().map(String::as_str)).collect();
    let server = Server::start(&settings);
    let database = server.fresh_database().await;
    let name = database.split(['/', '?']).nth(3).expect("a name");
    server
        .run(&format!(
            "CREATE USER shop@'127.0.0.1' {requirement}; \
             GRANT ALL ON {name}.* TO shop@'127.0.0.1'"
        ))
        .await;
    (server, format!("mysql://shop:hu%26sh@127.0.0.1:{port}/{name}"))
}

async fn open(url: &str) -> Result<(), OpenError> {
    let store = MySqlStore::open(options(url)).await?;
    store.migrate().await?;
    store.check().await.expect("a schema");
    Ok(())
}

#[tokio::test]
async fn connections_are_encrypted_unless_the_address_says_otherwise() {
    let folder = certificates();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let files = [format!("--ssl-cert={}", path("server.pem")), format!("--ssl-key={}", path("server.key"))];
    let (_server, url) =
        listening(&files.each_ref().map(String::as_str), "IDENTIFIED BY 'hu&sh' REQUIRE SSL").await;
    open(&url).await.expect("encrypted by default");
    let error = open(&format!("{url}?ssl-mode=DISABLED")).await.expect_err("the server wants it").to_string();
    assert!(error.contains("denied") || error.contains("secure"), "{error}");
    for mode in ["VERIFY_CA", "VERIFY_IDENTITY"] {
        let verified = format!("{url}?ssl-mode={mode}&ssl-ca=");
        open(&format!("{verified}{}", path("authority.pem"))).await.expect("its authority is known");
        let error = open(&format!("{verified}{}", path("stranger.pem"))).await.expect_err("a stranger's");
        assert!(error.to_string().contains("UnknownIssuer"), "{error:?}");
    }
    let elsewhere = url.replace("@127.0.0.1", "@localhost");
    let verified = format!("{elsewhere}?ssl-mode=VERIFY_IDENTITY&ssl-ca={}", path("authority.pem"));
    let error = open(&verified).await.expect_err("its certificate names another host").to_string();
    assert!(error.contains("not valid for name"), "{error:?}");
}

#[tokio::test]
async fn a_server_without_encryption_is_refused_unless_the_address_says_otherwise() {
    // Without certificates MariaDB has none; MySQL makes some and is told to use none. It takes no password that is not encrypted.
    let (_server, url) = listening(&["--tls-version="], "").await;
    let error = open(&url).await.expect_err("nothing is encrypted");
    assert!(matches!(error, OpenError::Unreachable { source: sqlx::Error::Tls(_), .. }), "{error:?}");
    assert!(!error.to_string().contains("sh@"), "{error}");
    let without_password = url.replace(":hu%26sh@", "@");
    open(&format!("{without_password}?ssl-mode=DISABLED")).await.expect("asked for");
}
