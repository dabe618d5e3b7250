//! Store operations carried out on a store, for every shell alike.

use super::io::{StoreAnswer, StoreOperation};
use crate::store::{Store, StoreError};

impl StoreOperation {
    /// Does this with the store, and gives the answer for [`Input::Stored`](super::Input::Stored).
    pub async fn perform(&self, store: &dyn Store) -> StoreAnswer {
        match self {
            StoreOperation::Insert { entry, owner } => {
                StoreAnswer::Done(store.insert(entry, owner.as_deref()).await)
            }
            StoreOperation::Save { entry, expected, by } => {
                StoreAnswer::Done(store.save(entry, *expected, by.as_deref()).await)
            }
            StoreOperation::Release { id, owner } => StoreAnswer::Done(store.release(id, owner).await),
            StoreOperation::Forget { owner, beats } => StoreAnswer::Done(store.forget(owner, *beats).await),
            StoreOperation::Load { id } => StoreAnswer::Record(store.load(id).await),
            StoreOperation::Take { id, owner } => StoreAnswer::Record(store.take(id, owner).await),
            StoreOperation::FindRefund { refund_request_id } => {
                StoreAnswer::Record(store.find_refund(refund_request_id).await)
            }
            StoreOperation::Claim { owner, now, limit } => {
                StoreAnswer::Records(store.claim(owner, *now, *limit).await)
            }
            StoreOperation::Touched { owner, limit } => {
                StoreAnswer::Records(store.touched(owner, *limit).await)
            }
            StoreOperation::Beat { owner } => StoreAnswer::Beat(store.beat(owner).await),
            StoreOperation::GatewayTime { merchant } => StoreAnswer::Time(store.gateway_time(merchant).await),
        }
    }

    /// The answer where the operation failed without one of its own, such as in a panic.
    pub fn failed(&self, error: StoreError) -> StoreAnswer {
        match self {
            StoreOperation::Insert { .. }
            | StoreOperation::Save { .. }
            | StoreOperation::Release { .. }
            | StoreOperation::Forget { .. } => StoreAnswer::Done(Err(error)),
            StoreOperation::Load { .. } | StoreOperation::Take { .. } | StoreOperation::FindRefund { .. } => {
                StoreAnswer::Record(Err(error))
            }
            StoreOperation::Claim { .. } | StoreOperation::Touched { .. } => StoreAnswer::Records(Err(error)),
            StoreOperation::Beat { .. } => StoreAnswer::Beat(Err(error)),
            StoreOperation::GatewayTime { .. } => StoreAnswer::Time(Err(error)),
        }
    }
}
