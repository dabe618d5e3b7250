//! A connection of a pool, for something that has to come to its end.

use sqlx::Database;
use sqlx::pool::PoolConnection;

/// A connection that goes back to its pool only if [`Lease::end`] was called. Otherwise it is closed, and the database
/// undoes whatever it was doing.
pub(crate) struct Lease<D: Database> {
    connection: PoolConnection<D>,
    ended: bool,
}

impl<D: Database> Lease<D> {
    pub(crate) fn new(connection: PoolConnection<D>) -> Self {
        Lease { connection, ended: false }
    }

    pub(crate) fn connection(&mut self) -> &mut D::Connection {
        &mut self.connection
    }

    pub(crate) fn end(mut self) {
        self.ended = true;
    }
}

impl<D: Database> Drop for Lease<D> {
    fn drop(&mut self) {
        if !self.ended {
            self.connection.close_on_drop();
        }
    }
}
