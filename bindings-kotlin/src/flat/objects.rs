//! Objects by number. A number is used once, so that of an object that is gone finds nothing, and never another object.

use std::any::Any;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use super::Stopped;

#[derive(Default)]
struct Objects {
    known: HashMap<i64, Arc<dyn Any + Send + Sync>>,
    last: i64,
}

static OBJECTS: LazyLock<RwLock<Objects>> = LazyLock::new(RwLock::default);

/// An object that calls find by its number, until it is dropped. A call that has found it keeps it for itself.
pub(crate) struct Numbered<T: Any + Send + Sync> {
    object: Arc<T>,
    number: i64,
}

impl<T: Any + Send + Sync> Numbered<T> {
    /// Gives the object a number.
    pub(crate) fn new(object: T) -> Self {
        Numbered::shared(Arc::new(object))
    }

    /// The same for one that others hold too.
    pub(crate) fn shared(object: Arc<T>) -> Self {
        let mut objects = OBJECTS.write().unwrap_or_else(PoisonError::into_inner);
        objects.last += 1;
        let number = objects.last;
        objects.known.insert(number, Arc::<T>::clone(&object));
        Numbered { object, number }
    }

    /// The number.
    pub(crate) fn number(&self) -> i64 {
        self.number
    }

    /// The object, to be held longer.
    pub(crate) fn share(&self) -> Arc<T> {
        Arc::clone(&self.object)
    }

    /// The object of this number.
    pub(crate) fn find(number: i64) -> Result<Arc<T>, Stopped> {
        let objects = OBJECTS.read().unwrap_or_else(PoisonError::into_inner);
        let found = objects.known.get(&number).cloned().ok_or(Stopped::Closed)?;
        found.downcast().map_err(|_| Stopped::Closed)
    }
}

impl<T: Any + Send + Sync> Deref for Numbered<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

impl<T: Any + Send + Sync> Drop for Numbered<T> {
    fn drop(&mut self) {
        let gone = OBJECTS.write().unwrap_or_else(PoisonError::into_inner).known.remove(&self.number);
        // Not under the lock: what the object holds may be numbered too.
        drop(gone);
    }
}
