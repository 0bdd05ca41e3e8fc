//! What must agree across the house: codes and their explanations, words and their use, tests and
//! the list that includes them.

mod catalogue;
mod errors;
mod journeys;
mod sources;
