//! What every store has to do, written once against the trait. A store's test file names a way to
//! open a fresh one and runs [`storage_suite!`].

pub mod renewals;
pub mod sample;

/// One test per promise: `storage_suite!(open)` where `open().await` gives a value that derefs to
/// a store and keeps it alive.
#[macro_export]
macro_rules! storage_suite {
    ($open:path: $($module:ident :: { $($test:ident),* $(,)? }),* $(,)?) => {
        $(mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let place = $open().await;
                $crate::suite::$module::$test(place.store()).await;
            })*
        })*
    };
}
