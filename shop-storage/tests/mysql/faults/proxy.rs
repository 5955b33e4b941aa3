//! A way to the server that breaks in the middle of a commit.

use std::io;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::unix::OwnedReadHalf;
use tokio::net::{UnixListener, UnixStream};

/// Where the way breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Before any of the statement has reached the server.
    Before,
    /// In the middle of the statement.
    Within,
    /// Behind the server's answer, which does not reach the client.
    After,
}

/// The cut that comes, and how many commits pass before it.
type Plan = Arc<Mutex<Option<(Cut, u32)>>>;

/// A socket in front of the server's.
pub(crate) struct Proxy {
    folder: TempDir,
    plan: Plan,
}

impl Proxy {
    /// Stands in front of the server of this address.
    pub(crate) fn start(url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listener = UnixListener::bind(folder.path().join("socket")).expect("a socket");
        let plan = Plan::default();
        tokio::spawn(serve(listener, socket(url).to_owned(), Arc::clone(&plan)));
        Self { folder, plan }
    }

    /// The same address, by way of here.
    pub(crate) fn url(&self, url: &str) -> String {
        url.replace(socket(url), &self.folder.path().join("socket").display().to_string())
    }

    /// Cuts the connection of the next commit but so many.
    pub(crate) fn cut(&self, cut: Cut, passing: u32) {
        *self.plan.lock().expect("no panic") = Some((cut, passing));
    }
}

fn socket(url: &str) -> &str {
    url.rsplit("socket=").next().expect("a socket")
}

async fn serve(listener: UnixListener, server: String, plan: Plan) {
    while let Ok((client, _)) = listener.accept().await {
        let server = UnixStream::connect(&server).await.expect("the server listens");
        tokio::spawn(pass(client, server, Arc::clone(&plan)));
    }
}

/// Passes everything on until one of both ends, or the cut.
async fn pass(client: UnixStream, server: UnixStream, plan: Plan) -> io::Result<()> {
    let (mut questions, mut to_client) = client.into_split();
    let (mut answers, mut to_server) = server.into_split();
    loop {
        // Whoever asks has had every answer before: nothing is on its way back when a question is whole.
        let question = tokio::select! {
            question = packet(&mut questions) => question?,
            end = tokio::io::copy(&mut answers, &mut to_client) => return end.map(drop),
        };
        match if is_commit(&question) { next(&plan) } else { None } {
            None => to_server.write_all(&question).await?,
            Some(Cut::Before) => return Ok(()),
            Some(Cut::Within) => return to_server.write_all(&question[..question.len() / 2]).await,
            Some(Cut::After) => {
                to_server.write_all(&question).await?;
                return packet(&mut answers).await.map(drop);
            }
        }
    }
}

/// A packet of MySQL's protocol, with its header: three bytes of length, one of order.
async fn packet(from: &mut OwnedReadHalf) -> io::Result<Vec<u8>> {
    let mut packet = vec![0; 4];
    from.read_exact(&mut packet).await?;
    let length = u32::from_le_bytes([packet[0], packet[1], packet[2], 0]);
    packet.resize(4 + length as usize, 0);
    from.read_exact(&mut packet[4..]).await?;
    Ok(packet)
}

fn is_commit(question: &[u8]) -> bool {
    question[4..] == *b"\x03COMMIT"
}

/// What happens to the commit that has come.
fn next(plan: &Plan) -> Option<Cut> {
    let mut plan = plan.lock().expect("no panic");
    let (cut, passing) = plan.take()?;
    if passing == 0 {
        return Some(cut);
    }
    *plan = Some((cut, passing - 1));
    None
}
