//! A mail server for tests. It speaks SMTP on a port of this machine, keeps what it is told, and answers as a
//! script says.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use mail_parser::decoders::base64::base64_decode;
use rustls::crypto::ring::default_provider;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The longest time that anything here may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a server offers, and what it says to each line of a client.
#[derive(Clone)]
pub(crate) struct Config {
    pub(crate) encryption: Encryption,
    /// The ways to sign in.
    pub(crate) mechanisms: &'static str,
    /// User and password without which it takes nothing.
    pub(crate) account: Option<(&'static str, &'static str)>,
    /// Is shown each command, `.` for the end of a mail, and nothing for the greeting.
    pub(crate) script: Arc<dyn Fn(&str) -> Reply + Send + Sync>,
}

#[derive(Clone)]
pub(crate) enum Encryption {
    Never,
    StartTls(Identity),
    FromStart(Identity),
}

/// What the server does about a line.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// As any server would.
    Usual,
    Say(&'static str),
    SayAndClose(&'static str),
    Close,
    /// Nothing, until the client goes away.
    Hang,
    /// As any server would, but not before the client says something more.
    Late,
}

impl Default for Config {
    /// A server in clear that takes everything from everybody.
    fn default() -> Self {
        Self {
            encryption: Encryption::Never,
            mechanisms: "PLAIN LOGIN",
            account: None,
            script: Arc::new(|_| Reply::Usual),
        }
    }
}

/// A certificate that nobody has signed, with its key.
#[derive(Clone)]
pub(crate) struct Identity {
    pub(crate) pem: String,
    config: Arc<ServerConfig>,
}

impl Identity {
    /// A certificate for a name or an address.
    pub(crate) fn of(host: &str) -> Self {
        let made = rcgen::generate_simple_self_signed([host.to_owned()]).expect("a certificate");
        let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
        let config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("TLS")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key.into())
            .expect("a key that fits");
        Self { pem: made.cert.pem(), config: Arc::new(config) }
    }
}

/// A mail that the server has taken.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// What stood behind `MAIL FROM:`, parameters too.
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) encrypted: bool,
}

#[derive(Default)]
struct Seen {
    mails: Mutex<Vec<Received>>,
    mail_came: Condvar,
    commands: Mutex<Vec<String>>,
    command_came: Condvar,
    connections: AtomicUsize,
    open: Mutex<Vec<TcpStream>>,
    stopped: AtomicBool,
}

/// A server that runs until it is dropped.
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    seen: Arc<Seen>,
    acceptor: Option<JoinHandle<()>>,
}

impl MailServer {
    /// Starts on any port.
    pub(crate) fn start(config: Config) -> Self {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0)), config)
    }

    pub(crate) fn start_at(address: SocketAddr, config: Config) -> Self {
        let listener = TcpListener::bind(address).expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen::default());
        let shared = Arc::clone(&seen);
        let acceptor = thread::spawn(move || {
            while let Ok((stream, _)) = listener.accept() {
                if shared.stopped.load(Ordering::SeqCst) {
                    return;
                }
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let handle = || stream.try_clone().expect("a handle");
                shared.open.lock().expect("no panic").push(handle());
                let (config, seen, handle) = (config.clone(), Arc::clone(&shared), handle());
                thread::spawn(move || {
                    // A client that goes away ends its session, and may have closed the connection.
                    let _ = serve(stream, &config, &seen);
                    let _ = handle.shutdown(Shutdown::Both);
                });
            }
        });
        Self { address, seen, acceptor: Some(acceptor) }
    }

    /// The first mails, once there are so many.
    pub(crate) fn wait_for(&self, mails: usize) -> Vec<Received> {
        let guard = self.seen.mails.lock().expect("no panic");
        let (guard, late) = self
            .seen
            .mail_came
            .wait_timeout_while(guard, PATIENCE, |there| there.len() < mails)
            .expect("no panic");
        assert!(!late.timed_out(), "{} mails of {mails} came", guard.len());
        guard.clone()
    }

    pub(crate) fn mails(&self) -> Vec<Received> {
        self.seen.mails.lock().expect("no panic").clone()
    }

    /// Every line of a client but the mails themselves.
    pub(crate) fn commands(&self) -> Vec<String> {
        self.seen.commands.lock().expect("no panic").clone()
    }

    /// Whether a client says this, sooner or later.
    pub(crate) fn wait_for_command(&self, line: &str) -> bool {
        let guard = self.seen.commands.lock().expect("no panic");
        let is_missing = |commands: &mut Vec<String>| !commands.iter().any(|command| command == line);
        let waited = self.seen.command_came.wait_timeout_while(guard, PATIENCE, is_missing);
        !waited.expect("no panic").1.timed_out()
    }

    pub(crate) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.seen.stopped.store(true, Ordering::SeqCst);
        // Wakes the acceptor.
        drop(TcpStream::connect(self.address));
        if let Some(acceptor) = self.acceptor.take() {
            acceptor.join().expect("no panic");
        }
        for stream in &*self.seen.open.lock().expect("no panic") {
            // It may be closed already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn serve(stream: TcpStream, config: &Config, seen: &Seen) -> io::Result<()> {
    match &config.encryption {
        Encryption::FromStart(identity) => {
            Session::new(encrypt(stream, identity)?, true, config, seen).run(true).map(drop)
        }
        Encryption::StartTls(identity) => match Session::new(stream, false, config, seen).run(true)? {
            Some(stream) => Session::new(encrypt(stream, identity)?, true, config, seen).run(false).map(drop),
            None => Ok(()),
        },
        Encryption::Never => Session::new(stream, false, config, seen).run(true).map(drop),
    }
}

fn encrypt(stream: TcpStream, identity: &Identity) -> io::Result<StreamOwned<ServerConnection, TcpStream>> {
    let connection = ServerConnection::new(Arc::clone(&identity.config)).map_err(io::Error::other)?;
    Ok(StreamOwned::new(connection, stream))
}

/// How the server has answered.
#[derive(PartialEq, Eq)]
enum Answered {
    Yes,
    No,
    /// It has ended the session.
    Gone,
}

/// What one client says, until it wants encryption or goes.
struct Session<'s, S> {
    stream: BufReader<S>,
    encrypted: bool,
    config: &'s Config,
    seen: &'s Seen,
    signed_in: bool,
    from: Option<String>,
    to: Option<String>,
}

impl<'s, S: Read + Write> Session<'s, S> {
    fn new(stream: S, encrypted: bool, config: &'s Config, seen: &'s Seen) -> Self {
        let signed_in = config.account.is_none();
        Self { stream: BufReader::new(stream), encrypted, config, seen, signed_in, from: None, to: None }
    }

    /// Gives the connection back when it is to be encrypted.
    fn run(mut self, greets: bool) -> io::Result<Option<S>> {
        if greets && self.answer("", "220 mail.test ESMTP")? == Answered::Gone {
            return Ok(None);
        }
        while let Some(line) = self.line()? {
            self.seen.commands.lock().expect("no panic").push(line.clone());
            self.seen.command_came.notify_all();
            match self.command(&line)? {
                Answered::Yes if line == "STARTTLS" => return Ok(Some(self.stream.into_inner())),
                Answered::Yes | Answered::No => {}
                Answered::Gone => return Ok(None),
            }
        }
        Ok(None)
    }

    fn command(&mut self, line: &str) -> io::Result<Answered> {
        let word = line.split([' ', ':']).next().unwrap_or_default();
        let answered = match word {
            "EHLO" => return self.answer(line, &self.offers()),
            "STARTTLS" => return self.answer(line, "220 go ahead"),
            "AUTH" => return self.sign_in(line),
            "MAIL" if self.signed_in => self.answer(line, "250 2.1.0 Ok")?,
            "MAIL" => return self.answer(line, "530 5.7.0 Authentication required"),
            "RCPT" if self.from.is_some() => self.answer(line, "250 2.1.5 Ok")?,
            "DATA" if self.to.is_some() => self.answer(line, "354 go on")?,
            "RSET" => self.answer(line, "250 Ok")?,
            "QUIT" => return self.answer(line, "221 bye").map(|_| Answered::Gone),
            _ => return self.answer(line, "503 5.5.1 Bad sequence of commands"),
        };
        match (&answered, word) {
            (Answered::Yes, "MAIL") => self.from = line.strip_prefix("MAIL FROM:").map(str::to_owned),
            (Answered::Yes, "RCPT") => self.to = line.strip_prefix("RCPT TO:").map(str::to_owned),
            (Answered::Yes, "DATA") => return self.take_mail(),
            (Answered::Yes, "RSET") => (self.from, self.to) = (None, None),
            _ => {}
        }
        Ok(answered)
    }

    fn offers(&self) -> String {
        let mut lines = vec!["mail.test".to_owned(), "PIPELINING".to_owned()];
        if matches!(self.config.encryption, Encryption::StartTls(_)) && !self.encrypted {
            lines.push("STARTTLS".to_owned());
        }
        if self.config.account.is_some() {
            lines.push(format!("AUTH {}", self.config.mechanisms));
        }
        let last = lines.pop().expect("a line");
        let others = lines.iter().map(|line| format!("250-{line}\r\n"));
        others.chain([format!("250 {last}")]).collect()
    }

    fn sign_in(&mut self, line: &str) -> io::Result<Answered> {
        let given = match line.strip_prefix("AUTH PLAIN ") {
            Some(text) => {
                let text = decoded(text);
                let mut parts = text.split('\0').skip(1).map(str::to_owned);
                (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
            }
            None => (self.asked("334 VXNlcm5hbWU6")?, self.asked("334 UGFzc3dvcmQ6")?),
        };
        self.signed_in = self.config.account == Some((&given.0, &given.1));
        let verdict = if self.signed_in { "235 2.7.0 Welcome" } else { "535 5.7.8 Bad credentials" };
        self.answer("AUTH", verdict)
    }

    fn asked(&mut self, question: &str) -> io::Result<String> {
        self.say(question)?;
        Ok(decoded(&self.line()?.unwrap_or_default()))
    }

    /// Reads a mail and keeps it, unless the script refuses it.
    fn take_mail(&mut self) -> io::Result<Answered> {
        let mut bytes = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line)? == 0 {
                return Ok(Answered::Gone);
            }
            if line == b".\r\n" {
                break;
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
        let reply = (self.config.script)(".");
        let refused = matches!(reply, Reply::Say(text) if !text.starts_with('2'));
        let (from, to) = (self.from.take().unwrap_or_default(), self.to.take().unwrap_or_default());
        if !refused {
            let mail = Received { from, to, bytes, encrypted: self.encrypted };
            self.seen.mails.lock().expect("no panic").push(mail);
            self.seen.mail_came.notify_all();
        }
        self.act(&reply, "250 2.0.0 Taken")
    }

    /// Answers a line as the script says.
    fn answer(&mut self, line: &str, usual: &str) -> io::Result<Answered> {
        let reply = (self.config.script)(line);
        self.act(&reply, usual)
    }

    fn act(&mut self, reply: &Reply, usual: &str) -> io::Result<Answered> {
        let text = match reply {
            Reply::Usual => usual,
            Reply::Say(text) => text,
            Reply::SayAndClose(text) => return self.say(text).map(|()| Answered::Gone),
            Reply::Close => return Ok(Answered::Gone),
            Reply::Late => {
                self.stream.fill_buf()?;
                usual
            }
            Reply::Hang => return io::copy(&mut self.stream, &mut io::sink()).map(|_| Answered::Gone),
        };
        self.say(text)?;
        let is_usual = text.chars().next() == usual.chars().next();
        Ok(if is_usual { Answered::Yes } else { Answered::No })
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{text}\r\n").as_bytes())?;
        stream.flush()
    }

    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let length = self.stream.read_line(&mut line)?;
        Ok((length > 0).then(|| line.trim_end_matches("\r\n").to_owned()))
    }
}

fn decoded(text: &str) -> String {
    let bytes = base64_decode(text.as_bytes()).unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}
