//! What there is: plain data, a table for each kind.
//!
//! Whatever belongs to an account has its id in the field `app`.

mod account;
mod card;
mod merchant;
mod promoter;
mod statistics;
mod table;
mod terms;

pub use account::{Account, Counted, Ticket, Token, TokenKind};
pub use card::{Card, Coupon, CouponState, Picture, QrCode, Tester};
pub use merchant::{Merchant, Review};
pub use promoter::{Material, Order, Relation};
pub use statistics::{Day, Happening};
pub use table::{Change, Table};

pub(crate) use table::AnyTable;
pub(crate) use terms::Terms;

/// Everything that there is.
#[derive(Debug)]
pub struct State {
    /// Settings of the fake itself, such as the time.
    pub settings: Table<serde_json::Value>,
    /// Accounts, by AppID.
    pub accounts: Table<Account>,
    /// Access tokens, by their text.
    pub tokens: Table<Token>,
    /// Tickets, by account and kind.
    pub tickets: Table<Ticket>,
    /// Calls counted by account, path and span.
    pub counted: Table<Counted>,
    /// Cards, by id.
    pub cards: Table<Card>,
    /// Codes of single coupons, by account and code.
    pub coupons: Table<Coupon>,
    /// QR codes, by ticket.
    pub qrcodes: Table<QrCode>,
    /// Pictures that were uploaded, by their name.
    pub pictures: Table<Picture>,
    /// Users who may test cards, by account and openid.
    pub testers: Table<Tester>,
    /// Sub-merchants, by id.
    pub merchants: Table<Merchant>,
    /// What happened on a day, by account, day (as [`note`](State::note) writes it) and card.
    pub days: Table<Day>,
    /// Share materials of promoters, by their id.
    pub materials: Table<Material>,
    /// Relations of promoters and users, by account and number.
    pub relations: Table<Relation>,
    /// Orders of promoters, by account and number.
    pub orders: Table<Order>,
}

impl State {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        State {
            settings: Table::new("settings"),
            accounts: Table::new("accounts"),
            tokens: Table::new("tokens"),
            tickets: Table::new("tickets"),
            counted: Table::new("counted"),
            cards: Table::new("cards"),
            coupons: Table::new("coupons"),
            qrcodes: Table::new("qrcodes"),
            pictures: Table::new("pictures"),
            testers: Table::new("testers"),
            merchants: Table::new("merchants"),
            days: Table::new("days"),
            materials: Table::new("materials"),
            relations: Table::new("relations"),
            orders: Table::new("orders"),
        }
    }

    pub(crate) fn tables(&mut self) -> [&mut dyn AnyTable; 15] {
        [
            &mut self.settings,
            &mut self.accounts,
            &mut self.tokens,
            &mut self.tickets,
            &mut self.counted,
            &mut self.cards,
            &mut self.coupons,
            &mut self.qrcodes,
            &mut self.pictures,
            &mut self.testers,
            &mut self.merchants,
            &mut self.days,
            &mut self.materials,
            &mut self.relations,
            &mut self.orders,
        ]
    }

    /// Notes that something happened to a card of an account, on the day of that moment.
    pub fn note(&mut self, app: &str, now: u64, card: &str, happening: Happening, openid: &str) {
        let key = format!("{app} {:08} {card}", crate::clock::day(now));
        self.days.edit_or_default(&key).note(happening, openid);
    }

    /// What has changed since the last time.
    pub(crate) fn changes(&mut self) -> Vec<Change> {
        self.tables().into_iter().flat_map(|table| table.changes()).collect()
    }
}

impl Default for State {
    fn default() -> Self {
        State::new()
    }
}
