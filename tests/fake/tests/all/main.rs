//! The fake, tried with the real client and without: one program, because linking takes longer than testing.

mod cards;
mod codes;
mod control;
mod faults;
mod fuzz;
mod handout;
mod http;
mod kill;
mod listener;
mod merchants;
mod page;
mod peers;
mod people;
mod program;
mod promoters;
mod pushes;
mod quota;
mod started;
mod statistics;
mod support;
mod tokens;
