//! The connections, and when all of them are given up.
//!
//! A request that broke off or was never answered says something about its neighbours in the pool: a load balancer that
//! was restarted, or an address translator that lost its table, has forgotten them all. The next request would fail on
//! the next of them. So after such a failure the pool is replaced by an empty one. Requests under way keep the old pool
//! until they end.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Url, redirect, retry};
use rustls::ClientConfig;

use super::options::{Proxy, TransportOptions};
use super::route::{Route, Routes};
use super::{configuration, roots, route};
use crate::error::Result;

pub(super) struct Pool {
    settings: Settings,
    routes: Routes,
    /// The URLs of requests and the ways to them, each read once: a gateway has one for each operation.
    read: Mutex<HashMap<String, (Url, Route)>>,
    connections: Mutex<Connections>,
}

/// So many URLs are remembered at the most.
const REMEMBERED: usize = 100;

/// What every generation of connections is made from.
struct Settings {
    connect_timeout: Duration,
    idle_timeout: Duration,
    tls: ClientConfig,
    proxy: Proxy,
}

struct Connections {
    generation: u64,
    /// The next request replaces them. Not at once: of many requests that fail together only one pays for it, and none
    /// if nothing follows.
    given_up: bool,
    direct: reqwest::Client,
    by_proxy: reqwest::Client,
}

/// The right of one request to a connection. Unless it is told to keep the connections, it gives all of them up at its
/// end, however that comes about: also when the request is dropped because its time is over.
pub(super) struct Lease<'a> {
    pool: &'a Pool,
    generation: u64,
    kept: bool,
}

impl Pool {
    pub(super) fn new(options: &TransportOptions) -> Result<Self> {
        let settings = Settings {
            connect_timeout: options.connect_timeout,
            idle_timeout: options.idle_timeout,
            tls: roots::tls(options)?,
            proxy: options.proxy.clone(),
        };
        let connections = Mutex::new(settings.connections(0)?);
        Ok(Pool { settings, routes: Routes::new(&options.proxy), read: Mutex::default(), connections })
    }

    /// This URL, and the way to it.
    pub(super) fn route(&self, url: &str) -> Result<(Url, Route)> {
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(url) {
            return Ok(known.clone());
        }
        let found = route::read(url)?;
        let route = self.routes.to(&found)?;
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if read.len() >= REMEMBERED {
            read.clear();
        }
        read.insert(url.to_owned(), (found.clone(), route));
        Ok((found, route))
    }

    pub(super) fn lease(&self, route: Route) -> (reqwest::Client, Lease<'_>) {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if connections.given_up
            && let Ok(fresh) = self.settings.connections(connections.generation.wrapping_add(1))
        {
            *connections = fresh;
        }
        let http = match route {
            Route::Direct => connections.direct.clone(),
            Route::ByProxy => connections.by_proxy.clone(),
        };
        (http, Lease { pool: self, generation: connections.generation, kept: false })
    }

    /// No further request goes by these connections. A request of an earlier generation says nothing of this one.
    fn give_up(&self, generation: u64) {
        let mut connections = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if connections.generation == generation {
            connections.given_up = true;
        }
    }
}

impl Settings {
    fn connections(&self, generation: u64) -> Result<Connections> {
        let builder = || {
            reqwest::Client::builder()
                .tls_backend_preconfigured(self.tls.clone())
                .connect_timeout(self.connect_timeout)
                .pool_idle_timeout(self.idle_timeout)
                .redirect(redirect::Policy::none())
                .retry(retry::never())
                .http1_only()
                .referer(false)
        };
        let built = |builder: reqwest::ClientBuilder| {
            builder.build().map_err(|_| configuration("the proxy or the certificates can't be used"))
        };
        let direct = built(builder().no_proxy())?;
        let by_proxy = match &self.proxy {
            Proxy::System => built(builder())?,
            Proxy::None => direct.clone(),
            Proxy::Url(url) => {
                let proxy = reqwest::Proxy::all(route::check(url)?)
                    .map_err(|_| configuration("the proxy's URL can't be used"))?;
                built(builder().proxy(proxy))?
            }
        };
        Ok(Connections { generation, given_up: false, direct, by_proxy })
    }
}

impl Lease<'_> {
    /// The connections are not to be trusted.
    pub(super) fn give_up(&mut self) {
        self.pool.give_up(self.generation);
    }

    /// The connections are as good as before.
    pub(super) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if !self.kept {
            self.pool.give_up(self.generation);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_failures_together_one_replaces_the_connections() {
        let pool = Pool::new(&TransportOptions::default()).unwrap();
        let generation = || pool.connections.lock().unwrap().generation;
        let leases: Vec<_> = (0..3).map(|_| pool.lease(Route::Direct).1).collect();
        let (_, old) = pool.lease(Route::ByProxy);
        drop(leases);
        assert_eq!(generation(), 0);
        pool.lease(Route::Direct).1.keep();
        assert_eq!(generation(), 1);
        // It began before the others failed.
        drop(old);
        pool.lease(Route::Direct).1.keep();
        assert_eq!(generation(), 1);
        let (_, mut doubted) = pool.lease(Route::Direct);
        doubted.give_up();
        pool.lease(Route::Direct).1.keep();
        assert_eq!(generation(), 2);
        doubted.keep();
    }
}
