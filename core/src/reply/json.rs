//! A reading as JSON.
