//! What can be written behind `shop-admin`.

mod values;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use shop_core::Language;
use shop_core::account::{EmailAddress, PersonName, PostalAddress};
use shop_core::catalog::{PictureName, Sku, Slug};
use shop_core::ids::MessageId;
use shop_core::order::{OrderNumber, OrderState};
use shop_core::outbox::MessageState;

pub(super) use self::values::{GivenAddress, ProductRef, StockArgument, StockChangeArgument, Wording};
use self::values::{message_state, order_state, served_picture, settled_state};

/// The operator's command line of the shop; all commands but copy may run while the shop runs
#[derive(Debug, Parser)]
#[command(name = "shop-admin", version)]
#[command(
    after_help = "Settings come from the environment (SHOP_...) as for shop-web; `shop-web --help` lists them.\n\
    Exit codes: 0 done, 1 some of it could not be done, 2 usage or configuration."
)]
pub(super) struct Arguments {
    /// A TOML file with settings
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Answer in JSON, for programs
    #[arg(long, global = true)]
    pub(super) json: bool,
    #[command(subcommand)]
    pub(super) action: Action,
}

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    #[command(flatten)]
    OnShop(Command),
    /// Copy the whole database into a new file, while the shop runs
    Backup(Backup),
    /// Put a backup in place of all that the shop holds, while it runs
    #[command(
        long_about = "Put a backup in place of all that the shop holds, while it runs. Shoppers see the old \
        or the new, never a mix. Everybody signs in anew, links in mails that went out before hold no more, and \
        mails that waited at the time of the backup go out (again)."
    )]
    Restore(Restore),
    /// Copy a whole shop, which is stopped, into an empty database, from SQLite to MySQL or back
    #[command(
        long_about = "Copy a whole shop into an empty database, from SQLite to MySQL or back. Stop the shop first: if the source \
        changes meanwhile nothing is copied. The target gets all rows at once, after each was compared, or none; a copy that was \
        killed can simply be run again."
    )]
    Copy(Copy),
}

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The file to make; one that exists is never replaced
    pub(super) file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The backup; it is only read
    pub(super) file: PathBuf,
    /// Do not ask, also on a terminal
    #[arg(long)]
    pub(super) yes: bool,
}

#[derive(Debug, Args)]
pub(super) struct Copy {
    /// The database that is only read, by its URL
    #[arg(long, value_name = "URL")]
    pub(super) from: String,
    /// The database that is filled; its schema is made if there is none
    #[arg(long, value_name = "URL")]
    pub(super) to: String,
}

/// What is done with the shop opened.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the database if there is none, and bring its schema up to date
    Migrate,
    /// Fill the catalog
    #[command(subcommand)]
    Seed(SeedCommand),
    /// Move in from another shop
    #[command(subcommand)]
    Import(ImportCommand),
    /// Categories, to which shoppers can narrow the catalog
    #[command(subcommand)]
    Category(CategoryCommand),
    /// Products and their variants
    #[command(subcommand)]
    Product(ProductCommand),
    /// Accounts
    #[command(subcommand)]
    User(UserCommand),
    /// Orders
    #[command(subcommand)]
    Order(OrderCommand),
    /// Mails that wait, were sent or were given up
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Remove what has had its time: expired links, ended sessions, forgotten tries, mails settled long ago
    Tidy,
    /// Look for what is wrong with the data; exit code 1 if anything is
    Check,
}

#[derive(Debug, Subcommand)]
pub(super) enum SeedCommand {
    /// Add what is missing of the sample catalog
    Sample,
}

#[derive(Debug, Subcommand)]
pub(super) enum ImportCommand {
    /// Carry over customers, carts, passwords and products of the Flask and MySQL shop
    #[command(
        long_about = "Carry over customers, carts, passwords and products of the Flask and MySQL shop. What cannot be carried is named in \
        the report, row by row. It may be run again, also after it was killed: what an earlier run has carried stays as it is. Nobody \
        gets a mail. deploy/moving-in.md tells what to do on the day."
    )]
    Webapplication(Box<Webapplication>),
}

#[derive(Debug, Args)]
pub(super) struct Webapplication {
    /// The old shop: a dump's file, or mysql://USER:PASSWORD@HOST:PORT/NAME, which is only read
    #[arg(long, value_name = "DUMP|URL")]
    pub(super) from: String,
    /// Where to write what became of every row that was not carried whole: a JSON document a line
    #[arg(long, value_name = "FILE")]
    pub(super) report: PathBuf,
    /// Tell what would happen, and change nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Give the user of this number another address; may be given several times
    #[arg(long, value_name = "NUMBER=EMAIL")]
    pub(super) map: Vec<GivenAddress>,
    /// The language of the old shop: of its products' names, and of mails to its customers
    #[arg(long, default_value = "ro")]
    pub(super) language: Language,
    /// The encoding of the dump, such as latin1, if it says another than it has
    #[arg(long, value_name = "NAME")]
    pub(super) encoding: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum CategoryCommand {
    /// List all categories by their position
    List,
    /// Add a category
    Add(AddCategory),
}

#[derive(Debug, Args)]
pub(super) struct AddCategory {
    /// Its name in addresses, such as smart-home
    #[arg(long)]
    pub(super) slug: Slug,
    /// Its name; `--name ro=Fire --name en=Yarn` for several languages
    #[arg(long, required = true, value_name = "[LANG=]TEXT")]
    pub(super) name: Vec<Wording>,
    /// Its place in menus, lowest first; behind all others without it
    #[arg(long, value_name = "N")]
    pub(super) position: Option<u32>,
}

#[derive(Debug, Subcommand)]
pub(super) enum ProductCommand {
    /// List all products, hidden ones too
    List,
    /// Show one product
    Show {
        /// A SKU of the product, or its slug
        #[arg(value_name = "SKU|SLUG")]
        name: ProductRef,
    },
    /// Add a product with one variant
    Add(Box<AddProduct>),
    /// Set stock or price of a variant
    Set(SetProduct),
    /// Hide a product with all its variants from shoppers
    Hide {
        /// A SKU of the product
        sku: Sku,
        /// Show it again
        #[arg(long)]
        undo: bool,
    },
}

#[derive(Debug, Args)]
pub(super) struct AddProduct {
    /// Its code, unique in the shop
    #[arg(long)]
    pub(super) sku: Sku,
    /// Its name in addresses, such as usb-stick
    #[arg(long)]
    pub(super) slug: Slug,
    /// Its name; `--name ro=Ac --name en=Needle` for several languages
    #[arg(long, required = true, value_name = "[LANG=]TEXT")]
    pub(super) name: Vec<Wording>,
    /// What it is; as for the name
    #[arg(long, value_name = "[LANG=]TEXT")]
    pub(super) description: Vec<Wording>,
    /// What a piece costs, such as 189.90, in the shop's currency
    #[arg(long, value_name = "AMOUNT")]
    pub(super) price: String,
    /// How many pieces there are
    #[arg(long, value_name = "N|uncounted")]
    pub(super) stock: StockArgument,
    /// The slug of its category, which `category list` shows
    #[arg(long, value_name = "SLUG")]
    pub(super) category: Option<Slug>,
    /// The name of its picture's file: one of the sample's, since shop-web serves no others
    #[arg(long, value_name = "FILE", value_parser = served_picture)]
    pub(super) picture: Option<PictureName>,
    /// What a piece weighs
    #[arg(long, value_name = "GRAMS")]
    pub(super) weight: Option<u32>,
}

#[derive(Debug, Args)]
pub(super) struct SetProduct {
    /// The variant
    pub(super) sku: Sku,
    #[command(flatten)]
    pub(super) changes: Changes,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
pub(super) struct Changes {
    /// How many pieces there are, or how many more or fewer than at that moment, such as +20 or -3
    #[arg(long, value_name = "N|+N|-N|uncounted", allow_negative_numbers = true)]
    pub(super) stock: Option<StockChangeArgument>,
    /// What a piece costs, such as 189.90, in the shop's currency
    #[arg(long, value_name = "AMOUNT")]
    pub(super) price: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum UserCommand {
    /// Make an account
    Create(Box<CreateUser>),
    /// Show an account
    Show {
        /// Its e-mail address
        email: EmailAddress,
    },
    /// Close an account; its sessions and links end at once
    Disable {
        /// Its e-mail address
        email: EmailAddress,
        /// Open it again
        #[arg(long)]
        undo: bool,
    },
    /// Write everything kept about an account as JSON
    Export {
        /// Its e-mail address
        email: EmailAddress,
    },
}

#[derive(Debug, Args)]
pub(super) struct CreateUser {
    /// The e-mail address to sign in with
    #[arg(long)]
    pub(super) email: EmailAddress,
    /// Last name
    #[arg(long)]
    pub(super) last_name: PersonName,
    /// First name
    #[arg(long)]
    pub(super) first_name: PersonName,
    /// Where parcels go
    #[arg(long)]
    pub(super) address: PostalAddress,
    /// Read the password from the first line of stdin, where no list of processes shows it
    #[arg(long, required = true)]
    pub(super) password_stdin: bool,
    /// The account may sign in at once, and no mail goes out
    #[arg(long)]
    pub(super) activated: bool,
    /// The language of its mails; the shop's own without it
    #[arg(long)]
    pub(super) language: Option<Language>,
}

#[derive(Debug, Subcommand)]
pub(super) enum OrderCommand {
    /// List orders, newest first
    List {
        /// Only those in this state
        #[arg(long, value_parser = order_state)]
        #[arg(value_name = "placed|confirmed|in_progress|completed|canceled")]
        state: Option<OrderState>,
        /// How many at most; all without it
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
    },
    /// Show one order, with the name and e-mail of who placed it
    Show {
        /// Its number, such as 7QX4-M2KD-9
        number: OrderNumber,
    },
    /// Take orders on
    Confirm(Orders),
    /// Note that their parcels have left; their owners get a mail
    Ship(Orders),
    /// Note that their parcels have arrived
    Deliver(Orders),
    /// Call orders off; their stock goes back, and their owners get a mail
    Cancel(Orders),
}

#[derive(Debug, Args)]
pub(super) struct Orders {
    /// Their numbers
    #[arg(required = true, value_name = "NUMBER")]
    pub(super) numbers: Vec<OrderNumber>,
}

#[derive(Debug, Subcommand)]
pub(super) enum OutboxCommand {
    /// List mails, newest first
    List {
        /// Only those in this state: waiting, sent or dead
        #[arg(long, value_parser = message_state)]
        state: Option<MessageState>,
        /// How many at most
        #[arg(long, default_value_t = 1_000)]
        limit: u32,
    },
    /// Show one mail with all that it will say
    Show {
        /// Its id, as the list shows it
        id: MessageId,
    },
    /// Let mails that were given up or put off try again at once
    Retry {
        /// Their ids
        #[arg(value_name = "ID", required_unless_present = "dead")]
        ids: Vec<MessageId>,
        /// All that were given up
        #[arg(long)]
        dead: bool,
    },
    /// Remove mails for good
    Purge {
        /// Their ids, whatever their state
        #[arg(value_name = "ID", required_unless_present = "state", conflicts_with = "state")]
        ids: Vec<MessageId>,
        /// All in this state: sent or dead
        #[arg(long, value_parser = settled_state)]
        state: Option<MessageState>,
        /// Only those settled so many days ago
        #[arg(long, value_name = "DAYS", default_value_t = 0, requires = "state")]
        older_than: u16,
    },
}
