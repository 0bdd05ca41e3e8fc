//! What must agree across the house: codes and their explanations, words and their use, tests and
//! the list that includes them.

mod catalogue;
mod dependencies;
mod errors;
mod journeys;
mod sources;
