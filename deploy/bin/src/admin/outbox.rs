use serde::Serialize;
use shop_core::outbox::{MessageState, MessageSummary};

use super::Desk;
use super::arguments::OutboxCommand;
use super::output::{View, moment};
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>, command: OutboxCommand) -> Result<(), Failure> {
    match command {
        OutboxCommand::List { state, limit } => list(desk, state, limit).await,
    }
}

async fn list(desk: &mut Desk<'_>, state: Option<MessageState>, limit: u32) -> Result<(), Failure> {
    let messages = desk.shop.store().outbox().list(state, limit).await?;
    let mut list = desk.output.list();
    messages.iter().try_for_each(|message| list.item(&MessageView::from(message)))?;
    list.end()
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
