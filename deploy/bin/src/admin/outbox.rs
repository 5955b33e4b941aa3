use std::time::Duration;

use serde::Serialize;
use shop_core::ids::MessageId;
use shop_core::outbox::{Mail, Message, MessageState, MessageSummary};

use super::Desk;
use super::arguments::OutboxCommand;
use super::output::{View, moment};
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>, command: OutboxCommand) -> Result<(), Failure> {
    match command {
        OutboxCommand::List { state, limit } => list(desk, state, limit).await,
        OutboxCommand::Show { id } => show(desk, id).await,
        OutboxCommand::Retry { ids, dead } => retry(desk, ids, dead).await,
        OutboxCommand::Purge { ids, state, older_than } => match state {
            Some(state) => purge(desk, state, older_than).await,
            None => remove(desk, &ids).await,
        },
    }
}

async fn list(desk: &mut Desk<'_>, state: Option<MessageState>, limit: u32) -> Result<(), Failure> {
    let messages = desk.shop.store().outbox().list(state, limit).await?;
    let mut list = desk.output.list();
    messages.iter().try_for_each(|message| list.item(&MessageView::from(message)))?;
    list.end()
}

async fn show(desk: &mut Desk<'_>, id: MessageId) -> Result<(), Failure> {
    let found = desk.shop.store().outbox().find(id).await?;
    let (message, summary) = found.ok_or_else(|| Failure::Incomplete("there is no such mail".to_owned()))?;
    let Message { name, language, mail, .. } = message;
    let summary = MessageView::from(&summary);
    desk.output.show(&WholeView { summary, name, language: language.code(), mail })
}

async fn retry(desk: &mut Desk<'_>, mut ids: Vec<MessageId>, dead: bool) -> Result<(), Failure> {
    if dead {
        let messages = desk.shop.store().outbox().list(Some(MessageState::Dead), u32::MAX).await?;
        ids.extend(messages.into_iter().map(|message| message.id));
    }
    let (mut mails, mut missed) = (0, Vec::new());
    for id in ids {
        if desk.shop.retry_message(id).await? { mails += 1 } else { missed.push(id.to_string()) }
    }
    desk.output.show(&Done { mails, done: "tried again" })?;
    all_found(&missed, "sent already, or not there")
}

async fn remove(desk: &mut Desk<'_>, ids: &[MessageId]) -> Result<(), Failure> {
    let (mut mails, mut missed) = (0, Vec::new());
    for &id in ids {
        if desk.shop.remove_message(id).await? { mails += 1 } else { missed.push(id.to_string()) }
    }
    desk.output.show(&Done { mails, done: "removed" })?;
    all_found(&missed, "not there")
}

async fn purge(desk: &mut Desk<'_>, state: MessageState, days: u16) -> Result<(), Failure> {
    let age = Duration::from_hours(24 * u64::from(days));
    let mails = desk.shop.purge_messages(state, age).await?;
    desk.output.show(&Done { mails, done: "removed" })
}

fn all_found(missed: &[String], why: &str) -> Result<(), Failure> {
    if missed.is_empty() { Ok(()) } else { Err(Failure::Incomplete(format!("{why}: {}", missed.join(", ")))) }
}

#[derive(Serialize)]
struct Done {
    mails: u64,
    #[serde(skip)]
    done: &'static str,
}

impl View for Done {
    fn text(&self) -> String {
        format!("mails {}: {}", self.done, self.mails)
    }
}

/// A mail with all that it will say.
#[derive(Serialize)]
struct WholeView {
    #[serde(flatten)]
    summary: MessageView,
    name: String,
    language: &'static str,
    mail: Mail,
}

impl View for WholeView {
    fn text(&self) -> String {
        let mail = serde_json::to_string_pretty(&self.mail).unwrap_or_default();
        format!("{}\n{}, in {}\n{mail}", self.summary.text(), self.name.escape_debug(), self.language)
    }
}

#[derive(Serialize)]
struct MessageView {
    id: String,
    to: String,
    kind: String,
    state: &'static str,
    attempts: u32,
    created_at: String,
    /// Of waiting messages alone.
    due_at: Option<String>,
    last_error: Option<String>,
}

impl From<&MessageSummary> for MessageView {
    fn from(message: &MessageSummary) -> Self {
        Self {
            id: message.id.to_string(),
            to: message.to.to_string(),
            kind: message.kind.clone(),
            state: message.state.name(),
            attempts: message.attempts,
            created_at: moment(message.created_at),
            due_at: (message.state == MessageState::Waiting).then(|| moment(message.due_at)),
            last_error: message.last_error.clone(),
        }
    }
}

impl View for MessageView {
    fn text(&self) -> String {
        let Self { id, to, kind, state, attempts, created_at, .. } = self;
        let due = self.due_at.as_ref().map_or(String::new(), |due| format!("  due {due}"));
        let error =
            self.last_error.as_ref().map_or(String::new(), |error| format!("  {}", error.escape_debug()));
        format!("{id}  {state:<7}  {attempts:>2} attempts  {created_at}  {kind}  {to}{due}{error}")
    }
}
