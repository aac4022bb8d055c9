//! How freed memory goes back to the system.
#![allow(unsafe_code, reason = "two calls into the C library; see below")]

/// Has blocks of a mebibyte and more, and as much free room at the end of a heap, always given back.
///
/// glibc starts with less, but raises the limit to the largest block ever freed, up to 32 MiB;
/// what is freed below the limit stays with the process, in as many heaps as there were threads.
/// After a large file was read on all cores that was a third of all memory. Smaller limits would
/// have every piece of a file make its pages anew. To be called once, at the start of the
/// program. Does nothing with other C libraries.
pub fn give_back_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    for limit in [libc::M_MMAP_THRESHOLD, libc::M_TRIM_THRESHOLD] {
        const LARGE: libc::c_int = 1 << 20;
        // SAFETY: sets numbers inside the allocator, under its own lock; any value is allowed.
        let done = unsafe { libc::mallopt(limit, LARGE) };
        if done == 0 {
            log::warn!("the allocator keeps its own limit for large blocks");
        }
    }
}
