//! What happened on a day.

use serde::{Deserialize, Serialize};

/// What happened to one card on one day.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Day {
    /// How often it was looked at, and by whom.
    pub viewed: u64,
    /// The users who looked at it.
    pub viewers: Vec<String>,
    /// How often it was claimed.
    pub received: u64,
    /// The users who claimed it.
    pub receivers: Vec<String>,
    /// How often it was redeemed.
    pub redeemed: u64,
    /// The users who redeemed it.
    pub redeemers: Vec<String>,
    /// How often it was given away.
    pub given: u64,
    /// The users who gave it away.
    pub givers: Vec<String>,
    /// How often a gift was taken.
    pub taken: u64,
    /// The users who took one.
    pub takers: Vec<String>,
    /// How many coupons ended unused.
    pub expired: u64,
    /// The users whose coupons ended unused.
    pub expirers: Vec<String>,
}

/// Something that happened to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A user looked at it.
    Viewed,
    /// A user claimed it.
    Received,
    /// A user redeemed it.
    Redeemed,
    /// A user gave it away.
    Given,
    /// A user took it as a gift.
    Taken,
    /// It ended unused.
    Expired,
}

impl Day {
    /// Notes that it happened to a user, who counts once a day.
    pub fn note(&mut self, happening: Happening, openid: &str) {
        let (times, users) = match happening {
            Happening::Viewed => (&mut self.viewed, &mut self.viewers),
            Happening::Received => (&mut self.received, &mut self.receivers),
            Happening::Redeemed => (&mut self.redeemed, &mut self.redeemers),
            Happening::Given => (&mut self.given, &mut self.givers),
            Happening::Taken => (&mut self.taken, &mut self.takers),
            Happening::Expired => (&mut self.expired, &mut self.expirers),
        };
        *times += 1;
        if let Err(place) = users.binary_search_by(|own| own.as_str().cmp(openid)) {
            users.insert(place, openid.to_owned());
        }
    }
}
