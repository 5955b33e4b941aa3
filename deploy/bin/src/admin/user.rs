use std::io::{BufRead as _, Read as _};

use serde::Serialize;
use shop_core::account::create_user::{self, CreateUserError};
use shop_core::account::register::Register;
use shop_core::account::set_state::{SetUserState, SetUserStateError};
use shop_core::account::{EmailAddress, NewPassword, User};

use super::Desk;
use super::arguments::{CreateUser, UserCommand};
use super::output::{View, moment};
use crate::Failure;
use crate::failure::one_line;

pub(super) async fn run(desk: &mut Desk<'_>, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Create(arguments) => create(desk, *arguments).await,
        UserCommand::Show { email } => show(desk, &email).await,
        UserCommand::Disable { email, undo } => disable(desk, email, !undo).await,
        UserCommand::Export { email } => export(desk, &email).await,
    }
}

async fn create(desk: &mut Desk<'_>, arguments: CreateUser) -> Result<(), Failure> {
    let CreateUser { email, last_name, first_name, address, password_stdin: _, activated, language } =
        arguments;
    let language = language.unwrap_or(desk.settings.language);
    let password = password()?;
    let client = None;
    let registration = Register { email, last_name, first_name, address, password, language, client };
    let user = desk.shop.create_user(create_user::CreateUser { registration, activated }).await;
    let user = user.map_err(|error| match error {
        CreateUserError::Store(error) => Failure::Store(error),
        refusal @ (CreateUserError::EmailTaken
        | CreateUserError::Password(_)
        | CreateUserError::Hasher(_)) => Failure::Incomplete(one_line(&refusal)),
    })?;
    desk.output.show(&UserView::from(&user))
}

/// The first line of stdin.
fn password() -> Result<NewPassword, Failure> {
    const MOST_BYTES: u64 = 16 * 1024;
    let mut line = String::new();
    let read = std::io::stdin().lock().take(MOST_BYTES).read_line(&mut line);
    read.map_err(|error| Failure::Usage(format!("the password cannot be read from stdin: {error}")))?;
    let password = line.trim_end_matches(['\r', '\n']);
    password.parse().map_err(|error| Failure::Usage(format!("the password {error}")))
}

async fn show(desk: &mut Desk<'_>, email: &EmailAddress) -> Result<(), Failure> {
    let user = find(desk, email).await?;
    desk.output.show(&UserView::from(&user))
}

async fn find(desk: &Desk<'_>, email: &EmailAddress) -> Result<User, Failure> {
    let user = desk.shop.store().accounts().find_by_email(&email.key()).await?;
    user.ok_or_else(no_such_account)
}

fn no_such_account() -> Failure {
    Failure::Incomplete("there is no such account".to_owned())
}

async fn disable(desk: &mut Desk<'_>, email: EmailAddress, disabled: bool) -> Result<(), Failure> {
    let user = desk.shop.set_user_state(SetUserState { email, disabled }).await;
    let user = user.map_err(|error| match error {
        SetUserStateError::NoSuchAccount => no_such_account(),
        SetUserStateError::Store(error) => Failure::Store(error),
    })?;
    desk.output.show(&UserView::from(&user))
}

async fn export(desk: &mut Desk<'_>, email: &EmailAddress) -> Result<(), Failure> {
    let user = find(desk, email).await?;
    let export = desk.shop.export_account(user.id).await?.ok_or_else(no_such_account)?;
    desk.output.document(&export)
}

#[derive(Serialize)]
struct UserView {
    id: String,
    email: String,
    last_name: String,
    first_name: String,
    address: String,
    language: &'static str,
    state: &'static str,
    created_at: String,
}

impl From<&User> for UserView {
    fn from(user: &User) -> Self {
        Self {
            id: user.id.to_string(),
            email: user.email.to_string(),
            last_name: user.last_name.to_string(),
            first_name: user.first_name.to_string(),
            address: user.address.to_string(),
            language: user.language.code(),
            state: user.state.name(),
            created_at: moment(user.created_at),
        }
    }
}

impl View for UserView {
    fn text(&self) -> String {
        let Self { id, email, last_name, first_name, address, language, state, created_at } = self;
        let address = address.replace('\n', ", ");
        format!("{email}  {first_name} {last_name}  {state}  {language}  since {created_at}  {id}\n{address}")
    }
}
