use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::Outcome;

/// The real binary on free ports in a folder of its own; it is killed when dropped.
pub(crate) struct RunningShop {
    pub(crate) url: String,
    process: Child,
    folder: TempDir,
}

impl RunningShop {
    /// Starts it and waits for the line that says where it listens.
    pub(crate) fn start() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let (port, health) = (free_port()?, free_port()?);
        let mut process = Command::new(env!("CARGO_BIN_EXE_shop-web"))
            .current_dir(folder.path())
            .env("SHOP_PORT", port.to_string())
            .env("SHOP_HEALTH_PORT", health.to_string())
            .env("SHOP_PUBLIC_URL", format!("http://127.0.0.1:{port}"))
            .stdout(Stdio::piped())
            .spawn()?;
        let url = format!("http://127.0.0.1:{port}");
        let output = process.stdout.take().ok_or("no output")?;
        let mut lines = BufReader::new(output).lines();
        lines
            .find(|line| line.as_ref().is_ok_and(|line| line.contains(&url)))
            .ok_or("the shop did not start")??;
        // Whatever it prints later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { url, process, folder })
    }

    /// The first link of this kind in a mail, as soon as one has been delivered.
    pub(crate) async fn mailed_link(&self, path: &str) -> Outcome<String> {
        for _ in 0..300 {
            if let Some(link) = self.links(path)?.pop() {
                return Ok(link);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err("no mail with a link came".into())
    }

    /// The links of this kind in the mails that have been delivered.
    fn links(&self, path: &str) -> Outcome<Vec<String>> {
        let mut links = Vec::new();
        for entry in std::fs::read_dir(self.folder.path().join("mail")).into_iter().flatten() {
            links.extend(find_link(&std::fs::read(entry?.path())?, path));
        }
        Ok(links)
    }
}

/// The first address in the mail's text part that has this path.
fn find_link(mail: &[u8], path: &str) -> Option<String> {
    let mail = mail_parser::MessageParser::default().parse(mail)?;
    let text = mail.body_text(0)?.into_owned();
    text.split_whitespace().find(|word| word.starts_with("http") && word.contains(path)).map(str::to_owned)
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

impl Drop for RunningShop {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing else to do in that case.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
