//! Mails as files.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use shop_core::Language;
use shop_core::account::EmailAddress;
use shop_core::ids::MessageId;
use shop_core::outbox::Mail;
use shop_core::ports::{DeliveryError, Mailer as _};
use shop_mailer::{FileTransport, Outgoing, Transport};
use tempfile::TempDir;

use crate::fixture::{letter, mailer, read};

type TestResult = Result<(), Box<dyn Error>>;

const NAME: &str = "07070707-0707-0707-0707-070707070707.eml";

async fn send(transport: &FileTransport, bytes: &[u8]) -> Result<(), DeliveryError> {
    let address: EmailAddress = "a@b.ro".parse().expect("an address");
    let mail = Outgoing { id: MessageId::from_bytes([7; 16]), from: &address, to: &address, bytes };
    transport.send(mail).await
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect()
}

#[tokio::test]
async fn a_mail_is_one_file_named_after_its_message() -> TestResult {
    let root = TempDir::new()?;
    let folder = root.path().join("to/be/made");
    let letter = letter(Language::English, Mail::Activation);
    mailer(FileTransport::open(&folder).await?).deliver(&letter).await?;
    let name = format!("{}.eml", letter.message.id);
    assert_eq!(names(&folder), [name.as_str()], "nothing else is left behind");
    assert_eq!(read(&fs::read_to_string(folder.join(name))?).subject, "Activate your account at Vitrina");
    Ok(())
}

#[tokio::test]
async fn a_redelivery_replaces_its_file() -> TestResult {
    let folder = TempDir::new()?;
    let transport = FileTransport::open(folder.path()).await?;
    send(&transport, b"the first, which is longer").await?;
    send(&transport, b"the second").await?;
    assert_eq!(names(folder.path()), [NAME]);
    assert_eq!(fs::read(folder.path().join(NAME))?, b"the second");
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_whole_whenever_it_is_read() -> TestResult {
    let folder = TempDir::new()?;
    let transport = FileTransport::open(folder.path()).await?;
    let mails: [Vec<u8>; 4] = [b'a', b'b', b'c', b'd'].map(|letter| vec![letter; 300_000]);
    send(&transport, &mails[0]).await?;
    let done = Arc::new(AtomicBool::new(false));
    let (path, finished) = (folder.path().join(NAME), Arc::clone(&done));
    let reader = tokio::task::spawn_blocking(move || {
        let mut seen = BTreeSet::new();
        while !finished.load(Ordering::SeqCst) {
            seen.insert(fs::read(&path).expect("always there"));
        }
        seen.insert(fs::read(&path).expect("always there"));
        seen
    });
    // Two relays may hold the same message when a lease has run out.
    for _ in 0..10 {
        let (first, second) = tokio::join!(send(&transport, &mails[1]), send(&transport, &mails[2]));
        first.and(second)?;
    }
    send(&transport, &mails[3]).await?;
    done.store(true, Ordering::SeqCst);
    let seen = reader.await?;
    assert!(seen.iter().all(|bytes| mails.contains(bytes)), "a part of a file was seen");
    assert!(seen.contains(&mails[3]));
    assert_eq!(names(folder.path()), [NAME]);
    Ok(())
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_told_at_once() -> TestResult {
    let root = TempDir::new()?;
    let file = root.path().join("file");
    fs::write(&file, "in the way")?;
    for folder in [file.join("mail"), file] {
        let error = FileTransport::open(&folder).await.expect_err("a file is in the way").to_string();
        assert!(error.starts_with(&format!("cannot write into {}: ", folder.display())), "{error}");
    }
    Ok(())
}

#[tokio::test]
async fn a_folder_that_fails_later_is_tried_again() -> TestResult {
    let root = TempDir::new()?;
    let folder = root.path().join("mail");
    let transport = FileTransport::open(&folder).await?;
    fs::remove_dir_all(&folder)?;
    send(&transport, b"made again").await?;

    fs::remove_dir_all(&folder)?;
    fs::write(&folder, "in the way")?;
    let failed = send(&transport, b"x").await;
    let Err(DeliveryError::Temporary(cause)) = failed else { panic!("{failed:?}") };
    assert!(cause.to_string().starts_with(&format!("cannot write into {}: ", folder.display())), "{cause}");

    fs::remove_file(&folder)?;
    send(&transport, b"better").await?;
    Ok(())
}

#[tokio::test]
async fn what_could_not_be_finished_leaves_nothing_behind() -> TestResult {
    let folder = TempDir::new()?;
    let transport = FileTransport::open(folder.path()).await?;
    fs::create_dir(folder.path().join(NAME))?;
    let failed = send(&transport, b"x").await;
    assert!(matches!(failed, Err(DeliveryError::Temporary(_))), "{failed:?}");
    assert_eq!(names(folder.path()), [NAME], "only what was in the way");
    Ok(())
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_a_mail() -> TestResult {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new()?;
    send(&FileTransport::open(folder.path()).await?, b"secret").await?;
    let mode = fs::metadata(folder.path().join(NAME))?.permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    Ok(())
}
